"""The page of contested rows: what the portrait says with and without them, and the forms to write down a dispute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from records.contracts import TABLES
from serving import answers, disputing
from serving.doors.disputes import DisputeId
from serving.doors.who import AtDesk, reading
from serving.pages.forms import read_form
from serving.pages.portrait import PortraitId
from serving.pages.rendering import Page, render
from serving.pages.session import Signed, SignedForm
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.disputes import DisputeQuestion, SettlementQuestion
from serving.state.disputes import Outcome
from vocabulary.dates import today

router = APIRouter(route_class=Page)
Words = Annotated[str, Form(max_length=1000)]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The row that the form is about."""

    table: str
    row: str


@router.get("/portraits/{portrait_id}/disputes")
async def disputes(
    request: Request,
    portrait_id: PortraitId,
    session: Signed,
    desk: AtDesk,
    table: Annotated[str, Query(pattern=r"^[a-z_]{0,40}$")] = "",
    row: Annotated[str, Query(pattern=r"^[0-9a-f]{0,16}$")] = "",
) -> Response:
    """The contested rows; with ``table`` and ``row``, the form for writing down a dispute of that row."""
    with audited(
        desk.audit, reading(request, session.person, Act.EVIDENCE), answers.told_by(desk, portrait_id)
    ) as read:
        told = disputing.disputes(desk, portrait_id, read)
    chosen = _Chosen(table, row) if table in TABLES and row and session.person.may(Act.DISPUTE) else None
    return render(
        request,
        "disputes.html",
        session=session,
        told=told,
        chosen=chosen,
        outcomes=list(Outcome),
        portrait_id=portrait_id,
        today=today().isoformat(),
        here="",
        most=1,
    )


@router.post("/portraits/{portrait_id}/disputes")
async def dispute(
    request: Request,
    portrait_id: PortraitId,
    session: SignedForm,
    desk: AtDesk,
    table: Words = "",
    row: Words = "",
    said_by: Words = "",
    said_on: Words = "",
    says: Words = "",
) -> Response:
    """Write down a dispute and go to the contested rows."""
    wanted = read_form(
        DisputeQuestion,
        {"table": table, "row": row, "said_by": said_by.strip(), "said_on": said_on, "says": says.strip()},
    )
    with audited(
        desk.audit, reading(request, session.person, Act.DISPUTE), answers.told_by(desk, portrait_id)
    ) as read:
        disputing.dispute(desk, portrait_id, wanted, read)
    return RedirectResponse(f"/portraits/{portrait_id}/disputes", status_code=303)


@router.post("/portraits/{portrait_id}/disputes/{dispute_id}/settlement")
async def settle(
    request: Request,
    portrait_id: PortraitId,
    dispute_id: DisputeId,
    session: SignedForm,
    desk: AtDesk,
    outcome: Words = "",
    why: Words = "",
) -> Response:
    """Write down how a dispute ended and go back to the contested rows."""
    wanted = read_form(SettlementQuestion, {"outcome": outcome, "why": why.strip()})
    with audited(
        desk.audit, reading(request, session.person, Act.DISPUTE), answers.told_by(desk, portrait_id)
    ) as read:
        disputing.settle(desk, portrait_id, dispute_id, wanted, read)
    return RedirectResponse(f"/portraits/{portrait_id}/disputes", status_code=303)

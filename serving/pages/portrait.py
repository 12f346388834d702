"""The portrait page, and the records behind each reason."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.responses import RedirectResponse, Response

from serving import answers, disputing
from serving.asking import next_to_ask
from serving.desk import Desk
from serving.doors.portraits import LINE
from serving.doors.who import AtDesk, reading
from serving.pages.prospects import prospects
from serving.pages.rendering import Page, render
from serving.pages.session import Session, Signed, SignedForm, from_here
from serving.pages.waterfall import WIDTH, waterfall
from serving.permissions import Act
from serving.purposes import Purpose
from serving.reading import audited
from serving.shapes.evidence import EvidenceShape, RecordsShape
from serving.shapes.portrait import PortraitShape, Question
from serving.state.agreements import Answer
from serving.state.written import day_of

router = APIRouter(route_class=Page)
PortraitId = Annotated[str, Path(pattern=r"^[0-9a-f]{24}$")]
DAY = r"^(\d{4}-\d{2}-\d{2})?$"
Every = Annotated[bool, Query(alias="all")]
First = Annotated[int, Query(ge=0, le=10**9)]
MOST_ROWS = 100
"""Rows of one table on one page."""


@router.post("/portraits")
async def ask(
    request: Request,
    session: SignedForm,
    desk: AtDesk,
    purpose: Annotated[Purpose, Form()],
    case: Annotated[str, Form(max_length=64)] = "",
    debtor: Annotated[str, Form(max_length=32)] = "",
    pick: Annotated[str, Form(max_length=64)] = "",
    as_of: Annotated[str, Form(pattern=DAY)] = "",
) -> Response:
    """Make a portrait and go to it. ``pick`` is ``case debtor``, from a button in a list."""
    if pick:
        case, _, debtor = pick.partition(" ")
    if not debtor.strip():
        there = request.url.replace(path="/cases", query="").include_query_params(
            case=case.strip(), as_of=as_of, purpose=purpose.value
        )
        return RedirectResponse(f"{there.path}?{there.query}", status_code=303)
    return _made(
        request, session, desk, case=case.strip() or "?", debtor=debtor.strip(), as_of=as_of, purpose=purpose
    )


@router.get("/portrait")
async def address(
    request: Request,
    session: Signed,
    desk: AtDesk,
    case: Annotated[str, Query(min_length=1, max_length=64)],
    debtor: Annotated[str, Query(min_length=1, max_length=32)],
    as_of: Annotated[str, Query(pattern=DAY)] = "",
    purpose: Purpose | None = None,
) -> Response:
    """The portrait of a case and debtor by its address: made at once when the address says what for, else on a click.

    A link on another site never makes one: what a judge reads, and why, is the judge's own doing.
    """
    if purpose is not None and from_here(request):
        return _made(request, session, desk, case=case, debtor=debtor, as_of=as_of, purpose=purpose)
    return render(
        request,
        "case.html",
        session=session,
        case=case,
        case_key=case,
        debtors=[(debtor, None)],
        as_of=as_of,
        purpose=purpose or Purpose.ENFORCEMENT_MEASURE,
        purposes=list(Purpose),
    )


@router.get("/portraits/{portrait_id}")
async def portrait(
    request: Request, portrait_id: PortraitId, session: Signed, desk: AtDesk, every: Every = False
) -> Response:
    """A portrait as it was answered."""
    with audited(
        desk.audit, reading(request, session.person, Act.PORTRAIT), answers.told_by(desk, portrait_id)
    ) as read:
        found = answers.kept(desk, portrait_id, read)
        brief = disputing.brief(desk, found)
        told = next_to_ask(desk, found)
    shape = PortraitShape.model_validate_json(found.document)
    return render(
        request,
        "portrait.html",
        session=session,
        portrait=shape,
        purpose=Purpose(found.purpose),
        fall=None if shape.abstained else waterfall(shape, every=every),
        width=WIDTH,
        drawn=prospects(shape),
        every=every,
        contested=brief,
        next=told,
        agreements=desk.agreements.of(found.id),
        agreement_answers=list(Answer),
        day=day_of,
    )


@router.get("/portraits/{portrait_id}/evidence/{feature}")
async def evidence(
    request: Request,
    portrait_id: PortraitId,
    feature: Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{1,80}$")],
    session: Signed,
    desk: AtDesk,
    first: First = 0,
    fragment: bool = False,
) -> Response:
    """The rows behind a feature: a page of its own, or the part of it that the portrait page shows in place."""
    with audited(
        desk.audit, reading(request, session.person, Act.EVIDENCE), answers.told_by(desk, portrait_id)
    ) as read:
        shown = answers.evidence(desk, portrait_id, feature, read, first=first, most=MOST_ROWS)
    here = f"/portraits/{portrait_id}/evidence/{feature}?"
    return _rows(request, session, shown, content="evidence_rows.html", fragment=fragment, here=here)


@router.get("/portraits/{portrait_id}/records")
async def records(
    request: Request,
    portrait_id: PortraitId,
    of: Annotated[str, Query(pattern=LINE, max_length=160)],
    session: Signed,
    desk: AtDesk,
    first: First = 0,
    fragment: bool = False,
) -> Response:
    """The rows behind a line of the ledger or a fact of conduct, as a page or in place."""
    with audited(
        desk.audit, reading(request, session.person, Act.EVIDENCE), answers.told_by(desk, portrait_id)
    ) as read:
        shown = answers.records(desk, portrait_id, of, read, first=first, most=MOST_ROWS)
    here = f"/portraits/{portrait_id}/records?{urlencode({'of': of})}&"
    return _rows(request, session, shown, content="records_rows.html", fragment=fragment, here=here)


@router.get("/portraits/{portrait_id}/conduct")
async def conduct(request: Request, portrait_id: PortraitId, session: Signed, desk: AtDesk) -> Response:
    """The dated facts of conduct of a portrait: a page of its own, without a score."""
    with audited(
        desk.audit, reading(request, session.person, Act.PORTRAIT), answers.told_by(desk, portrait_id)
    ) as read:
        found = answers.kept(desk, portrait_id, read)
    shape = PortraitShape.model_validate_json(found.document)
    return render(request, "conduct.html", session=session, portrait=shape)


def _rows(
    request: Request,
    session: Session,
    shown: EvidenceShape | RecordsShape,
    *,
    content: str,
    fragment: bool,
    here: str,
) -> Response:
    template = content if fragment else "evidence.html"
    return render(
        request,
        template,
        session=session,
        evidence=shown,
        content=content,
        portrait_id=shown.portrait,
        here=here,
        most=MOST_ROWS,
    )


def _made(
    request: Request, session: Session, desk: Desk, *, case: str, debtor: str, as_of: str, purpose: Purpose
) -> Response:
    try:
        question = Question.model_validate(
            {"case": case, "debtor": debtor, "as_of": as_of or None, "purpose": purpose}
        )
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error
    with audited(
        desk.audit, reading(request, session.person, Act.PORTRAIT), answers.said_in(question)
    ) as read:
        found = answers.answer(desk, question, read)
    return RedirectResponse(f"/portraits/{found.id}", status_code=303)

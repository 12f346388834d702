"""The page on which a judge edits a line of the ledger, and on which all edits are read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from starlette.responses import RedirectResponse, Response

from serving import answers, editing
from serving.doors.edits import EditId
from serving.doors.portraits import LINE
from serving.doors.who import AtDesk, reading
from serving.pages.forms import plain_figure, read_form
from serving.pages.rendering import Page, render
from serving.pages.session import Signed, SignedForm
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.edits import EditQuestion, WithdrawalQuestion
from serving.shapes.portrait import PortraitShape
from serving.state.written import day_of

router = APIRouter(route_class=Page)
PortraitId = Annotated[str, Path(pattern=r"^[0-9a-f]{24}$")]
Figure = Annotated[str, Form(max_length=24)]
Reason = Annotated[str, Form(max_length=1000)]


@router.get("/portraits/{portrait_id}/edits")
async def edits(
    request: Request,
    portrait_id: PortraitId,
    session: Signed,
    desk: AtDesk,
    line: Annotated[str | None, Query(pattern=LINE, max_length=160)] = None,
) -> Response:
    """Every edit of the obligation; with ``line``, the form for editing it."""
    act = Act.EDIT if line else Act.PORTRAIT
    with audited(
        desk.audit, reading(request, session.person, act), answers.told_by(desk, portrait_id)
    ) as read:
        found = answers.kept(desk, portrait_id, read)
        shape = PortraitShape.model_validate_json(found.document)
        every = editing.edits(desk, portrait_id, read).edits
        chosen = editing.line_of(shape, line) if line else None
    return render(
        request,
        "edits.html",
        session=session,
        portrait=shape,
        edits=every,
        line=chosen,
        labels=editing.labels_of(shape),
        day=day_of,
    )


@router.post("/portraits/{portrait_id}/edits")
async def edit(
    request: Request,
    portrait_id: PortraitId,
    session: SignedForm,
    desk: AtDesk,
    line: Annotated[str, Form(max_length=160)],
    now_low: Figure,
    now_mid: Figure,
    now_high: Figure,
    year_low: Figure,
    year_mid: Figure,
    year_high: Figure,
    reason: Reason = "",
) -> Response:
    """Keep an edit and go to the portrait made with it."""
    amounts = {
        "now": {"low": plain_figure(now_low), "mid": plain_figure(now_mid), "high": plain_figure(now_high)},
        "year": {
            "low": plain_figure(year_low),
            "mid": plain_figure(year_mid),
            "high": plain_figure(year_high),
        },
    }
    wanted = read_form(EditQuestion, {"line": line, "amounts": amounts, "reason": reason.strip()})
    with audited(
        desk.audit, reading(request, session.person, Act.EDIT), answers.told_by(desk, portrait_id)
    ) as read:
        made = editing.edit(desk, portrait_id, wanted, read).portrait
    return RedirectResponse(f"/portraits/{made}#ledger", status_code=303)


@router.post("/portraits/{portrait_id}/edits/{edit_id}/withdrawal")
async def withdraw(
    request: Request,
    portrait_id: PortraitId,
    edit_id: EditId,
    session: SignedForm,
    desk: AtDesk,
    reason: Reason = "",
) -> Response:
    """Withdraw an edit and go to the portrait made without it."""
    wanted = read_form(WithdrawalQuestion, {"reason": reason.strip()})
    with audited(
        desk.audit, reading(request, session.person, Act.EDIT), answers.told_by(desk, portrait_id)
    ) as read:
        made = editing.withdraw(desk, portrait_id, edit_id, wanted.reason, read).portrait
    return RedirectResponse(f"/portraits/{made}/edits", status_code=303)

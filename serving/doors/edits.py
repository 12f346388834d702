"""``/v1/portraits/{id}/edits``: a judge's figure for a line of the ledger and why; withdrawn, never deleted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request

from serving import answers, editing
from serving.doors.portraits import PortraitId
from serving.doors.who import AtDesk, Signed, reading
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.common import problems
from serving.shapes.edits import EditedShape, EditQuestion, EditsShape, WithdrawalQuestion

router = APIRouter(prefix="/v1/portraits", tags=["edits"])
EditId = Annotated[str, Path(pattern=r"^[1-9]\d{0,14}$", description="number of an edit", examples=["12"])]


@router.post("/{portrait_id}/edits", status_code=201, responses=problems(401, 403, 404, 422, 503))
async def edit(
    request: Request, portrait_id: PortraitId, wanted: EditQuestion, person: Signed, desk: AtDesk
) -> EditedShape:
    """Put a judge's figure in the place of a line's own, and make the portrait with it. The score stays as it is."""
    with audited(desk.audit, reading(request, person, Act.EDIT), answers.told_by(desk, portrait_id)) as read:
        return editing.edit(desk, portrait_id, wanted, read)


@router.get("/{portrait_id}/edits", responses=problems(401, 403, 404, 422, 503))
async def edits(request: Request, portrait_id: PortraitId, person: Signed, desk: AtDesk) -> EditsShape:
    """Every edit of the portrait's obligation, withdrawn ones among them."""
    with audited(
        desk.audit, reading(request, person, Act.PORTRAIT), answers.told_by(desk, portrait_id)
    ) as read:
        return editing.edits(desk, portrait_id, read)


@router.post(
    "/{portrait_id}/edits/{edit_id}/withdrawal",
    status_code=201,
    responses=problems(401, 403, 404, 409, 422, 503),
)
async def withdraw(
    request: Request,
    portrait_id: PortraitId,
    edit_id: EditId,
    wanted: WithdrawalQuestion,
    person: Signed,
    desk: AtDesk,
) -> EditedShape:
    """Withdraw an edit by a further row, and make the portrait without it."""
    with audited(desk.audit, reading(request, person, Act.EDIT), answers.told_by(desk, portrait_id)) as read:
        return editing.withdraw(desk, portrait_id, edit_id, wanted.reason, read)

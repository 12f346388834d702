"""``/v1/portraits/{id}/disputes``: rows that the debtor contests, and the portrait with and without them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request

from serving import answers, disputing
from serving.doors.portraits import PortraitId
from serving.doors.who import AtDesk, Signed, reading
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.common import problems
from serving.shapes.disputes import DisputeQuestion, DisputesShape, SettlementQuestion

router = APIRouter(prefix="/v1/portraits", tags=["disputes"])
DisputeId = Annotated[
    str, Path(pattern=r"^[1-9]\d{0,14}$", description="number of a dispute", examples=["3"])
]


@router.post("/{portrait_id}/disputes", status_code=201, responses=problems(401, 403, 404, 409, 422, 503))
async def dispute(
    request: Request, portrait_id: PortraitId, wanted: DisputeQuestion, person: Signed, desk: AtDesk
) -> DisputesShape:
    """Write down that a row is contested: it is marked from now on, and nothing is taken out of the records."""
    with audited(
        desk.audit, reading(request, person, Act.DISPUTE), answers.told_by(desk, portrait_id)
    ) as read:
        return disputing.dispute(desk, portrait_id, wanted, read)


@router.get("/{portrait_id}/disputes", responses=problems(401, 403, 404, 409, 422, 503))
async def disputes(request: Request, portrait_id: PortraitId, person: Signed, desk: AtDesk) -> DisputesShape:
    """The contested rows of a portrait, and the score and what changes with and without them."""
    with audited(
        desk.audit, reading(request, person, Act.EVIDENCE), answers.told_by(desk, portrait_id)
    ) as read:
        return disputing.disputes(desk, portrait_id, read)


@router.post(
    "/{portrait_id}/disputes/{dispute_id}/settlement",
    status_code=201,
    responses=problems(401, 403, 404, 409, 422, 503),
)
async def settle(
    request: Request,
    portrait_id: PortraitId,
    dispute_id: DisputeId,
    wanted: SettlementQuestion,
    person: Signed,
    desk: AtDesk,
) -> DisputesShape:
    """Write down how a dispute ended. A correction itself comes in with the records."""
    with audited(
        desk.audit, reading(request, person, Act.DISPUTE), answers.told_by(desk, portrait_id)
    ) as read:
        return disputing.settle(desk, portrait_id, dispute_id, wanted, read)

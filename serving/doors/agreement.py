"""``/v1/portraits/{id}/agreement``: the judge says whether the portrait agreed with the case, and if not, why."""

from __future__ import annotations

from fastapi import APIRouter, Request

from serving import agreeing, answers
from serving.doors.portraits import PortraitId
from serving.doors.who import AtDesk, Signed, reading
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.agreements import AgreementQuestion, AgreementsShape
from serving.shapes.common import problems

router = APIRouter(prefix="/v1/portraits", tags=["agreement"])


@router.post("/{portrait_id}/agreement", status_code=201, responses=problems(401, 403, 404, 422, 503))
async def agree(
    request: Request, portrait_id: PortraitId, wanted: AgreementQuestion, person: Signed, desk: AtDesk
) -> AgreementsShape:
    """Keep the judge's word on a portrait, beside those before it."""
    with audited(desk.audit, reading(request, person, Act.AGREE), answers.told_by(desk, portrait_id)) as read:
        return agreeing.agree(desk, portrait_id, wanted, read)


@router.get("/{portrait_id}/agreement", responses=problems(401, 403, 404, 422, 503))
async def agreements(
    request: Request, portrait_id: PortraitId, person: Signed, desk: AtDesk
) -> AgreementsShape:
    """Everything that judges said of a portrait."""
    with audited(
        desk.audit, reading(request, person, Act.PORTRAIT), answers.told_by(desk, portrait_id)
    ) as read:
        return agreeing.agreements(desk, portrait_id, read)

"""``/v1/portraits/{id}/replay``: a kept portrait computed again, and whether it still says the same."""

from __future__ import annotations

from fastapi import APIRouter, Request

from serving import answers, replays
from serving.doors.portraits import PortraitId
from serving.doors.who import AtDesk, Signed, reading
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.common import problems
from serving.shapes.replay import ReplayShape

router = APIRouter(prefix="/v1/portraits", tags=["portraits"])


@router.get("/{portrait_id}/replay", responses=problems(401, 403, 404, 409, 422, 503))
async def replay(request: Request, portrait_id: PortraitId, person: Signed, desk: AtDesk) -> ReplayShape:
    """The stored answer beside its recomputation from what was known on its date and the model it names."""
    with audited(
        desk.audit, reading(request, person, Act.PORTRAIT), answers.told_by(desk, portrait_id)
    ) as read:
        return replays.replay(desk, portrait_id, read)

"""``/v1/portraits/{id}/links``: under which references the debtor was reported, and why they are one or apart."""

from __future__ import annotations

from fastapi import APIRouter, Request

from serving import answers, linked
from serving.doors.portraits import PortraitId
from serving.doors.who import AtDesk, Signed, reading
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.common import problems
from serving.shapes.links import LinksShape

router = APIRouter(prefix="/v1/portraits", tags=["portraits"])


@router.get("/{portrait_id}/links", responses=problems(401, 403, 404, 409, 422, 503))
async def links(request: Request, portrait_id: PortraitId, person: Signed, desk: AtDesk) -> LinksShape:
    """Decisions that stood on the portrait's date; a doubtful pair is shown, and its records stay apart."""
    with audited(
        desk.audit, reading(request, person, Act.EVIDENCE), answers.told_by(desk, portrait_id)
    ) as read:
        return linked.links(desk, portrait_id, read)

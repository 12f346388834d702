"""``/v1/portraits/{id}/asking``: the list of what to ask, whom, and on what basis, for an application."""

from __future__ import annotations

from fastapi import APIRouter, Request

from serving import answers
from serving.asking import next_to_ask
from serving.doors.portraits import PortraitId
from serving.doors.who import AtDesk, Signed, reading
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.asking import AskingShape
from serving.shapes.common import problems
from serving.shapes.portrait import PortraitShape

router = APIRouter(prefix="/v1/portraits", tags=["portraits"])


@router.get("/{portrait_id}/asking", responses=problems(401, 403, 404, 422, 503))
async def asking(request: Request, portrait_id: PortraitId, person: Signed, desk: AtDesk) -> AskingShape:
    """Families without a fresh answer: which organ to ask, what for, the legal basis, and what answers could do."""
    with audited(
        desk.audit, reading(request, person, Act.PORTRAIT), answers.told_by(desk, portrait_id)
    ) as read:
        found = answers.kept(desk, portrait_id, read)
        read.subject = f"{portrait_id}/asking"
        told = next_to_ask(desk, found)
    return AskingShape.of(PortraitShape.model_validate_json(found.document), next=told)

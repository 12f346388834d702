"""``/v1/portraits/{id}/readiness``: what stands in the way of 终本, and what follows a ruling already made."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from serving import answers, readying
from serving.doors.portraits import PortraitId
from serving.doors.who import AtDesk, Signed, reading
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.common import problems
from serving.shapes.evidence import RecordsShape
from serving.shapes.readiness import ReadinessShape

router = APIRouter(prefix="/v1/portraits", tags=["portraits"])
NAME = r"^[a-z][a-z0-9_]{1,60}$"


@router.get("/{portrait_id}/readiness", responses=problems(401, 403, 404, 422, 503))
async def readiness(
    request: Request, portrait_id: PortraitId, person: Signed, desk: AtDesk
) -> ReadinessShape:
    """The statutory conditions and the unofficial checklist on the portrait's date, over all debtors of its case."""
    with audited(
        desk.audit, reading(request, person, Act.PORTRAIT), answers.told_by(desk, portrait_id)
    ) as read:
        return readying.ready(desk, portrait_id, read)


@router.get("/{portrait_id}/readiness/records", responses=problems(401, 403, 404, 422, 503))
async def records(
    request: Request,
    portrait_id: PortraitId,
    of: Annotated[
        str, Query(pattern=NAME, description="a rule's name, or `after`", examples=["network_queries"])
    ],
    person: Signed,
    desk: AtDesk,
) -> RecordsShape:
    """The rows behind a condition, or behind what followed the ruling."""
    with audited(
        desk.audit, reading(request, person, Act.EVIDENCE), answers.told_by(desk, portrait_id)
    ) as read:
        return readying.rows(desk, portrait_id, of, read)

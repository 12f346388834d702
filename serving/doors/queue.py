"""``/v1/queue``: a court's open obligations by expected money, and totals without single debtors."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from serving.doors.who import AtDesk, Signed, reading
from serving.permissions import Act, require, require_court
from serving.reading import audited
from serving.shapes.common import problems
from serving.shapes.queue import QueueShape, TotalsShape

router = APIRouter(prefix="/v1/queue", tags=["queue"])


@router.get("", responses=problems(401, 403, 422, 503))
async def page(
    request: Request,
    person: Signed,
    desk: AtDesk,
    court: Annotated[str, Query(min_length=1, max_length=64, description="court code", examples=["SX001"])],
    first: Annotated[int, Query(ge=0, le=10**9, description="places to leave out", examples=[0])] = 0,
    most: Annotated[int, Query(ge=1, le=500, description="places shown at most", examples=[50])] = 50,
) -> QueueShape:
    """A page of a court's queue, as published last."""
    with audited(desk.audit, reading(request, person, Act.QUEUE, subject=court)) as read:
        require_court(person, court)
        published, count, places = desk.queues.page(court, first=first, most=most)
        read.as_of = published.as_of
    return QueueShape.of(published, court=court, open_=count, first=first, places=places)


@router.get("/totals", responses=problems(401, 403, 503))
def totals(person: Signed, desk: AtDesk) -> TotalsShape:
    """Totals of the queue by court; a key of one court sees its own."""
    require(person, Act.QUEUE_TOTALS)
    published, found = desk.queues.totals()
    return TotalsShape.of(published, tuple(each for each in found if person.sees(each.court)))

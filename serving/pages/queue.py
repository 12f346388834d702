"""The queue page: a court's open obligations by expected money, each a button to its portrait."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from serving.doors.who import AtDesk, reading
from serving.pages.rendering import Page, render
from serving.pages.session import Signed
from serving.permissions import Act, require_court
from serving.purposes import Purpose
from serving.reading import audited
from serving.shapes.queue import QueueShape

router = APIRouter(route_class=Page)
MOST = 50


@router.get("/queue")
async def queue(
    request: Request,
    session: Signed,
    desk: AtDesk,
    court: Annotated[str, Query(min_length=1, max_length=64)],
    first: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:
    """A page of a court's queue."""
    with audited(desk.audit, reading(request, session.person, Act.QUEUE, subject=court)) as read:
        require_court(session.person, court)
        published, count, places = desk.queues.page(court, first=first, most=MOST)
        read.as_of = published.as_of
    shape = QueueShape.of(published, court=court, open_=count, first=first, places=places)
    return render(
        request,
        "queue.html",
        session=session,
        queue=shape,
        purposes=list(Purpose),
        earlier=max(first - MOST, 0) if first > 0 else None,
        later=first + MOST if first + MOST < count else None,
    )

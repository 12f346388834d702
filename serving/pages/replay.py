"""The page of a replay: what the kept portrait says and what it says when computed again."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from serving import answers, replays
from serving.doors.who import AtDesk, reading
from serving.pages.portrait import PortraitId
from serving.pages.rendering import Page, render
from serving.pages.session import Signed
from serving.permissions import Act
from serving.reading import audited

router = APIRouter(route_class=Page)


@router.get("/portraits/{portrait_id}/replay")
async def replay(request: Request, portrait_id: PortraitId, session: Signed, desk: AtDesk) -> Response:
    """Compute a kept portrait again and say how it compares."""
    with audited(
        desk.audit, reading(request, session.person, Act.PORTRAIT), answers.told_by(desk, portrait_id)
    ) as read:
        told = replays.replay(desk, portrait_id, read)
    return render(request, "replay.html", session=session, replay=told)

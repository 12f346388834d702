"""The page of a debtor's links: references that are one, pairs in doubt, and what each decision rests on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from serving import answers, linked
from serving.doors.who import AtDesk, reading
from serving.pages.portrait import PortraitId
from serving.pages.rendering import Page, render
from serving.pages.session import Signed
from serving.permissions import Act
from serving.reading import audited

router = APIRouter(route_class=Page)


@router.get("/portraits/{portrait_id}/links")
async def links(request: Request, portrait_id: PortraitId, session: Signed, desk: AtDesk) -> Response:
    """The decisions that stood on the portrait's date."""
    with audited(
        desk.audit, reading(request, session.person, Act.EVIDENCE), answers.told_by(desk, portrait_id)
    ) as read:
        told = linked.links(desk, portrait_id, read)
    return render(request, "links.html", session=session, links=told)

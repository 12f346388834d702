"""The page of a case's readiness for 终本, and of what follows the ruling."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from serving import answers, readying
from serving.doors.readiness import NAME
from serving.doors.who import AtDesk, reading
from serving.pages.portrait import PortraitId
from serving.pages.rendering import Page, render
from serving.pages.session import Signed
from serving.permissions import Act
from serving.reading import audited

router = APIRouter(route_class=Page)


@router.get("/portraits/{portrait_id}/readiness")
async def readiness(request: Request, portrait_id: PortraitId, session: Signed, desk: AtDesk) -> Response:
    """The conditions, each with what was found of every debtor, and the queries due after a ruling."""
    with audited(
        desk.audit, reading(request, session.person, Act.PORTRAIT), answers.told_by(desk, portrait_id)
    ) as read:
        told = readying.ready(desk, portrait_id, read)
    return render(request, "readiness.html", session=session, readiness=told)


@router.get("/portraits/{portrait_id}/readiness/records")
async def records(
    request: Request,
    portrait_id: PortraitId,
    of: Annotated[str, Query(pattern=NAME)],
    session: Signed,
    desk: AtDesk,
    fragment: bool = False,
) -> Response:
    """The rows behind a condition, as a page or in place."""
    with audited(
        desk.audit, reading(request, session.person, Act.EVIDENCE), answers.told_by(desk, portrait_id)
    ) as read:
        shown = readying.rows(desk, portrait_id, of, read)
    content = "records_rows.html"
    return render(
        request,
        content if fragment else "evidence.html",
        session=session,
        evidence=shown,
        content=content,
        portrait_id=portrait_id,
    )

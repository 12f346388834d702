"""The list of what to ask about a debtor: a page, and a paper to attach to an application."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from serving import answers
from serving.asking import next_to_ask
from serving.desk import Desk
from serving.doors.who import AtDesk, reading
from serving.languages import language_of
from serving.pages.paper import paper
from serving.pages.portrait import PortraitId
from serving.pages.rendering import Page, render
from serving.pages.session import Session, Signed
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.asking import AskingShape
from serving.shapes.portrait import PortraitShape
from vocabulary.dates import today

router = APIRouter(route_class=Page)


@router.get("/portraits/{portrait_id}/asking")
async def asking(request: Request, portrait_id: PortraitId, session: Signed, desk: AtDesk) -> Response:
    """What to ask, whom, and on what basis: readable, and printable."""
    told = _told(request, session, desk, portrait_id)
    return render(
        request, "asking.html", session=session, asking=told, next=told.next, today=today().isoformat()
    )


@router.get("/portraits/{portrait_id}/asking.pdf")
async def asking_paper(request: Request, portrait_id: PortraitId, session: Signed, desk: AtDesk) -> Response:
    """The same list as a PDF."""
    told = _told(request, session, desk, portrait_id)
    page = render(request, "asking_paper.html", session=session, asking=told, today=today().isoformat())
    name = f"asking-{portrait_id}-{language_of(request)}.pdf"
    return paper(bytes(page.body).decode(), name=name)


def _told(request: Request, session: Session, desk: Desk, portrait_id: str) -> AskingShape:
    with audited(
        desk.audit, reading(request, session.person, Act.PORTRAIT), answers.told_by(desk, portrait_id)
    ) as read:
        found = answers.kept(desk, portrait_id, read)
        read.subject = f"{portrait_id}/asking"
        told = next_to_ask(desk, found)
    return AskingShape.of(PortraitShape.model_validate_json(found.document), next=told)

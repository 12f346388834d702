"""The form that hands in a clue from a portrait's page, and the receipt for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from serving import answers, handing_in
from serving.doors.clues import said_in
from serving.doors.who import AtDesk, reading
from serving.pages.forms import plain_figure, read_form
from serving.pages.portrait import PortraitId
from serving.pages.rendering import Page, render
from serving.pages.session import SignedForm
from serving.permissions import Act
from serving.purposes import Purpose
from serving.reading import audited
from serving.shapes.clues import NewClue

router = APIRouter(route_class=Page)
Typed = Annotated[str, Form(max_length=40)]


@router.post("/portraits/{portrait_id}/clues")
async def hand_in(
    request: Request,
    portrait_id: PortraitId,
    session: SignedForm,
    desk: AtDesk,
    author: Typed = "",
    family: Typed = "",
    confidence: Typed = "",
    value: Typed = "",
    told_on: Typed = "",
) -> Response:
    """Hand in a clue about the portrait's debtor, and say that it was received."""
    read_portrait = reading(request, session.person, Act.PORTRAIT)
    with audited(desk.audit, read_portrait, answers.told_by(desk, portrait_id)) as read:
        found = answers.kept(desk, portrait_id, read)
    wanted = read_form(
        NewClue,
        {
            "case": found.case_key,
            "debtor": found.debtor,
            "author": author,
            "family": family,
            "confidence": confidence,
            "value": plain_figure(value) or None,
            "told_on": told_on or None,
            "purpose": Purpose.ASSET_INVESTIGATION,
        },
    )
    with audited(desk.audit, reading(request, session.person, Act.CLUE), said_in(wanted)) as read:
        received = handing_in.hand_in(desk, wanted, read)
    return render(
        request,
        "clue_received.html",
        session=session,
        status=202,
        received=received,
        portrait_id=portrait_id,
    )

"""The form below a portrait in which the judge says whether it agreed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from serving import agreeing, answers
from serving.doors.who import AtDesk, reading
from serving.pages.forms import read_form
from serving.pages.portrait import PortraitId
from serving.pages.rendering import Page
from serving.pages.session import SignedForm
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.agreements import AgreementQuestion

router = APIRouter(route_class=Page)


@router.post("/portraits/{portrait_id}/agreement")
async def agree(
    request: Request,
    portrait_id: PortraitId,
    session: SignedForm,
    desk: AtDesk,
    answer: Annotated[str, Form(max_length=16)] = "",
    why: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Keep the judge's word and go back to the portrait."""
    wanted = read_form(AgreementQuestion, {"answer": answer, "why": why.strip()})
    with audited(
        desk.audit, reading(request, session.person, Act.AGREE), answers.told_by(desk, portrait_id)
    ) as read:
        agreeing.agree(desk, portrait_id, wanted, read)
    return RedirectResponse(f"/portraits/{portrait_id}#agreement", status_code=303)

"""The sign-in page: a key opens a session for this browser."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from serving.doors.who import AtDesk, address_of, refused
from serving.pages.rendering import Page, render
from serving.pages.session import SignedForm, close_session, open_session, own_path, own_site

router = APIRouter(route_class=Page)


@router.get("/sign-in")
async def form(request: Request, next: str = "/") -> Response:
    """The form."""
    return render(request, "signin.html", next=own_path(next), wrong=False)


@router.post("/sign-in")
async def sign_in(
    request: Request,
    desk: AtDesk,
    key: Annotated[str, Form(max_length=200)] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Open a session, or show the form again."""
    own_site(request)
    person = desk.gate.admit(desk.keys, key.strip(), address_of(request))
    if person is None:
        refused(request, desk, "unknown_key")
        return render(request, "signin.html", status=401, next=own_path(next), wrong=True)
    answer = RedirectResponse(own_path(next), status_code=303)
    open_session(answer, desk.settings, person)
    return answer


@router.post("/sign-out")
async def sign_out(_session: SignedForm) -> Response:
    """Close the session."""
    answer = RedirectResponse("/sign-in", status_code=303)
    close_session(answer)
    return answer

"""A browser's session: a signed cookie that names the key it was opened with, and the token its forms must carry."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, Form, Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.responses import Response

from serving.doors.who import AtDesk
from serving.permissions import Person
from serving.settings import ServingSettings
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

COOKIE = "session"
_PURPOSE = "portrait-session-1"


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in in this browser, and the token that its forms carry."""

    person: Person
    token: str


class NotSignedIn(Exception):
    """The page asks for a sign-in; carries the address to come back to."""

    def __init__(self, back: str) -> None:
        self.back = back
        super().__init__("not signed in")


def signed_in(request: Request, desk: AtDesk) -> Session:
    """The session of a request. Raises NotSignedIn without one, after its end, or when its key was taken back."""
    back = f"{request.url.path}?{request.url.query}" if request.method == "GET" else "/"
    try:
        body = _signer(desk.settings).loads(
            request.cookies.get(COOKIE, ""), max_age=desk.settings.session_hours * 3600
        )
    except BadSignature as error:
        raise NotSignedIn(back) from error
    person = desk.keys.holder(str(body["key"]))
    if person is None:
        raise NotSignedIn(back)
    return Session(person, str(body["token"]))


def with_token(
    request: Request, session: Annotated[Session, Depends(signed_in)], token: Annotated[str, Form()] = ""
) -> Session:
    """The session of a form. Raises PortraitError (``foreign_form``, 403) when another site sent it."""
    own_site(request)
    if not hmac.compare_digest(token.encode(), session.token.encode()):
        raise _foreign()
    return session


def own_site(request: Request) -> None:
    """Refuse a form that the browser says another site sent. Raises PortraitError (``foreign_form``, 403)."""
    if not from_here(request):
        raise _foreign()


def from_here(request: Request) -> bool:
    """Whether the reader came from this site's own pages or typed the address, as far as the browser says."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    elsewhere = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    return site in ("same-origin", "none") and not elsewhere


def open_session(answer: Response, settings: ServingSettings, person: Person) -> None:
    """Set the session's cookie."""
    body = {"key": person.key_id, "token": secrets.token_urlsafe(24)}
    answer.set_cookie(
        COOKIE,
        _signer(settings).dumps(body),
        max_age=settings.session_hours * 3600,
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )


def close_session(answer: Response) -> None:
    """Remove the session's cookie."""
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")


def own_path(asked: str) -> str:
    """A path of this site to go on to; the home page for anything else."""
    parts = urlsplit(asked)
    safe = (
        asked.startswith("/")
        and not asked.startswith(("//", "/\\"))
        and not parts.netloc
        and not parts.scheme
    )
    return quote(asked, safe="/?=&%") if safe else "/"


def _signer(settings: ServingSettings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret.get_secret_value(), salt=_PURPOSE)


def _foreign() -> PortraitError:
    return PortraitError(
        Problem(
            code="foreign_form",
            title=Text(zh="表单来源不符", en="The form came from elsewhere"),
            detail=Text(
                zh="提交的表单不是由本页面发出，或登录已更新。",
                en="The form was not sent by this site's page, or the sign-in has been renewed.",
            ),
            next_step=Text(zh="请返回并刷新页面后再提交。", en="Go back, reload the page and send it again."),
            status=403,
        )
    )


Signed = Annotated[Session, Depends(signed_in)]
SignedForm = Annotated[Session, Depends(with_token)]

"""Who stands at the API's door: the key in the header, the desk of the service, the read to be written down."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyHeader

from serving.desk import Desk
from serving.permissions import Act, Person
from serving.problems import request_id
from serving.reading import Reading
from serving.state.audit import Entry
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

KEY_HEADER = APIKeyHeader(
    name="X-API-Key", auto_error=False, description="issued by the administrator, one a person"
)


def desk_of(request: Request) -> Desk:
    """The desk of this service."""
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(desk_of)]


def by_key(request: Request, desk: AtDesk, key: Annotated[str | None, Security(KEY_HEADER)] = None) -> Person:
    """Who holds the key of the header. Raises PortraitError (401) after writing the refusal down, or 429."""
    if key is None:
        raise refused(request, desk, "no_key")
    person = desk.gate.admit(desk.keys, key, address_of(request))
    if person is None:
        raise refused(request, desk, "unknown_key")
    return person


Signed = Annotated[Person, Depends(by_key)]


def address_of(request: Request) -> str:
    """The address that a request came from, as the connection says."""
    return request.client.host if request.client else ""


def reading(request: Request, person: Person, act: Act, *, subject: str = "") -> Reading:
    """The read that is about to happen."""
    return Reading(person=person, act=act, request_id=request_id(request), subject=subject)


def refused(request: Request, desk: Desk, code: str) -> PortraitError:
    """The problem of a missing or unknown key, written to the audit."""
    desk.audit.append(
        Entry(
            request_id=request_id(request),
            key_id="",
            label="",
            role="",
            act="sign_in",
            outcome=code,
            subject=f"{request.method} {request.url.path}"[:200],
        )
    )
    return PortraitError(_NO_KEY if code == "no_key" else _UNKNOWN_KEY)


_STEP = Text(
    zh="请在X-API-Key请求头中附上管理员发放的密钥；浏览器请在登录页输入。",
    en="Send the key issued to you in the X-API-Key header; in a browser, sign in with it.",
)
_NO_KEY = Problem(
    code="no_key",
    title=Text(zh="需要密钥", en="A key is needed"),
    detail=Text(zh="请求未附密钥。", en="The request carries no key."),
    next_step=_STEP,
    status=401,
)
_UNKNOWN_KEY = Problem(
    code="unknown_key",
    title=Text(zh="密钥无效", en="The key is not known"),
    detail=Text(zh="密钥有误或已被收回。", en="The key is mistyped or was taken back."),
    next_step=_STEP,
    status=401,
)

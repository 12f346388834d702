"""What every request passes: a name, a count, the headers that keep a browser safe, an answer to accidents."""

from __future__ import annotations

import re
import secrets
import time
import traceback
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.figures import Figures
from serving.log import logger
from serving.problems import response, unexpected

MOST_BYTES = 64 * 1024
"""A request's body may not be longer: questions are short."""
_NAME = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Passage:
    """ASGI middleware around the whole service."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        request.state.request_id = _named(request)
        started, status = time.perf_counter(), 0
        taken = 0

        async def taking() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > MOST_BYTES:
                raise HTTPException(413)
            return message

        async def passed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _dress(message, request)
            await send(message)

        try:
            await self._app(scope, taking, passed)
        except Exception as error:  # noqa: BLE001 - whatever it was, nothing of it goes out
            logger().error("unexpected", request_id=request.state.request_id, **_traced(error))
            if status == 0:
                await response(request, unexpected())(scope, receive, passed)
        finally:
            seconds = time.perf_counter() - started
            route = getattr(scope.get("route"), "path", "none")
            self._figures.request(method=request.method, route=route, status=status, seconds=seconds)


def _traced(error: Exception) -> dict[str, object]:
    """Where it happened, for the log: neither the message nor the values at hand, which may be about a person."""
    steps = traceback.extract_tb(error.__traceback__)[-12:]
    return {
        "error": type(error).__name__,
        "trace": [f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in steps],
    }


def _named(request: Request) -> str:
    said = request.headers.get("x-request-id", "")
    return said if _NAME.match(said) else secrets.token_hex(8)


def _dress(message: Message, request: Request) -> None:
    headers = message.setdefault("headers", [])
    held = {name.lower() for name, _ in headers}
    extra = {**_HEADERS, "X-Request-ID": request.state.request_id}
    if not request.url.path.startswith("/static/"):
        extra["Cache-Control"] = "no-store"
    for name, value in extra.items():
        if name.lower().encode() not in held:
            headers.append((name.lower().encode(), value.encode()))

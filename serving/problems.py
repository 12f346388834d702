"""Problems as the API says them: RFC 9457, in the reader's language and always in both. Nothing inside leaks out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from serving.languages import language_of
from serving.shapes.common import MEDIA_TYPE
from serving.validation import errors_of, invalid
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Language, Text


def document(problem: Problem, *, language: Language, request_id: str, **extra: Any) -> dict[str, Any]:
    """A problem as RFC 9457 has it: ``title`` and ``detail`` in one language, every text in both under ``texts``."""
    return {
        "type": f"urn:debtor-portrait:problem:{problem.code}",
        "code": problem.code,
        "status": problem.status,
        "title": problem.title.to(language),
        "detail": problem.detail.to(language),
        "next_step": problem.next_step.to(language),
        "instance": f"urn:debtor-portrait:request:{request_id}",
        "texts": {
            "title": problem.title.as_pair(),
            "detail": problem.detail.as_pair(),
            "next_step": problem.next_step.as_pair(),
        },
        **extra,
    }


def response(
    request: Request, problem: Problem, *, headers: Mapping[str, str] | None = None, **extra: Any
) -> Response:
    """The problem as an answer to a request."""
    language = language_of(request)
    body = document(problem, language=language, request_id=request_id(request), **extra)
    content = json.dumps(body, ensure_ascii=False, default=str).encode()
    said = {"Content-Language": "zh-CN" if language == "zh" else "en", **(headers or {})}
    return Response(content, problem.status, media_type=MEDIA_TYPE, headers=said)


def request_id(request: Request) -> str:
    """The name of this request, in answers, logs and the audit."""
    return str(getattr(request.state, "request_id", ""))


def handle(app: FastAPI) -> None:
    """Answer every error of the API with a problem."""
    app.add_exception_handler(PortraitError, _portrait_error)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(SQLAlchemyError, _state_away)


def unexpected() -> Problem:
    """Something that nobody foresaw; the log has it under the request's id."""
    return Problem(
        code="unexpected",
        title=Text(zh="内部错误", en="Internal error"),
        detail=Text(zh="处理请求时出错。", en="Something went wrong while answering."),
        next_step=Text(
            zh="请重试；如仍失败，请将请求编号告知管理员。",
            en="Try again; if it fails again, tell the administrator the request id.",
        ),
        status=500,
    )


async def _portrait_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, PortraitError)
    headers = {"WWW-Authenticate": "X-API-Key"} if error.problem.status == 401 else {}
    if "retry_after" in error.problem.values:
        headers["Retry-After"] = str(error.problem.values["retry_after"])
    return response(request, error.problem, headers=headers)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = errors_of(error.errors())
    return response(request, invalid(errors), errors=[each.as_dict() for each in errors])


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    page = getattr(request.app.state, "problem_page", None)
    if page is not None and "text/html" in request.headers.get("accept", ""):
        shown: Response = page(request, _known(error.status_code))
        return shown
    return response(request, _known(error.status_code), headers=error.headers)


async def _state_away(request: Request, _error: Exception) -> Response:
    return response(request, _STATE_AWAY)


def _known(status: int) -> Problem:
    code, title = _TITLES.get(status, ("refused", Text(zh="请求被拒绝", en="Request refused")))
    return Problem(
        code=code,
        title=title,
        detail=Text(zh=f"{title.zh}（{status}）。", en=f"{title.en} ({status})."),
        next_step=Text(zh="请对照 /openapi.json 检查地址与方法。", en="Check it against /openapi.json."),
        status=status,
    )


_TITLES = {
    400: ("malformed", Text(zh="请求格式错误", en="Malformed request")),
    404: ("no_such_page", Text(zh="没有该地址", en="No such address")),
    405: ("no_such_method", Text(zh="该地址不支持此方法", en="Method not allowed here")),
    413: ("too_large", Text(zh="请求过大", en="Request too large")),
    415: ("unknown_media_type", Text(zh="不支持的内容类型", en="Media type not supported")),
}
_STATE_AWAY = Problem(
    code="state_unavailable",
    title=Text(zh="状态数据库不可用", en="State database not available"),
    detail=Text(zh="无法读取密钥、画像或审计记录。", en="Keys, portraits or the audit cannot be read."),
    next_step=Text(
        zh="请管理员检查状态数据库，然后重试。", en="Have the state database checked, then try again."
    ),
    status=503,
)

"""How a page is put together: language, words, who is signed in; and problems as pages."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse, Response

from serving.languages import COOKIE, language_of
from serving.pages import PAGES
from serving.pages.session import NotSignedIn, Session
from serving.pages.words import WORDS
from serving.permissions import ROLE_LABELS, Act
from serving.problems import request_id
from serving.validation import errors_of, invalid
from vocabulary.labels import table_label, word
from vocabulary.money import spoken
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import LANGUAGES, Language, Text

_YEAR = 365 * 24 * 3600
_environment = Environment(
    loader=FileSystemLoader(PAGES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(
    request: Request, template: str, *, session: Session | None = None, status: int = 200, **values: Any
) -> Response:
    """A page in the reader's language; ``?lang=`` is remembered in a cookie."""
    language = language_of(request)
    other: Language = "en" if language == "zh" else "zh"
    there = request.url.include_query_params(lang=other)
    content = _environment.get_template(template).render(
        say=_sayer(language),
        lang=language,
        html_lang="zh-CN" if language == "zh" else "en",
        other=other,
        other_address=f"{there.path}?{there.query}",
        session=session,
        role=ROLE_LABELS[session.person.role] if session else None,
        may=(lambda act: session.person.may(Act(act))) if session else (lambda _act: False),
        money=lambda yuan: spoken(yuan).to(language),
        begin=lambda words: words[:1].upper() + words[1:],
        exact=lambda yuan: f"{yuan:,.2f}".replace("-", "−").replace("−0.00", "0.00"),
        points=lambda number: f"{number:.1f}",
        signed=lambda number: (
            f"{number:+.1f}".replace("-", "−").replace("+0.0", "0.0").replace("−0.0", "0.0")
        ),
        table_label=table_label,
        word=word,
        **values,
    )
    headers = {"Content-Language": "zh-CN" if language == "zh" else "en", "Vary": "Accept-Language, Cookie"}
    answer = HTMLResponse(content, status, headers)
    if request.query_params.get("lang") in LANGUAGES:
        answer.set_cookie(COOKIE, language, max_age=_YEAR, httponly=True, samesite="lax")
    return answer


def problem_page(request: Request, problem: Problem, session: Session | None = None) -> Response:
    """A problem as a page."""
    return render(
        request,
        "problem.html",
        session=session,
        status=problem.status,
        problem=problem,
        request_name=request_id(request),
    )


class Page(APIRoute):
    """A route that answers with pages, problems included; without a session it asks for a sign-in."""

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **{**values, "include_in_schema": False})

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, errors turned to pages."""
        handler = super().get_route_handler()

        async def page(request: Request) -> Response:
            try:
                return await handler(request)
            except NotSignedIn as error:
                return RedirectResponse(f"/sign-in?next={quote(error.back, safe='')}", status_code=303)
            except PortraitError as error:
                return problem_page(request, error.problem)
            except RequestValidationError as error:
                return problem_page(request, invalid(errors_of(error.errors())))

        return page


def _sayer(language: Language) -> Callable[..., str]:
    def say(what: Any, **values: object) -> str:
        """A word of the pages by name, or any text in both languages, in the reader's language."""
        if what is None:
            return ""
        if not isinstance(what, str):
            return str(what.to(language))
        said: Text = WORDS[what]
        return (said.fill(**values) if values else said).to(language)

    return say

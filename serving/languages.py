"""In which language to answer: ?lang=, then the cookie of the pages, then Accept-Language, then the setting."""

from __future__ import annotations

from starlette.requests import Request

from vocabulary.text import LANGUAGES, Language

COOKIE = "lang"


def language_of(request: Request) -> Language:
    """The language of the answer to a request."""
    for said in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if chosen := _one(said):
            return chosen
    return _accepted(request.headers.get("accept-language", "")) or _fallback(request)


def _one(said: str | None) -> Language | None:
    return next((language for language in LANGUAGES if language == said), None)


def _accepted(header: str) -> Language | None:
    """The language of ours that the header ranks highest; None when it names neither."""
    ranked = sorted((_weighed(part) for part in header.split(",")), key=lambda each: -each[0])
    return next((chosen for weight, tag in ranked if weight > 0 and (chosen := _one(tag))), None)


def _weighed(part: str) -> tuple[float, str]:
    tag, _, rest = part.strip().partition(";")
    plain = tag.strip().lower().split("-")[0]
    if not rest.strip().startswith("q="):
        return 1.0, plain
    try:
        return float(rest.strip()[2:]), plain
    except ValueError:
        return 0.0, plain


def _fallback(request: Request) -> Language:
    language: Language = getattr(request.app.state, "language", "zh")
    return language

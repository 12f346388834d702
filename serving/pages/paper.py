"""PDF from the same HTML that the pages show (WeasyPrint): nothing is fetched, neither files nor addresses."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response


def paper(html: str, *, name: str) -> Response:
    """A page as a PDF to keep. ``name`` is the file's, ASCII without spaces."""
    from weasyprint import HTML  # takes a second to load, and only who prints waits for it

    content: bytes = HTML(string=html, url_fetcher=_nothing).write_pdf()
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(content, media_type="application/pdf", headers=headers)


def _nothing(url: str, *rest: Any, **more: Any) -> Any:
    raise ValueError("a paper fetches nothing")

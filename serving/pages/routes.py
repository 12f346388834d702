"""All pages, as one router."""

from __future__ import annotations

from fastapi import APIRouter

from serving.pages import (
    agreement,
    asking,
    audit,
    change,
    clues,
    disputes,
    edits,
    home,
    links,
    monitoring,
    portrait,
    queue,
    readiness,
    replay,
    signin,
    week,
)

router = APIRouter()
for page in (
    signin,
    home,
    queue,
    week,
    portrait,
    links,
    edits,
    disputes,
    agreement,
    asking,
    clues,
    change,
    readiness,
    replay,
    monitoring,
    audit,
):
    router.routes.extend(page.router.routes)

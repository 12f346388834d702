"""All pages, as one router."""

from __future__ import annotations

from fastapi import APIRouter

from serving.pages import audit, change, edits, home, monitoring, portrait, queue, replay, signin

router = APIRouter(include_in_schema=False)
for page in (signin, home, queue, portrait, edits, change, replay, monitoring, audit):
    router.include_router(page.router)

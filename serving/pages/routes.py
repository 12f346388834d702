"""All pages, as one router."""

from __future__ import annotations

from fastapi import APIRouter

from serving.pages import audit, home, portrait, queue, replay, signin

router = APIRouter(include_in_schema=False)
for page in (signin, home, queue, portrait, replay, audit):
    router.include_router(page.router)

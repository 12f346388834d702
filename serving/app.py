"""The service: routes, pages and the passage around them, wired to one desk."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from serving import openapi, problems
from serving.desk import Desk
from serving.doors import (
    agreement,
    asking,
    audit,
    changes,
    clues,
    disputes,
    edits,
    health,
    links,
    models,
    plans,
    portraits,
    queue,
    readiness,
    replays,
)
from serving.doors.health import service_version
from serving.figures import Figures
from serving.pages import STATIC
from serving.pages import routes as pages
from serving.pages.rendering import problem_page
from serving.passage import Passage
from serving.settings import ServingSettings
from serving.starting import starting

_ABOUT = """A portrait of a judgment debtor's ability to pay, with the records behind every reason (仅供参考: for
reference only). Every read of a debtor's records names its purpose and is written to the audit. Money is CNY, ids are
text, dates are Shanghai dates. Problems follow RFC 9457, in Chinese and English."""


def create(settings: ServingSettings) -> FastAPI:
    """The service for these settings. Nothing is opened before it starts; on starting, the state is migrated.

    ``/ready`` calls the model ready when the compiled loops are loaded, shortly after the port is open.
    """
    figures = Figures()
    app = FastAPI(
        title="Debtor Portrait",
        version=service_version(),
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(settings, figures),
        redirect_slashes=False,
    )
    app.state.language = settings.language
    app.state.problem_page = problem_page
    for router in (
        portraits.router,
        links.router,
        edits.router,
        disputes.router,
        agreement.router,
        changes.router,
        asking.router,
        clues.router,
        readiness.router,
        replays.router,
        queue.router,
        plans.router,
        models.router,
        audit.router,
        health.router,
        pages.router,
    ):
        app.router.routes.extend(router.routes)  # as they are: including them would build each a second time
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    problems.handle(app)
    openapi.describe(app)
    app.add_middleware(Passage, figures=figures)
    return app


def _lifespan(
    settings: ServingSettings, figures: Figures
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with starting():
            app.state.desk = Desk.open(settings, figures, wait=False)
        try:
            yield
        finally:
            app.state.desk.close()

    return lifespan

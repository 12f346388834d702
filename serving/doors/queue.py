"""``/v1/queue``: a court's open obligations in tracks, exports, overrides, and totals without single debtors."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import FileResponse, StreamingResponse
from starlette.background import BackgroundTask
from starlette.responses import Response

from serving import exports, queueing
from serving.doors.who import AtDesk, Signed, reading
from serving.languages import language_of
from serving.permissions import Act, require
from serving.reading import audited
from serving.shapes.common import problems
from serving.shapes.portrait import Band
from serving.shapes.queue import (
    OverrideQuestion,
    OverrideShape,
    OverridesShape,
    QueueShape,
    TotalsShape,
    TrackCode,
)
from triage.queue_choice import Choice, Sort

router = APIRouter(prefix="/v1/queue", tags=["queue"])
CourtCode = Annotated[str, Query(min_length=1, max_length=64, description="court code", examples=["SX001"])]
First = Annotated[int, Query(ge=0, le=10**9, description="places to leave out", examples=[0])]
Most = Annotated[int, Query(ge=1, le=500, description="places shown at most", examples=[50])]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def chosen(
    track: Annotated[TrackCode | None, Query(description="one track", examples=["fast"])] = None,
    band: Annotated[Band | None, Query(description="coverage of records", examples=["high"])] = None,
    priority: Annotated[
        bool, Query(description="claims of livelihood only: wages, alimony, injury, relief", examples=[False])
    ] = False,
    learning: Annotated[bool, Query(description="only what the week's lot drew", examples=[False])] = False,
    pressing: Annotated[bool, Query(description="only where a deadline presses", examples=[False])] = False,
    due_by: Annotated[
        date | None, Query(description="deadline on or before", examples=["2026-07-31"])
    ] = None,
    since: Annotated[
        date | None, Query(description="something came in on or after", examples=["2026-06-28"])
    ] = None,
    sort: Annotated[
        Sort, Query(description="rank, money, deadline, or newest first", examples=["rank"])
    ] = "rank",
) -> Choice:
    """The choice of places that a request names."""
    return Choice(
        track=track,
        band=band,
        priority=priority,
        learning=learning,
        pressing=pressing,
        due_by=due_by.isoformat() if due_by else None,
        since=since.isoformat() if since else None,
        sort=sort,
    )


Chosen = Annotated[Choice, Depends(chosen)]


@router.get("", responses=problems(401, 403, 422, 503))
async def page(
    request: Request,
    person: Signed,
    desk: AtDesk,
    court: CourtCode,
    choice: Chosen,
    first: First = 0,
    most: Most = 50,
) -> QueueShape:
    """A page of a court's queue, as published last, with what people chose against its proposals."""
    with audited(desk.audit, reading(request, person, Act.QUEUE, subject=court)) as read:
        return queueing.page(desk, court, choice, read, first=first, most=most)


@router.get(
    "/export",
    response_class=Response,
    responses={
        200: {
            "description": "the court's queue as a spreadsheet, in the language of the request",
            "content": {"text/csv": {}, XLSX: {}},
        },
        **problems(401, 403, 422, 503),
    },
)
def export(
    request: Request,
    person: Signed,
    desk: AtDesk,
    court: CourtCode,
    choice: Chosen,
    form: Annotated[
        Literal["csv", "xlsx"], Query(alias="format", description="CSV or Excel", examples=["csv"])
    ] = "csv",
) -> Response:
    """The court's whole queue (of those chosen) as CSV or Excel."""
    with audited(desk.audit, reading(request, person, Act.QUEUE, subject=f"{court} export")) as read:
        docket = queueing.docket(desk, court, read)
    return exported(docket, choice, form=form, language=language_of(request))


@router.post("/overrides", status_code=201, responses=problems(401, 403, 404, 422, 503))
def override(request: Request, wanted: OverrideQuestion, person: Signed, desk: AtDesk) -> OverrideShape:
    """Put an obligation in another track, first or last, with a reason; without either, back as proposed."""
    with audited(desk.audit, reading(request, person, Act.OVERRIDE, subject=wanted.court)) as read:
        return queueing.override(desk, wanted, read)


@router.get("/overrides", responses=problems(401, 403, 422, 503))
def overrides(
    request: Request, person: Signed, desk: AtDesk, court: CourtCode, first: First = 0, most: Most = 50
) -> OverridesShape:
    """What people chose in a court's queue and why, newest first; nothing is ever removed from it."""
    with audited(desk.audit, reading(request, person, Act.QUEUE, subject=f"{court} overrides")) as read:
        return queueing.overrides(desk, court, read, first=first, most=most)


@router.get("/totals", responses=problems(401, 403, 503))
def totals(person: Signed, desk: AtDesk) -> TotalsShape:
    """Totals of the queue by court; a key of one court sees its own."""
    require(person, Act.QUEUE_TOTALS)
    published, found = desk.queues.totals()
    return TotalsShape.of(published, tuple(each for each in found if person.sees(each.court)))


def exported(
    docket: queueing.Docket, choice: Choice, *, form: Literal["csv", "xlsx"], language: queueing.Language
) -> Response:
    """The download of a docket."""
    day = docket.published.as_of
    named = quote(f"queue-{docket.court}-{day}.{form}", safe="")
    headers = {
        "Content-Disposition": f"attachment; filename=\"queue-{day}.{form}\"; filename*=UTF-8''{named}",
        "Content-Language": language,
    }
    if form == "csv":
        rows = exports.as_csv(docket.all(choice), language)
        return StreamingResponse(rows, media_type="text/csv", headers=headers)
    with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as file:
        path = Path(file.name)
    exports.write_xlsx(docket.all(choice), path, language=language, title=docket.court)
    return FileResponse(path, media_type=XLSX, headers=headers, background=BackgroundTask(path.unlink))

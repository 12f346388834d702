"""The queue's pages: a court's open obligations in tracks, each a button to its portrait; and the form to override."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from serving import queueing
from serving.doors.queue import exported
from serving.doors.who import AtDesk, reading
from serving.languages import language_of
from serving.pages.forms import read_form
from serving.pages.rendering import Page, render
from serving.pages.session import Signed, SignedForm
from serving.permissions import Act
from serving.purposes import Purpose
from serving.reading import audited
from serving.shapes.queue import OverrideQuestion, OverrideShape, PlaceShape
from serving.state.written import day_of
from triage.queue_choice import Choice, Sort
from triage.tracks import BY_CODE, TRACKS

router = APIRouter(route_class=Page)
MOST = 50
SORTS: tuple[Sort, ...] = ("rank", "money", "deadline", "news")
Court = Annotated[str, Query(min_length=1, max_length=64)]
Reference = Annotated[str, Query(min_length=1, max_length=64)]


class Wanted:
    """What the page's address chooses: a track, filters, an order."""

    def __init__(
        self,
        track: Annotated[str, Query(pattern=f"^({'|'.join(BY_CODE)})?$")] = "",
        only: Annotated[str, Query(pattern=r"^(priority|learning|pressing)?$")] = "",
        since: Annotated[str, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = "",
        sort: Annotated[Sort, Query()] = "rank",
    ) -> None:
        self.track, self.only, self.since, self.sort = track, only, since, sort

    @property
    def choice(self) -> Choice:
        """The choice of places."""
        return Choice(
            track=self.track or None,
            priority=self.only == "priority",
            learning=self.only == "learning",
            pressing=self.only == "pressing",
            since=self.since or None,
            sort=self.sort,
        )

    def address(self, court: str, **other: str) -> str:
        """The query of an address with these choices, some of them other."""
        asked = {
            "court": court,
            "track": self.track,
            "only": self.only,
            "since": self.since,
            "sort": "" if self.sort == "rank" else self.sort,
            **other,
        }
        return urlencode({name: value for name, value in asked.items() if value})


AsWanted = Annotated[Wanted, Depends()]


@router.get("/queue")
async def queue(
    request: Request,
    session: Signed,
    desk: AtDesk,
    court: Court,
    wanted: AsWanted,
    first: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:
    """A page of a court's queue."""
    with audited(desk.audit, reading(request, session.person, Act.QUEUE, subject=court)) as read:
        shape = queueing.page(desk, court, wanted.choice, read, first=first, most=MOST)
    return render(
        request,
        "queue.html",
        session=session,
        queue=shape,
        wanted=wanted,
        sorts=SORTS,
        purposes=list(Purpose),
        meaning=BY_CODE[wanted.track].meaning if wanted.track else None,
        whole=sum(each.places for each in shape.tracks),
        earlier=max(first - MOST, 0) if first > 0 else None,
        later=first + MOST if first + MOST < shape.open else None,
    )


@router.get("/queue/export")
def export(
    request: Request,
    session: Signed,
    desk: AtDesk,
    court: Court,
    wanted: AsWanted,
    form: Annotated[Literal["csv", "xlsx"], Query(alias="format")] = "xlsx",
) -> Response:
    """The chosen places as a spreadsheet."""
    with audited(desk.audit, reading(request, session.person, Act.QUEUE, subject=f"{court} export")) as read:
        docket = queueing.docket(desk, court, read)
    return exported(docket, wanted.choice, form=form, language=language_of(request))


@router.get("/queue/override")
async def override_form(
    request: Request, session: Signed, desk: AtDesk, court: Court, case: Reference, debtor: Reference
) -> Response:
    """One place, what was chosen for it so far, and the form to choose otherwise."""
    with audited(desk.audit, reading(request, session.person, Act.OVERRIDE, subject=court)) as read:
        listed = queueing.one(desk, court, case, debtor, read)
        history = desk.overrides.history(court, read.case_key, read.debtor)
    return render(
        request,
        "queue_override.html",
        session=session,
        court=court,
        place=PlaceShape.of(listed),
        tracks=TRACKS,
        names={track.code: track.name for track in TRACKS},
        day=day_of,
        history=[OverrideShape.of(each) for each in history],
    )


@router.post("/queue/override")
async def override(
    request: Request,
    session: SignedForm,
    desk: AtDesk,
    court: Annotated[str, Form(max_length=64)],
    case: Annotated[str, Form(max_length=64)],
    debtor: Annotated[str, Form(max_length=64)],
    track: Annotated[str, Form(max_length=16)] = "",
    place: Annotated[str, Form(max_length=8)] = "",
    reason: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Keep an override and go to the track where the obligation now stands."""
    values = {"court": court, "case": case, "debtor": debtor, "reason": reason.strip()}
    wanted = read_form(OverrideQuestion, {**values, "track": track or None, "place": place or None})
    with audited(desk.audit, reading(request, session.person, Act.OVERRIDE, subject=court)) as read:
        kept = queueing.override(desk, wanted, read)
    where = urlencode({"court": court, "track": kept.track or kept.proposed})
    return RedirectResponse(f"/queue?{where}", status_code=303)

"""The page of a change: which earlier portrait, the waterfall from its score to the later one, the parts with rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.exceptions import RequestValidationError
from starlette.responses import Response

from serving import answers, changes
from serving.doors.changes import ID, OF
from serving.doors.who import AtDesk, reading
from serving.pages.portrait import DAY, PortraitId
from serving.pages.rendering import Page, render
from serving.pages.session import Signed
from serving.pages.waterfall import MOST_ITEMS, SMALL, WIDTH, Bar, scale_over
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.change import ChangeShape, FeatureMoveShape, PartName, PartShape

router = APIRouter(route_class=Page)
Since = Annotated[str, Query(pattern=rf"{ID}|^$")]


@dataclass(frozen=True, slots=True)
class PartBar:
    """A part with its bar, the features that moved most, and how many others there are with what points."""

    part: PartShape
    bar: Bar
    main: tuple[FeatureMoveShape, ...]
    others: int
    others_points: float


@dataclass(frozen=True, slots=True)
class Steps:
    """The waterfall between two scores: both ends, the parts, the marks of the axis."""

    start: Bar
    parts: tuple[PartBar, ...]
    end: Bar
    marks: tuple[tuple[int, float], ...]


@router.get("/portraits/{portrait_id}/change")
async def change(
    request: Request,
    portrait_id: PortraitId,
    session: Signed,
    desk: AtDesk,
    since: Since = "",
    on: Annotated[str, Query(pattern=DAY)] = "",
) -> Response:
    """What changed since an earlier portrait or date; only the choice when there is none to compare with."""
    with audited(
        desk.audit, reading(request, session.person, Act.PORTRAIT), answers.told_by(desk, portrait_id)
    ) as read:
        earlier = changes.earlier_ones(desk, portrait_id, read)
        told = None
        if since or on or earlier:
            told = changes.change(desk, portrait_id, read, since=since or None, on=_day(on))
    return render(
        request,
        "change.html",
        session=session,
        portrait_id=portrait_id,
        change=told,
        steps=None if told is None or told.points is None else steps(told),
        width=WIDTH,
        earlier=earlier,
        since=since,
        on=on,
    )


@router.get("/portraits/{portrait_id}/change/records")
async def records(
    request: Request,
    portrait_id: PortraitId,
    session: Signed,
    desk: AtDesk,
    part: PartName,
    of: Annotated[str, Query(pattern=OF, max_length=160)],
    since: Since = "",
    on: Annotated[str, Query(pattern=DAY)] = "",
    fragment: bool = False,
) -> Response:
    """The rows of a part of the change, as a page or in place."""
    with audited(
        desk.audit, reading(request, session.person, Act.EVIDENCE), answers.told_by(desk, portrait_id)
    ) as read:
        shown = changes.rows(desk, portrait_id, read, part=part, of=of, since=since or None, on=_day(on))
    content = "records_rows.html"
    return render(
        request,
        content if fragment else "evidence.html",
        session=session,
        evidence=shown,
        content=content,
        portrait_id=portrait_id,
    )


def steps(change: ChangeShape) -> Steps:
    """The waterfall of a change between two scores. Raises ValueError without both."""
    first, last = change.earlier.score, change.later.score
    if first is None or last is None:
        raise ValueError("a change to or from a portrait without a score has no waterfall")
    reached, at = [first, last], first
    for part in change.parts:
        at += part.points or 0.0
        reached.append(at)
    scale, at, parts = scale_over(reached), first, []
    for part in change.parts:
        points = part.points or 0.0
        parts.append(_part(part, scale.bar(at, at + points)))
        at += points
    return Steps(scale.bar(0.0, first), tuple(parts), scale.bar(0.0, last), scale.marks)


def _part(part: PartShape, bar: Bar) -> PartBar:
    moves = sorted(
        (move for family in part.families for move in family.features), key=lambda move: -abs(move.points)
    )
    main = [move for move in moves if abs(move.points) >= SMALL][:MOST_ITEMS]
    rest = [move.points for move in moves if move not in main]
    return PartBar(part, bar, tuple(main), len(rest), sum(rest))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise RequestValidationError(
            [{"type": "date_parsing", "loc": ("query", "on"), "msg": "no date", "input": text}]
        ) from error

"""What may come, drawn: the likely set on a bar from 0 to 100, and the curve by months, as places in two pictures.

Inline SVG whose colours stand in the picture itself, so that screen, print and PDF show the same; the numbers are in a
table beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from serving.shapes.outlook import LikelyShape
from serving.shapes.portrait import PortraitShape

WIDTH = 360
_HEIGHT, _ROW = 88, 16
"""Of the bar with one mark; what a second row of labels adds."""
_LEFT, _RIGHT = 14.0, 346.0
_AXIS_LEFT, _TOP, _BOTTOM = 34.0, 12.0, 140.0
_THIN = 3.0
"""The least width of an interval, so that it is seen."""
_HALF_LABEL, _SHORT_LABEL = 88.0, 64.0
"""Room of a centred label to either side, and of the score's own to its right."""
WIDE = 0.9
"""From this length on an interval says hardly anything."""
_MONTHS = 24
_LINES = (("any", "#1f6f8c", ""), ("half", "#b0521a", "7 3"), ("all", "#4d5b6a", "2 3"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A number of points on the bar: where it lies, and where its label does."""

    points: float
    x: float
    label: float


@dataclass(frozen=True, slots=True)
class Likely:
    """The parts of the likely set as places: ``nothing`` and ``everything`` None when absent, as is the interval."""

    nothing: float | None
    low: float | None
    width: float
    everything: float | None
    score: Mark
    cautious: Mark | None
    down: int
    ticks: tuple[tuple[int, float], ...]
    height: int
    holds_score: bool
    wide: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One chance over the months: its colour and dashes, and its points (x, y)."""

    name: str
    colour: str
    dashes: str
    points: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        """The points as SVG lists them."""
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Prospects:
    """Both pictures: the likely set, and the curve with its ticks (number, place)."""

    likely: Likely
    lines: tuple[Line, ...]
    months: tuple[tuple[int, float], ...]
    chances: tuple[tuple[int, float], ...]


def prospects(portrait: PortraitShape) -> Prospects | None:
    """The pictures of a portrait; None where there is no score, or none was drawn in its day."""
    told = portrait.outlook
    if told is None or portrait.score is None:
        return None
    cautious = portrait.cautious
    return Prospects(
        likely=_likely(told.likely, portrait.score, cautious),
        lines=tuple(
            Line(
                name,
                colour,
                dashes,
                tuple((_across(each.months), _up(100 * getattr(each, name))) for each in told.horizons),
            )
            for name, colour, dashes in _LINES
        ),
        months=tuple((each.months, _across(each.months)) for each in told.horizons),
        chances=tuple((chance, _up(chance)) for chance in (0, 50, 100)),
    )


def _likely(told: LikelyShape, score: float, cautious: float | None) -> Likely:
    bare = told.low is None or told.high is None
    low, high = (0.0, 0.0) if bare else (100 * (told.low or 0.0), 100 * (told.high or 0.0))
    same = cautious is None or f"{cautious:.1f}" == f"{score:.1f}"
    return Likely(
        nothing=_along(0) if told.nothing else None,
        low=None if bare else _along(low),
        width=max(round(_along(high) - _along(low), 2), _THIN),
        everything=_along(100) if told.everything else None,
        score=_centred(score) if same else _beside(score),
        cautious=None if same or cautious is None else _centred(cautious),
        down=0 if same else _ROW,
        ticks=tuple((points, _along(points)) for points in (0, 25, 50, 75, 100)),
        height=_HEIGHT + (0 if same else _ROW),
        holds_score=not bare and low <= score <= high,
        wide=not bare and high - low >= 100 * WIDE,
    )


def _centred(points: float) -> Mark:
    x = _along(points)
    return Mark(points, x, min(max(x, _HALF_LABEL), WIDTH - _HALF_LABEL))


def _beside(points: float) -> Mark:
    """To the right, where the line of the cautious score, which is never higher, does not cross the label."""
    x = _along(points)
    return Mark(points, x, min(x - 2, WIDTH - _SHORT_LABEL))


def _along(points: float) -> float:
    return round(_LEFT + points / 100 * (_RIGHT - _LEFT), 2)


def _across(months: int) -> float:
    return round(_AXIS_LEFT + months / _MONTHS * (_RIGHT - _AXIS_LEFT), 2)


def _up(chance: float) -> float:
    return round(_BOTTOM - chance / 100 * (_BOTTOM - _TOP), 2)

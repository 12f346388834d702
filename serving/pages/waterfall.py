"""The waterfall from base to score: positions of bars, family by family, and item by item inside each.

Inline SVG in the rows of a real table, not one picture of a chart library: docs/decisions/0006-serving.md says why.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from serving.shapes.portrait import GroupShape, PortraitShape, ReasonShape

WIDTH = 400
SMALL = 0.05
"""Items that move the score by less than this are shown as one line, unless all are asked for."""
MOST_ITEMS = 12
_STEPS = (5, 10, 20, 25)
_MOST_INTERVALS = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: from ``start`` to ``end`` in points; all that begins with x, and the width, in the drawing's units."""

    start: float
    end: float
    x: float
    width: float
    up: bool
    x_start: float
    x_end: float


@dataclass(frozen=True, slots=True)
class Rest:
    """Small ones together."""

    count: int
    bar: Bar


@dataclass(frozen=True, slots=True)
class Item:
    """One feature's line."""

    reason: ReasonShape
    bar: Bar


@dataclass(frozen=True, slots=True)
class Step:
    """One family's line with its items."""

    group: GroupShape
    bar: Bar
    items: tuple[Item, ...]
    rest: Rest | None


@dataclass(frozen=True, slots=True)
class Waterfall:
    """All lines, and the marks of the axis: points, and where they lie in the drawing."""

    base: Bar
    steps: tuple[Step, ...]
    rest: Rest | None
    total: Bar
    marks: tuple[tuple[int, float], ...]


def waterfall(portrait: PortraitShape, *, every: bool) -> Waterfall:
    """The waterfall of a portrait with a score; with ``every``, nothing is folded away."""
    if portrait.score is None:
        raise ValueError("a portrait without a score has no waterfall")
    scale = _scale(portrait)
    steps, small, at = [], [], portrait.base
    for group in portrait.contributions:
        if every or max(abs(reason.contribution) for reason in group.reasons) >= SMALL:
            steps.append(_step(group, at, scale, every=every))
            at += group.contribution
        else:
            small.append(group.contribution)
    return Waterfall(
        base=scale.bar(0.0, portrait.base),
        steps=tuple(steps),
        rest=_rest(small, at, scale),
        total=scale.bar(0.0, portrait.score),
        marks=scale.marks,
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of points: from ``least`` to ``most`` with a mark at every ``step``, over the drawing's width."""

    least: int
    most: int
    step: int

    @property
    def marks(self) -> tuple[tuple[int, float], ...]:
        """Points, and where they lie in the drawing."""
        return tuple((mark, self.x(mark)) for mark in range(self.least, self.most + 1, self.step))

    def x(self, points: float) -> float:
        """Where points lie in the drawing."""
        return round((points - self.least) / (self.most - self.least) * WIDTH, 2)

    def bar(self, start: float, end: float) -> Bar:
        """The bar from one number of points to another."""
        left, right = self.x(min(start, end)), self.x(max(start, end))
        return Bar(
            start=start,
            end=end,
            x=left,
            width=max(round(right - left, 2), 1.0),
            up=end >= start,
            x_start=self.x(start),
            x_end=self.x(end),
        )


def _scale(portrait: PortraitShape) -> Scale:
    at, reached = portrait.base, [portrait.base, portrait.score or 0.0]
    for group in portrait.contributions:
        inside = at
        for reason in group.reasons:
            inside += reason.contribution
            reached.append(inside)
        at += group.contribution
    return scale_over(reached)


def scale_over(reached: Sequence[float]) -> Scale:
    """From 0 or less to all that running totals reach, in at most five equal intervals of round numbers."""
    for step in _STEPS:
        least = math.floor(min(0.0, *reached) / step) * step
        most = max(math.ceil(max(0.0, *reached) / step), 1) * step
        if (most - least) / step <= _MOST_INTERVALS:
            return Scale(least, most, step)
    return Scale(least, most, step)


def _step(group: GroupShape, at: float, scale: Scale, *, every: bool) -> Step:
    main = [reason for reason in group.reasons if every or abs(reason.contribution) >= SMALL]
    main = main if every else main[:MOST_ITEMS]
    items, inside = [], at
    for reason in main:
        items.append(Item(reason, scale.bar(inside, inside + reason.contribution)))
        inside += reason.contribution
    rest = [reason.contribution for reason in group.reasons if reason not in main]
    bar = scale.bar(at, at + group.contribution)
    return Step(group, bar, tuple(items), _rest(rest, inside, scale))


def _rest(small: list[float], at: float, scale: Scale) -> Rest | None:
    return Rest(len(small), scale.bar(at, at + sum(small))) if small else None

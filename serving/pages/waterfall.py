"""The waterfall from base to score: positions of bars, family by family, and item by item inside each.

Inline SVG in the rows of a real table, not one picture of a chart library: docs/decisions/0006-serving.md says why.
"""

from __future__ import annotations

from dataclasses import dataclass

from serving.shapes.portrait import GroupShape, PortraitShape, ReasonShape

WIDTH = 400
SMALL = 0.05
"""Items that move the score by less than this are shown as one line, unless all are asked for."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in points and in the drawing's units: from ``start`` to ``end``."""

    start: float
    end: float
    x: float
    width: float
    up: bool
    x_start: float
    x_end: float


@dataclass(frozen=True, slots=True)
class Item:
    """One feature's line."""

    reason: ReasonShape
    bar: Bar


@dataclass(frozen=True, slots=True)
class Step:
    """One family's line with its items; ``rest`` are the small ones together."""

    group: GroupShape
    bar: Bar
    items: tuple[Item, ...]
    rest: Bar | None
    rest_count: int


@dataclass(frozen=True, slots=True)
class Waterfall:
    """All lines, and where 0, 25, 50, 75 and 100 points lie in the drawing."""

    base: Bar
    steps: tuple[Step, ...]
    total: Bar
    marks: tuple[tuple[int, float], ...]


def waterfall(portrait: PortraitShape, *, every: bool) -> Waterfall:
    """The waterfall of a portrait with a score; with ``every``, no item is folded away."""
    if portrait.score is None:
        raise ValueError("a portrait without a score has no waterfall")
    scale = _scale(portrait)
    steps, at = [], portrait.base
    for group in portrait.contributions:
        steps.append(_step(group, at, scale, every=every))
        at += group.contribution
    return Waterfall(
        base=scale.bar(0.0, portrait.base),
        steps=tuple(steps),
        total=scale.bar(0.0, portrait.score),
        marks=tuple((mark, scale.x(mark)) for mark in (0, 25, 50, 75, 100)),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    least: float
    most: float

    def x(self, points: float) -> float:
        return round((points - self.least) / (self.most - self.least) * WIDTH, 2)

    def bar(self, start: float, end: float) -> Bar:
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


def _scale(portrait: PortraitShape) -> _Scale:
    """From 0 to 100, wider when a running total leaves that range on the way."""
    at, reached = portrait.base, [0.0, 100.0, portrait.base]
    for group in portrait.contributions:
        inside = at
        for reason in group.reasons:
            inside += reason.contribution
            reached.append(inside)
        at += group.contribution
        reached.append(at)
    return _Scale(min(reached), max(reached))


def _step(group: GroupShape, at: float, scale: _Scale, *, every: bool) -> Step:
    items, inside, small = [], at, []
    for reason in group.reasons:
        if not every and abs(reason.contribution) < SMALL:
            small.append(reason.contribution)
            continue
        items.append(Item(reason, scale.bar(inside, inside + reason.contribution)))
        inside += reason.contribution
    rest = scale.bar(inside, inside + sum(small)) if small else None
    return Step(group, scale.bar(at, at + group.contribution), tuple(items), rest, len(small))

"""Likely sets: where the share performed within twelve months lies in nine of ten cases, as far as can be told.

The set is {0} ∪ [a, b] ∪ {1}, any part absent: a conformal prediction set (Vovk, Gammerman & Shafer, 2005) that grows
by size instead of by chance. A point is in when its chance is LEAST_CHANCE or more; the interval has the room that is
left. The room of an obligation is what the court's own registers alone would need for 90 % of the chance, as if no
family had ever been asked, times a level; the level is the one at which later obligations were covered in nine of ten
cases, by coverage band and kind of debtor, never lower in a band of less coverage. What is asked moves the set and
never enters its size: so hiding a family can make a set wider, by a lower band, and never narrower. Nothing is drawn
by lot, and a replay gives the same set. ``docs/decisions/0011-likely-sets-by-size.md`` has the figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.declare import Values
from scoring import loops
from scoring.curve import MARKS
from scoring.groups import Names
from vocabulary.text import Text

COVERED = 0.9
POINT = 0.05
"""What a single point counts for beside the length of an interval, where the size of a set is meant."""
LEAST_CHANCE = 0.05
"""Points of less chance are left out."""
SPARE = 0.02
"""Added to the room before the level: where nothing seems uncertain, something is."""
LEAST_ROOM, MOST_ROOM = 2 * POINT, MARKS[-1]
"""Both points always fit; beyond the whole interval there is nothing to fill."""
MOST_LEVEL = 10.0
"""With this level the least room is the whole interval."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LikelySet:
    """{0} ∪ [low, high] ∪ {1}, any part absent: ``nothing``, the interval (None when absent) and ``everything``."""

    nothing: bool
    low: float | None
    high: float | None
    everything: bool

    @property
    def text(self) -> Text:
        """The set in plain words."""
        parts = [_NOTHING] if self.nothing else []
        if self.low is not None and self.high is not None:
            parts.append(_BETWEEN.fill(low=f"{100 * self.low:.0f}", high=f"{100 * self.high:.0f}"))
        if self.everything:
            parts.append(_EVERYTHING)
        return _LIKELY.fill(
            parts=Text(zh="，或".join(part.zh for part in parts), en=", or ".join(part.en for part in parts))
        )


@dataclass(frozen=True, slots=True, eq=False)
class LikelySets:
    """Likely sets of n obligations; ``low`` and ``high`` are NaN where the interval is absent. All of shape (n,)."""

    nothing: Flags
    low: Values
    high: Values
    everything: Flags

    def __len__(self) -> int:
        return len(self.low)

    def __getitem__(self, row: int) -> LikelySet:
        bare = bool(np.isnan(self.low[row]))
        return LikelySet(
            bool(self.nothing[row]),
            None if bare else float(self.low[row]),
            None if bare else float(self.high[row]),
            bool(self.everything[row]),
        )

    def __iter__(self) -> Iterator[LikelySet]:
        return (self[row] for row in range(len(self)))

    @property
    def width(self) -> Values:
        """Length of the interval, (n,); points have none."""
        return np.where(np.isnan(self.low), 0.0, self.high - self.low)

    @property
    def size(self) -> Values:
        """Width with each point counted as POINT, (n,): what "narrower" is judged by."""
        return np.asarray(self.width + POINT * (self.nothing.astype(float) + self.everything))

    def holds(self, share: Values) -> Flags:
        """Whether each share (n,) lies in its set."""
        between = (share > 0) & (share < MARKS[-1]) & (share >= self.low) & (share <= self.high)
        points = (self.nothing & (share <= 0)) | (self.everything & (share >= MARKS[-1]))
        return np.asarray(between | points, dtype=bool)


@dataclass(frozen=True, slots=True)
class Levels:
    """What the room is multiplied with, by group of obligations: ``band`` and ``band|kind``."""

    of: Mapping[str, float]

    def level(self, band: Names, kind: Names) -> Values:
        """Levels (n,) of obligations by coverage band and kind of debtor."""
        names = np.char.add(np.char.add(band, "|"), kind)
        found = np.empty(len(band))
        for name in np.unique(names):
            plain = str(name).partition("|")[0]
            found[names == name] = self.of.get(str(name), self.of[plain])
        return found


PLAIN = Levels({"low": 1.0, "middle": 1.0, "high": 1.0})
"""Levels of a bundle that was not calibrated."""


def room(exceed: Values) -> Values:
    """Room (n,) for 90 % of the chance of distributions (n, marks), as the court's own registers tell them."""
    nothing, bins, everything = _parts(exceed)
    inside = [chance >= LEAST_CHANCE for chance in (nothing, everything)]
    points = nothing * inside[0] + everything * inside[1]
    length = np.empty(len(exceed))
    loops.reach_rows(bins, _EDGES, np.maximum(COVERED - points, 0.0), length)
    return np.asarray(length + POINT * (inside[0].astype(float) + inside[1]) + SPARE)


def likely_sets(exceed: Values, rooms: Values, level: Values) -> LikelySets:
    """Sets of distributions ``exceed`` (n, marks) whose size is ``rooms`` × ``level``, both (n,)."""
    nothing, bins, everything = _parts(exceed)
    none, whole = nothing >= LEAST_CHANCE, everything >= LEAST_CHANCE
    size = np.clip(rooms * level, LEAST_ROOM, MOST_ROOM)
    length = size - POINT * (none.astype(float) + whole)
    low, high = np.empty(len(size)), np.empty(len(size))
    loops.grow_rows(bins, _EDGES, length, low, high)
    absent = length < _SHORTEST
    return LikelySets(none, np.where(absent, np.nan, low), np.where(absent, np.nan, high), whole)


def conformity(exceed: Values, rooms: Values, share: Values) -> Values:
    """The level from which on the set of each row holds its share (n,): 0 if always, MOST_LEVEL if never."""
    nothing, bins, everything = _parts(exceed)
    none, whole = nothing >= LEAST_CHANCE, everything >= LEAST_CHANCE
    length = np.empty(len(share))
    loops.entry_rows(bins, _EDGES, np.clip(share, 0.0, MARKS[-1]), length)
    size = length + POINT * (none.astype(float) + whole)
    between = np.where(size <= LEAST_ROOM, 0.0, np.minimum(size / rooms, MOST_LEVEL))
    at_zero, at_one = share <= 0, share >= MARKS[-1]
    points = np.where(np.where(at_zero, none, whole), 0.0, MOST_LEVEL)
    return np.where(at_zero | at_one, points, between)


_EDGES = np.array(MARKS)
_SHORTEST = 1e-9
_NOTHING = Text(zh="分文未付", en="nothing is paid")
_BETWEEN = Text(zh="履行{low}%至{high}%", en="{low} to {high} % is paid")
_EVERYTHING = Text(zh="全部履行", en="all of it is paid")
_LIKELY = Text(
    zh="十二个月内，此类情形十之九为：{parts}。",
    en="Within twelve months, in nine of ten such cases: {parts}.",
)


def _parts(exceed: Values) -> tuple[Values, Values, Values]:
    """Chances of {0} (n,), of each bin (n, marks - 1), of {1} (n,)."""
    bins = np.ascontiguousarray(np.maximum(exceed[:, :-1] - exceed[:, 1:], 0.0))
    return np.asarray(1.0 - exceed[:, 0]), bins, np.asarray(exceed[:, -1])

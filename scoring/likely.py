"""Likely sets: where the share performed within twelve months lies in nine of ten cases, as far as can be told.

The set is a 90 % conformal prediction set (Vovk, Gammerman & Shafer, 2005; randomised and adaptive as in Romano, Sesia
& Candès, NeurIPS 2020): parts of the curve's distribution enter by density until they hold ``level`` of the chance.
``level`` is the one at which later obligations were covered in nine of ten cases, found for each coverage band and
kind of debtor. The share has mass at 0 and at 1, so whether such a point that is half in still enters is drawn: from
a hash of party, case, date and bundle, so that a replay gives the same set.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from features.declare import Values
from scoring._nested import ATOM, order_rows
from scoring.curve import MARKS
from vocabulary.text import Text

COVERED = 0.9
EVERYONE = ""
"""Group of all obligations, where a finer one has too few."""

Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]
Names = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked about, for the randomiser: party and case ids (n,), and dates (n,) as datetime64[D]."""

    party: NDArray[np.int64]
    case: NDArray[np.int64]
    as_of: NDArray[np.datetime64]


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
        parts = []
        if self.nothing:
            parts.append(_NOTHING)
        if self.low is not None and self.high is not None:
            parts.append(_BETWEEN.fill(low=_percent(self.low), high=_percent(self.high)))
        if self.everything:
            parts.append(_EVERYTHING)
        return Text(
            zh="十二个月内，十有八九" + "，或".join(part.zh for part in parts) + "。",
            en="Within twelve months, in nine of ten such cases: "
            + ", or ".join(part.en for part in parts)
            + ".",
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
        """Length of the interval, (n,); single points have none."""
        return np.where(np.isnan(self.low), 0.0, self.high - self.low)

    @property
    def size(self) -> Values:
        """Width with each point counted as ATOM, (n,): what "wider" means where sets are compared."""
        return np.asarray(self.width + ATOM * (self.nothing.astype(float) + self.everything))

    def holds(self, share: Values) -> Flags:
        """Whether each share (n,) lies in its set."""
        inside = (share > 0) & (share < MARKS[-1]) & (share >= self.low) & (share <= self.high)
        return np.asarray(
            inside | (self.nothing & (share <= 0)) | (self.everything & (share >= MARKS[-1])), dtype=bool
        )


@dataclass(frozen=True, slots=True)
class Levels:
    """Mass that a set must hold, by group of obligations: ``band|kind``, ``band`` or EVERYONE, finest first."""

    of: Mapping[str, float]

    def level(self, band: Names, kind: Names) -> Values:
        """Levels (n,) of obligations by coverage band and kind of debtor."""
        found = np.full(len(band), self.of[EVERYONE])
        for name, value in sorted(self.of.items(), key=lambda item: item[0].count("|")):
            wanted, _, sort = name.partition("|")
            if wanted:
                found[(band == wanted) & ((kind == sort) if sort else True)] = value
        return found


def likely_sets(exceed: Values, level: Values, draw: Values) -> LikelySets:
    """Sets that hold ``level`` (n,) of the chance of distributions ``exceed`` (n, marks); ``draw`` (n,) in [0, 1)."""
    mass, order = _parts(exceed)
    ahead = np.cumsum(np.take_along_axis(mass, order, 1), axis=1)
    ahead -= np.take_along_axis(mass, order, 1)
    before = np.empty_like(mass)
    np.put_along_axis(before, order, ahead, 1)
    taken = _taken(level[:, None], before, mass)
    low, high = _ends(taken, order)
    atom = taken[:, [0, -1]] >= np.maximum(draw, 1e-12)[:, None]
    return LikelySets(atom[:, 0], low, high, atom[:, 1])


def conformity(exceed: Values, share: Values, draw: Values) -> Values:
    """The level (n,) from which on the set of each row holds its share (n,): uniform if the curve is right."""
    mass, order = _parts(exceed)
    cell = _cell(share)
    rows = np.arange(len(share))
    place = np.argmax(order == cell[:, None], axis=1)
    entered = np.cumsum(np.take_along_axis(mass, order, 1), axis=1)
    before = entered[rows, place] - mass[rows, cell]
    point = (cell == 0) | (cell == mass.shape[1] - 1)
    inside = np.where(point, draw, _within(share, cell, order, place))
    return np.asarray(before + inside * mass[rows, cell])


def asked_one(party: int, case: int, as_of: date) -> Asked:
    """One obligation on one date."""
    return Asked(np.array([party]), np.array([case]), np.array([as_of], dtype="datetime64[D]"))


def draws(asked: Asked, digest: str) -> Values:
    """Numbers (n,) in [0, 1), evenly spread, the same for the same party, case, date and bundle."""
    found = np.empty(len(asked.party))
    days = asked.as_of.astype("datetime64[D]").astype(str)
    for row, (party, case, day) in enumerate(
        zip(asked.party.tolist(), asked.case.tolist(), days, strict=True)
    ):
        content = f"{party}|{case}|{day}|{digest}".encode()
        found[row] = int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big") / 2**64
    return np.minimum(found, np.nextafter(1.0, 0.0))


_EDGES = np.array(MARKS)
_WIDTH = np.concatenate([[ATOM], np.diff(_EDGES), [ATOM]])
_NOTHING = Text(zh="分文未付", en="nothing is paid")
_BETWEEN = Text(zh="履行{low}%至{high}%", en="{low} to {high} % is paid")
_EVERYTHING = Text(zh="全部履行", en="all of it is paid")


def _parts(exceed: Values) -> tuple[Values, NDArray[np.int32]]:
    """Chances of {0}, of each bin, of {1}: (n, marks + 1); and the order in which they enter."""
    ends = np.zeros((len(exceed), 1))
    whole = np.concatenate([ends + 1.0, exceed, ends], axis=1)
    mass = np.ascontiguousarray(np.maximum(whole[:, :-1] - whole[:, 1:], 0.0))
    order = np.empty(mass.shape, np.int32)
    order_rows(mass, _WIDTH, order)
    return mass, order


def _taken(level: Values, before: Values, mass: Values) -> Values:
    """How much of each part is in, 0 to 1; a part without chance is in once all before it are."""
    return np.asarray(
        np.clip(np.where(mass > 0, (level - before) / np.maximum(mass, 1e-300), level > before), 0.0, 1.0)
    )


def _cell(share: Values) -> NDArray[np.int64]:
    """The part of each share: 0 for nothing, the last for everything."""
    inside = np.searchsorted(_EDGES, share, side="left")
    return np.where(share <= 0, 0, np.where(share >= MARKS[-1], len(MARKS), np.maximum(inside, 1)))


def _leftward(cell: Integers, order: NDArray[np.int32], place: Integers) -> Flags:
    """Whether the bin that entered at ``place`` did so on the left of those before it."""
    earlier = np.arange(order.shape[1])[None, :] < place[:, None]
    bins = (order > 0) & (order < order.shape[1] - 1) & earlier
    return np.asarray((np.where(bins, order, -1) > cell[:, None]).any(axis=1))


def _within(share: Values, cell: Integers, order: NDArray[np.int32], place: Integers) -> Values:
    """How far into its bin each share lies, seen from where the bin begins to enter."""
    bins = np.clip(cell, 1, len(MARKS) - 1)
    part = (share - _EDGES[bins - 1]) / (_EDGES[bins] - _EDGES[bins - 1])
    inside: Values = np.clip(np.where(_leftward(cell, order, place), 1.0 - part, part), 0.0, 1.0)
    return inside


def _ends(taken: Values, order: NDArray[np.int32]) -> tuple[Values, Values]:
    """Ends of the interval (n,), NaN where no bin is in; the bin that entered last may be in only in part."""
    bins = taken[:, 1:-1] > 0
    any_in = bins.any(axis=1)
    first = np.argmax(bins, axis=1)
    last = bins.shape[1] - 1 - np.argmax(bins[:, ::-1], axis=1)
    low, high = _EDGES[first], _EDGES[last + 1]
    rows = np.arange(len(taken))
    for ends, left in ((first, True), (last, False)):
        part = taken[rows, ends + 1]
        cut = (part < 1.0) & (part > 0)
        place = np.argmax(order == (ends + 1)[:, None], axis=1)
        leftward = _leftward(ends + 1, order, place)
        step = _EDGES[ends + 1] - _EDGES[ends]
        if left:
            low = np.where(cut & leftward, _EDGES[ends + 1] - part * step, low)
        else:
            high = np.where(cut & ~leftward, _EDGES[ends] + part * step, high)
    return np.where(any_in, low, np.nan), np.where(any_in, high, np.nan)


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"

"""Splits by time: train, calibrate, test, so that no label window crosses an edge and no debtor is on two sides.

With horizon h and edges e₁ < e₂ < cut-off: train rows have as_of + h ≤ e₁ and labels as known on e₁; calibrate rows
e₁ < as_of, as_of + h ≤ e₂, labels as known on e₂; test rows e₂ < as_of, as_of + h ≤ cut-off. A debtor belongs to the
side of their first row: nothing that comes true later decides who is trained on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from vocabulary.dates import months_after, months_before
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

Days = NDArray[np.datetime64]
Integers = NDArray[np.int64]
Marks = NDArray[np.bool_]

SIDES = ("train", "calibrate", "test")
FRACTIONS = (0.6, 0.15, 0.25)
"""Of the time that remains when each side has been given its horizon."""


@dataclass(frozen=True, eq=False)
class Split:
    """Row numbers of each side, the dates on which its labels are read, and how many rows no side could take."""

    rows: dict[str, Integers]
    known_on: dict[str, date]
    first: date
    crossing: int
    elsewhere: int

    def side(self, name: str) -> Integers:
        """Row numbers of a side."""
        return self.rows[name]

    def before_training_edge(self, as_of: Days, debtor: Integers) -> Integers:
        """Row numbers dated before the training edge, of debtors who are on no later side: windows may still run."""
        later = np.unique(np.concatenate([debtor[self.rows[side]] for side in SIDES[1:]]))
        days = as_of.astype("datetime64[D]")
        return np.flatnonzero((days < np.datetime64(self.known_on["train"])) & ~np.isin(debtor, later))


def time_split(
    as_of: Days,
    debtor: Integers,
    *,
    months: int,
    cutoff: date,
    fractions: Sequence[float] = FRACTIONS,
) -> Split:
    """Split rows by their dates (shape (n,)) for labels of ``months`` months.

    ``crossing`` counts rows whose window crosses an edge, ``elsewhere`` rows of a debtor who belongs to another side.
    Raises PortraitError when the history is too short to hold three windows, or a side stays empty.
    """
    first = _day(as_of.min())
    edges = _edges(first, cutoff, months, fractions)
    known_on = dict(zip(SIDES, edges, strict=True))
    side = np.full(len(as_of), -1)
    begin: date | None = None
    for place, edge in enumerate(edges):
        inside = as_of <= np.datetime64(months_before(edge, months))
        inside &= _window_ends(as_of, months) <= np.datetime64(edge)
        if begin is not None:
            inside &= as_of > np.datetime64(begin)
        side[inside] = place
        begin = edge
    crossing = int((side < 0).sum())
    kept = side == _home(side, as_of, debtor)
    rows = {name: np.flatnonzero(kept & (side == place)) for place, name in enumerate(SIDES)}
    for name, found in rows.items():
        if not len(found):
            raise _empty(name, known_on[name])
    return Split(rows, known_on, first, crossing, int(((side >= 0) & ~kept).sum()))


def out_of_time(day: Days, debtor: Integers, *, fraction: float = 0.2) -> tuple[Integers, Integers]:
    """(earlier, later) row numbers: later is the last ``fraction`` of rows by date, rows of the edge's day included.

    Earlier rows of a debtor who comes back later are left out, so that the later side is whole.
    Raises ValueError for a fraction outside (0, 1).
    """
    if not 0 < fraction < 1:
        raise ValueError(f"fraction [{fraction}] must lie between 0 and 1")
    edge = np.sort(day)[int(np.ceil(len(day) * (1 - fraction)))]
    later = day >= edge
    returning = np.isin(debtor, debtor[later])
    return np.flatnonzero(~later & ~returning), np.flatnonzero(later)


def picture(split: Split, as_of: Days, *, width: int = 60) -> str:
    """The split as lines of text: one bar a side over the whole time, · where windows run out."""
    last = split.known_on["test"]
    span = max((last - split.first).days, 1)
    lines = []
    for name in SIDES:
        days = as_of[split.side(name)]
        begin, end = _day(days.min()), _day(days.max())
        marks = [round((day - split.first).days / span * width) for day in (begin, end, split.known_on[name])]
        bar = " " * marks[0] + "█" * max(marks[1] - marks[0], 1) + "·" * max(marks[2] - marks[1], 0)
        lines.append(
            f"{name:<10}|{bar:<{width + 1}}| {begin} … {end}, {len(days)} rows, "
            f"labels as known on {split.known_on[name]}"
        )
    return "\n".join(lines)


def _edges(first: date, cutoff: date, months: int, fractions: Sequence[float]) -> tuple[date, date, date]:
    free = (months_before(cutoff, 3 * months) - first).days
    if free < 30:
        raise _too_short(first, cutoff, months)
    whole = sum(fractions)
    step = np.timedelta64(int(free * fractions[0] / whole), "D")
    train = months_after(_day(np.datetime64(first) + step), months)
    step = np.timedelta64(int(free * fractions[1] / whole), "D")
    return train, months_after(_day(np.datetime64(train) + step), months), cutoff


def _window_ends(as_of: Days, months: int) -> Days:
    different, place = np.unique(as_of, return_inverse=True)
    ends = np.array([months_after(_day(day), months) for day in different], dtype="datetime64[D]")
    return np.asarray(ends[place])


def _home(side: Integers, as_of: Days, debtor: Integers) -> Integers:
    """The side of the first row of each row's debtor that has a side, ties by row order."""
    place = np.unique(debtor, return_inverse=True)[1]
    home = np.full(int(place.max()) + 1, -1)
    for row in np.argsort(as_of, kind="stable")[::-1]:
        if side[row] >= 0:
            home[place[row]] = side[row]
    return home[place]


def _day(moment: np.datetime64) -> date:
    return date.fromisoformat(str(moment.astype("datetime64[D]")))


def _too_short(first: date, cutoff: date, months: int) -> PortraitError:
    return PortraitError(
        Problem(
            code="history_too_short",
            title=Text(zh="历史数据太短", en="The history is too short"),
            detail=Text(
                zh="记录从{first}到{cutoff}；训练、校准、测试各需要{months}个月的结果窗口，互不重叠。",
                en="Records run from {first} to {cutoff}; train, calibrate and test each need a window of {months} "
                "months of outcomes, none overlapping.",
            ).fill(first=first, cutoff=cutoff, months=months),
            next_step=Text(
                zh="请加载更早的案件，或用更短的期限训练（如 share_6）。",
                en="Load earlier cases, or train on a shorter horizon (share_6).",
            ),
            values={"first": str(first), "cutoff": str(cutoff), "months": months},
        )
    )


def _empty(name: str, known_on: date) -> PortraitError:
    return PortraitError(
        Problem(
            code="split_empty",
            title=Text(zh="数据划分中有一部分为空", en="A side of the split is empty"),
            detail=Text(
                zh="[{name}]部分没有案件（标签截至{day}）。",
                en="Side [{name}] has no rows (labels as known on {day}).",
            ).fill(name=name, day=known_on),
            next_step=Text(
                zh="请加载更多案件，或核对数据的截止日期。",
                en="Load more cases, or check the cut-off date of the data.",
            ),
            values={"side": name},
        )
    )

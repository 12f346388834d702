"""Rank inside a track: expected money within the deadline, per officer hour, with floors and boosts (docs/ranking.md).

For each obligation: **timely** money is what it is promised, by kind of money as far as it can arrive before the term
(or in `least_window_days`, once that is near or past); **own** = timely ÷ hours; **worth** = max(own, floor) + boost ×
top. Floor and top are quantiles of ``own`` among the court's places of the same track: a claim of livelihood ranks at
least among the better ones, and a pressing deadline is worth what a place of the top tenth is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from features.declare import Values
from records.parameters import Parameters
from triage.tracks.figures import PRIORITIES

_DAYS_OF_MONTH = 365.25 / 12
_LEAST_TOP = 1.0
"""CNY an hour: where a track promises nothing at all, deadlines still order it."""


@dataclass(frozen=True, slots=True)
class Worth:
    """Of each obligation: timely money (CNY), and CNY an hour: its own, the floor under it, with the boost."""

    timely: Values
    own: Values
    floor: Values
    worth: Values


def timely(of_layer: NDArray[np.int64], *, days_left: Values, as_of: date, table: Parameters) -> Values:
    """CNY of a promise (fen by kind of money, shape (n, 5)) that can arrive within the days left (NaN: no term)."""
    window = np.fmax(days_left, table.number("least_window_days", as_of)) / _DAYS_OF_MONTH
    things = np.minimum(window / table.number("thing_months", as_of), 1.0)
    other = np.minimum(window / table.number("other_months", as_of), 1.0)
    shares = np.column_stack([np.ones_like(window), other, things, other, other])
    money: Values = np.round((of_layer * shares).sum(axis=1) / 100, 2)
    return money


def worth(
    *,
    group: NDArray[np.int64],
    money: Values,
    hours: Values,
    priority: Values,
    boost: Values,
    as_of: date,
    table: Parameters,
) -> Worth:
    """Worth of each obligation among those of its ``group`` (court and track).

    ``priority``: 0, or 1 to 4 by PRIORITIES; ``boost`` from `triage.deadlines.pressing`.
    """
    own = money / hours
    floors = table.on("floor_quantile", as_of).value
    floor = np.zeros_like(own)
    for place, tag in enumerate(PRIORITIES, start=1):
        of_tag = priority == place
        if of_tag.any():
            floor[of_tag] = _quantile(own, group, float(floors[tag]))[of_tag]
    top = np.maximum(_quantile(own, group, table.number("top_quantile", as_of)), _LEAST_TOP)
    return Worth(money, own, floor, np.round(np.maximum(own, floor) + boost * top, 4))


def ranks(
    group: NDArray[np.int64], value: Values, case: NDArray[np.int64], party: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Rank in the group from 1: the highest value first, then by case and debtor."""
    order = np.lexsort((party, case, -value, group))
    found = np.empty(len(order), np.int64)
    found[order] = _place_in_group(group[order]) + 1
    return found


def _quantile(values: Values, group: NDArray[np.int64], share: float) -> Values:
    """The value that a ``share`` of the group's values do not exceed (the higher of two), at each member."""
    if not len(values):
        return values
    order = np.lexsort((values, group))
    sorted_group = group[order]
    first = np.flatnonzero(np.diff(sorted_group, prepend=sorted_group[0] - 1))
    size = np.diff(np.append(first, len(order)))
    at = first + np.ceil(share * (size - 1)).astype(np.int64)
    of_group = values[order][at]
    found = np.empty_like(values)
    found[order] = np.repeat(of_group, size)
    return found


def _place_in_group(group: NDArray[np.int64]) -> NDArray[np.int64]:
    if not len(group):
        return group
    first = np.flatnonzero(np.diff(group, prepend=group[0] - 1))
    place: NDArray[np.int64] = np.arange(len(group)) - np.repeat(first, np.diff(np.append(first, len(group))))
    return place

"""The fair slice: a small stated share of every court's queue, drawn by lot for the week and worked whatever its rank.

What is only ever worked where the model expects money can teach it nothing about the rest. The lot is a hash of the
obligation and the ISO week, so that anyone can draw it again; what it costs is in the run's record.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from features.declare import Values

_SALT = 0x6C6F74  # "lot": another draw than any other hash of the same ids


def drawn(
    case_ids: NDArray[np.int64], party_ids: NDArray[np.int64], *, week_of: date, share: float
) -> NDArray[np.bool_]:
    """Which obligations the week's lot takes; each with the same chance ``share``, independently."""
    year, week, _ = week_of.isocalendar()
    return lots(case_ids, party_ids, year * 100 + week) < share


def lots(case_ids: NDArray[np.int64], party_ids: NDArray[np.int64], number: int) -> Values:
    """One number in [0, 1) an obligation, evenly spread (SplitMix64 over case, debtor and ``number``)."""
    with np.errstate(over="ignore"):
        state = _mixed(case_ids.astype(np.uint64) + np.uint64(_SALT))
        state = _mixed(state ^ party_ids.astype(np.uint64))
        state = _mixed(state ^ np.uint64(number))
    spread: Values = (state >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return spread


def week_cost(
    *, worth: Values, money: Values, hours: Values, learning: NDArray[np.bool_], weekly_hours: float
) -> float:
    """Expected money (CNY) of one court's week by rank alone, less that of a week that works the slice first.

    ``money`` expected within the deadline; work is taken by ``worth`` until the hours are used up, the last piece in
    part. Negative only when ``worth`` puts something else before money an hour.
    """
    by_rank = np.argsort(-worth, kind="stable")
    slice_first = np.concatenate([by_rank[learning[by_rank]], by_rank[~learning[by_rank]]])
    return float(
        _brought(by_rank, money, hours, weekly_hours) - _brought(slice_first, money, hours, weekly_hours)
    )


def _brought(order: NDArray[np.intp], money: Values, hours: Values, weekly: float) -> float:
    before = np.cumsum(hours[order]) - hours[order]
    part = np.clip((weekly - before) / hours[order], 0.0, 1.0)
    return float(np.sum(money[order] * part))


def _mixed(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    state = state + np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: NDArray[np.uint64] = state ^ (state >> np.uint64(31))
    return mixed

"""The compiled inner loops over many rows: the answers of trees, and what each feature adds to them.

Rows are taken in blocks of 128, cells laid out by column, so that every innermost loop runs over the rows of a block
and becomes vector instructions. ``docs/explanations.md`` derives the sums. numba keeps a compiled loop as long as
the file that holds it is unchanged, so a loop and all that it calls live in one file.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from scoring._compiled import compiled
from scoring.tree_tables import TreeTables
from scoring.tree_text import Floats

ZERO = float(np.float32(1e-35))
"""LightGBM takes numbers no larger than this for zero (its kZeroThreshold, a float)."""
ROWS = 128
"""Rows in a block. Fewer leave the start of every loop unpaid, more leave the nearer caches."""
FEW = 32
"""Up to so many rows are answered sooner one by one than as a block."""


@compiled(any_order=False)
def walk_each(X: Floats, trees: TreeTables, out: Floats) -> None:
    """Fill out (n,) with the sum over trees of the leaf that each row of X (n, features) reaches, row by row."""
    cells = np.empty(len(trees.column_feature))
    for row in range(len(X)):
        fill_cells(X[row], trees.column_feature, trees.column_missing, cells)
        total = 0.0
        for t in range(len(trees.points)):
            base = trees.start[t]
            splits = trees.start[t + 1] - base
            slot = 0
            while slot < splits:
                i = base + slot
                x = cells[trees.column[i]]
                low = (x <= trees.threshold[i]) | ((x != x) & trees.missing_low[i])
                slot = trees.first[i] if low == trees.low_first[i] else trees.second[i]
            total += trees.value[base + t + slot - splits]
        out[row] = total


@compiled(any_order=False)
def answer_blocks(X: Floats, trees: TreeTables, out: Floats) -> None:
    """The same for many rows: each tree is folded from its last split to its first, a block of rows at a time."""
    cells = np.empty((len(trees.column_feature), ROWS))
    total = np.empty(ROWS)
    goes = np.empty(ROWS)
    reached = np.empty((trees.most_splits, ROWS))
    for begin in range(0, len(X), ROWS):
        here = min(ROWS, len(X) - begin)
        fill_block(X[begin : begin + here], trees.column_feature, trees.column_missing, cells)
        total[:] = 0.0
        for t in range(len(trees.points)):
            base = trees.start[t]
            splits = trees.start[t + 1] - base
            values = trees.value[base + t :]
            if splits == 0:
                reached[0] = values[0]
            for slot in range(splits - 1, -1, -1):
                i = base + slot
                _sides(
                    cells[trees.column[i]], trees.threshold[i], trees.missing_low[i], trees.low_first[i], goes
                )
                _fold(reached, goes, values, splits, slot, trees.first[i], trees.second[i])
            for r in range(ROWS):
                total[r] += reached[0, r]
        out[begin : begin + here] = total[:here]


@compiled(any_order=False)
def _fold(
    reached: Floats, goes: Floats, values: Floats, splits: int, slot: int, first: int, second: int
) -> None:
    """reached[slot]: the value of the leaf under it that each row would reach."""
    here = reached[slot]
    if first >= splits:
        one, other = values[first - splits], values[second - splits]
        for r in range(ROWS):
            here[r] = one if goes[r] == 1.0 else other
    elif second >= splits:
        ahead, other = reached[first], values[second - splits]
        for r in range(ROWS):
            here[r] = ahead[r] if goes[r] == 1.0 else other
    else:
        ahead, aside = reached[first], reached[second]
        for r in range(ROWS):
            here[r] = ahead[r] if goes[r] == 1.0 else aside[r]


@compiled(any_order=True)
def explain_blocks(X: Floats, trees: TreeTables, points: Floats, weights: Floats, out: Floats) -> None:
    """Fill out (n, features) with contributions to the answers for X (n, features).

    Row q of points and weights (most + 1, most) is a rule of q points.
    """
    work = _Work(
        cells=np.empty((len(trees.column_feature), ROWS)),
        goes=np.empty((trees.most_splits, ROWS)),
        seen=np.empty((trees.most_splits, ROWS)),
        reach=np.empty((trees.most_splits, points.shape[1], ROWS)),
        worth=np.empty((trees.most_splits, points.shape[1], ROWS)),
        gained=np.empty((X.shape[1], ROWS)),
    )
    for begin in range(0, len(X), ROWS):
        here = min(ROWS, len(X) - begin)
        fill_block(X[begin : begin + here], trees.column_feature, trees.column_missing, work.cells)
        work.gained[:] = 0.0
        for t in range(len(trees.points)):
            q = trees.points[t]
            for k in range(q):
                work.reach[0, k] = weights[q, k]
            _down(trees, t, points[q, :q], work)
            _up(trees, t, points[q, :q], work)
        for r in range(here):
            for f in range(X.shape[1]):
                out[begin + r, f] = work.gained[f, r]


class _Work(NamedTuple):
    """What the loops over a block of rows write to; the last axis is the row.

    ``goes[slot]`` is 1.0 for the rows that go first at a split, ``seen[slot]`` for those that pass every split above
    it on its feature. ``reach[slot, k]`` is the weight with which a split counts at quadrature point k and
    ``worth[slot, k]`` what lies under it is worth there; a feature gains their product, ``gained[feature]``.
    """

    cells: Floats
    goes: Floats
    seen: Floats
    reach: Floats
    worth: Floats
    gained: Floats


class _Split(NamedTuple):
    """One split of a tree whose leaves have the slots from ``leaves`` on."""

    slot: int
    first: int
    second: int
    leaves: int
    share: float
    above: int
    above_share: float


@compiled(any_order=True)
def _split(trees: TreeTables, t: int, slot: int) -> _Split:
    base = trees.start[t]
    i = base + slot
    return _Split(
        slot=slot,
        first=trees.first[i],
        second=trees.second[i],
        leaves=trees.start[t + 1] - base,
        share=trees.share[i],
        above=trees.above[i],
        above_share=trees.above_share[i],
    )


@compiled(any_order=True)
def _down(trees: TreeTables, t: int, points: Floats, work: _Work) -> None:
    base = trees.start[t]
    for slot in range(trees.start[t + 1] - base):
        split, i = _split(trees, t, slot), base + slot
        goes, seen = work.goes[slot], work.seen[slot]
        _sides(
            work.cells[trees.column[i]], trees.threshold[i], trees.missing_low[i], trees.low_first[i], goes
        )
        if split.above >= 0:
            again = trees.above[base + split.above] >= 0
            _see(work.goes[split.above], work.seen[split.above], again, trees.above_first[i], seen)
        if split.first >= split.leaves:
            continue
        if split.above >= 0:
            _part_again(split, points, goes, seen, work.reach)
        else:
            _part(split, points, goes, work.reach)


@compiled(any_order=True)
def _up(trees: TreeTables, t: int, points: Floats, work: _Work) -> None:
    base = trees.start[t]
    values = trees.value[base + t :]
    gain = np.empty(ROWS)
    for slot in range(trees.start[t + 1] - base - 1, -1, -1):
        split = _split(trees, t, slot)
        goes, seen, gained = work.goes[slot], work.seen[slot], work.gained[trees.feature[base + slot]]
        gain[:] = 0.0
        if split.above >= 0:
            _join_again(split, points, goes, seen, values, work.reach, work.worth, gain)
            for r in range(ROWS):
                gained[r] += seen[r] * (goes[r] - split.share) * gain[r]
        else:
            _join(split, points, goes, values, work.reach, work.worth, gain)
            for r in range(ROWS):
                gained[r] += (goes[r] - split.share) * gain[r]


@compiled(any_order=True)
def _part(split: _Split, points: Floats, goes: Floats, reach: Floats) -> None:
    """The weight of a split parts between its sides."""
    for k in range(len(points)):
        whole, ahead, p = reach[split.slot, k], reach[split.first, k], points[k]
        away = split.share * (1.0 - p)
        if split.second < split.leaves:
            aside = reach[split.second, k]
            for r in range(ROWS):
                part = whole[r] * (away + p * goes[r])
                ahead[r] = part
                aside[r] = whole[r] - part
        else:
            for r in range(ROWS):
                ahead[r] = whole[r] * (away + p * goes[r])


@compiled(any_order=True)
def _part_again(split: _Split, points: Floats, goes: Floats, seen: Floats, reach: Floats) -> None:
    """The same where the feature was asked above."""
    for k in range(len(points)):
        whole, ahead = reach[split.slot, k], reach[split.first, k]
        share, away, here, _ = _again(split, points[k])
        if split.second < split.leaves:
            aside = reach[split.second, k]
            for r in range(ROWS):
                part = whole[r] * (share + seen[r] * (away + here * goes[r]))
                ahead[r] = part
                aside[r] = whole[r] - part
        else:
            for r in range(ROWS):
                ahead[r] = whole[r] * (share + seen[r] * (away + here * goes[r]))


@compiled(any_order=True)
def _join(
    split: _Split, points: Floats, goes: Floats, values: Floats, reach: Floats, worth: Floats, gain: Floats
) -> None:
    """The worth of a split joins that of its sides; and what its feature gains there."""
    for k in range(len(points)):
        joined, whole, p = worth[split.slot, k], reach[split.slot, k], points[k]
        away = split.share * (1.0 - p)
        if split.first >= split.leaves:
            other = values[split.second - split.leaves]
            step = values[split.first - split.leaves] - other
            for r in range(ROWS):
                gain[r] += whole[r] * step
                joined[r] = other + (away + p * goes[r]) * step
        elif split.second >= split.leaves:
            ahead, other = worth[split.first, k], values[split.second - split.leaves]
            for r in range(ROWS):
                gap = ahead[r] - other
                gain[r] += whole[r] * gap
                joined[r] = other + (away + p * goes[r]) * gap
        else:
            ahead, aside = worth[split.first, k], worth[split.second, k]
            for r in range(ROWS):
                gap = ahead[r] - aside[r]
                gain[r] += whole[r] * gap
                joined[r] = aside[r] + (away + p * goes[r]) * gap


@compiled(any_order=True)
def _join_again(
    split: _Split,
    points: Floats,
    goes: Floats,
    seen: Floats,
    values: Floats,
    reach: Floats,
    worth: Floats,
    gain: Floats,
) -> None:
    """The same where the feature was asked above."""
    for k in range(len(points)):
        joined, whole = worth[split.slot, k], reach[split.slot, k]
        share, away, here, scale = _again(split, points[k])
        for r in range(ROWS):
            ahead = (
                worth[split.first, k, r] if split.first < split.leaves else values[split.first - split.leaves]
            )
            aside = (
                worth[split.second, k, r]
                if split.second < split.leaves
                else values[split.second - split.leaves]
            )
            gap = ahead - aside
            gain[r] += scale * whole[r] * gap
            joined[r] = aside + (share + seen[r] * (away + here * goes[r])) * gap


@compiled(any_order=True)
def _again(split: _Split, p: float) -> tuple[float, float, float, float]:
    """Of a split on a feature asked above, at point p: the part that goes first is share + seen (away + here goes)."""
    inverse = 1.0 / (split.above_share * (1.0 - p) + p)
    away = split.above_share * split.share * (1.0 - p) * inverse - split.share
    return split.share, away, p * inverse, split.above_share * inverse * inverse


@compiled(any_order=False)
def _sides(x: Floats, threshold: float, missing_low: bool, low_first: bool, goes: Floats) -> None:
    """goes: 1.0 for the rows that go first, 0.0 for the others."""
    low, high = (1.0, 0.0) if low_first else (0.0, 1.0)
    if missing_low:
        for r in range(ROWS):
            goes[r] = high if x[r] > threshold else low
    else:
        for r in range(ROWS):
            goes[r] = low if x[r] <= threshold else high


@compiled(any_order=False)
def _see(goes_above: Floats, seen_above: Floats, asked_before: bool, first: bool, seen: Floats) -> None:
    """seen: 1.0 for the rows that pass every split above on the same feature towards this one, else 0.0."""
    for r in range(ROWS):
        seen[r] = goes_above[r] if first else 1.0 - goes_above[r]
    if asked_before:
        for r in range(ROWS):
            seen[r] *= seen_above[r]


@compiled(any_order=False)
def fill_block(X: Floats, column_feature: Any, column_missing: Any, cells: Floats) -> None:
    """Fill cells (columns, ROWS) with up to ROWS rows; the last stands in for those that are not there."""
    for r in range(ROWS):
        row = X[min(r, len(X) - 1)]
        for c in range(len(column_feature)):
            cells[c, r] = _plain(row[column_feature[c]], column_missing[c])


@compiled(any_order=False)
def fill_cells(row: Floats, column_feature: Any, column_missing: Any, cells: Floats) -> None:
    """Fill cells (columns,) with one row (features,)."""
    for c in range(len(column_feature)):
        cells[c] = _plain(row[column_feature[c]], column_missing[c])


@compiled(any_order=False)
def _plain(x: float, missing: int) -> Any:
    """A value as the splits of a column compare it: what its rule takes for missing becomes NaN, the rest numbers."""
    if missing == 2 and x != x:
        return x
    if x != x or abs(x) <= ZERO:
        return np.nan if missing == 1 else 0.0
    return x

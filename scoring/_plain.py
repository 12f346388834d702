"""The loops once more in plain numpy, for a machine that cannot compile: the same answers, later.

Explanations take some fifty times as long (docs/decisions/0016). Each function takes what its compiled namesake takes
(`_kernel`, `_one_row`, `_lowest`, `_grid`) and fills the same arrays; ``docs/explanations.md`` derives the sums. Here
numpy runs over rows and trees, Python over splits or steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring._grid import STEEPEST
from scoring._kernel import ZERO
from scoring.tree_tables import TreeTables
from scoring.tree_text import MISSING_NAN, MISSING_ZERO, Floats

ROWS = 128
"""Rows that are taken together."""
NUMBERS = 1 << 21
"""Numbers that one array of a group of trees holds at most: 16 MB, of which explaining has four."""
Places = NDArray[Any]


def fill_block(X: Floats, column_feature: Any, column_missing: Any, cells: Floats) -> None:
    """As `_kernel.fill_block`; the last row stands in for those that are not there."""
    places = np.minimum(np.arange(cells.shape[1]), len(X) - 1)
    cells[:] = _cells(X[places], column_feature, column_missing)


def fill_cells(row: Floats, column_feature: Any, column_missing: Any, cells: Floats) -> None:
    """As `_kernel.fill_cells`."""
    cells[:] = _cells(row[None, :], column_feature, column_missing)[:, 0]


def answer(X: Floats, trees: TreeTables, out: Floats) -> None:
    """As `_kernel.walk_each` and `_kernel.answer_blocks`: all trees are walked down at once, a split a step."""
    base = trees.start[:-1, None].astype(np.int64)
    splits = np.diff(trees.start)[:, None]
    leaves = base + np.arange(len(base))[:, None] - splits
    for begin in range(0, len(X), ROWS):
        block = X[begin : begin + ROWS]
        cells, row = _cells(block, trees.column_feature, trees.column_missing), np.arange(len(block))
        slot = np.zeros((len(base), len(block)), np.int64)
        while (inside := slot < splits).any():
            i = np.where(inside, base + slot, 0)
            x = cells[trees.column[i], row]
            low = (x <= trees.threshold[i]) | (np.isnan(x) & trees.missing_low[i])
            ahead = np.where(low == trees.low_first[i], trees.first[i], trees.second[i])
            slot = np.where(inside, ahead, slot)
        total = np.zeros(len(block))
        for values in trees.value[leaves + slot]:  # tree by tree, as LightGBM adds
            total += values
        out[begin : begin + ROWS] = total


def explain_blocks(X: Floats, trees: TreeTables, points: Floats, weights: Floats, out: Floats) -> None:
    """As `_kernel.explain_blocks`."""
    one_tree = (2 * trees.most_splits + 1) * int(trees.points.max(initial=1))
    size = min(ROWS, max(1, NUMBERS // one_tree))
    for begin in range(0, len(X), size):
        block = X[begin : begin + size]
        cells = _cells(block, trees.column_feature, trees.column_missing)
        out[begin : begin + size] = _gained(cells, trees, points, weights, X.shape[1]).T


def explain_row(cells: Floats, trees: TreeTables, points: Floats, weights: Floats, out: Floats) -> None:
    """As `_one_row.explain_row`."""
    out[:] = _gained(cells[:, None], trees, points, weights, len(out))[:, 0]


def walk_lowest(cells: Floats, free: Any, trees: TreeTables, out: Floats) -> None:
    """As `_lowest.walk_lowest`: trees are folded from their last splits to their first, side by side."""
    here, total = cells[:, : len(out)], np.zeros(len(out))
    for group in _groups(trees, points=1, rows=len(out)):
        least = group.room(len(out))
        for some, slot, i in group.upward():
            one, other = least[trees.first[i], some], least[trees.second[i], some]
            told = np.where(_goes_first(here, trees, i), one, other)
            least[slot, some] = np.where(free[trees.column[i]], np.minimum(one, other), told)
        for values in least[0]:
            total += values
    out[:] = total


def walk_grid(cells: Floats, trees: TreeTables, axis: Any, cut: Any, out: Floats) -> None:
    """As `_grid.walk_grid`: each tree folded over (horizons, marks, rows); what is equal along an axis has 1 there."""
    places = [np.arange(size).reshape(shape) for size, shape in zip(out.shape[1:], _AXES, strict=True)]
    here, total = cells[:, : len(out)], np.zeros((*out.shape[1:], len(out)))
    for t, (base, end) in enumerate(pairwise(trees.start.tolist())):
        first = _goes_first(here, trees, np.arange(base, end))
        reached: list[Any] = [None] * (end - base) + trees.value[base + t : end + t + 1].tolist()
        for i in range(end - 1, base - 1, -1):
            ordinary = axis[i] < 0
            goes = first[i - base] if ordinary else (places[axis[i]] < cut[i]) == trees.low_first[i]
            reached[i - base] = np.where(goes, reached[trees.first[i]], reached[trees.second[i]])
        total += reached[0]
    out[:] = np.moveaxis(total, -1, 0)


def tilt_rows(odds: Floats, weight: Floats, wanted: Floats, tilt: Floats) -> None:
    """As `_grid.tilt_rows`."""
    low, high = np.full(len(odds), -STEEPEST), np.full(len(odds), STEEPEST)
    for _ in range(60):
        middle = 0.5 * (low + high)
        short = (1.0 / (1.0 + np.exp(-(odds + middle[:, None])))) @ weight < wanted
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    tilt[:] = 0.5 * (low + high)


_AXES = ((-1, 1, 1), (1, -1, 1))


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """Trees that are worked on side by side, by number; ``slots``: the most that one of them has."""

    trees: TreeTables
    number: Places

    @property
    def splits(self) -> Places:
        return np.asarray(self.trees.start[self.number + 1] - self.trees.start[self.number], np.int64)

    def downward(self) -> Iterator[tuple[Places, int, Places]]:
        """Slot by slot: which trees of the group have it, the slot, and the numbers of these splits."""
        for slot in range(int(self.splits.max())):
            some = np.flatnonzero(self.splits > slot)
            yield some, slot, self.trees.start[self.number[some]] + slot

    def upward(self) -> Iterator[tuple[Places, int, Places]]:
        """The same from the last slot to the first."""
        return reversed(list(self.downward()))

    def room(self, *shape: int) -> Floats:
        """Numbers (slots, trees, *shape), those of leaves filled with their values."""
        room = np.zeros((2 * int(self.splits.max()) + 1, len(self.number), *shape))
        for place, (t, splits) in enumerate(zip(self.number.tolist(), self.splits.tolist(), strict=True)):
            begin = self.trees.start[t] + t
            values = self.trees.value[begin : begin + splits + 1]
            room[splits : 2 * splits + 1, place] = values.reshape(-1, *(1 for _ in shape))
        return room


def _groups(trees: TreeTables, *, points: int, rows: int) -> Iterator[_Group]:
    """All trees in order, so many at a time that their work stays in the nearer caches."""
    size = max(1, NUMBERS // ((2 * trees.most_splits + 1) * points * max(1, rows)))
    for begin in range(0, len(trees.points), size):
        yield _Group(trees, np.arange(begin, min(begin + size, len(trees.points))))


def _cells(X: Floats, column_feature: Any, column_missing: Any) -> Floats:
    """Values (columns, rows) as the splits of a column compare them: missing by its rule is NaN, the rest numbers."""
    x, rule = X[:, column_feature].T, np.asarray(column_missing)[:, None]
    nothing = np.isnan(x)
    zero = nothing | (np.abs(x) <= ZERO)
    plain = np.where(zero, np.where(rule == MISSING_ZERO, np.nan, 0.0), x)
    return np.where(nothing & (rule == MISSING_NAN), np.nan, plain)


def _goes_first(cells: Floats, trees: TreeTables, i: Places) -> NDArray[np.bool_]:
    """Which rows go first at splits i, (splits, rows)."""
    x = cells[trees.column[i]]
    low = (x <= trees.threshold[i, None]) | (np.isnan(x) & trees.missing_low[i, None])
    return np.asarray(low == trees.low_first[i, None])


def _gained(cells: Floats, trees: TreeTables, points: Floats, weights: Floats, features: int) -> Floats:
    """Contributions (features, rows)."""
    gained = np.zeros((features, cells.shape[1]))
    most = int(trees.points.max(initial=1))
    for group in _groups(trees, points=most, rows=cells.shape[1]):
        rule = trees.points[group.number]
        _explain(cells, group, points[rule, :most, None], weights[rule, :most, None], gained)
    return gained


def _explain(cells: Floats, group: _Group, p: Floats, weight: Floats, gained: Floats) -> None:
    """Down and up; p and weight (trees, points, 1). A split with none above on its feature looks to the last slot of
    goes and seen: there every row passes, with a share of 1, and the same sums hold."""
    trees, rows = group.trees, cells.shape[1]
    worth = group.room(p.shape[1], rows)
    reach, part = np.empty_like(worth), np.empty_like(worth)
    goes = np.zeros((len(worth), len(p), rows))
    seen = np.ones_like(goes)
    reach[0] = weight
    for some, slot, i in group.downward():
        go = goes[slot, some] = _goes_first(cells, trees, i)
        passes = goes[trees.above[i], some]
        see = seen[trees.above[i], some] * np.where(trees.above_first[i, None], passes, 1.0 - passes)
        seen[slot, some] = see
        share, earlier, q = trees.share[i, None, None], trees.above_share[i, None, None], p[some]
        again = (earlier * share * (1.0 - q) + q * go[:, None]) / (earlier * (1.0 - q) + q)
        here = part[slot, some] = share + see[:, None] * (again - share)
        whole = reach[slot, some]
        reach[trees.first[i], some] = ahead = whole * here
        reach[trees.second[i], some] = whole - ahead
    for some, slot, i in group.upward():
        aside, earlier, q = worth[trees.second[i], some], trees.above_share[i, None, None], p[some]
        gap = worth[trees.first[i], some] - aside
        worth[slot, some] = aside + part[slot, some] * gap
        gain = (reach[slot, some] * gap * earlier / (earlier * (1.0 - q) + q) ** 2).sum(axis=1)
        more = seen[slot, some] * (goes[slot, some] - trees.share[i, None])
        np.add.at(gained, trees.feature[i], more * gain)

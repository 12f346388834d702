"""The compiled loops of the curve: one walk of each tree for all cells of a grid, and the tilt to the headline.

A grid cell is one horizon and one threshold. An ordinary split sends the whole grid one way, a split on a grid column
cuts it, so that what stands at a split is always a rectangle of cells. A tree is walked once a row: 48 cells cost
little more than one. Sums are taken tree by tree in each cell, as LightGBM does.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from scoring._compiled import compiled
from scoring.tree_tables import TreeTables
from scoring.tree_text import Floats

STEEPEST = 40.0
"""Log-odds beyond which a tilt is not sought: the share there is 0 or 1 to all digits."""


@compiled(any_order=False)
def walk_grid(cells: Floats, trees: TreeTables, axis: Any, cut: Any, out: Floats) -> None:
    """Fill out (n, horizons, marks) with the sums over trees for the rows of a block, cells (columns, rows).

    ``axis`` by split: 0 for a split on the horizon, 1 on the threshold, -1 for any other; ``cut``: how many of the
    axis' values go low.
    """
    todo = np.empty((trees.most_splits + 1, 5), np.int64)
    for r in range(len(out)):
        out[r] = 0.0
        for t in range(len(trees.points)):
            _walk_tree(cells[:, r], trees, t, axis, cut, todo, out[r])


@compiled(any_order=False)
def _walk_tree(cells: Floats, trees: TreeTables, t: int, axis: Any, cut: Any, todo: Any, out: Floats) -> None:
    """Add one tree's leaves to out (horizons, marks). ``todo`` holds what was cut off on the way: slot, rectangle."""
    base = trees.start[t]
    splits = trees.start[t + 1] - base
    left = 1
    todo[0, 0], todo[0, 1], todo[0, 2], todo[0, 3], todo[0, 4] = 0, 0, out.shape[0], 0, out.shape[1]
    while left > 0:
        left -= 1
        at, slot = todo[left], todo[left, 0]
        while slot < splits:
            i = base + slot
            first_is_low = trees.low_first[i]
            if axis[i] < 0:
                x = cells[trees.column[i]]
                low = (x <= trees.threshold[i]) | ((x != x) & trees.missing_low[i])
                slot = trees.first[i] if low == first_is_low else trees.second[i]
                continue
            low_slot = trees.first[i] if first_is_low else trees.second[i]
            high_slot = trees.second[i] if first_is_low else trees.first[i]
            begin = 1 + 2 * axis[i]
            if cut[i] <= at[begin]:
                slot = high_slot
            elif cut[i] >= at[begin + 1]:
                slot = low_slot
            else:
                left += 1
                todo[left] = at
                todo[left, begin + 1] = cut[i]
                at[0], at[begin] = high_slot, cut[i]
                at, slot = todo[left], low_slot
        _add(out, at, trees.value[base + t + slot - splits])


@compiled(any_order=False)
def _add(out: Floats, at: Any, value: float) -> None:
    for h in range(at[1], at[2]):
        for m in range(at[3], at[4]):
            out[h, m] += value


@compiled(any_order=False)
def tilt_rows(odds: Floats, weight: Floats, wanted: Floats, tilt: Floats) -> None:
    """Fill tilt (n,) so that Σ weight · share(odds + tilt) = wanted, for odds (n, marks): found by halving."""
    for r in range(len(odds)):
        low, high = -STEEPEST, STEEPEST
        for _ in range(60):
            middle = 0.5 * (low + high)
            mean = 0.0
            for m in range(odds.shape[1]):
                mean += weight[m] / (1.0 + np.exp(-(odds[r, m] + middle)))
            if mean < wanted[r]:
                low = middle
            else:
                high = middle
        tilt[r] = 0.5 * (low + high)

"""The compiled loop of the cautious score: the least answer of each tree when some columns may hold anything."""

from __future__ import annotations

from typing import Any

import numpy as np

from scoring._compiled import compiled
from scoring.tree_tables import TreeTables
from scoring.tree_text import Floats


@compiled(any_order=False)
def walk_lowest(cells: Floats, free: Any, trees: TreeTables, out: Floats) -> None:
    """Fill out (n,) with the sums over trees of the least leaf that can be reached, for the rows of a block.

    ``cells`` (columns, rows); ``free`` (columns, rows): where both sides of a split on the column are open.
    """
    todo = np.empty(trees.most_splits + 1, np.int64)
    for r in range(len(out)):
        total = 0.0
        for t in range(len(trees.points)):
            total += _least(cells, free, trees, t, r, todo)
        out[r] = total


@compiled(any_order=False)
def _least(cells: Floats, free: Any, trees: TreeTables, t: int, r: int, todo: Any) -> Any:
    base = trees.start[t]
    splits = trees.start[t + 1] - base
    least = np.inf
    left, todo[0] = 1, 0
    while left > 0:
        left -= 1
        slot = todo[left]
        while slot < splits:
            i = base + slot
            column = trees.column[i]
            if free[column, r]:
                todo[left] = trees.second[i]
                left += 1
                slot = trees.first[i]
                continue
            x = cells[column, r]
            low = (x <= trees.threshold[i]) | ((x != x) & trees.missing_low[i])
            slot = trees.first[i] if low == trees.low_first[i] else trees.second[i]
        least = min(least, trees.value[base + t + slot - splits])
    return least

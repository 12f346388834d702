"""The compiled loop of likely sets: the order in which the parts of a distribution enter a growing set.

A set of shares is nothing at all {0}, an interval [a, b], all of it {1}, or a union of these. It grows by what is
densest: {0} and {1} count as ``ATOM`` wide, the interval begins at its densest bin and then grows to the left or the
right, so that it stays one piece.
"""

from __future__ import annotations

from scoring._compiled import compiled
from scoring.tree_tables import Indices
from scoring.tree_text import Floats

ATOM = 0.1
"""Width that a single point counts for beside bins of shares: a chance of 1 % at a point enters with bins of 10 %."""


@compiled(any_order=False)
def order_rows(mass: Floats, width: Floats, order: Indices) -> None:
    """Fill order (n, cells) with the cells of mass (n, cells) in the order in which they enter.

    Cell 0 is {0}, the last is {1}, those between are bins from low to high; ``width`` (cells,).
    """
    last = mass.shape[1] - 1
    for r in range(len(mass)):
        none, whole = False, False
        a = b = 0
        for place in range(last + 1):
            best = _next_bin(mass[r], width, a, b)
            if not none and (best < 0 or mass[r, 0] * width[best] >= mass[r, best] * width[0]):
                best = 0
            if not whole and (best < 0 or mass[r, last] * width[best] > mass[r, best] * width[last]):
                best = last
            if best == 0:
                none = True
            elif best == last:
                whole = True
            else:
                a, b = (best, best) if a == 0 else (min(a, best), max(b, best))
            order[r, place] = best


@compiled(any_order=False)
def _next_bin(mass: Floats, width: Floats, a: int, b: int) -> int:
    """The bin that the interval from bin a to bin b takes next: a neighbour; the densest of all while a is 0."""
    best = -1
    for k in range(1, len(mass) - 1):
        beside = a == 0 or k == a - 1 or k == b + 1
        if beside and (best < 0 or mass[k] * width[best] > mass[best] * width[k]):
            best = k
    return best

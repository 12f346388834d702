"""The compiled loops of likely sets: an interval that grows from the densest bin of a distribution.

Bins lie between marks. The interval begins at the low end of its densest bin and grows to the right; a bin once full,
it goes on into the denser neighbour, so that it stays one piece and of two lengths the longer holds the shorter.
"""

from __future__ import annotations

from scoring._compiled import compiled
from scoring.tree_text import Floats


@compiled(any_order=False)
def grow_rows(mass: Floats, edges: Floats, length: Floats, low: Floats, high: Floats) -> None:
    """Fill low and high (n,) with the ends of the intervals of ``length`` (n,) over bins of chances mass (n, bins)."""
    for r in range(len(mass)):
        a = b = _densest(mass[r], edges)
        low[r] = high[r] = edges[a]
        rest = length[r]
        while rest > 0.0 and (a > 0 or b < mass.shape[1]):
            if _goes_right(mass[r], edges, a, b):
                high[r] = edges[b] + min(rest, edges[b + 1] - edges[b])
                rest -= edges[b + 1] - edges[b]
                b += 1
            else:
                low[r] = edges[a] - min(rest, edges[a] - edges[a - 1])
                rest -= edges[a] - edges[a - 1]
                a -= 1


@compiled(any_order=False)
def entry_rows(mass: Floats, edges: Floats, share: Floats, length: Floats) -> None:
    """Fill length (n,) with that at which the interval reaches ``share`` (n,)."""
    for r in range(len(mass)):
        a = b = _densest(mass[r], edges)
        length[r] = 0.0
        while a > 0 or b < mass.shape[1]:
            if _goes_right(mass[r], edges, a, b):
                if edges[b] <= share[r] <= edges[b + 1]:
                    length[r] += share[r] - edges[b]
                    break
                length[r] += edges[b + 1] - edges[b]
                b += 1
            else:
                if edges[a - 1] <= share[r] <= edges[a]:
                    length[r] += edges[a] - share[r]
                    break
                length[r] += edges[a] - edges[a - 1]
                a -= 1


@compiled(any_order=False)
def reach_rows(mass: Floats, edges: Floats, wanted: Floats, length: Floats) -> None:
    """Fill length (n,) with that at which the interval holds ``wanted`` (n,) of the chance, or its whole length."""
    for r in range(len(mass)):
        a = b = _densest(mass[r], edges)
        length[r] = 0.0
        held = 0.0
        while held < wanted[r] and (a > 0 or b < mass.shape[1]):
            right = _goes_right(mass[r], edges, a, b)
            k = b if right else a - 1
            part = min(1.0, (wanted[r] - held) / max(mass[r, k], 1e-300))
            length[r] += part * (edges[k + 1] - edges[k])
            held += part * mass[r, k]
            a, b = (a, b + 1) if right else (a - 1, b)


@compiled(any_order=False)
def _densest(mass: Floats, edges: Floats) -> int:
    best = 0
    for k in range(1, len(mass)):
        if mass[k] * (edges[best + 1] - edges[best]) > mass[best] * (edges[k + 1] - edges[k]):
            best = k
    return best


@compiled(any_order=False)
def _goes_right(mass: Floats, edges: Floats, a: int, b: int) -> bool:
    """Whether the bin after b - 1 comes before the one below a."""
    if b >= len(mass):
        return False
    if a == 0 or a == b:
        return True
    return bool(mass[b] * (edges[a] - edges[a - 1]) >= mass[a - 1] * (edges[b + 1] - edges[b]))

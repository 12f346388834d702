"""The loops of likely sets once more in plain numpy (`_nested`), all rows a step at a time.

An interval grows over bins in an order that does not depend on where it stops: the order is found first, and then
followed as far as each row goes.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scoring.tree_text import Floats

Step = tuple[NDArray[np.int64], NDArray[np.bool_]]


def grow_rows(mass: Floats, edges: Floats, length: Floats, low: Floats, high: Floats) -> None:
    """As `_nested.grow_rows`."""
    low[:] = high[:] = edges[_densest(mass, edges)]
    rest = length.copy()
    for k, right in _steps(mass, edges):
        room = edges[k + 1] - edges[k]
        part = np.minimum(rest, room)
        high[:] = np.where((rest > 0.0) & right, edges[k] + part, high)
        low[:] = np.where((rest > 0.0) & ~right, edges[k + 1] - part, low)
        rest -= room


def entry_rows(mass: Floats, edges: Floats, share: Floats, length: Floats) -> None:
    """As `_nested.entry_rows`."""
    length[:] = 0.0
    outside = np.ones(len(mass), dtype=bool)
    for k, right in _steps(mass, edges):
        inside = (edges[k] <= share) & (share <= edges[k + 1])
        way = np.where(right, share - edges[k], edges[k + 1] - share)
        length += np.where(outside, np.where(inside, way, edges[k + 1] - edges[k]), 0.0)
        outside &= ~inside


def reach_rows(mass: Floats, edges: Floats, wanted: Floats, length: Floats) -> None:
    """As `_nested.reach_rows`."""
    length[:] = 0.0
    held, row = np.zeros(len(mass)), np.arange(len(mass))
    for k, _ in _steps(mass, edges):
        chance = mass[row, k]
        part = np.where(held < wanted, np.minimum(1.0, (wanted - held) / np.maximum(chance, 1e-300)), 0.0)
        length += part * (edges[k + 1] - edges[k])
        held += part * chance


def _steps(mass: Floats, edges: Floats) -> Iterator[Step]:
    """The bins in the order in which each row's interval fills them, and whether it grows to the right there."""
    bins, row = mass.shape[1], np.arange(len(mass))
    a = _densest(mass, edges)
    b = a.copy()
    for _ in range(bins):
        after, before = np.minimum(b, bins - 1), np.maximum(a - 1, 0)
        denser = mass[row, after] * (edges[a] - edges[before]) >= mass[row, before] * (
            edges[after + 1] - edges[after]
        )
        right = (b < bins) & ((a == 0) | (a == b) | denser)
        yield np.where(right, b, a - 1), right
        a, b = np.where(right, a, a - 1), np.where(right, b + 1, b)


def _densest(mass: Floats, edges: Floats) -> NDArray[np.int64]:
    best, row = np.zeros(len(mass), np.int64), np.arange(len(mass))
    for k in range(1, mass.shape[1]):
        denser = mass[:, k] * (edges[best + 1] - edges[best]) > mass[row, best] * (edges[k + 1] - edges[k])
        best = np.where(denser, k, best)
    return best

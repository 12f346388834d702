"""What each feature adds to a score or takes from it: path-dependent TreeSHAP, by quadrature, in compiled loops.

``docs/explanations.md`` says what the values mean and do not mean, and derives the sums; ``pred_contrib``, shap and
the definition itself are the oracles of the tests.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from scoring import _kernel, loops
from scoring._compiled import LANES
from scoring.tree_tables import lay_out
from scoring.tree_text import Floats
from scoring.trees import Trees, in_parts

KERNEL = "kernel"
MOST_ROOM = 1 << 28
"""Bytes of work space of a thread; a model that would need more is explained row by row, in far less."""


class Explains(Protocol):
    """Whoever explains raw scores as `Contributions` does, or LightGBM itself (`operations.explaining`)."""

    @property
    def by(self) -> str:
        """Who explains, and why not the compiled kernel if it is not."""
        ...

    def of(self, X: Floats, *, threads: int = 1) -> Floats:
        """Contributions (n, features), in log-odds, to the raw scores of X (n, features)."""
        ...


class Contributions:
    """Explains the raw answers of ``trees``. Never changes; any number of threads may ask it."""

    __slots__ = ("_lane_points", "_lane_weights", "_points", "_weights", "trees")

    def __init__(self, trees: Trees) -> None:
        self.trees = trees
        most = max(1, int(trees.tables.points.max(initial=1)))
        self._points, self._weights = quadrature(most, width=most)
        whole_lanes = -(-most // LANES) * LANES
        self._lane_points, self._lane_weights = quadrature(most, width=whole_lanes)

    @property
    def by(self) -> str:
        """``kernel``, or ``plain`` with the code of `scoring.loops` that tells why."""
        why = loops.refusal()
        return KERNEL if why is None else f"plain [{why.code}]"

    def of(self, X: ArrayLike, *, threads: int = 1) -> Floats:
        """Contributions (n, features), in log-odds, to the raw scores of X (n, features), NaN where not known.

        A row's contributions and ``trees.expected`` sum to its raw score within 1e-9; they are ``pred_contrib``'s
        within 1e-10. Raises PortraitError ``matrix-shape``.
        """
        rows = self.trees.rows(X)
        out = np.empty_like(rows)
        if len(rows) <= _kernel.FEW or self._room > MOST_ROOM:
            self._each(rows, out)
        else:
            in_parts(self._blocks, rows, out, threads=threads)
        return out

    @property
    def _room(self) -> int:
        """Bytes that a thread works in while it explains a block."""
        reach_and_worth = 2 * int(self.trees.tables.most_splits) * len(self._points)
        return 8 * _kernel.ROWS * reach_and_worth

    def _each(self, rows: Floats, out: Floats) -> None:
        tables = self.trees.tables
        cells = np.empty(len(tables.column_feature))
        for row, answer in zip(rows, out, strict=True):
            loops.fill_cells(row, tables.column_feature, tables.column_missing, cells)
            loops.explain_row(cells, tables, self._lane_points, self._lane_weights, answer)

    def _blocks(self, rows: Floats, out: Floats) -> None:
        loops.explain_blocks(rows, self.trees.tables, self._points, self._weights, out)


def warm() -> None:
    """Compile every loop ahead, or load it from where an earlier process kept it: call once before answering."""
    nothing = Trees(feature_names=("nothing",), objective="", tables=lay_out(()), expected=0.0)
    for rows in (np.zeros((1, 1)), np.zeros((_kernel.ROWS, 1))):
        nothing.raw(rows)
        Contributions(nothing).of(rows)


def quadrature(most: int, *, width: int) -> tuple[Floats, Floats]:
    """Points and weights (most + 1, width): row q is the Gauss-Legendre rule of q points on [0, 1], then weight 0."""
    points, weights = np.full((most + 1, width), 0.5), np.zeros((most + 1, width))
    for q in range(1, most + 1):
        point, weight = np.polynomial.legendre.leggauss(q)
        points[q, :q], weights[q, :q] = (point + 1) / 2, weight / 2
    return points, weights

"""What each feature adds to a score or takes from it: path-dependent TreeSHAP, by quadrature, in compiled loops.

``docs/explanations.md`` says what the values mean and derives the sums; ``pred_contrib`` and shap are their oracle
in the tests.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from scoring import _kernel
from scoring.tree_text import Floats
from scoring.trees import Trees, in_parts


class Contributions:
    """Explains the raw answers of ``trees``. Never changes; any number of threads may ask it."""

    __slots__ = ("_points", "_weights", "trees")

    def __init__(self, trees: Trees) -> None:
        self.trees = trees
        self._points, self._weights = _quadrature(int(trees.tables.paths.points.max(initial=1)))

    def of(self, X: ArrayLike, *, threads: int = 1) -> Floats:
        """Contributions (n, features), in log-odds, to the raw scores of X (n, features), NaN where not known.

        A row's contributions and ``trees.expected`` sum to its raw score within 1e-9. Raises PortraitError
        ``matrix-shape``.
        """
        rows = self.trees.rows(X)
        out = np.empty_like(rows)
        in_parts(self._fill, rows, out, threads=threads)
        return out

    def _fill(self, rows: Floats, out: Floats) -> None:
        tables = self.trees.tables
        _kernel.contribute(rows, tables.walk, tables.paths, self._points, self._weights, out)


@lru_cache
def _quadrature(most: int) -> tuple[Floats, Floats]:
    """Points and weights (most + 1, most): row q holds the Gauss-Legendre rule of q points on [0, 1]."""
    points, weights = np.zeros((most + 1, most)), np.zeros((most + 1, most))
    for q in range(1, most + 1):
        point, weight = np.polynomial.legendre.leggauss(q)
        points[q, :q], weights[q, :q] = (point + 1) / 2, weight / 2
    return points, weights

"""How good a distribution of the share is: CRPS, Brier score and AUC of P(any) and P(all), coverage and width of sets.

With S(t) = P(share > t) known at marks and linear between them (flat above the last):

- ``crps``: ∫₀¹ (S(t) − 1{y > t})² dt, the continuous ranked probability score (Gneiting & Raftery, JASA 102, 2007,
  eq. 20); 0 is best. Exact for the piecewise linear S.
- ``coverage``: share of obligations whose outcome lies in their set, with a standard error clustered by debtor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.declare import Values
from scoring.curve import MARKS
from training.figures import Integers

Flags = NDArray[np.bool_]


def crps_rows(exceed: Values, outcome: Values, marks: Sequence[float] = MARKS) -> Values:
    """CRPS of each row, (n,), of P(share > mark) (n, marks) against outcomes (n,), 0 to 1."""
    edges = np.concatenate([np.asarray(marks, dtype=float), [1.0]])
    heights = np.concatenate([exceed, exceed[:, -1:]], axis=1)
    low, high = edges[:-1], edges[1:]
    at = np.clip(outcome[:, None], low, high)
    part = (at - low) / np.maximum(high - low, 1e-300)
    first, last = heights[:, :-1], heights[:, 1:]
    middle = first + part * (last - first)
    below = (at - low) * _square(1.0 - first, 1.0 - middle)
    above = (high - at) * _square(middle, last)
    return np.asarray((below + above).sum(axis=1))


def crps(exceed: Values, marks: Sequence[float], outcome: Values, weight: Values | None = None) -> float:
    """Weighted mean of ``crps_rows``."""
    return float(np.average(crps_rows(exceed, outcome, marks), weights=weight))


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of one group of rows: how many, part covered, its standard error clustered by debtor, mean width and size."""

    rows: int
    covered: float
    error: float
    width: float

    def within(self, wanted: float, points: float = 0.02) -> bool:
        """Whether coverage lies within ``points`` plus two standard errors of what is wanted."""
        return abs(self.covered - wanted) <= points + 2 * self.error


def coverage(
    held: Flags, width: Values, *, debtor: Integers | None = None, weight: Values | None = None
) -> Coverage:
    """Coverage of sets that held their outcome or not, (n,), of mean ``width`` (n,)."""
    w = np.ones(len(held)) if weight is None else weight
    total = float(w.sum())
    covered = float(w @ held / total)
    clusters = np.arange(len(held)) if debtor is None else np.unique(debtor, return_inverse=True)[1]
    apart = np.bincount(clusters, w * (held - covered))
    return Coverage(len(held), covered, float(np.sqrt((apart**2).sum()) / total), float(w @ width / total))


def _square(first: Values, last: Values) -> Values:
    """Mean of the square of a line from first to last."""
    return np.asarray((first * first + first * last + last * last) / 3.0)

"""The score: expected share in points of 100, a base, and contributions that add up to it exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from features.declare import Values
from scoring.bundle import Bundle
from scoring.cautious import asked_and_empty


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of n obligations: ``score`` and ``cautious`` of shape (n,), ``contributions`` (n, features), in points.

    ``base + contributions.sum(axis=1) = score`` within 1e-9.
    """

    base: float
    score: Values
    cautious: Values
    raw: Values
    contributions: Values


def score(bundle: Bundle, values: Values, *, threads: int = 1) -> Scores:
    """Scores of feature values of shape (n, features), in the bundle's order of names."""
    raw = bundle.trees.raw(values)
    points = 100.0 * bundle.calibration.share(raw)
    if_empty = 100.0 * bundle.calibration.share(bundle.trees.raw(asked_and_empty(values)))
    return Scores(
        base=bundle.base,
        score=points,
        cautious=np.minimum(points, if_empty),
        raw=raw,
        contributions=_in_points(bundle, values, raw, points, threads),
    )


def _in_points(bundle: Bundle, values: Values, raw: Values, points: Values, threads: int) -> Values:
    """Contributions rescaled from log-odds to points by one positive factor a row: order and signs stay.

    The factor is (score − base) / (raw − raw_base), or the slope at the base when both differences vanish.
    """
    in_odds = bundle.explain.of(values, threads=threads)
    apart = raw - bundle.trees.expected
    level = np.abs(apart) < 1e-12
    slope = 100.0 * bundle.calibration.gradient(np.array([bundle.trees.expected]))[0]
    factor = np.where(level, slope, (points - bundle.base) / np.where(level, 1.0, apart))
    return np.asarray(in_odds * factor[:, None])

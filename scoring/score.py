"""The score: expected share in points of 100, a base, contributions that add up to it exactly; curve, likely set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from features.declare import Values
from scoring.bundle import Bundle
from scoring.cautious import asked_and_empty
from scoring.curve import HORIZONS, Curve
from scoring.groups import bands, kinds
from scoring.likely import Asked, LikelySets, draws, likely_sets


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
    curve: Curve
    likely: LikelySets


def score(bundle: Bundle, values: Values, *, asked: Asked | None = None, threads: int = 1) -> Scores:
    """Scores of feature values of shape (n, features), in the bundle's order of names.

    ``asked`` names the obligations, for the randomiser of the likely sets; without it nothing is randomised: a point
    that is half in is in.
    """
    raw = bundle.trees.raw(values)
    points = 100.0 * bundle.calibration.share(raw)
    if_empty = 100.0 * bundle.calibration.share(bundle.trees.raw(asked_and_empty(values)))
    curve = bundle.curve.curve(values, points / 100.0, threads=threads)
    return Scores(
        base=bundle.base,
        score=points,
        cautious=np.minimum(points, if_empty),
        raw=raw,
        contributions=_in_points(bundle, values, raw, points, threads),
        curve=curve,
        likely=_likely(bundle, values, curve, asked),
    )


def _likely(bundle: Bundle, values: Values, curve: Curve, asked: Asked | None) -> LikelySets:
    drawn = np.zeros(len(values)) if asked is None else draws(asked, bundle.digest)
    level = bundle.levels.level(bands(values), kinds(values))
    return likely_sets(curve.exceed[:, HORIZONS.index(bundle.curve.months)], level, drawn)


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

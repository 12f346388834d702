"""The score: expected share in points of 100, a base, contributions that add up to it exactly; curve, likely set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from features.declare import Values
from scoring.bundle import Bundle
from scoring.cautious import lowest
from scoring.contributions import Explains
from scoring.curve import HORIZONS, Curve
from scoring.groups import bands, kinds
from scoring.hidden import never_asked
from scoring.likely import LikelySets, likely_sets, room


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of n obligations: ``score`` and ``cautious`` of shape (n,), ``contributions`` (n, features), in points.

    ``base + contributions.sum(axis=1) = score`` within 1e-9. ``odds``: the curve's raw log-odds (n, 4, marks).
    """

    base: float
    score: Values
    cautious: Values
    raw: Values
    contributions: Values
    curve: Curve
    odds: Values
    likely: LikelySets


def score(bundle: Bundle, values: Values, *, threads: int = 1, explain: Explains | None = None) -> Scores:
    """Scores of feature values of shape (n, features), in the bundle's order of names.

    ``explain``: who tells the contributions, the bundle's own kernel unless another is given.
    """
    raw = bundle.trees.raw(values)
    points = 100.0 * bundle.calibration.share(raw)
    at_least = 100.0 * bundle.calibration.share(lowest(bundle.trees, values, threads=threads))
    in_odds = (explain or bundle.explain).of(values, threads=threads)
    odds = bundle.curve.raw(values, threads=threads)
    curve = bundle.curve.tilted(odds, points / 100.0)
    return Scores(
        base=bundle.base,
        score=points,
        cautious=np.minimum(points, at_least),
        raw=raw,
        contributions=_in_points(bundle, in_odds, raw, points),
        curve=curve,
        odds=odds,
        likely=likely(bundle, values, curve, rooms_of(bundle, values, threads=threads)),
    )


def likely(bundle: Bundle, values: Values, curve: Curve, rooms: Values) -> LikelySets:
    """Sets whose place is told by all that is known, and whose size by the court's own registers and the band.

    ``curve``: that of ``values`` (n, features), tilted to their score; ``rooms`` (n,): theirs.
    """
    at = HORIZONS.index(bundle.curve.months)
    level = bundle.levels.level(bands(values), kinds(values))
    return likely_sets(curve.exceed[:, at], rooms, level)


def rooms_of(bundle: Bundle, values: Values, *, threads: int = 1) -> Values:
    """Rooms (n,) of likely sets: what the court's own registers alone would need, whatever else was asked."""
    alone = never_asked(values)
    share = bundle.calibration.share(bundle.trees.raw(alone, threads=threads))
    at = HORIZONS.index(bundle.curve.months)
    return room(bundle.curve.curve(alone, share, threads=threads).exceed[:, at])


def _in_points(bundle: Bundle, in_odds: Values, raw: Values, points: Values) -> Values:
    """Contributions rescaled from log-odds to points by one positive factor a row: order and signs stay.

    The factor is (score − base) / (raw − raw_base), or the slope at the base when both differences vanish.
    """
    apart = raw - bundle.trees.expected
    level = np.abs(apart) < 1e-12
    slope = 100.0 * bundle.calibration.gradient(np.array([bundle.trees.expected]))[0]
    factor = np.where(level, slope, (points - bundle.base) / np.where(level, 1.0, apart))
    return np.asarray(in_odds * factor[:, None])

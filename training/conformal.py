"""Levels of the likely sets, found on later obligations than the models were trained on.

The level is the 90 % quantile of how much of an obligation's distribution must be in before its outcome is (split
conformal prediction by group: Vovk, Lindsay, Nouretdinov & Gammerman, 2003). Groups are coverage band and kind of
debtor; one with too few obligations takes the level of its band, then that of all. Rows with families hidden stand
beside the rows as they came, so that a level is right for portraits of which less is known.
"""

from __future__ import annotations

import numpy as np

from features.declare import Values
from scoring.likely import COVERED, EVERYONE, Levels, Names, conformity

LEAST = 200
"""Obligations (by weight) that a group needs for a level of its own: its error is then some two points."""


def levels(exceed: Values, share: Values, weight: Values, *, band: Names, kind: Names, seed: int) -> Levels:
    """Levels by group from distributions (n, marks) and the shares that came true, (n,)."""
    drawn = np.random.default_rng(seed).random(len(share))
    found = conformity(exceed, share, drawn)
    of = {EVERYONE: quantile(found, weight)}
    for one in np.unique(band):
        here = band == one
        if weight[here].sum() >= LEAST:
            of[str(one)] = quantile(found[here], weight[here])
        for sort in np.unique(kind):
            both = here & (kind == sort)
            if weight[both].sum() >= LEAST:
                of[f"{one}|{sort}"] = quantile(found[both], weight[both])
    return Levels(of)


def quantile(found: Values, weight: Values, covered: float = COVERED) -> float:
    """The least level that covers ``covered`` of the weight, a new obligation's own counted as not covered."""
    order = np.argsort(found, kind="stable")
    reached = weight[order].cumsum()
    wanted = covered * (reached[-1] + weight.mean())
    place = int(np.searchsorted(reached, wanted - 1e-12))
    return float(found[order[place]]) if place < len(found) else 1.0

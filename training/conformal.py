"""Levels of the likely sets, found on later obligations than the models were trained on.

The level is the 90 % quantile of what an obligation's room must be multiplied with before its outcome is in (split
conformal prediction by group: Vovk, Lindsay, Nouretdinov & Gammerman, 2003). Groups are coverage band and kind of
debtor; a small group leans on its band. Within a kind the level never falls as coverage does: what is narrower with
less known would be a gift for not asking. Rows with families hidden stand beside the rows as they came, so that a level
is right for portraits of which less is known.
"""

from __future__ import annotations

import numpy as np

from features.declare import Values
from scoring.groups import Names
from scoring.likely import COVERED, Levels, conformity

BANDS = ("high", "middle", "low")
LEANS_AS = 200.0
"""Obligations (by weight) that a group's band counts for beside its own: a level of so few errs by some two points."""


def levels(
    exceed: Values, rooms: Values, share: Values, weight: Values, *, band: Names, kind: Names
) -> Levels:
    """Levels by group from distributions (n, marks), rooms and the shares that came true, (n,)."""
    found = conformity(exceed, rooms, share)
    whole = quantile(found, weight)
    of = _rising(*_own(found, weight, band, dict.fromkeys(BANDS, whole)), prefix="")
    for sort in np.unique(kind):
        here = kind == sort
        of |= _rising(*_own(found[here], weight[here], band[here], dict(of)), prefix=f"|{sort}")
    return Levels(of)


def quantile(found: Values, weight: Values, covered: float = COVERED) -> float:
    """The least level that covers ``covered`` of the weight, a new obligation's own counted as not covered."""
    order = np.argsort(found, kind="stable")
    reached = weight[order].cumsum()
    place = int(np.searchsorted(reached, covered * (reached[-1] + weight.mean()) - 1e-12))
    return float(found[order[min(place, len(found) - 1)]])


def _own(
    found: Values, weight: Values, band: Names, leaning: dict[str, float]
) -> tuple[list[float], list[float]]:
    """Levels and weights of the bands, high coverage first, each leaning on what ``leaning`` says of it."""
    values, sizes = [], []
    for one in BANDS:
        here = band == one
        size = float(weight[here].sum())
        own = quantile(found[here], weight[here]) if here.any() else leaning[one]
        values.append((size * own + LEANS_AS * leaning[one]) / (size + LEANS_AS))
        sizes.append(size + LEANS_AS)
    return values, sizes


def _rising(values: list[float], sizes: list[float], *, prefix: str) -> dict[str, float]:
    """Levels by group, made never to fall from high to low coverage: neighbours that do are taken together."""
    blocks: list[tuple[float, float, int]] = []
    for value, size in zip(values, sizes, strict=True):
        blocks.append((value, size, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (first, m, i), (second, n, j) = blocks[-2:]
            blocks[-2:] = [((first * m + second * n) / (m + n), m + n, i + j)]
    flat = [value for value, _, count in blocks for _ in range(count)]
    return {f"{band}{prefix}": level for band, level in zip(BANDS, flat, strict=True)}

"""How good curve and likely sets are on test rows, and what abstaining costs: figures for the card.

Abstention is a floor on information: none of deposits, real property and income answered. Its cost is told in two ways:
the error of the rows below the floor beside that of the others, and the risk-coverage curve (El-Yaniv & Wiener, JMLR
11, 2010): the Brier score of the rows that keep a score, when those of which least is known lose theirs first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from features.declare import Values
from scoring.bundle import CurvePart
from scoring.curve import HORIZONS, MARKS, Curve
from scoring.groups import bands, fresh_share, kinds
from scoring.hidden import never_asked
from scoring.likely import LikelySets, likely_sets, room
from scoring.outcomes import FULL
from training.distribution import Coverage, coverage, crps, crps_rows
from training.figures import figures
from training.learn_curve import Headline
from training.sample import Sample
from vocabulary.states import ANSWERED_STEPS

FLOOR = ("deposits", "real_property", "income")
"""With none of these answered there is no score (`portraits.gaps`)."""
LEAST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Abstention:
    """Rows below the floor and above it: part of all, mean share that came true, Brier score, CRPS."""

    part: float
    came_true: float
    brier: float
    crps: float


@dataclass(frozen=True, eq=False)
class OutlookFigures:
    """``curve``: crps, Brier score and AUC of P(any) and P(all), tilt; ``covered`` by (band, kind); the floor's cost.

    ``risk``: part of rows kept and their Brier score, (2, n), least known dropped first.
    """

    curve: Mapping[str, float]
    covered: Mapping[tuple[str, str], Coverage]
    abstained: Abstention | None
    answered: Abstention
    risk: Values

    def named(self) -> dict[str, object]:
        """As ``bundle.json`` keeps them."""
        covered = {" ".join(name).strip() or "all": asdict(one) for name, one in self.covered.items()}
        return {"curve": dict(self.curve), "covered": covered}


@dataclass(frozen=True, eq=False)
class RowFigures:
    """Of n test rows: CRPS, whether the likely set held the outcome, and the length of its interval, all (n,)."""

    crps: Values
    held: NDArray[np.bool_]
    width: Values


def row_figures(part: CurvePart, headline: Headline, tested: Sample) -> RowFigures:
    """Figures row by row, for those who put rows into groups."""
    curve, at = part.model.curve(tested.values, headline.share(tested.values)), HORIZONS.index(part.months)
    sets = _sets(part, headline, tested.values, curve, at)
    return RowFigures(crps_rows(curve.exceed[:, at], tested.target), sets.holds(tested.target), sets.width)


def measure_outlook(part: CurvePart, headline: Headline, tested: Sample) -> OutlookFigures:
    """Figures of a curve and its likely sets on test rows that were followed to the headline's months."""
    model, values = part.model, tested.values
    share = headline.share(values)
    curve, at = model.curve(values, share), HORIZONS.index(model.months)
    sets = _sets(part, headline, values, curve, at)
    silent = below_floor(values, tested)
    rows = {True: silent, False: ~silent}
    costs = {
        below: _cost(tested, share, curve.exceed[:, at], here) if here.any() else None
        for below, here in rows.items()
    }
    answered = costs[False]
    assert answered is not None, "somebody was asked"
    return OutlookFigures(
        curve=_curve_figures(curve, tested, months=model.months),
        covered=covered(sets, tested),
        abstained=costs[True],
        answered=answered,
        risk=_risk(tested, share),
    )


def covered(sets: LikelySets, tested: Sample) -> dict[tuple[str, str], Coverage]:
    """Coverage of likely sets by coverage band and kind of debtor, and of all rows under ("", "")."""
    band, kind = bands(tested.values, tested.catalogue), kinds(tested.values, tested.catalogue)
    held, groups = sets.holds(tested.target), {("", ""): np.ones(len(tested), dtype=bool)}
    for one in ("low", "middle", "high"):
        for sort in ("natural", "organisation"):
            groups[one, sort] = (band == one) & (kind == sort)
    return {
        name: coverage(held[rows], sets.width[rows], debtor=tested.party[rows], weight=tested.weight[rows])
        for name, rows in groups.items()
        if rows.sum() >= LEAST_ROWS
    }


def below_floor(values: Values, tested: Sample) -> NDArray[np.bool_]:
    """Rows of which too little is known for a score, (n,)."""
    places = [tested.catalogue.names.index(f"{family}_state") for family in FLOOR]
    return np.asarray(~np.isin(values[:, places], ANSWERED_STEPS).any(axis=1))


def _sets(part: CurvePart, headline: Headline, values: Values, curve: Curve, at: int) -> LikelySets:
    alone = never_asked(values)
    rooms = room(part.model.curve(alone, headline.share(alone)).exceed[:, at])
    return likely_sets(curve.exceed[:, at], rooms, part.levels.level(bands(values), kinds(values)))


def _curve_figures(curve: Curve, tested: Sample, *, months: int) -> dict[str, float]:
    at, weight = HORIZONS.index(months), tested.weight
    found = {"crps": crps(curve.exceed[:, at], MARKS, tested.target, weight)}
    for name, chance, came in (
        ("any", curve.any(months), tested.target > 0),
        ("all", curve.all(months), tested.target >= FULL),
    ):
        happened = came.astype(float)
        found[f"brier_{name}"] = float(np.average((chance - happened) ** 2, weights=weight))
        found[f"auc_{name}"] = figures(happened, chance, weight=weight, draws=2)["auc_any"].value
    return {**found, "tilt_mean": float(curve.tilt.mean()), "tilt_sd": float(curve.tilt.std())}


def _cost(tested: Sample, share: Values, exceed: Values, rows: NDArray[np.bool_]) -> Abstention:
    weight, outcome = tested.weight[rows], tested.target[rows]
    return Abstention(
        part=float(weight.sum() / tested.weight.sum()),
        came_true=float(np.average(outcome, weights=weight)),
        brier=float(np.average((share[rows] - outcome) ** 2, weights=weight)),
        crps=crps(exceed[rows], MARKS, outcome, weight),
    )


def _risk(tested: Sample, share: Values, *, points: int = 40) -> Values:
    """(2, points): part of the weight kept, Brier score of it; rows of most coverage are kept longest."""
    known = fresh_share(tested.values, tested.catalogue)
    order = np.argsort(-known, kind="stable")
    weight = tested.weight[order]
    lost = ((share - tested.target) ** 2)[order] * weight
    kept, risk = weight.cumsum(), lost.cumsum() / weight.cumsum()
    at = np.unique(np.linspace(len(order) // 20, len(order) - 1, points).astype(int))
    return np.stack([kept[at] / kept[-1], risk[at]])

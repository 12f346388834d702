"""How good a score of shares is: figures with bootstrap intervals clustered by debtor, for several models at once.

With outcome y in [0, 1], expected share p, row weights w (all sums weighted):

- ``gini``: C(p) / C(y), C(s) = Σ w y (2 R(s) − 1) / Σ w y, where R(s) is the mid-rank of s as a share of all weight.
  One for a score that ranks as the outcome itself does, 0 for none; with an outcome of 0 and 1 it is 2·AUC − 1.
  It is the accuracy ratio of the gain curve (Engelmann, Hayden & Tasche, "Testing rating accuracy", Risk 16, 2003)
  for an outcome that is an amount (the normalised Gini index: Frees, Meyers & Cummings, JASA 106, 2011).
- ``r2``: 1 − Σ w (y − p)² / Σ w (y − ȳ)², ȳ the mean of the same rows.
- ``brier``: Σ w (y − p)² / Σ w, the Brier score of a share.
- ``auc_any``, ``auc_all``: AUC of p for y > 0 and for y ≥ FULL.
- ``slope``: b of the weighted logistic regression y ~ a + b·logit(p) (Cox 1958); 1 is calibrated, below 1 too extreme.
- ``bias``: mean p − mean y.
- ``ece``: Σ |mean y − mean p| over ten bins of equal weight by p, weighted by the bins; above 0 even when calibrated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.declare import Values
from scoring.outcomes import FULL

DRAWS = 500
"""Bootstrap draws: enough for two digits of a 95 % interval."""
BINS = 10
_BLOCK = 4_000_000
"""Numbers held at once while drawing."""

Integers = NDArray[np.int64]
Measure = Callable[[Values], Values]
"""From weights of shape (draws, n) to a figure of shape (draws,)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the 95 % percentile interval of its bootstrap; NaN where it is not defined."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


Figures = Mapping[str, Figure]


@dataclass(frozen=True)
class Comparison:
    """Figures of models measured on the same rows and the same draws."""

    of: Mapping[str, Figures]
    _draws: Mapping[str, Mapping[str, Values]]

    def difference(self, figure: str, first: str, second: str) -> Figure:
        """``first − second`` with the interval of the paired draws."""
        apart = self._draws[first][figure] - self._draws[second][figure]
        return summed(self.of[first][figure].value - self.of[second][figure].value, apart)

    def part(self, figure: str, first: str, *, least: str, most: str) -> Figure:
        """Share of the way from ``least`` to ``most`` that ``first`` reaches, with the interval of the paired draws.

        NaN where there is no way to go.
        """
        values = [
            np.append(self.of[model][figure].value, self._draws[model][figure])
            for model in (first, least, most)
        ]
        way = values[2] - values[1]
        reached = np.divide(values[0] - values[1], way, out=np.full(len(way), np.nan), where=way != 0)
        return summed(float(reached[0]), reached[1:])


def compare(
    outcome: Values,
    expected: Mapping[str, Values],
    *,
    weight: Values | None = None,
    debtor: Integers | None = None,
    seed: int = 0,
    draws: int = DRAWS,
) -> Comparison:
    """Figures of each model. ``outcome`` and each of ``expected``: shape (n,), 0 to 1; ``debtor``: clusters, (n,).

    Raises ValueError for no rows or for values outside [0, 1].
    """
    _check(outcome, expected)
    rows = np.ones(len(outcome)) if weight is None else weight
    clusters = np.arange(len(outcome)) if debtor is None else debtor
    measures = {model: _measures(outcome, share) for model, share in expected.items()}
    return drawn(measures, weight=rows, debtor=clusters, seed=seed, draws=draws)


def drawn(
    measures: Mapping[str, Mapping[str, Measure]],
    *,
    weight: Values,
    debtor: Integers,
    seed: int = 0,
    draws: int = DRAWS,
) -> Comparison:
    """Any measures of models on the same rows, with the same draws of whole debtors. ``weight``, ``debtor``: (n,)."""
    found: dict[str, dict[str, list[Values]]] = {
        model: {name: [] for name in named} for model, named in measures.items()
    }
    clusters = np.unique(debtor, return_inverse=True)[1]
    for weights in resampled(weight, clusters, seed=seed, draws=draws):
        for model, named in measures.items():
            for name, measured in named.items():
                found[model][name].append(measured(weights))
    repeated = {
        model: {name: np.concatenate(blocks) for name, blocks in names.items()}
        for model, names in found.items()
    }
    return Comparison(
        of={
            model: {name: summed(float(values[0]), values[1:]) for name, values in names.items()}
            for model, names in repeated.items()
        },
        _draws={
            model: {name: values[1:] for name, values in names.items()} for model, names in repeated.items()
        },
    )


def figures(outcome: Values, expected: Values, **more: object) -> Figures:
    """Figures of one model; see ``compare``."""
    return compare(outcome, {"model": expected}, **more).of["model"]  # type: ignore[arg-type]


def bins_of(outcome: Values, expected: Values, weight: Values) -> list[tuple[float, float, float]]:
    """The calibration curve: (mean expected, mean outcome, weight) in bins of equal weight by expected share."""
    arranged, tie = np.unique(expected, return_inverse=True)
    place = _bin_of(np.bincount(tie, weight, len(arranged)).astype(float))[tie]
    curve = []
    for number in np.unique(place):
        rows = place == number
        size = float(weight[rows].sum())
        if size > 0:
            curve.append(
                (
                    float(weight[rows] @ expected[rows]) / size,
                    float(weight[rows] @ outcome[rows]) / size,
                    size,
                )
            )
    return curve


FIGURES = ("gini", "r2", "brier", "auc_any", "auc_all", "slope", "bias", "ece")


def _measures(outcome: Values, expected: Values) -> dict[str, Measure]:
    wealthy, full = (outcome > 0).astype(float), (outcome >= FULL).astype(float)
    rank, best = Ranks(expected), Ranks(outcome)
    return {
        "gini": lambda w: divided(rank.concentration(outcome, w), best.concentration(outcome, w)),
        "r2": lambda w: 1 - divided(w @ (outcome - expected) ** 2, spread_of(outcome, w)),
        "brier": lambda w: divided(w @ (outcome - expected) ** 2, w.sum(axis=1)),
        "auc_any": lambda w: rank.auc(wealthy, w),
        "auc_all": lambda w: rank.auc(full, w),
        "slope": lambda w: slope_of(outcome, expected, w),
        "bias": lambda w: divided(w @ (expected - outcome), w.sum(axis=1)),
        "ece": lambda w: rank.ece(outcome - expected, w),
    }


class Ranks:
    """Mid-ranks of a score under changing weights: sorted once, ties kept together."""

    def __init__(self, score: Values) -> None:
        self.order = np.argsort(score, kind="stable")
        arranged = score[self.order]
        self.starts = np.flatnonzero(np.r_[True, arranged[1:] != arranged[:-1]])

    def concentration(self, outcome: Values, weights: Values) -> Values:
        """Σ w y (2R − 1) / Σ w y of shape (draws,)."""
        held, money = self._ties(weights), self._ties(weights * outcome)
        middle = held.cumsum(axis=1) - held / 2
        total = held.sum(axis=1)
        tilt = (money * (2 * middle / total[:, None] - 1)).sum(axis=1)
        return divided(tilt, money.sum(axis=1))

    def auc(self, happened: Values, weights: Values) -> Values:
        """P(score of one that happened > score of one that did not), ties half, of shape (draws,)."""
        yes, no = self._ties(weights * happened), self._ties(weights * (1 - happened))
        below = no.cumsum(axis=1) - no / 2
        return divided((yes * below).sum(axis=1), yes.sum(axis=1) * no.sum(axis=1))

    def ece(self, gap: Values, weights: Values) -> Values:
        """Σ |gap| over bins of equal weight, of shape (draws,); ties share a bin."""
        held, apart = self._ties(weights), self._ties(weights * gap)
        return np.array(
            [
                np.abs(np.bincount(_bin_of(size), tilt, BINS)).sum() / size.sum()
                for size, tilt in zip(held, apart, strict=True)
            ]
        )

    def _ties(self, weights: Values) -> Values:
        return np.asarray(np.add.reduceat(weights[:, self.order], self.starts, axis=1))


def slope_of(outcome: Values, expected: Values, weights: Values) -> Values:
    """Newton's steps on two parameters, all draws at once."""
    odds = logit(expected)
    if np.ptp(odds) < 1e-9:
        return np.full(len(weights), np.nan)
    middle, scale = odds.mean(), odds.std()
    x = (odds - middle) / scale
    shift, slope = np.zeros(len(weights)), np.full(len(weights), scale)
    for _ in range(12):
        share = 1 / (1 + np.exp(-np.clip(shift[:, None] + slope[:, None] * x + middle, -30, 30)))
        error, curve = weights * (outcome - share), weights * share * (1 - share)
        g0, g1 = error.sum(axis=1), error @ x
        h00, h01, h11 = curve.sum(axis=1), curve @ x, curve @ x**2
        fixed = np.maximum(h00 * h11 - h01**2, 1e-12)
        shift = shift + (h11 * g0 - h01 * g1) / fixed
        slope = slope + (h00 * g1 - h01 * g0) / fixed
    return np.asarray(slope / scale)


def _bin_of(weight: Values) -> Integers:
    """Bin of each row (or group of ties), in the order given, so that bins hold equal weight."""
    middle = (weight.cumsum() - weight / 2) / weight.sum()
    place: Integers = np.minimum((middle * BINS).astype(np.int64), BINS - 1)
    return place


def r2_of(outcome: Values, expected: Values, weight: Values) -> float:
    """The R² alone, without draws."""
    one = weight[None, :]
    return float(1 - divided(one @ (outcome - expected) ** 2, spread_of(outcome, one))[0])


def cross_entropy(outcome: Values, expected: Values, weight: Values) -> float:
    """Mean − y log p − (1 − y) log (1 − p)."""
    inside = np.clip(expected, 1e-9, 1 - 1e-9)
    return float(-(weight @ (outcome * np.log(inside) + (1 - outcome) * np.log(1 - inside))) / weight.sum())


def logit(share: Values) -> Values:
    """Log-odds of shares, kept finite."""
    inside = np.clip(share, 1e-9, 1 - 1e-9)
    return np.asarray(np.log(inside / (1 - inside)))


def resampled(rows: Values, clusters: Integers, *, seed: int, draws: int) -> Iterator[Values]:
    """Weights of shape (block, n): first the rows' own, then draws of whole clusters with replacement."""
    rng = np.random.default_rng(seed)
    count = int(clusters.max()) + 1
    yield rows[None, :]
    block = max(1, _BLOCK // len(rows))
    for start in range(0, draws, block):
        times = rng.multinomial(count, np.full(count, 1 / count), size=min(block, draws - start))
        yield times[:, clusters] * rows


def spread_of(outcome: Values, weights: Values) -> Values:
    """Σ w (y − ȳ)² of shape (draws,) under weights (draws, n)."""
    total = weights.sum(axis=1)
    mean = weights @ outcome / total
    return np.asarray(weights @ outcome**2 - total * mean**2)


def divided(above: Values, below: Values) -> Values:
    """``above`` ÷ ``below``, NaN where nothing is below."""
    unknown = np.full(np.shape(above), np.nan)
    return np.asarray(np.divide(above, below, out=unknown, where=below > 0))


def summed(value: float, draws: Values) -> Figure:
    """A figure with the 95 % interval of its draws."""
    known = draws[~np.isnan(draws)]
    if np.isnan(value) or not len(known):
        return Figure(value, np.nan, np.nan)
    low, high = np.quantile(known, [0.025, 0.975])
    return Figure(value, float(low), float(high))


def _check(outcome: Values, expected: Mapping[str, Values]) -> None:
    if not len(outcome):
        raise ValueError("no rows to measure on")
    for name, values in {"outcome": outcome, **expected}.items():
        if len(values) != len(outcome) or not ((values >= 0) & (values <= 1)).all():
            raise ValueError(f"[{name}] must hold {len(outcome)} shares between 0 and 1")

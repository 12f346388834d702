"""What is measured of every model of a comparison, on the same rows and the same draws of whole debtors.

With outcome y, expected share p, distribution S(t) = P(share > t) at the marks of the curve and row weights w:

- ``gini``, ``r2``, ``slope``, ``ece``, ``bias``: of p, as in `training.figures`.
- ``auc_any``, ``brier_any``: of S(0) for y > 0; ``auc_all``, ``brier_all``: of the last mark's S for full performance.
- ``crps``: of S, as in `training.distribution`; 0 is best.
- ``money_10``, ``money_20``, ``money_50``: part of all money performed that lies in the first tenth, fifth, half (by
  weight) of a queue ranked by expected money.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from features.declare import Values
from scoring.curve import MARKS
from scoring.outcomes import FULL
from training.distribution import crps_rows
from training.figures import DRAWS, Comparison, Integers, Measure, Ranks, divided, drawn, slope_of, spread_of

TOPS = (10, 20, 50)


@dataclass(frozen=True, eq=False)
class Answer:
    """What a model says of n rows: expected ``share`` (n,) and ``exceed`` (n, marks) = P(share > mark)."""

    share: Values
    exceed: Values

    def take(self, rows: Integers) -> Answer:
        """The rows named."""
        return Answer(self.share[rows], self.exceed[rows])


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came true of n rows: share, CNY outstanding, weight, debtor; all (n,)."""

    share: Values
    outstanding: Values
    weight: Values
    debtor: Integers

    def __len__(self) -> int:
        return len(self.share)

    def take(self, rows: Integers) -> Outcome:
        """The rows named."""
        return Outcome(self.share[rows], self.outstanding[rows], self.weight[rows], self.debtor[rows])


def measured(
    outcome: Outcome, answers: Mapping[str, Answer], *, seed: int = 0, draws: int = DRAWS
) -> Comparison:
    """Figures of each model with intervals. Raises ValueError for no rows or for other rows than the outcome's."""
    if not len(outcome):
        raise ValueError("no rows to measure on")
    for name, answer in answers.items():
        if answer.share.shape != (len(outcome),) or answer.exceed.shape != (len(outcome), len(MARKS)):
            raise ValueError(f"[{name}] must answer {len(outcome)} rows at {len(MARKS)} marks")
    best = Ranks(outcome.share)
    return drawn(
        {name: measures_of(outcome, answer, best) for name, answer in answers.items()},
        weight=outcome.weight,
        debtor=outcome.debtor,
        seed=seed,
        draws=draws,
    )


def measures_of(outcome: Outcome, answer: Answer, best: Ranks) -> dict[str, Measure]:
    """Figures of one model as functions of weights of shape (draws, n)."""
    y, p = outcome.share, answer.share
    paid, full = (y > 0).astype(float), (y >= FULL).astype(float)
    some, whole = answer.exceed[:, 0], answer.exceed[:, -1]
    rank, rank_any, rank_all = Ranks(p), Ranks(some), Ranks(whole)
    lost, money = crps_rows(answer.exceed, y), y * outcome.outstanding
    queue = np.argsort(-p * outcome.outstanding, kind="stable")
    return {
        "gini": lambda w: divided(rank.concentration(y, w), best.concentration(y, w)),
        "r2": lambda w: 1 - divided(w @ (y - p) ** 2, spread_of(y, w)),
        "crps": lambda w: divided(w @ lost, w.sum(axis=1)),
        "brier_any": lambda w: divided(w @ (paid - some) ** 2, w.sum(axis=1)),
        "auc_any": lambda w: rank_any.auc(paid, w),
        "brier_all": lambda w: divided(w @ (full - whole) ** 2, w.sum(axis=1)),
        "auc_all": lambda w: rank_all.auc(full, w),
        "slope": lambda w: slope_of(y, p, w),
        "ece": lambda w: rank.ece(y - p, w),
        "bias": lambda w: divided(w @ (p - y), w.sum(axis=1)),
        **{f"money_{top}": _captured(money, queue, top) for top in TOPS},
    }


def _captured(money: Values, queue: Integers, top: int) -> Measure:
    arranged = money[queue]

    def captured(weights: Values) -> Values:
        placed = weights[:, queue]
        here = placed.cumsum(axis=1) <= placed.sum(axis=1)[:, None] * (top / 100)
        return divided((placed * here) @ arranged, placed @ arranged)

    return captured

"""One wrapper for all who expect only a share: the outcomes of the calibration rows that were scored nearest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.declare import Values
from scoring.calibration import Calibration
from scoring.curve import MARKS
from training.calibrate import calibrate
from training.figures import logit
from training.peers.recipe import inside

NEAREST = 200
"""Calibration rows scored nearest whose outcomes make the distribution."""


@dataclass(frozen=True, eq=False)
class Around:
    """Calibration rows in order of the score: log-odds (n,), outcomes above each mark and weights, summed along."""

    odds: Values
    above: Values
    weight: Values
    nearest: int

    @classmethod
    def of(cls, expected: Values, outcome: Values, weight: Values, *, nearest: int = NEAREST) -> Around:
        """From shares expected of calibration rows and what came true of them. All of shape (n,)."""
        order = np.argsort(expected, kind="stable")
        exceeded = exceeding(outcome[order])
        return cls(
            odds=logit(inside(expected[order])),
            above=_along(weight[order, None] * exceeded),
            weight=_along(weight[order, None])[:, 0],
            nearest=min(nearest, len(order)),
        )

    def exceed(self, expected: Values) -> Values:
        """P(share > mark) of shape (n, marks) around expected shares (n,)."""
        many, size = len(self.odds), self.nearest
        middle = np.searchsorted(self.odds, logit(inside(expected)))
        begin = np.clip(middle - size // 2, 0, many - size)
        end = begin + size
        return np.asarray(
            (self.above[end] - self.above[begin]) / (self.weight[end] - self.weight[begin])[:, None]
        )


def exceeding(outcome: Values) -> NDArray[np.bool_]:
    """Whether outcomes (n,) exceed each mark, (n, marks); the last counts from full performance on."""
    above = outcome[:, None] > np.array(MARKS)
    above[:, -1] = outcome >= MARKS[-1]
    return above


def recalibrated(expected: Values, outcome: Values, weight: Values) -> Calibration:
    """Slope and shift on the calibration rows, found for every model in the same way."""
    return calibrate(logit(inside(expected)), outcome, weight)


def _along(values: Values) -> Values:
    return np.concatenate([np.zeros((1, values.shape[1])), np.cumsum(values, axis=0)])

"""Ability: the share expected within twenty-four months if every court made the reference effort.

The score says what the efforts that courts make would recover; ability takes the court's effort out of it. How diligent
a court is shows in what it asks and does in the first three months of its cases; how much that moves what is performed
is learned between courts, with case and debtor held (`training.effort`). Ability is the curve's mean at 24 months with
the debtor's own court replaced by the more diligent quarter of courts: standardisation over the court (the g-formula of
Robins, 1986). It stands beside the score and is never part of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from features.declare import Values
from scoring.curve import CurveModel
from scoring.groups import Names

MONTHS = 24


@dataclass(frozen=True, slots=True)
class Reference:
    """Effort of courts, in standard deviations between cases (0: the mean court), and that of the reference.

    ``slope``: log-odds that one unit of effort adds, ``error`` its standard error between courts. With slope 0 effort
    was not told apart, and ability is the curve's mean.
    """

    courts: Mapping[str, float] = field(default_factory=dict)
    effort: float = 0.0
    slope: float = 0.0
    error: float = 0.0

    def lift(self, court: Names) -> Values:
        """Log-odds (n,) by which each court's debtors would do better at the reference effort; unknown courts: mean."""
        own = np.array([self.courts.get(str(name), 0.0) for name in court])
        return np.asarray(self.slope * (self.effort - own))


def ability(model: CurveModel, raw: Values, tilt: Values, lift: Values) -> Values:
    """Expected share within 24 months at the reference effort, (n,), from the curve's log-odds (n, 4, marks).

    ``tilt`` (n,) is that of the obligation's own curve, so that ability and score speak of one and the same debtor.
    """
    return model.shifted(raw, tilt + lift).mean(MONTHS)

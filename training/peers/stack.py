"""A stack of all peers: what the records allow, as far as anyone knows how to ask them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from features.declare import Values
from training.figures import logit
from training.peers.recipe import inside
from training.peers.tuning import Tuned


@dataclass(frozen=True, eq=False)
class Stack:
    """Members' log-odds, weighted (no weight below 0) and shifted."""

    members: tuple[Tuned, ...]
    weights: Values
    shift: float

    @classmethod
    def of(cls, members: Sequence[Tuned], outcome: Values, weight: Values) -> Stack:
        """Weights set on the training rows' later part, of which each member's fit on the earlier part tells.

        ``outcome`` and ``weight``: those later rows', of shape (n,).
        """
        odds = np.column_stack([logit(inside(member.later)) for member in members])
        whole = weight.sum()

        def loss(at: Values) -> tuple[float, Values]:
            raw = odds @ at[:-1] + at[-1]
            share = inside(1 / (1 + np.exp(-raw)))
            error = weight * (share - outcome) / whole
            kept = outcome * np.log(share) + (1 - outcome) * np.log(1 - share)
            return float(-(weight @ kept) / whole), np.concatenate([odds.T @ error, [error.sum()]])

        even = np.concatenate([np.full(len(members), 1 / len(members)), [0.0]])
        bounds = [(0.0, None)] * len(members) + [(None, None)]
        found = minimize(loss, even, jac=True, bounds=bounds, method="L-BFGS-B")
        return cls(tuple(members), found.x[:-1], float(found.x[-1]))

    def share(self, values: Values) -> Values:
        """Expected shares (n,) of values (n, features)."""
        odds = np.column_stack([logit(inside(member.share(values))) for member in self.members])
        return inside(1 / (1 + np.exp(-(odds @ self.weights + self.shift))))

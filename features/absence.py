"""What silence means: the one place where a missing number becomes a value, in both engines.

The number of the rows, if there is one. Otherwise, when rows were selected but hold no number: unknown. Otherwise
(no row was selected) ``nothing_found``, if the family is the court's own register, was answered by a source or is
known from the debtor's declaration; unknown if not, for then silence means that nobody has said anything.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vocabulary.states import QueryState

VERSION = 1
"""To be raised when the policy changes: the catalogue's digest covers it."""

SPEAKS = tuple(
    state.step for state in (QueryState.FOUND, QueryState.EMPTY, QueryState.STALE, QueryState.DECLARED_ONLY)
)
"""Steps of the states in which silence of a table means that nothing is there."""

OWN_REGISTER = -1.0
"""Stands for the state of a family that nobody is asked about: the court keeps it, and silence always speaks."""


def values_of(
    raw: NDArray[np.float64],
    *,
    selected: NDArray[np.int64],
    states: NDArray[np.float64],
    nothing_found: NDArray[np.float64] | float,
) -> NDArray[np.float64]:
    """Values of shape (n,), of one feature for many obligations or of many features for one.

    ``raw``: the measure over the selected rows, NaN for none; ``selected``: number of rows selected; ``states``: steps
    of the query states, or OWN_REGISTER; ``nothing_found``: NaN where silence leaves the value unknown.
    """
    speaks = np.isin(states, (*SPEAKS, OWN_REGISTER))
    return np.where((selected == 0) & speaks, nothing_found, raw)

"""What silence means: the one place where a missing number becomes a value, in both engines.

The number of the rows, if there is one. Otherwise, when rows were selected but hold no number: unknown. Otherwise
(no row was selected) ``nothing_found``, if the family is the court's own register, was answered by a source or is
known from the debtor's declaration; unknown if not, for then silence means that nobody has said anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from vocabulary.families import FAMILIES
from vocabulary.states import QueryState

if TYPE_CHECKING:
    from features.declare import Feature

VERSION = 1
"""To be raised when the policy changes: the catalogue's digest covers it."""

SPEAKS = tuple(
    state.code for state in (QueryState.FOUND, QueryState.EMPTY, QueryState.STALE, QueryState.DECLARED_ONLY)
)
"""Codes of the states in which silence of a table means that nothing is there."""


def values_of(
    feature: Feature, *, raw: NDArray[np.float64], selected: NDArray[np.int64], states: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Values of shape (n,).

    ``raw``: the measure over the selected rows, NaN for none; ``selected``: number of rows selected; ``states``: the
    code of the family's query state (any number for the court's own registers).
    """
    if feature.nothing_found is None:
        return raw
    silent = selected == 0
    if FAMILIES[feature.family].asked:
        silent &= np.isin(states, SPEAKS)
    return np.where(silent, feature.nothing_found, raw)

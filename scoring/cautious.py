"""What if every unasked asset family turned out empty: the profile behind the cautious score."""

from __future__ import annotations

import numpy as np

from features.catalogue import CATALOGUE
from features.declare import Catalogue, Derived, Feature, Standing, Values
from vocabulary.families import ASSETS
from vocabulary.states import QueryState

_HELD = tuple(state.code for state in QueryState if state.answered)
"""Codes of the states in which a source has answered, lately or long ago."""


def asked_and_empty(values: Values, catalogue: Catalogue = CATALOGUE) -> Values:
    """Values of shape (n, features) with every unanswered asset family set to asked-and-empty, derived ones redone."""
    columns = {name: values[:, place] for place, name in enumerate(catalogue.names)}
    unanswered = {code: ~np.isin(columns[f"{code}_state"], _HELD) for code in ASSETS}
    if not any(rows.any() for rows in unanswered.values()):
        return values
    for feature in catalogue.features:
        if feature.family not in unanswered or isinstance(feature, Derived):
            continue
        columns[feature.name] = np.where(
            unanswered[feature.family], _when_empty(feature), columns[feature.name]
        )
    for derived in catalogue.derived:
        columns[derived.name] = derived.of(*(columns[part.name] for part in derived.parts))
    return np.column_stack([columns[name] for name in catalogue.names])


def _when_empty(feature: Feature | Standing) -> float:
    if isinstance(feature, Standing):
        return float(QueryState.EMPTY.code) if feature.of == "state" else 0.0
    return np.nan if feature.nothing_found is None else feature.nothing_found

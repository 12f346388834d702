"""What a profile would be had record families never been asked: for training, and for the room of likely sets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from features.catalogue import CATALOGUE
from features.declare import Catalogue, Derived, Standing, Values
from vocabulary.families import ASKED
from vocabulary.states import QueryState

Marks = NDArray[np.bool_]


def masked(values: Values, hidden: Marks, catalogue: Catalogue = CATALOGUE) -> Values:
    """A copy of values of shape (n, features) in which the families marked were never asked.

    ``hidden``: shape (n, families), in the order of ASKED. Values become unknown, the state NOT_ASKED, the age unknown;
    derived features are made again from their parts. Rows with nothing hidden stay as they are.
    """
    place = {name: number for number, name in enumerate(catalogue.names)}
    result = values.copy()
    for feature in catalogue.features:
        if feature.family not in ASKED or isinstance(feature, Derived):
            continue
        rows = hidden[:, ASKED.index(feature.family)]
        result[rows, place[feature.name]] = _when_hidden(feature)
    touched = hidden.any(axis=1)
    for derived in catalogue.derived:
        parts = [result[touched, place[part.name]] for part in derived.parts]
        result[touched, place[derived.name]] = derived.of(*parts)
    return result


def never_asked(values: Values, catalogue: Catalogue = CATALOGUE) -> Values:
    """Values of shape (n, features) as the court's own registers alone tell them: no family was ever asked."""
    return masked(values, np.ones((len(values), len(ASKED)), dtype=bool), catalogue)


def _when_hidden(feature: object) -> float:
    if isinstance(feature, Standing) and feature.of == "state":
        return float(QueryState.NOT_ASKED.step)
    return np.nan

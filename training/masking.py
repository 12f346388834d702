"""Missingness is trained, not hoped for: whole record families are hidden, so that "not asked" was seen in training."""

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


def draw_hidden(size: int, rng: np.random.Generator, *, most: float = 0.8) -> Marks:
    """Families to hide in each of ``size`` rows, shape (size, families).

    Each row draws how much is hidden, evenly from 0 to ``most``, and each family of the row by that chance: rows of
    little and of much hidden are equally frequent.
    """
    rate = rng.uniform(0.0, most, size)
    return np.asarray(rng.random((size, len(ASKED))) < rate[:, None])


def with_masked(
    values: Values,
    target: Values,
    weight: Values,
    *,
    seed: int,
    copies: int = 1,
    catalogue: Catalogue = CATALOGUE,
) -> tuple[Values, Values, Values]:
    """Rows and masked copies of them: (values, target, weight), each obligation's weight shared among its copies.

    With ``copies`` 0 half of the rows, drawn at random, are masked in place: half the rows to learn from for about the
    same figures (20,000 synthetic cases, Gini with families hidden: none 0.739, in place 0.746, one copy 0.746).
    """
    rng = np.random.default_rng(seed)
    if copies == 0:
        hidden = draw_hidden(len(values), rng) & (rng.random(len(values)) < 0.5)[:, None]
        return masked(values, hidden, catalogue), target, weight
    parts = [values]
    for _ in range(copies):
        parts.append(masked(values, draw_hidden(len(values), rng), catalogue))
    return (
        np.concatenate(parts),
        np.tile(target, copies + 1),
        np.tile(weight / (copies + 1), copies + 1),
    )


def _when_hidden(feature: object) -> float:
    if isinstance(feature, Standing) and feature.of == "state":
        return float(QueryState.NOT_ASKED.code)
    return np.nan

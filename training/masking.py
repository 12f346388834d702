"""Missingness is trained, not hoped for: whole record families are hidden, so that "not asked" was seen in training."""

from __future__ import annotations

import numpy as np

from features.catalogue import CATALOGUE
from features.declare import Catalogue, Values
from scoring.hidden import Marks, masked
from vocabulary.families import ASKED


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

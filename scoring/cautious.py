"""The cautious score: no answer that an unasked asset family could still give would make the score lower.

For every asset family without an answer all its features may hold anything; of each tree the least leaf that is then
still in reach counts. That is never above the score, never above the score with those families asked and empty (empty
is one of the answers that they could give), and hiding a family opens more leaves, so it never raises it. Being taken
tree by tree it lies below the worst single profile: ``docs/decisions/0011-likely-sets-by-size.md`` says by how much.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from features.catalogue import CATALOGUE
from features.declare import Catalogue, Derived, Feature, Standing, Values
from scoring import _kernel, loops
from scoring.trees import Trees, in_parts
from vocabulary.families import ASSETS
from vocabulary.states import ANSWERED_STEPS, QueryState

"""Steps of the states in which a source has answered, lately or long ago."""


def lowest(trees: Trees, values: Values, catalogue: Catalogue = CATALOGUE, *, threads: int = 1) -> Values:
    """Raw scores (n,), in log-odds, that no answer of the unanswered asset families could undercut."""
    rows = trees.rows(values)
    tables, families = (
        trees.tables,
        [catalogue.features[place].family for place in trees.tables.column_feature],
    )
    family = np.array([ASSETS.index(code) if code in ASSETS else -1 for code in families], dtype=np.int64)
    unanswered = _unanswered(rows, catalogue)

    def fill(part: Values, out: Values) -> None:
        cells = np.empty((len(tables.column_feature), _kernel.ROWS))
        for begin in range(0, len(part), _kernel.ROWS):
            here = part[begin : begin + _kernel.ROWS]
            loops.fill_block(here, tables.column_feature, tables.column_missing, cells)
            free = (family[:, None] >= 0) & _unanswered(here, catalogue).T[family]
            loops.walk_lowest(cells, free, tables, out[begin : begin + len(here)])

    if not unanswered.any():
        return trees.raw(rows, threads=threads)
    found = np.empty(len(rows))
    in_parts(fill, rows, found, threads=threads)
    return found


def asked_and_empty(values: Values, catalogue: Catalogue = CATALOGUE) -> Values:
    """Values of shape (n, features) with every unanswered asset family set to asked-and-empty, derived ones redone."""
    columns = {name: values[:, place] for place, name in enumerate(catalogue.names)}
    unanswered = dict(zip(ASSETS, _unanswered(values, catalogue).T, strict=True))
    for feature in catalogue.features:
        if feature.family not in unanswered or isinstance(feature, Derived):
            continue
        columns[feature.name] = np.where(
            unanswered[feature.family], _when_empty(feature), columns[feature.name]
        )
    for derived in catalogue.derived:
        columns[derived.name] = derived.of(*(columns[part.name] for part in derived.parts))
    return np.column_stack([columns[name] for name in catalogue.names])


def _unanswered(values: Values, catalogue: Catalogue) -> NDArray[np.bool_]:
    """Which asset families have no answer, (n, families)."""
    states = [catalogue.names.index(f"{code}_state") for code in ASSETS]
    return ~np.isin(values[:, states], ANSWERED_STEPS)


def _when_empty(feature: Feature | Standing) -> float:
    if isinstance(feature, Standing):
        return float(QueryState.EMPTY.step) if feature.of == "state" else 0.0
    return np.nan if feature.nothing_found is None else feature.nothing_found

"""One fixture of engines: each spec case is answered by day and by night."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pytest

from features.catalogue import CATALOGUE
from features.day import profile
from features.declare import Values
from features.examples import CASE, PARTY, Example, examples
from features.night import build, matrix
from records.contracts import TABLES, Kind
from records.dossier import Row
from tests.features.in_memory import InMemory, obligations

APART = 1_000_000
"""Keys of case number n are moved up by n times this, so that all cases fit one store."""

Engine = Callable[[Example], Mapping[str, float]]


@pytest.fixture(scope="session")
def cases() -> tuple[Example, ...]:
    """Every spec case."""
    return examples()


@pytest.fixture(scope="session", params=["day", "night"])
def engine(request: pytest.FixtureRequest, cases: tuple[Example, ...]) -> Engine:
    """What makes feature values of a case."""
    if request.param == "day":
        return lambda case: _named(profile(case.dossier).values)
    values = request.getfixturevalue("by_night")
    titles = [case.title for case in cases]
    return lambda case: _named(values[titles.index(case.title)])


@pytest.fixture(scope="session")
def by_night(cases: tuple[Example, ...]) -> Iterator[Values]:
    """Values of all cases, built in one run of the night engine."""
    tables: dict[str, list[Row]] = defaultdict(list)
    for number, case in enumerate(cases):
        for name, rows in case.rows.items():
            tables[name] += [_moved(name, row, number * APART) for row in rows]
    store = InMemory(tables)
    points = [(PARTY + n * APART, CASE + n * APART, case.as_of) for n, case in enumerate(cases)]
    yield matrix(build(store, obligations(points)))
    store.close()


def _moved(table: str, row: Row, by: int) -> dict[str, Any]:
    keys = {column.name for column in TABLES[table].columns if column.kind is Kind.KEY}
    return {name: value + by if name in keys and value is not None else value for name, value in row.items()}


def _named(values: Values) -> Mapping[str, float]:
    return dict(zip(CATALOGUE.names, np.asarray(values).tolist(), strict=True))

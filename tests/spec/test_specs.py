"""Each feature by example: the small cases of this folder, answered alike by every engine."""

from __future__ import annotations

import math

import pytest

from features.catalogue import CATALOGUE
from features.declare import Standing
from features.examples import Example, examples, examples_of
from tests.spec.conftest import Engine

CASES = examples()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_features_of_a_case_have_the_values_it_states(case: Example, engine: Engine) -> None:
    found = engine(case)
    wrong = {
        name: (found[name], expected)
        for name, expected in case.expected.items()
        if not _same(found[name], expected)
    }
    assert wrong == {}, "found, expected"


def test_every_feature_has_a_case() -> None:
    shown = [
        f.name for f in CATALOGUE.features if not isinstance(f, Standing) and not examples_of(f.name, CASES)
    ]
    assert shown == []


def test_every_standing_of_a_query_is_shown_by_a_case() -> None:
    standings = {code for case in CASES for name, code in case.expected.items() if name.endswith("_state")}
    assert standings == set(map(float, range(7)))


def test_cases_have_titles_of_their_own() -> None:
    titles = [case.title for case in CASES]
    assert len(titles) == len(set(titles))


def _same(found: float, expected: float | None) -> bool:
    if expected is None:
        return math.isnan(found)
    return math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-12)

"""Hidden families look as if nobody had asked: the same as a debtor about whom nobody did."""

from __future__ import annotations

import numpy as np
import pytest

from features.catalogue import CATALOGUE
from features.declare import Derived
from scoring.hidden import masked
from training.masking import draw_hidden, with_masked
from vocabulary.families import ASKED
from vocabulary.states import QueryState

PLACE = {name: number for number, name in enumerate(CATALOGUE.names)}


def answered(size: int = 3) -> np.ndarray:
    """Rows about which everything was asked, with a number for every feature."""
    values = np.random.default_rng(1).uniform(1.0, 5.0, (size, len(CATALOGUE.names)))
    for family in ASKED:
        values[:, PLACE[f"{family}_state"]] = QueryState.FOUND.step
    for derived in CATALOGUE.derived:
        values[:, PLACE[derived.name]] = derived.of(*(values[:, PLACE[part.name]] for part in derived.parts))
    return values


def hide(*families: str, rows: int = 3) -> np.ndarray:
    return np.tile(np.isin(ASKED, families), (rows, 1))


@pytest.mark.parametrize("family", ASKED)
def test_a_hidden_family_is_unknown_and_not_asked(family: str) -> None:
    values = masked(answered(), hide(family))

    assert (values[:, PLACE[f"{family}_state"]] == QueryState.NOT_ASKED.step).all()
    assert np.isnan(values[:, PLACE[f"{family}_age_days"]]).all()
    made_of_rows = [f.name for f in CATALOGUE.made_of_rows if f.family == family]
    assert np.isnan(values[:, [PLACE[name] for name in made_of_rows]]).all()


def test_other_families_stay_as_they_are_but_for_what_is_made_of_the_hidden_one() -> None:
    before = answered()
    after = masked(before, hide("deposits"))
    touched = {f.name for f in CATALOGUE.features if f.family == "deposits" or isinstance(f, Derived)}
    kept = [PLACE[name] for name in CATALOGUE.names if name not in touched]

    assert np.array_equal(after[:, kept], before[:, kept])


def test_derived_features_are_made_again_from_what_is_left() -> None:
    after = masked(answered(), hide("deposits"))
    for derived in CATALOGUE.derived:
        again = derived.of(*(after[:, PLACE[part.name]] for part in derived.parts))
        assert np.array_equal(after[:, PLACE[derived.name]], again, equal_nan=True), derived.name


def test_hiding_nothing_changes_nothing() -> None:
    before = answered()

    assert np.array_equal(masked(before, hide()), before)


def test_rows_of_little_and_of_much_hidden_are_both_drawn() -> None:
    part = draw_hidden(2000, np.random.default_rng(1)).mean(axis=1)

    assert (part < 0.2).mean() > 0.15
    assert (part > 0.6).mean() > 0.15


def test_masked_copies_share_the_weight_of_their_obligation() -> None:
    target, weight = np.array([0.0, 0.5, 1.0]), np.array([1.0, 0.5, 0.5])
    values, targets, weights = with_masked(answered(), target, weight, seed=1, copies=2)

    assert values.shape == (9, len(CATALOGUE.names))
    assert np.array_equal(values[:3], answered())
    assert weights.sum() == pytest.approx(weight.sum())
    assert targets.tolist() == [0.0, 0.5, 1.0] * 3


def test_masked_in_place_keeps_the_number_of_rows_and_leaves_about_half_untouched() -> None:
    values, targets, _ = with_masked(answered(400), np.zeros(400), np.ones(400), seed=1, copies=0)

    assert len(values) == len(targets) == 400
    assert 0.4 < (values == answered(400)).all(axis=1).mean() < 0.65


def test_the_same_seed_hides_the_same() -> None:
    first, second = (with_masked(answered(), np.zeros(3), np.ones(3), seed=5)[0] for _ in range(2))

    assert np.array_equal(first, second, equal_nan=True)

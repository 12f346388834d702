"""The cautious score: whatever the unasked asset families turn out to hold, the score is not lower."""

from __future__ import annotations

import numpy as np
import pytest

from features.catalogue import CATALOGUE
from features.declare import Derived
from scoring.bundle import Bundle, read
from scoring.cautious import asked_and_empty, lowest
from scoring.hidden import masked
from scoring.score import score
from tests.scoring.made_bundle import made_bundle, made_rows
from vocabulary.families import ASKED, ASSETS
from vocabulary.states import QueryState

PLACE = {name: number for number, name in enumerate(CATALOGUE.names)}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return read(made_bundle(tmp_path_factory.mktemp("cautious") / "made"))


def hidden(rows: np.ndarray, *families: str) -> np.ndarray:
    return masked(rows, np.tile(np.isin(ASKED, families), (len(rows), 1)))


def answered(rows: np.ndarray, family: str, seed: int) -> np.ndarray:
    """The rows with answers of other debtors put in for a family."""
    others = np.random.default_rng(seed).permutation(made_rows(len(rows), seed=seed))
    result = rows.copy()
    for feature in CATALOGUE.features:
        if feature.family == family and not isinstance(feature, Derived):
            result[:, PLACE[feature.name]] = others[:, PLACE[feature.name]]
    result[:, PLACE[f"{family}_state"]] = QueryState.FOUND.step
    for derived in CATALOGUE.derived:
        result[:, PLACE[derived.name]] = derived.of(*(result[:, PLACE[part.name]] for part in derived.parts))
    return result


@pytest.mark.parametrize("family", ASSETS)
def test_hiding_an_asset_family_never_raises_it(bundle: Bundle, family: str) -> None:
    rows = made_rows(250, seed=8)

    assert (score(bundle, hidden(rows, family)).cautious <= score(bundle, rows).cautious).all()


@pytest.mark.parametrize("family", ["deposits", "real_property"])
def test_no_answer_undercuts_it(bundle: Bundle, family: str) -> None:
    unasked = hidden(made_rows(250, seed=9), family)
    cautious = score(bundle, unasked).cautious

    for seed in range(5):
        assert (score(bundle, answered(unasked, family, seed)).score >= cautious).all()


def test_it_is_never_above_the_score_with_the_unasked_families_empty(bundle: Bundle) -> None:
    rows = made_rows(250, seed=10)
    empty = 100 * bundle.calibration.share(bundle.trees.raw(asked_and_empty(rows)))

    assert (score(bundle, rows).cautious <= empty).all()


def test_with_every_asset_family_answered_nothing_is_left_to_fear(bundle: Bundle) -> None:
    rows = made_rows(40, seed=11)
    for family in ASSETS:
        rows[:, PLACE[f"{family}_state"]] = QueryState.EMPTY.step

    assert np.array_equal(lowest(bundle.trees, rows), bundle.trees.raw(rows))


def test_rows_in_a_batch_and_alone_and_on_two_threads_agree(bundle: Bundle) -> None:
    rows = made_rows(300, seed=12)
    batch = lowest(bundle.trees, rows)

    assert np.array_equal(lowest(bundle.trees, rows[3:4]), batch[3:4])
    assert np.array_equal(lowest(bundle.trees, rows, threads=2), batch)

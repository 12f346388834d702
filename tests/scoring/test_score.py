"""A score and its contributions: they add up, keep their order and signs, and the cautious score is never higher."""

from __future__ import annotations

import numpy as np
import pytest

from features.catalogue import CATALOGUE
from scoring.bundle import Bundle, read
from scoring.calibration import Calibration
from scoring.cautious import asked_and_empty
from scoring.hidden import masked
from scoring.score import score
from tests.scoring.made_bundle import made_bundle, made_rows
from vocabulary.families import ASKED, ASSETS
from vocabulary.states import QueryState

PLACE = {name: number for number, name in enumerate(CATALOGUE.names)}


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return read(made_bundle(tmp_path_factory.mktemp("score") / "made"))


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    return made_rows(300, seed=9)


def test_base_and_contributions_add_up_to_the_score(bundle: Bundle, rows: np.ndarray) -> None:
    found = score(bundle, rows)

    assert np.abs(found.base + found.contributions.sum(axis=1) - found.score).max() < 1e-9


def test_the_score_is_the_calibrated_share_in_points(bundle: Bundle, rows: np.ndarray) -> None:
    found = score(bundle, rows)
    raw = bundle.trees.raw(rows)

    assert found.score == pytest.approx(100 / (1 + np.exp(-(0.9 * raw - 0.1))))
    assert ((found.score > 0) & (found.score < 100)).all()


def test_contributions_keep_the_signs_and_the_order_they_have_in_log_odds(
    bundle: Bundle, rows: np.ndarray
) -> None:
    found = score(bundle, rows)
    in_odds = bundle.explain.of(rows)

    assert np.array_equal(np.sign(found.contributions), np.sign(in_odds))
    factor = found.contributions.sum(axis=1) / in_odds.sum(axis=1)
    assert found.contributions == pytest.approx(in_odds * factor[:, None])
    assert (factor > 0).all()


def test_one_row_is_scored_as_in_a_batch(bundle: Bundle, rows: np.ndarray) -> None:
    batch = score(bundle, rows)
    alone = score(bundle, rows[7:8])

    assert alone.score[0] == batch.score[7]
    assert np.abs(alone.contributions[0] - batch.contributions[7]).max() < 1e-9


def test_a_row_at_the_base_shares_the_slope_there(bundle: Bundle) -> None:
    calibration = Calibration(0.9, -0.1)
    at = np.array([0.3])
    step = 1e-6

    numeric = (calibration.share(at + step) - calibration.share(at - step)) / (2 * step)
    assert calibration.gradient(at) == pytest.approx(numeric, rel=1e-6)


def test_the_cautious_score_is_never_above_the_score(bundle: Bundle, rows: np.ndarray) -> None:
    found = score(bundle, rows)

    assert (found.cautious <= found.score).all()
    assert (found.cautious < found.score).any()


def test_when_every_asset_family_was_answered_the_two_scores_are_one(
    bundle: Bundle, rows: np.ndarray
) -> None:
    answered = rows.copy()
    for family in ASSETS:
        answered[:, PLACE[f"{family}_state"]] = QueryState.EMPTY.step
    found = score(bundle, answered)

    assert np.array_equal(found.cautious, found.score)


@pytest.mark.parametrize("family", ASSETS)
def test_an_unasked_family_becomes_asked_and_empty_and_an_answered_one_stays(
    family: str, rows: np.ndarray
) -> None:
    hidden = masked(rows, np.tile(np.isin(ASKED, [family]), (len(rows), 1)))
    after = asked_and_empty(hidden)

    assert (after[:, PLACE[f"{family}_state"]] == QueryState.EMPTY.step).all()
    answered = rows[:, PLACE[f"{family}_state"]] >= QueryState.STALE.step
    kept = asked_and_empty(rows)
    own = [PLACE[f.name] for f in CATALOGUE.made_of_rows if f.family == family]
    assert np.array_equal(kept[answered][:, own], rows[answered][:, own], equal_nan=True)


@pytest.mark.parametrize("slope", [0.0, -1.0, float("nan"), float("inf")])
def test_a_map_that_would_turn_debtors_over_is_refused(slope: float) -> None:
    with pytest.raises(ValueError, match="slope"):
        Calibration(slope, 0.0)

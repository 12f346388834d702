"""Peers: each learns what is there to be learned, in the same way twice; one wrapper, one budget, a stack."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from scoring.curve import MARKS
from training.compare import peers
from training.figures import cross_entropy
from training.peers.recipe import Fitted, Recipe, Rows, Settings, telling
from training.peers.scorecard import Scorecard
from training.peers.spread import Around, exceeding, recalibrated
from training.peers.stack import Stack
from training.peers.tuning import Budget, Tuned, limited
from training.peers.two_stage import TwoStage, TwoStaged

SETTINGS: Mapping[str, Settings] = {
    "scorecard": {"bins": 5, "strength": 0.1},
    "hist gradient boosting": {"learning_rate": 0.1, "max_leaf_nodes": 6},
    "CatBoost": {"learning_rate": 0.1, "depth": 3},
    "XGBoost": {"eta": 0.1, "max_depth": 3},
    "two-stage": {"learning_rate": 0.1, "num_leaves": 5, "min_data_in_leaf": 20},
}


def court(size: int, seed: int) -> Rows:
    """Debtors whose share depends on the first of four columns; a third of it is unknown, the last is noise."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(size, 4))
    chance = 1 / (1 + np.exp(-2 * values[:, 0]))
    target = np.where(rng.random(size) < chance, rng.choice([0.4, 1.0], size), 0.0)
    values[rng.random(size) < 1 / 3, 1] = np.nan
    return Rows(values, target, rng.choice([0.5, 1.0], size))


DRAWS = pytest.mark.global_randomness("optbinning 1.0 grows its first bins from the global state")


@pytest.fixture(
    params=[pytest.param(each, marks=DRAWS if isinstance(each, Scorecard) else ()) for each in peers()],
    ids=lambda recipe: recipe.name,
)
def recipe(request: pytest.FixtureRequest) -> Recipe:
    found: Recipe = request.param
    return found


def test_a_peer_beats_the_mean_on_later_rows_and_stops_when_nothing_more_helps(recipe: Recipe) -> None:
    rows, later = court(900, 1), court(400, 2)
    model = recipe.fit(rows, SETTINGS[recipe.name], check=later, seed=7)
    share = model.share(later.values)
    mean = np.full(len(later), np.average(rows.target, weights=rows.weight))

    assert ((share > 0) & (share < 1)).all()
    assert cross_entropy(later.target, share, later.weight) < 0.9 * cross_entropy(
        later.target, mean, later.weight
    )
    assert model.rounds < 300


def test_the_same_rows_and_seed_give_the_same_peer(recipe: Recipe) -> None:
    rows, settings = court(400, 3), {**SETTINGS[recipe.name], "rounds": 20}
    first, again = (recipe.fit(rows, settings, seed=7).share(rows.values) for _ in range(2))

    assert np.array_equal(first, again)


def test_a_row_counts_as_a_success_of_its_share_and_a_failure_of_the_rest() -> None:
    rows = Rows(np.array([[1.0], [2.0], [3.0]]), np.array([0.0, 0.25, 1.0]), np.array([1.0, 2.0, 1.0]))
    values, happened, weight = rows.doubled()

    assert sorted(zip(values[:, 0], happened, weight, strict=True)) == [
        (1.0, 0, 1.0),
        (2.0, 0, 1.5),
        (2.0, 1, 0.5),
        (3.0, 1, 1.0),
    ]


def test_a_column_that_is_the_same_for_all_or_never_known_tells_nothing() -> None:
    nothing = np.nan
    values = np.array([[1.0, 5.0, nothing, nothing], [2.0, 5.0, nothing, 3.0], [3.0, nothing, nothing, 3.0]])

    assert telling(values).tolist() == [True, False, False, False]


def test_trials_see_at_most_the_rows_of_the_budget_thinned_alike() -> None:
    earlier, late = limited(court(900, 1), court(300, 2), Budget(rows=400))

    assert (len(earlier), len(late)) == (300, 100)
    assert limited(earlier, late, Budget(rows=400))[0] is earlier


@DRAWS
def test_bins_are_found_once_for_trials_on_the_same_rows() -> None:
    rows, card = court(300, 1), Scorecard()
    first, second = (card.fit(rows, {"bins": 5, "strength": strength}, seed=1) for strength in (0.1, 1.0))

    assert first.bins is second.bins
    assert not np.array_equal(first.share(rows.values), second.share(rows.values))


def test_two_stages_multiply_to_the_share() -> None:
    rows = court(600, 5)
    model = TwoStage().fit(rows, {**SETTINGS["two-stage"], "rounds": 30}, seed=1)

    assert isinstance(model, TwoStaged)
    assert model.share(rows.values) == pytest.approx(
        model.any(rows.values) * model.if_any(rows.values), abs=1e-4
    )
    assert model.if_any(rows.values).mean() == pytest.approx(0.7, abs=0.05)


def test_around_a_share_stand_the_outcomes_of_the_rows_scored_nearest() -> None:
    expected = np.linspace(0.01, 0.99, 1000)
    outcome = np.where(expected > 0.5, 1.0, 0.0)
    spread = Around.of(expected, outcome, np.ones(1000))
    low, high = spread.exceed(np.array([0.1, 0.9]))

    assert low.tolist() == [0.0] * len(MARKS)
    assert high.tolist() == [1.0] * len(MARKS)
    assert spread.exceed(np.array([0.5]))[0, 0] == pytest.approx(0.5, abs=0.01)


def test_all_calibration_rows_around_everyone_give_the_same_weighted_distribution() -> None:
    outcome, weight = np.array([0.0, 0.3, 1.0]), np.array([1.0, 1.0, 2.0])
    exceed = Around.of(np.array([0.4, 0.4, 0.4]), outcome, weight, nearest=3).exceed(np.array([0.1, 0.9]))

    assert exceed[0].tolist() == exceed[1].tolist() == pytest.approx(weight @ exceeding(outcome) / 4)
    assert exceed[0, 0] == 0.75
    assert (np.diff(exceed[0]) <= 0).all()


def test_full_performance_exceeds_the_last_mark_and_nothing_exceeds_none() -> None:
    assert exceeding(np.array([0.0, MARKS[-1], 1.0])).sum(axis=1).tolist() == [0, len(MARKS), len(MARKS)]


def test_recalibrating_undoes_odds_that_are_twice_too_extreme() -> None:
    rng = np.random.default_rng(3)
    odds = rng.normal(size=20_000)
    happened = (rng.random(20_000) < 1 / (1 + np.exp(-odds))).astype(float)

    assert recalibrated(1 / (1 + np.exp(-2 * odds)), happened, np.ones(20_000)).slope == pytest.approx(
        0.5, abs=0.03
    )


class Said:
    """A fitted peer that says what it was told to, as log-odds times a factor."""

    rounds = 0

    def __init__(self, factor: float) -> None:
        self.factor = factor

    def share(self, values: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-self.factor * values[:, 0]))


def member(model: Fitted, values: np.ndarray) -> Tuned:
    return Tuned("said", model, np.array([True]), {}, 0.0, 0, model.share(values))


def test_the_stack_trusts_the_member_that_knows_and_gives_the_one_that_is_wrong_no_weight() -> None:
    rng = np.random.default_rng(4)
    values = rng.normal(size=(4000, 1))
    happened = (rng.random(4000) < 1 / (1 + np.exp(-values[:, 0]))).astype(float)
    stack = Stack.of([member(Said(1.0), values), member(Said(-1.0), values)], happened, np.ones(4000))

    assert stack.weights[0] == pytest.approx(1.0, abs=0.15)
    assert stack.weights[1] == pytest.approx(0.0, abs=0.02)
    assert stack.share(values) == pytest.approx(Said(1.0).share(values), abs=0.03)

"""Figures of a score, against hand-made cases and against scikit-learn where it has the same figure."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import brier_score_loss, r2_score, roc_auc_score

from training.figures import bins_of, compare, figures, logit


def shares(size: int = 400, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    expected = rng.beta(1.2, 2.0, size)
    outcome = np.where(rng.random(size) < expected, rng.choice([0.4, 1.0], size), 0.0)
    return outcome, expected


def test_a_score_that_ranks_as_the_outcome_does_has_a_gini_of_one_and_its_reverse_of_minus_one() -> None:
    outcome = np.array([0.0, 0.2, 0.5, 1.0])

    assert figures(outcome, np.array([0.1, 0.3, 0.4, 0.9]), draws=2)["gini"].value == pytest.approx(1.0)
    assert figures(outcome, np.array([0.9, 0.4, 0.3, 0.1]), draws=2)["gini"].value == pytest.approx(-1.0)


def test_the_gini_of_three_debtors_by_hand() -> None:
    # Mid-ranks 1/6, 3/6, 5/6 give tilts -2/3, 0, 2/3. Outcome by score: (0.2, 1.0, 0.0) tilts to -0.4/3 over 1.2;
    # by itself (0.0, 0.2, 1.0) to 2/3 over 1.2.
    found = figures(np.array([0.2, 1.0, 0.0]), np.array([0.1, 0.5, 0.9]), draws=2)["gini"].value

    assert found == pytest.approx((-0.4 / 3) / (2 / 3))


def test_with_an_outcome_of_zero_and_one_the_gini_is_two_auc_minus_one() -> None:
    outcome, expected = shares()
    happened = (outcome > 0).astype(float)
    found = figures(happened, expected, draws=2)

    assert found["auc_any"].value == pytest.approx(roc_auc_score(happened, expected))
    assert found["gini"].value == pytest.approx(2 * roc_auc_score(happened, expected) - 1)
    assert found["brier"].value == pytest.approx(brier_score_loss(happened, expected))


def test_r2_and_auc_are_those_of_scikit_learn_weights_and_ties_included() -> None:
    outcome, expected = shares()
    coarse = expected.round(1)
    weight = np.random.default_rng(2).uniform(0.2, 2.0, len(outcome))
    found = figures(outcome, coarse, weight=weight, draws=2)

    assert found["r2"].value == pytest.approx(r2_score(outcome, coarse, sample_weight=weight))
    assert found["auc_all"].value == pytest.approx(
        roc_auc_score(outcome >= 1.0, coarse, sample_weight=weight)
    )


def test_the_slope_of_shares_that_are_twice_too_extreme_is_one_half() -> None:
    rng = np.random.default_rng(3)
    odds = rng.normal(0.0, 1.2, 20_000)
    outcome = (rng.random(20_000) < 1 / (1 + np.exp(-odds))).astype(float)
    extreme = 1 / (1 + np.exp(-2 * odds))
    found = compare(outcome, {"good": 1 / (1 + np.exp(-odds)), "extreme": extreme}, draws=20, seed=1).of

    assert found["good"]["slope"].low < 1.0 < found["good"]["slope"].high
    assert found["extreme"]["slope"].low < 0.5 < found["extreme"]["slope"].high
    assert found["good"]["ece"].value < 0.015 < found["extreme"]["ece"].value


def test_one_share_for_all_has_no_order_and_no_slope() -> None:
    outcome, _ = shares()
    found = figures(outcome, np.full(len(outcome), outcome.mean()), draws=5)

    assert found["gini"].value == pytest.approx(0.0, abs=1e-12)
    assert found["r2"].value == pytest.approx(0.0, abs=1e-12)
    assert found["bias"].value == pytest.approx(0.0, abs=1e-12)
    assert np.isnan(found["slope"].value)


def test_a_weight_of_two_is_the_row_twice() -> None:
    outcome, expected = shares(60)
    weight = np.random.default_rng(4).integers(1, 4, 60)
    once = figures(outcome, expected, weight=weight.astype(float), draws=2)
    repeated = figures(np.repeat(outcome, weight), np.repeat(expected, weight), draws=2)

    for name in ("gini", "r2", "brier", "auc_any", "slope", "bias"):
        assert once[name].value == pytest.approx(repeated[name].value), name


def test_intervals_are_wider_when_the_rows_of_a_debtor_are_kept_together() -> None:
    outcome, expected = shares(200)
    many, one = np.repeat(outcome, 8), np.repeat(expected, 8)
    apart = figures(many, one, seed=1, draws=200)["gini"]
    together = figures(many, one, debtor=np.repeat(np.arange(200), 8), seed=1, draws=200)["gini"]

    assert together.high - together.low > 2 * (apart.high - apart.low)


def test_the_same_seed_draws_the_same_intervals() -> None:
    outcome, expected = shares()

    assert figures(outcome, expected, seed=7, draws=20) == figures(outcome, expected, seed=7, draws=20)
    assert figures(outcome, expected, seed=7, draws=20) != figures(outcome, expected, seed=8, draws=20)


def test_a_difference_uses_the_same_draws_for_both_models() -> None:
    outcome, expected = shares(800)
    noisy = np.clip(expected + np.random.default_rng(5).normal(0, 0.02, 800), 0, 1)
    found = compare(outcome, {"a": expected, "b": noisy}, seed=1, draws=100)
    apart = found.difference("gini", "a", "b")

    assert apart.value == pytest.approx(found.of["a"]["gini"].value - found.of["b"]["gini"].value)
    assert apart.high - apart.low < 0.5 * (found.of["a"]["gini"].high - found.of["a"]["gini"].low)


def test_bins_hold_equal_weight() -> None:
    outcome, expected = shares(1000)
    weight = np.random.default_rng(6).uniform(0.5, 1.5, 1000)
    sizes = [size for _, _, size in bins_of(outcome, expected, weight)]

    assert len(sizes) == 10
    assert max(sizes) / min(sizes) < 1.05


def test_log_odds_stay_finite_at_the_ends() -> None:
    assert np.isfinite(logit(np.array([0.0, 0.5, 1.0]))).all()


@pytest.mark.parametrize("expected", [np.array([0.2, 1.3]), np.array([0.1, np.nan]), np.array([0.5])])
def test_what_is_no_share_is_refused(expected: np.ndarray) -> None:
    with pytest.raises(ValueError, match="shares between 0 and 1"):
        figures(np.array([0.0, 1.0]), expected)

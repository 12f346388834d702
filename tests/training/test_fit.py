"""Fitting, calibrating and the baselines, on rows made by hand."""

from __future__ import annotations

import lightgbm
import numpy as np
import pytest
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from scoring.calibration import Calibration
from scoring.trees import Trees
from training.baselines import Logistic, MeanOnly
from training.calibrate import FLATTEST, calibrate
from training.fit import Settings, choose_rounds, fit, importance
from training.leanings import crossed, refuse_crossed
from vocabulary.problems import PortraitError

NAMES = ("able", "unable", "noise")
QUICK = Settings(rounds=40, leaves=7, least_rows=10)


def rows(size: int = 1500, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(size, 3))
    share = 1 / (1 + np.exp(-(values[:, 0] - values[:, 1] + 0.3 * np.sin(3 * values[:, 0]))))
    target = np.where(rng.random(size) < share, rng.choice([0.5, 1.0], size), 0.0)
    values[rng.random((size, 3)) < 0.1] = np.nan
    return values, target, np.ones(size)


def model(settings: Settings = QUICK, monotone: tuple[int, ...] = (1, -1, 0)) -> str:
    return fit(*rows(), names=NAMES, monotone=monotone, settings=settings)


def test_the_same_rows_and_seed_give_the_same_text() -> None:
    assert model() == model()


def test_the_model_carries_its_columns_and_names_them() -> None:
    assert Trees.parse(model()).feature_names == NAMES


def test_known_values_move_the_score_only_the_way_the_catalogue_leans() -> None:
    trees = Trees.parse(model(Settings(rounds=60, leaves=31, least_rows=10)))
    grid = np.linspace(-3, 3, 61)
    for place, sign in ((0, 1), (1, -1)):
        others = np.random.default_rng(2).normal(size=(40, 1, 3))
        others[np.random.default_rng(3).random(others.shape) < 0.2] = np.nan
        at = np.tile(others, (1, 61, 1))
        at[:, :, place] = grid
        steps = np.diff(trees.raw(at.reshape(-1, 3)).reshape(40, 61), axis=1) * sign

        assert steps.min() >= -1e-12
        assert steps.max() > 0


def test_every_tree_is_looked_at_for_splits_that_turn_over() -> None:
    unbound = model(monotone=(0, 0, 0))

    assert crossed(model(), (1, -1, 0)) == ()
    assert crossed(unbound, (1, -1, 0)) == ("able", "unable")
    with pytest.raises(PortraitError, match=r"leaning_crossed.*\[able\], \[unable\]"):
        refuse_crossed(unbound, (1, -1, 0))


def test_a_way_of_growing_trees_that_lets_them_turn_over_is_caught() -> None:
    values, target, weight = rows()
    data = lightgbm.Dataset(values, target, weight=weight, feature_name=list(NAMES))
    bad = {**QUICK.parameters, "monotone_constraints": [1, -1, 0], "monotone_constraints_method": "advanced"}
    text = lightgbm.train({**bad, "num_leaves": 31}, data, num_boost_round=60).model_to_string()

    assert crossed(text, (1, -1, 0)) != ()


def test_what_matters_weighs_more_than_noise() -> None:
    gains = importance(model())

    assert list(gains)[-1] == "noise"
    assert list(gains.values()) == sorted(gains.values(), reverse=True)


def test_rounds_are_chosen_on_later_rows() -> None:
    settings, reached = choose_rounds(
        rows(seed=1),
        rows(seed=2),
        names=NAMES,
        monotone=(1, -1, 0),
        settings=Settings(rounds=400, rate=0.3),
        patience=10,
    )

    assert 1 <= settings.rounds < 400
    assert 0.4 < reached < 0.75


@pytest.mark.parametrize("target", [np.array([0.2, np.nan]), np.array([0.2, 1.5])])
def test_a_target_that_is_no_share_is_refused(target: np.ndarray) -> None:
    with pytest.raises(ValueError, match="share between 0 and 1"):
        fit(np.zeros((2, 3)), target, np.ones(2), names=NAMES, monotone=(0, 0, 0), settings=QUICK)


def test_calibration_is_the_best_slope_and_shift() -> None:
    rng = np.random.default_rng(3)
    raw = rng.normal(0, 2, 4000)
    target = Calibration(0.6, -0.4).share(raw) * rng.uniform(0.5, 1.0, 4000)
    weight = rng.uniform(0.5, 2.0, 4000)

    def loss(at: np.ndarray) -> float:
        odds = at[0] * raw + at[1]
        pull = 0.5 * ((at[0] - 1) ** 2 + at[1] ** 2)
        return float(weight @ (np.logaddexp(0, odds) - target * odds) + pull)

    best = minimize(loss, [1.0, 0.0], tol=1e-10).x
    found = calibrate(raw, target, weight)

    assert (found.slope, found.shift) == pytest.approx(tuple(best), abs=1e-4)


def test_an_order_that_turned_over_flattens_the_map_but_never_turns_debtors_over() -> None:
    raw = np.linspace(-2, 2, 400)
    found = calibrate(raw, (raw < 0).astype(float), np.ones(400))

    assert found.slope == FLATTEST
    assert found.share(raw).mean() == pytest.approx(0.5, abs=1e-6)


def test_an_empty_calibration_slice_is_refused() -> None:
    with pytest.raises(ValueError, match="slice is empty"):
        calibrate(np.zeros(0), np.zeros(0), np.zeros(0))


def test_the_mean_alone_gives_everyone_the_weighted_mean() -> None:
    peer = MeanOnly(np.array([0.0, 1.0]), np.array([3.0, 1.0]))

    assert Calibration().share(peer.raw(np.zeros((2, 3)))).tolist() == pytest.approx([0.25, 0.25])


def test_doubled_rows_are_the_fractional_logit() -> None:
    values, target, weight = rows()
    plain = np.nan_to_num(values)
    peer = Logistic(plain, target, weight, units=("count",) * 3, strength=1.0)
    z = (plain - plain.mean(axis=0)) / plain.std(axis=0)

    def loss(at: np.ndarray) -> float:
        odds = z @ at[:3] + at[3]
        return float((np.logaddexp(0, odds) - target * odds).sum() + 0.5 * at[:3] @ at[:3])

    best = minimize(loss, np.zeros(4), tol=1e-9).x

    # Failures and successes of one row weigh together what the row weighs, but shift the mean used to standardise.
    assert np.corrcoef(peer.raw(plain), z @ best[:3] + best[3])[0, 1] > 0.9999


def test_a_gap_is_marked_so_that_not_knowing_is_told_apart_from_the_median() -> None:
    values, target, weight = rows()
    known = np.nan_to_num(values)
    missing = known.copy()
    missing[:, 2] = np.where(target > 0, np.nan, known[:, 2])
    peer = Logistic(missing, target, weight, units=("count",) * 3)
    asked = np.zeros((2, 3))
    asked[1, 2] = np.nan

    assert peer.raw(asked)[1] > peer.raw(asked)[0] + 1.0


def test_amounts_are_read_on_a_log_scale() -> None:
    amounts = np.exp(np.random.default_rng(4).normal(9, 2, 800))
    target = (np.log(amounts) > 9).astype(float)
    weight = np.ones(800)
    by_log = Logistic(amounts[:, None], target, weight, units=("CNY",))
    by_yuan = LogisticRegression(max_iter=500).fit(amounts[:, None] / amounts.std(), target)

    assert ((by_log.raw(amounts[:, None]) > 0) == target).mean() > 0.98
    assert by_yuan.score(amounts[:, None] / amounts.std(), target) < 0.98

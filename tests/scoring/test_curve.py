"""The curve answers as LightGBM does cell by cell, keeps its two orders, and has the headline as its mean."""

from __future__ import annotations

import lightgbm
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.catalogue import CATALOGUE
from scoring.bundle import Bundle, read
from scoring.curve import GRID, HORIZONS, MARKS, Curve, CurveModel, mean_weights
from scoring.score import score
from tests.scoring.made_bundle import made_bundle, made_rows
from tests.scoring.small_models import made_rows as awkward_rows


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return read(made_bundle(tmp_path_factory.mktemp("curve") / "made"))


@pytest.fixture(scope="module")
def rows() -> np.ndarray:
    return made_rows(300, seed=4)


def expanded(rows: np.ndarray) -> np.ndarray:
    """Every row at every horizon and mark."""
    grid = np.array([(months, mark) for months in HORIZONS for mark in MARKS])
    cells = np.repeat(rows, len(grid), axis=0)
    return np.column_stack([cells, np.tile(grid, (len(rows), 1))])


@given(seed=st.integers(0, 2**32 - 1), leaves=st.sampled_from([2, 5, 31]), trees=st.sampled_from([1, 6]))
def test_one_walk_gives_what_lightgbm_predicts_cell_by_cell(seed: int, leaves: int, trees: int) -> None:
    rng = np.random.default_rng(seed)
    rows = awkward_rows(rng, rows=120, features=3, awkward=0.2)
    cells = expanded(rows[:40])
    exceeded = (rng.random(len(cells)) < cells[:, -2] / 40 * (1 - cells[:, -1] / 2)).astype(float)
    data = lightgbm.Dataset(cells, exceeded, feature_name=["a", "b", "c", *GRID], params={"verbosity": -1})
    settings = {"objective": "cross_entropy", "num_leaves": leaves, "min_data_in_leaf": 3, "verbosity": -1}
    booster = lightgbm.train({**settings, "num_threads": 1, "feature_pre_filter": False}, data, trees)

    found = CurveModel.parse(booster.model_to_string()).raw(rows)

    wanted = booster.predict(expanded(rows), raw_score=True, num_threads=1).reshape(found.shape)
    assert np.array_equal(found, wanted)


def test_one_row_and_two_threads_answer_as_the_batch_does(bundle: Bundle, rows: np.ndarray) -> None:
    batch = bundle.curve.raw(rows)

    assert np.array_equal(bundle.curve.raw(rows[7:8])[0], batch[7])
    assert np.array_equal(bundle.curve.raw(rows, threads=2), batch)


def test_its_mean_at_twelve_months_is_the_headline(bundle: Bundle, rows: np.ndarray) -> None:
    found = score(bundle, rows)

    assert np.abs(100 * found.curve.mean(12) - found.score).max() < 1e-9
    assert np.abs(found.curve.tilt).max() < 40


def test_more_is_performed_by_a_later_day_and_more_is_rarer(bundle: Bundle, rows: np.ndarray) -> None:
    exceed = score(bundle, rows).curve.exceed

    assert exceed.shape == (len(rows), len(HORIZONS), len(MARKS))
    assert (np.diff(exceed, axis=1) >= 0).all()
    assert (np.diff(exceed, axis=2) <= 0).all()
    assert ((exceed > 0) & (exceed < 1)).all()


def test_any_half_and_all_are_columns_of_the_same_curve() -> None:
    exceed = np.linspace(0.9, 0.1, len(HORIZONS) * len(MARKS)).reshape(1, len(HORIZONS), len(MARKS))
    curve = Curve(exceed, np.zeros(1))

    assert curve.any(6)[0] == exceed[0, 1, 0]
    assert curve.half()[0] == exceed[0, 2, MARKS.index(0.5)]
    assert curve.all(24)[0] == exceed[0, 3, -1]
    with pytest.raises(ValueError, match="not in"):
        curve.above(0.33)


@pytest.mark.parametrize(
    ("exceeds", "mean"),
    [(lambda mark: 1.0, 1.0), (lambda mark: 0.25, 0.25), (lambda mark: 1 - mark, 0.5)],
    ids=["surely everything", "everything or nothing", "anything alike"],
)
def test_chances_of_exceeding_add_up_to_the_mean(exceeds: object, mean: float) -> None:
    chances = np.array([exceeds(mark) for mark in MARKS])  # type: ignore[operator]

    assert chances @ mean_weights() == pytest.approx(mean, abs=2e-6)


@pytest.mark.parametrize("slope", [0.0, -1.0, float("nan")])
def test_a_slope_that_would_turn_the_curve_over_is_refused(bundle: Bundle, slope: float) -> None:
    with pytest.raises(ValueError, match="slope"):
        CurveModel(bundle.curve.trees, slope)


def test_the_bundle_names_the_catalogue_and_the_grid(bundle: Bundle) -> None:
    assert bundle.curve.names == CATALOGUE.names
    assert bundle.curve.trees.feature_names[-2:] == GRID

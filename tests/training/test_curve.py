"""Training rows of the curve, its fit, and shares completed where their day has not come."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from features.catalogue import CATALOGUE
from scoring.bundle import CurvePart
from scoring.curve import GRID, HORIZONS, MARKS, CurveModel
from scoring.trees import Trees
from tests.scoring.made_bundle import made_curve, made_rows
from training.curve import GRID_LEANS, Cells, cells, choose_curve_rounds, fit_curve
from training.fit import Settings
from training.leanings import crossed
from training.learn_curve import completed
from training.sample import Sample

QUICK = Settings(rounds=30, leaves=7, rate=0.2, least_rows=15)
NAMES = ("able", "noise")


def shares(size: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Values and shares that grow with the months and the first value; the last horizon is followed by half."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(size, 2))
    final = np.clip(0.5 + 0.3 * values[:, 0] + 0.2 * rng.normal(size=size), 0, 1)
    grown = final[:, None] * np.array([0.3, 0.6, 0.9, 1.0])
    grown[: size // 2, 3] = np.nan
    return values, grown


def fitted(found: Cells, values: np.ndarray) -> str:
    return fit_curve(values, found, names=NAMES, monotone=(1, 0), settings=QUICK)


def test_an_obligation_gives_a_row_for_each_horizon_followed_and_weighs_one() -> None:
    found = cells(np.array([[0.2, 0.4, np.nan, np.nan], [0.0, 0.0, 0.0, 1.0]]), np.array([1.0, 0.5]), seed=1)

    assert np.bincount(found.row, found.weight).tolist() == [1.0, 0.5]
    assert set(found.horizon[found.row == 0]) == {3.0, 6.0}
    assert set(found.horizon[found.row == 1]) == {float(months) for months in HORIZONS}


def test_a_row_says_whether_the_share_exceeded_the_threshold() -> None:
    found = cells(np.tile([0.0, 0.05, 0.5, 1.0], (400, 1)), np.ones(400), seed=2)
    share = np.select([found.horizon == months for months in HORIZONS], [0.0, 0.05, 0.5, 1.0])
    everything = found.threshold == MARKS[-1]

    assert np.array_equal(found.exceeded[~everything], (share > found.threshold)[~everything])
    assert np.array_equal(found.exceeded[everything], share[everything] == 1.0)
    assert set(found.threshold) == set(MARKS)


def test_the_same_rows_and_seed_give_the_same_text_and_another_seed_another() -> None:
    values, grown = shares(600)
    one, again, other = (fitted(cells(grown, np.ones(600), seed=seed), values) for seed in (1, 1, 2))

    assert one == again != other


def test_no_tree_moves_against_horizon_threshold_or_leaning() -> None:
    values, grown = shares(800)
    text = fitted(cells(grown, np.ones(800), seed=1), values)

    assert crossed(text, (1, 0, *GRID_LEANS)) == ()
    assert Trees.parse(text).feature_names == (*NAMES, *GRID)


def test_it_finds_the_chances_that_made_the_rows() -> None:
    values, grown = shares(3000)
    model = CurveModel.parse(fitted(cells(grown, np.ones(3000), seed=1), values))
    new, came = shares(2000, seed=5)

    exceed = model.shifted(model.raw(new), np.zeros(2000)).exceed

    for mark in (0.0, 0.5):
        chance = exceed[:, 2, MARKS.index(mark)]
        assert chance.mean() == pytest.approx((came[:, 2] > mark).mean(), abs=0.04)
        assert np.corrcoef(chance, came[:, 2] > mark)[0, 1] > 0.4 or mark == 0.0


def test_the_number_of_trees_is_chosen_on_later_rows() -> None:
    values, grown = shares(1200)
    later, came = shares(400, seed=3)
    settings = Settings(rounds=400, leaves=7, rate=0.3, least_rows=15)
    chosen = choose_curve_rounds(
        (values, cells(grown, np.ones(1200), seed=1)),
        (later, cells(came, np.ones(400), seed=1)),
        names=NAMES,
        monotone=(1, 0),
        settings=settings,
    )

    assert 1 <= chosen.rounds < 400
    assert replace(chosen, rounds=400) == settings


@pytest.fixture(scope="module")
def model() -> CurveModel:
    values = made_rows()
    target = np.clip(np.random.default_rng(1).random(len(values)) * 1.4 - 0.2, 0, 1)
    part: CurvePart = made_curve(values, target)
    return part.model


def waiting(shares: np.ndarray) -> Sample:
    """A sample of made-up rows with these shares."""
    size = len(shares)
    ids, names = np.arange(size), np.full(size, "x")
    return Sample(
        party=ids,
        case=ids,
        as_of=np.full(size, np.datetime64("2024-01-01")),
        moment=names,
        kind=names,
        court=names,
        values=made_rows(size, seed=2),
        target=np.zeros(size),
        shares=shares,
        weight=np.ones(size),
        outstanding=np.ones(size),
        quality=ids,
        catalogue=CATALOGUE,
    )


def test_a_share_that_came_is_kept_and_one_to_come_is_expected(model: CurveModel) -> None:
    nan = np.nan
    rows = waiting(
        np.array([[0.1, 0.2, 0.3, nan], [0.0, 0.0, nan, nan], [0.4, 0.6, nan, nan], [1.0, 1.0, nan, nan]])
    )

    found = completed(model, rows).target

    expected = model.shifted(model.raw(rows.values), np.zeros(4)).mean(12)
    assert found[0] == 0.3
    assert 0.0 <= found[1] < expected[1]
    assert 0.6 <= found[2] <= 1.0
    assert found[3] == 1.0


def test_of_two_alike_the_one_that_performed_more_keeps_ahead(model: CurveModel) -> None:
    size = 40
    rows = waiting(np.column_stack([np.linspace(0, 1, size)] * 2 + [np.full(size, np.nan)] * 2))
    alike = replace(rows, values=np.repeat(rows.values[:1], size, axis=0))

    assert (np.diff(completed(model, alike).target) >= -1e-12).all()


def test_nothing_known_is_what_the_curve_expects(model: CurveModel) -> None:
    rows = waiting(np.full((3, 4), np.nan))

    assert completed(model, rows).target == pytest.approx(
        model.shifted(model.raw(rows.values), np.zeros(3)).mean(12)
    )


def test_what_is_performed_already_is_the_least_that_is_expected(model: CurveModel) -> None:
    low = np.linspace(0.01, 0.99, 50)
    found = completed(model, waiting(np.column_stack([low, low, np.full((50, 2), np.nan)]))).target

    assert (found >= low).all()
    assert (found <= 1.0).all()

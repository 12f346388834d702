"""Scores of distributions, by hand and against the integral they stand for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.curve import MARKS
from training.distribution import coverage, crps, crps_rows

chances = arrays(float, (3, len(MARKS)), elements=st.floats(0, 1)).map(
    lambda drawn: np.sort(drawn, axis=1)[:, ::-1].copy()
)


@given(exceed=chances, outcome=arrays(float, 3, elements=st.floats(0, 1)))
def test_crps_is_the_integral_of_the_squared_distance(exceed: np.ndarray, outcome: np.ndarray) -> None:
    fine = np.linspace(0, 1, 100_001)
    middle = (fine[1:] + fine[:-1]) / 2
    said = np.stack([np.interp(middle, [*MARKS, 1.0], [*row, row[-1]]) for row in exceed])

    integral = ((said - (outcome[:, None] > middle)) ** 2).mean(axis=1)

    assert crps_rows(exceed, outcome) == pytest.approx(integral, abs=2e-5)


def test_who_knows_what_comes_has_a_crps_of_nothing() -> None:
    nothing, everything = np.zeros((1, len(MARKS))), np.ones((1, len(MARKS)))

    assert crps(nothing, MARKS, np.zeros(1)) == 0.0
    assert crps(everything, MARKS, np.ones(1)) == 0.0
    assert crps(nothing, MARKS, np.ones(1)) == pytest.approx(1.0)


def test_weights_count() -> None:
    exceed = np.zeros((2, len(MARKS)))

    assert crps(exceed, MARKS, np.array([0.0, 1.0]), np.array([3.0, 1.0])) == pytest.approx(0.25)


def test_rows_of_one_debtor_are_one_piece_of_evidence() -> None:
    held = np.array([True, False] * 50)
    alone = coverage(held, np.ones(100))
    twins = coverage(np.repeat(held, 4), np.ones(400), debtor=np.repeat(np.arange(100), 4))

    assert alone.covered == twins.covered == 0.5
    assert alone.error == pytest.approx(0.05)
    assert twins.error == pytest.approx(alone.error)


@pytest.mark.parametrize(("share", "right"), [(0.9, True), (0.88, True), (0.7, False), (1.0, False)])
def test_coverage_is_judged_within_two_points_and_two_errors(share: float, right: bool) -> None:
    held = np.arange(10_000) < share * 10_000

    assert coverage(held, np.zeros(10_000)).within(0.9) is right

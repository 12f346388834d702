"""Published scores beside what came true: a calibrated model is left alone, a bent one is not."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from monitoring.limits import Level, Limits
from monitoring.maturity import Matured, Said, judged

LIMITS = Limits.on(date(2026, 6, 1))


def said(seed: int, *, rows: int = 600, debtors: int = 450, bent: float = 1.0, moved: float = 0.0) -> Said:
    """Shares with much at 0 and 1, whose mean is the expected one; then log-odds are bent and moved."""
    rng = np.random.default_rng(seed)
    debtor = rng.integers(0, debtors, rows)
    odds = rng.normal(-1.2, 1.2, debtors)[debtor]
    true = 1 / (1 + np.exp(-odds))
    came = np.where(rng.random(rows) < 0.5, rng.random(rows) < true, rng.beta(8 * true, 8 * (1 - true)))
    expected = 1 / (1 + np.exp(-(bent * odds + moved)))
    return Said(expected, came.astype(float), debtor, np.full(rows, np.datetime64("2025-01-31")))


def judge(found: Said) -> Matured:
    """One horizon judged by itself."""
    return judged({12: found}, LIMITS)[0]


def test_a_calibrated_model_raises_no_alarm_in_three_hundred_reports() -> None:
    flagged = sum(
        each.level is not Level.FINE
        for seed in range(300)
        for each in judged({months: said(10 * seed + months) for months in (3, 6, 12)}, LIMITS)
    )

    assert flagged <= 12  # one report in a hundred by chance; sandwich errors are a little short


def test_scores_that_promise_too_much_are_an_alarm() -> None:
    found = judge(said(1, moved=0.6))

    assert found.level is Level.ALARM
    assert found.bias < -0.05
    assert found.bias_band[1] < 0


def test_scores_too_sure_of_themselves_are_an_alarm_even_when_right_on_average() -> None:
    found = judge(said(2, rows=2_000, debtors=1_500, bent=1.8, moved=0.55))

    assert found.level is Level.ALARM
    assert found.slope_band[1] < 0.8


def test_a_small_bias_is_a_warning() -> None:
    found = judge(said(3, rows=6_000, debtors=5_000, moved=0.17))

    assert found.level is Level.WARNING
    assert 0.02 <= -found.bias < 0.05


def test_few_debtors_say_nothing_however_many_rows() -> None:
    found = judge(said(4, rows=2_000, debtors=40, moved=1.0))

    assert found.level is Level.UNKNOWN
    assert found.rows == 2_000


def test_the_same_row_told_six_times_of_one_debtor_is_one_row() -> None:
    once = said(5, rows=200, debtors=150)
    six = Said(*(np.repeat(column, 6) for column in (once.expected, once.came_true, once.debtor, once.day)))

    assert judge(six).bias_error == pytest.approx(judge(once).bias_error)
    assert judge(six).slope_error == pytest.approx(judge(once).slope_error)


def test_bins_hold_all_rows_and_their_bands_hold_their_means() -> None:
    found = judge(said(6))

    assert sum(each.rows for each in found.bins) == found.rows == 600
    assert all(each.low <= each.came_true <= each.high for each in found.bins)
    assert [each.expected for each in found.bins] == sorted(each.expected for each in found.bins)


def test_nothing_matured_yet_is_no_alarm() -> None:
    nobody = Said(np.zeros(0), np.zeros(0), np.zeros(0, np.int64), np.zeros(0, "datetime64[D]"))
    found = judge(nobody)

    assert found.level is Level.UNKNOWN
    assert np.isnan(found.bias)
    assert found.bins == ()


def test_the_band_of_the_bias_covers_the_truth_as_often_as_it_says() -> None:
    inside = 0
    for seed in range(300):
        low, high = judge(said(20_000 + seed)).bias_band
        inside += low <= 0 <= high

    assert inside / 300 == pytest.approx(0.95, abs=0.04)

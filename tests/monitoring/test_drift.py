"""Drift: an unchanged court is left alone, a shifted column is not, and few rows or kin rows are no evidence."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from features.declare import Values
from monitoring.drift import Drift, shifts_of
from monitoring.limits import Level, Limits, holm
from scoring.reference import SCORE, Spread, Usual, _spread, effective_rows

LIMITS = Limits.on(date(2026, 6, 1))
COLUMNS = 40
MOMENTS = {"first_answers": 240, "three_months": 160}


def court(seed: int, *, rows: int = 400, moved: float = 0.0) -> dict[str, Values]:
    """Amounts with many zeros and gaps, states, and a score; ``moved`` shifts the first amount and the first state."""
    rng = np.random.default_rng(seed)
    columns: dict[str, Values] = {}
    for number in range(COLUMNS):
        amounts = np.round(rng.lognormal(9 + (moved if number == 0 else 0), 1.5, rows))
        amounts[rng.random(rows) < 0.4] = 0.0
        amounts[rng.random(rows) < 0.2] = np.nan
        columns[f"amount_{number}"] = amounts
        chances = [0.5, 0.3, 0.2] if number or not moved else [0.1, 0.3, 0.6]
        columns[f"family_{number}_state"] = rng.choice([0.0, 1.0, 2.0], rows, p=chances)
    columns[SCORE] = 100 * rng.beta(1, 3, rows)
    return columns


def usual(seed: int, rows: int = 1_600) -> Usual:
    """The court of another year."""
    moment = np.repeat(list(MOMENTS), [count * rows // 400 for count in MOMENTS.values()])
    held = {name: _spread(column, moment) for name, column in court(seed, rows=rows).items()}
    return Usual(rows, float(rows), "2024-01-01", "2024-12-31", held)


def test_an_unchanged_court_raises_no_alarm_in_two_hundred_reports() -> None:
    before = usual(seed=1)
    flagged = [
        shift.name
        for seed in range(200)
        for shift in shifts_of(before, court(1_000 + seed), moments=MOMENTS, effective=400.0, limits=LIMITS)
        if shift.level is not Level.FINE
    ]

    assert len(flagged) <= 5  # one in a hundred reports, give or take what one reference shares among all


def test_a_shifted_amount_and_a_shifted_state_are_named_and_nothing_else() -> None:
    found = shifts_of(usual(seed=1), court(7, moved=1.5), moments=MOMENTS, effective=400.0, limits=LIMITS)

    assert {shift.name: shift.level for shift in found if shift.level is not Level.FINE} == {
        "amount_0": Level.ALARM,
        "family_0_state": Level.ALARM,
    }
    assert {shift.name: shift.group for shift in found[:2]} == {
        "amount_0": "feature",
        "family_0_state": "state",
    }


def test_a_source_that_tells_nothing_any_more_shows_as_unknown() -> None:
    now = court(8)
    now["amount_3"] = np.full(400, np.nan)
    worst = shifts_of(usual(seed=1), now, moments=MOMENTS, effective=400.0, limits=LIMITS)[0]

    assert (worst.name, worst.level, worst.known) == ("amount_3", Level.ALARM, 0.0)
    assert worst.known_before == pytest.approx(0.8, abs=0.05)


def test_rows_of_one_case_are_no_evidence_of_each_other() -> None:
    few = court(9, rows=20, moved=3.0)
    repeated = {name: np.repeat(column, 20) for name, column in few.items()}
    worth = effective_rows(np.arange(400), np.repeat(np.arange(20), 20))

    assert worth == 20.0
    found = shifts_of(usual(seed=1), repeated, moments=MOMENTS, effective=worth, limits=LIMITS)
    assert all(shift.level is Level.FINE for shift in found if shift.name == "amount_5")


def test_another_season_of_asking_is_not_taken_for_other_debtors() -> None:
    spread = Spread((0.0, 1.0), {"early": (0.0, 0.0, 1.0, 0.0), "late": (0.0, 0.0, 0.0, 1.0)})
    before = Usual(400, 400.0, "2024-01-01", "2024-12-31", {"answered": spread})
    values = np.repeat([0.0, 1.0], [100, 300])

    found = shifts_of(
        before, {"answered": values}, moments={"early": 100, "late": 300}, effective=400.0, limits=LIMITS
    )
    assert found[0].psi == pytest.approx(0.0, abs=1e-9)


def test_without_rows_or_a_reference_nothing_is_said() -> None:
    assert Drift(date(2025, 1, 1), date(2025, 4, 1), 0, 0.0, 0, ()).level is Level.UNKNOWN


def test_holm_adjusts_as_in_the_textbook() -> None:
    adjusted = holm([0.01, 0.04, 0.03, 0.005])

    assert adjusted == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_a_value_that_fills_a_tenth_has_a_bin_of_its_own() -> None:
    column = np.concatenate([np.zeros(50), np.arange(1.0, 101.0), [np.nan] * 50])
    spread = _spread(column, np.repeat("first_answers", 200))

    zeros = spread.counts(np.zeros(7))
    assert zeros.max() == 7
    assert spread.parts["first_answers"][int(zeros.argmax())] == pytest.approx(0.25)
    assert spread.parts["first_answers"][0] == pytest.approx(0.25)

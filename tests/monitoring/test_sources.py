"""Sources: one that goes quiet is told, one that answers as ever is not, and neither are the newest questions."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from features.declare import Values
from monitoring.limits import Level, Limits
from monitoring.sources import Answers, answers, judged
from tests.features.in_memory import InMemory

DAY = date(2026, 6, 30)
LIMITS = Limits.on(DAY)


def asked(source: str, days_ago: int, number: int, *, answered: bool) -> list[dict[str, object]]:
    """A question and, five days later, its answer."""
    at = DAY - timedelta(days=days_ago)
    row = {
        "row_id": 10 * number,
        "receipt_id": number,
        "party_id": number,
        "family": "deposits",
        "source": source,
        "asked_at": at,
        "status": "pending",
        "happened_at": at,
        "known_at": at,
        "retracted": False,
    }
    later = at + timedelta(days=5)
    answer = row | {"row_id": 10 * number + 1, "status": "empty", "happened_at": later, "known_at": later}
    return [row, answer] if answered else [row]


def court(*, quiet_for: int = 0, no_more: bool = False) -> InMemory:
    """Two sources, a question a day to each for 220 days; the second silent or not asked for its last days."""
    rows: list[dict[str, object]] = []
    for days_ago in range(220):
        rows += asked("bank", days_ago, 1_000 + days_ago, answered=days_ago >= 5)
        if not (no_more and days_ago < 60):
            rows += asked("national", days_ago, 3_000 + days_ago, answered=days_ago >= max(5, quiet_for))
    return InMemory({"queries": rows}, only=["queries"])


def found(records: InMemory) -> dict[str, Answers]:
    """By source."""
    with records:
        return {each.source: each for each in answers(records, DAY, LIMITS)}  # type: ignore[arg-type]


def test_a_source_that_answers_as_ever_is_fine_though_its_newest_questions_are_open() -> None:
    here = found(court())

    assert [each.level for each in here.values()] == [Level.FINE, Level.FINE]
    assert here["bank"].rate == here["bank"].rate_before == 1.0


def test_a_source_that_went_quiet_is_an_alarm_and_the_other_is_not() -> None:
    here = found(court(quiet_for=40))

    assert here["national"].quiet
    assert here["national"].answered <= 1 < 30 < here["national"].asked
    assert here["bank"].level is Level.FINE


def test_a_source_that_is_asked_no_more_is_a_warning() -> None:
    assert found(court(no_more=True))["national"].level is Level.WARNING


@pytest.mark.parametrize(
    ("asked", "answered", "level"),
    [(2, 1, Level.FINE), (40, 20, Level.WARNING), (40, 15, Level.ALARM), (40, 36, Level.FINE)],
)
def test_a_fall_has_to_be_large_and_no_chance(asked: int, answered: int, level: Level) -> None:
    each = judged([Answers("deposits", "national", asked, answered, 400, 380)], LIMITS)[0]

    assert each.level is level


def test_unchanged_sources_raise_no_alarm_in_two_thousand_months() -> None:
    rng = np.random.default_rng(1)
    rates: Values = rng.uniform(0.5, 0.99, 20)
    flagged = 0
    for _ in range(2_000):
        counts = [
            Answers(
                "deposits", f"s{number}", 25, int(rng.binomial(25, rate)), 150, int(rng.binomial(150, rate))
            )
            for number, rate in enumerate(rates)
        ]
        flagged += any(each.level is not Level.FINE for each in judged(counts, LIMITS))

    assert flagged / 2_000 < 0.01

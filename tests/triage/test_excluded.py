"""Days that do not count: one sum for the queue's terms, the key figures and the report."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.scoring.small_court import FILED, SmallCourt
from triage.as_known import literal
from triage.excluded import excluded
from triage.reporting import heads

DAY = date(2023, 12, 31)
TABLES = ("petitions", "suspensions", "officers")
SPRING = (date(2023, 3, 1), date(2023, 6, 30))
"""122 days; `EARLY_SUMMER` (122 days) lies on the last 30 of them: together 214."""
EARLY_SUMMER = (date(2023, 6, 1), date(2023, 9, 30))


def suspended(*periods: tuple[date, date | None], **more: Any) -> SmallCourt:
    """One open case, filed on 1 January 2023, so due on 1 July without these periods."""
    court = SmallCourt().case(1, **more).claim(1000, 1).debtor(5, 1)
    for begin, end in periods:
        court.row("suspensions", on=begin, case_id=1, kind="appraisal", from_on=begin, to_on=end)
    return court


def late(court: SmallCourt, day: date) -> float | None:
    with court.open(*TABLES) as rows:
        numbers = [item for head in heads(rows, "A", day, {}) for item in head.numbers]
    return next(item.value for item in numbers if item.name.en == "open cases past the term")


def days(court: SmallCourt, day: date = DAY) -> int:
    sql = f"SELECT days FROM {excluded('cases', literal(day))}"
    with court.open(*TABLES) as rows:
        found = rows.query(sql).to_pylist()
    return int(found[0]["days"]) if found else 0


def test_a_report_counts_overlapping_periods_once() -> None:
    """1 July and 214 days is 31 January 2024; adding both periods whole would make it 1 March."""
    court = suspended(SPRING, EARLY_SUMMER)
    assert late(court, date(2024, 1, 31)) == 0
    assert late(court, date(2024, 2, 1)) == 1


def test_a_period_before_the_filing_gives_a_report_no_days() -> None:
    court = suspended((date(2022, 1, 1), date(2022, 12, 31)))
    assert late(court, date(2023, 7, 2)) == 1


@pytest.mark.parametrize(
    ("periods", "counted"),
    [
        ((SPRING,), 122),
        ((SPRING, SPRING), 122),
        ((SPRING, EARLY_SUMMER), 214),
        ((SPRING, (date(2023, 4, 1), date(2023, 4, 30)), (date(2023, 5, 1), date(2023, 7, 1))), 123),
        (((date(2023, 12, 30), None),), 2),
        (((date(2022, 12, 1), date(2023, 1, 10)),), 10),
        (((date(2022, 1, 1), date(2022, 12, 31)),), 0),
        ((), 0),
    ],
    ids=[
        "one",
        "twice",
        "overlapping",
        "within and after",
        "running",
        "from before",
        "wholly before",
        "none",
    ],
)
def test_days_are_the_union_of_periods_since_the_filing(
    periods: tuple[tuple[date, date | None], ...], counted: int
) -> None:
    assert days(suspended(*periods)) == counted


def test_a_period_ends_with_the_case() -> None:
    court = suspended(SPRING, closed_on=date(2023, 3, 10), closing_mode="performed", on=FILED)
    assert days(court) == 10


def test_a_period_known_later_or_taken_back_gives_no_days() -> None:
    court = SmallCourt().case(1)
    begin, end = SPRING
    told: dict[str, Any] = {"case_id": 1, "kind": "stay", "from_on": begin, "to_on": end}
    court.row("suspensions", on=begin, known=date(2024, 1, 1), **told)
    court.row("suspensions", on=begin, retracted=True, **told)
    assert days(court) == 0

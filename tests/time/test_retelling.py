"""A fact that a second query brings again counts once: the newer row stands for it from its own day on."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.night import build
from records.contracts import TABLES
from records.dossiers import Dossiers
from records.publish import publish
from records.schema import create_sql
from records.snapshot import Snapshot
from records.versions import RETOLD, versions_sql
from tests.features.in_memory import obligations
from tests.records.papers import CASE, DEBTOR, Papers, papers_in

FIRST, SECOND = date(2024, 3, 1), date(2024, 5, 1)
START = date(2024, 1, 1)
DAYS = st.integers(0, 6).map(lambda days: START + timedelta(days=days))


@dataclass(frozen=True)
class Told:
    """A wage as a source tells it: the amount, under a receipt, known on a day; or a correction of an earlier row."""

    amount: int
    receipt: int | None
    known_at: date
    corrects: int | None = None
    retracted: bool = False


@st.composite
def tellings(draw: st.DrawFn) -> list[Told]:
    """Up to ten rows of one month: few amounts and receipts, so that much is told again; some corrections."""
    told: list[Told] = []
    days = {receipt: draw(DAYS) for receipt in (1, 2, 3)}
    for number in range(draw(st.integers(1, 10))):
        amount, receipt = draw(st.integers(1, 2)), draw(st.sampled_from((1, 2, 3)))
        corrects = draw(st.none() | st.integers(0, number - 1)) if number else None
        if corrects is None:
            told.append(Told(amount, receipt, days[receipt]))
        else:
            later = told[corrects].known_at + timedelta(days=draw(st.integers(0, 5)))
            told.append(Told(amount, None, later, corrects, draw(st.booleans())))
    return told


def test_a_wage_told_by_two_queries_counts_once_from_the_second_and_once_before(court: Papers) -> None:
    court.write("income", wage(FIRST, receipt=1), wage(SECOND, receipt=2))
    assert [seen(court, day) for day in (FIRST, SECOND)] == [[1], [2]]


def test_the_years_income_is_the_same_before_and_after_it_is_told_again(court: Papers) -> None:
    asked = ({"party_id": DEBTOR, "family": "income", "source": "national", "status": "found"},)
    court.write(
        "queries",
        *(
            row | {"receipt_id": n, "asked_at": day, "answered_at": day, "happened_at": day, "known_at": day}
            for row in asked
            for n, day in ((1, FIRST), (2, SECOND))
        ),
    )
    court.write("income", wage(FIRST, receipt=1), wage(SECOND, receipt=2))
    court.load()
    snapshot = Snapshot.open(court.publish())
    values = build(snapshot, obligations([(DEBTOR, CASE, FIRST), (DEBTOR, CASE, SECOND)]))
    snapshot.close()
    assert values["wage_monthly_12m"].to_pylist() == [pytest.approx(8000 / 12)] * 2


def test_two_equal_facts_of_one_answer_stay_two_when_the_next_answer_tells_both(court: Papers) -> None:
    court.write("income", *(wage(FIRST, receipt=1),) * 2, *(wage(SECOND, receipt=2),) * 2)
    assert [seen(court, day) for day in (FIRST, SECOND)] == [[1, 1], [2, 2]]


def test_a_second_equal_fact_that_only_the_later_answer_tells_is_added(court: Papers) -> None:
    court.write("income", wage(FIRST, receipt=1), *(wage(SECOND, receipt=2),) * 2)
    assert [seen(court, day) for day in (FIRST, SECOND)] == [[1], [2, 2]]


def test_a_fact_that_the_later_answer_leaves_out_stays(court: Papers) -> None:
    court.write("income", *(wage(FIRST, receipt=1),) * 2, wage(SECOND, receipt=2))
    assert seen(court, SECOND) == [1, 2]


def test_another_amount_or_another_day_is_another_fact(court: Papers) -> None:
    later = wage(SECOND, receipt=2, happened_at="2024-02-29")
    court.write("income", wage(FIRST, receipt=1), wage(SECOND, receipt=2, monthly_amount="8000.01"), later)
    assert seen(court, SECOND) == [1, 2, 2]


def test_rows_without_a_receipt_tell_nothing_again(court: Papers) -> None:
    court.write("income", wage(FIRST, receipt=""), wage(SECOND, receipt=""))
    assert len(seen(court, SECOND)) == 2


def test_a_balance_is_newest_per_account_and_needs_no_rule_of_retelling() -> None:
    assert set(RETOLD) == {
        "account_flows",
        "income",
        "consumption",
        "restricted_consumption",
        "transfers",
        "litigation",
    }


def test_what_the_court_corrected_and_the_source_then_tells_rightly_counts_once(court: Papers) -> None:
    court.write("income", wage(FIRST, receipt=1))
    court.load()
    root = court.rows("income")[0]["row_id"]
    mended = wage(date(2024, 4, 1), receipt="", monthly_amount="6000", corrects_row_id=root)
    court.write("income", mended, wage(SECOND, receipt=2, monthly_amount="6000"))
    assert [amounts(court, day) for day in (FIRST, date(2024, 4, 1), SECOND)] == [
        [800_000],
        [600_000],
        [600_000],
    ]


def test_taking_back_a_row_takes_back_what_was_told_again(court: Papers) -> None:
    court.write("income", wage(FIRST, receipt=1), wage(SECOND, receipt=2))
    court.load()
    root = court.rows("income")
    first = next(row["row_id"] for row in root if row["receipt_id"] == 1)
    court.write("income", wage(date(2024, 6, 1), receipt="", corrects_row_id=first, retracted="true"))
    assert [seen(court, day) for day in (FIRST, SECOND, date(2024, 6, 1))] == [[1], [2], []]


@given(told=tellings(), as_of=DAYS)
def test_as_many_equal_facts_are_seen_as_the_fullest_answer_told_by_then(
    told: list[Told], as_of: date
) -> None:
    plain = [each for each in told if each.corrects is None]
    most: Counter[int] = Counter()
    for receipt in (1, 2, 3):
        most |= Counter(each.amount for each in plain if each.receipt == receipt and each.known_at <= as_of)
    assert Counter(row["monthly_amount"] for row in visible(plain, as_of)) == most


@given(told=tellings(), as_of=DAYS, data=st.data())
def test_what_is_told_again_after_the_day_leaves_the_day_as_it_was(
    told: list[Told], as_of: date, data: st.DataObject
) -> None:
    learned = list(told)
    for _ in range(data.draw(st.integers(1, 5))):
        known_at = as_of + timedelta(days=data.draw(st.integers(1, 9)))
        corrects = data.draw(st.none() | st.integers(0, len(learned) - 1))
        receipt = data.draw(st.integers(1, 6)) if corrects is None else None
        learned.append(Told(data.draw(st.integers(1, 2)), receipt, known_at, corrects))
    assert visible(learned, as_of) == visible(told, as_of)


@given(told=tellings(), as_of=DAYS)
def test_no_root_and_its_corrections_are_seen_twice(told: list[Told], as_of: date) -> None:
    roots = [_root(told, row["row_id"]) for row in visible(told, as_of)]
    assert len(roots) == len(set(roots))


@settings(max_examples=8)
@given(told=tellings())
def test_dossiers_and_night_read_the_same_rows(told: list[Told]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for court in papers_in(Path(folder)):
            _insert(court.store.engine, told)
            published = publish(court.store, court.folder / "snapshots")
            dossiers, snapshot = Dossiers.open(published), Snapshot.open(published)
            for day in range(8):
                as_of = START + timedelta(days=day)
                by_day = dossiers.fetch(DEBTOR, CASE, as_of).rows("income")
                by_night = snapshot.query(f"select row_id from income where {_SEEN}", day=as_of)
                assert {row["row_id"] for row in by_day} == set(by_night["row_id"].to_pylist())
            dossiers.close()
            snapshot.close()


@pytest.fixture
def court(tmp_path: Path) -> Iterator[Papers]:
    for papers in papers_in(tmp_path):
        papers.court()
        yield papers


def wage(known_at: date, *, receipt: int | str, **said: Any) -> dict[str, Any]:
    """The wage of January 2024, as an answer tells it."""
    told = {"happened_at": "2024-01-31", "known_at": known_at, "receipt_id": receipt, "party_id": DEBTOR}
    return told | {"kind": "wage", "monthly_amount": "8000", "payer": "company"} | said


def seen(court: Papers, as_of: date) -> list[int]:
    """Receipts of the rows of income that are seen on a day."""
    return sorted(row["receipt_id"] or 0 for row in _income(court, as_of))


def amounts(court: Papers, as_of: date) -> list[int]:
    """Their amounts in fen."""
    return sorted(row["monthly_amount"] for row in _income(court, as_of))


def _income(court: Papers, as_of: date) -> Sequence[Any]:
    court.load()
    dossiers = Dossiers.open(court.publish())
    rows = dossiers.fetch(DEBTOR, CASE, as_of).rows("income")
    dossiers.close()
    return rows


_SEEN = "known_at <= $day and (superseded_at is null or superseded_at > $day) and retracted is not true"


def visible(told: Sequence[Told], as_of: date) -> list[dict[str, Any]]:
    """The rows seen on a day, in the order told."""
    with duckdb.connect(config={"threads": 1}) as engine:
        engine.execute(create_sql(TABLES["income"]))
        _insert(engine, told)
        found = engine.execute(
            f"select row_id, monthly_amount from ({versions_sql(TABLES['income'])}) where {_SEEN} order by row_id",
            {"day": as_of},
        )
        return list(found.to_arrow_table().to_pylist())


def _insert(engine: duckdb.DuckDBPyConnection, told: Sequence[Told]) -> None:
    """The row id is the row's number among those told."""
    engine.executemany(
        """insert into income (row_id, happened_at, known_at, receipt_id, corrects_row_id, retracted, party_id, kind,
        monthly_amount, load_id) values (?, ?, ?, ?, ?, ?, ?, 'wage', ?, 1)""",
        [
            (number, START, each.known_at, each.receipt, each.corrects, each.retracted, DEBTOR, each.amount)
            for number, each in enumerate(told)
        ],
    )


def _root(told: Sequence[Told], number: int) -> int:
    corrects = told[number].corrects
    return number if corrects is None else _root(told, corrects)

"""What the court knew on a day: a row known later, a correction, a taking back never change an older dossier."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from records.contracts import TABLES
from records.dossier import Dossier, in_order
from records.dossiers import Dossiers
from records.schema import create_sql
from records.states import family_states
from records.versions import versions_sql
from tests.records.papers import CASE, DEBTOR, GUARANTOR, Papers, balance, papers_in

START = date(2024, 1, 1)
DAYS = st.integers(0, 30).map(lambda days: START + timedelta(days=days))


@dataclass(frozen=True)
class Said:
    """A row as a test tells it: known on a day, correcting an earlier one by its number, or taking it back."""

    known_at: date
    happened_at: date
    balance: int
    corrects: int | None = None
    retracted: bool = False


@st.composite
def histories(draw: st.DrawFn) -> list[Said]:
    """Up to eight rows of deposits, some of which correct an earlier one or a correction of it."""
    told: list[Said] = []
    for number in range(draw(st.integers(1, 8))):
        corrects = draw(st.none() | st.integers(0, number - 1)) if number else None
        told.append(
            Said(
                draw(DAYS),
                draw(DAYS),
                draw(st.integers(0, 5)),
                corrects,
                corrects is not None and draw(st.booleans()),
            )
        )
    return told


@given(told=histories(), as_of=DAYS, data=st.data())
def test_whatever_is_learned_after_the_day_leaves_its_dossier_as_it_was(
    told: list[Said], as_of: date, data: st.DataObject
) -> None:
    learned = list(told)
    for _ in range(data.draw(st.integers(1, 4))):
        known_at = as_of + timedelta(days=data.draw(st.integers(1, 400)))
        corrects = data.draw(st.none() | st.integers(0, len(learned) - 1))
        taken_back = corrects is not None and data.draw(st.booleans())
        learned.append(Said(known_at, data.draw(DAYS), data.draw(st.integers(0, 5)), corrects, taken_back))
    assert _dossier(_versions(learned), as_of) == _dossier(_versions(told), as_of)


@given(told=histories(), as_of=DAYS)
def test_of_a_row_and_its_corrections_the_newest_known_counts_unless_it_takes_back(
    told: list[Said], as_of: date
) -> None:
    roots = [_root(told, number) for number in range(len(told))]
    expected = []
    for root in set(roots):
        versions = [(each.known_at, number) for number, each in enumerate(told) if roots[number] == root]
        known = [version for version in versions if version[0] <= as_of]
        if known and not told[max(known)[1]].retracted:
            expected.append(told[max(known)[1]].balance)
    assert _balances(_dossier(_versions(told), as_of)) == sorted(expected)


@given(told=histories(), as_of=DAYS)
def test_a_dossier_holds_only_what_was_known_in_order_and_nothing_of_a_later_day(
    told: list[Said], as_of: date
) -> None:
    rows = _dossier(_versions(told), as_of).rows("deposits")
    assert all(row["known_at"] <= as_of and "superseded_at" not in row for row in rows)
    assert list(rows) == sorted(rows, key=in_order)


def test_a_deposit_reported_tomorrow_is_not_seen_today(court: Papers) -> None:
    court.write("deposits", balance(known_at="2024-02-02", happened_at="2024-01-20"))
    court.load()
    dossiers = Dossiers.open(court.publish())
    assert dossiers.fetch(DEBTOR, CASE, date(2024, 2, 1)).rows("deposits") == ()
    assert len(dossiers.fetch(DEBTOR, CASE, date(2024, 2, 2)).rows("deposits")) == 1


def test_a_correction_leaves_old_dossiers_as_they_were_and_rules_from_its_day(court: Papers) -> None:
    court.write("deposits", balance(amount="100", known_at="2024-02-01"))
    court.load()
    before = Dossiers.open(court.publish()).fetch(DEBTOR, CASE, date(2024, 2, 20))
    root = court.rows("deposits")[0]["row_id"]
    court.write("deposits", balance(amount="60", known_at="2024-03-01", corrects_row_id=root))
    court.load()
    corrected = {row["balance"]: row["row_id"] for row in court.rows("deposits")}[6_000]
    court.write(
        "deposits", balance(amount="60", known_at="2024-04-01", corrects_row_id=corrected, retracted="true")
    )
    court.load()
    dossiers = Dossiers.open(court.publish())
    assert dossiers.fetch(DEBTOR, CASE, date(2024, 2, 20)) == before
    assert [row["balance"] for row in dossiers.fetch(DEBTOR, CASE, date(2024, 3, 1)).rows("deposits")] == [
        6_000
    ]
    assert dossiers.fetch(DEBTOR, CASE, date(2024, 4, 1)).rows("deposits") == ()


def test_a_dossier_carries_the_debtors_rows_and_the_whole_cases(court: Papers) -> None:
    paid = {"case_id": CASE, "channel": "voluntary"}
    court.write(
        "payments",
        {"party_id": DEBTOR, "amount": "10"} | paid,
        {"party_id": GUARANTOR, "amount": "20.05"} | paid,
    )
    court.write(
        "equity", {"party_id": DEBTOR, "thing_id": 4, "share": "1", "listed": "否", "region": "320200"}
    )
    court.load()
    dossier = Dossiers.open(court.publish()).fetch(DEBTOR, CASE, date(2024, 2, 1))
    assert [row["amount"] for row in dossier.rows("payments")] == [1_000]
    assert sorted(row["amount"] for row in dossier.rows("payments", by="case")) == [1_000, 2_005]
    assert len(dossier.rows("obligors", by="case")) == 2
    assert [row["filed_on"] for row in dossier.rows("cases", by="case")] == [date(2024, 1, 10)]
    holding = dossier.rows("equity")[0]
    assert (holding["share"], holding["listed"], holding["acquired_on"]) == (1.0, False, None)
    assert isinstance(holding["share"], float)


def test_nobody_known_gives_an_empty_dossier_and_no_error(court: Papers) -> None:
    court.load()
    dossier = Dossiers.open(court.publish()).fetch(5, 6, date(2024, 2, 1))
    assert (dossier.party, dossier.case) == ({}, {})
    assert {each.state.value for each in family_states(dossier.rows("queries"), dossier.as_of).values()} == {
        "unknown"
    }


@settings(max_examples=10)
@given(told=histories())
def test_the_file_of_dossiers_holds_the_same_versions_as_the_store(told: list[Said]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for court in papers_in(Path(folder)):
            _insert(court.store.engine, told)  # past the door: these ids are made up
            dossiers = Dossiers.open(court.publish())
            versions = _versions_of(court.store.engine)
            for day in range(0, 31, 6):
                as_of = START + timedelta(days=day)
                fetched = dossiers.fetch(DEBTOR, CASE, as_of).rows("deposits")
                assert list(fetched) == list(_dossier(versions, as_of).rows("deposits"))


@pytest.fixture
def court(tmp_path: Path) -> Iterator[Papers]:
    for papers in papers_in(tmp_path):
        papers.court()
        yield papers


def _versions(told: Sequence[Said]) -> list[dict[str, Any]]:
    with duckdb.connect(config={"threads": 1}) as engine:
        for table in ("deposits", "queries"):
            engine.execute(create_sql(TABLES[table]))
        _insert(engine, told)
        return _versions_of(engine)


def _insert(engine: duckdb.DuckDBPyConnection, told: Sequence[Said]) -> None:
    """The row id is the row's number among those told, so that order of telling breaks ties."""
    engine.executemany(
        """insert into deposits (row_id, happened_at, known_at, corrects_row_id, retracted, party_id, account_id,
        balance, available, load_id) values (?, ?, ?, ?, ?, ?, 1, ?, 0, 1)""",
        [
            (number, each.happened_at, each.known_at, each.corrects, each.retracted, DEBTOR, each.balance)
            for number, each in enumerate(told)
        ],
    )


def _versions_of(engine: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    rows = (
        engine.execute(versions_sql(TABLES["deposits"]))
        .to_arrow_table()
        .drop_columns(["load_id"])
        .to_pylist()
    )
    return list(rows)


def _dossier(versions: list[dict[str, Any]], as_of: date) -> Dossier:
    return Dossier.assemble(party_id=DEBTOR, case_id=CASE, as_of=as_of, party={"deposits": versions}, case={})


def _balances(dossier: Dossier) -> list[int]:
    return sorted(row["balance"] for row in dossier.rows("deposits"))


def _root(told: Sequence[Said], number: int) -> int:
    corrects = told[number].corrects
    return number if corrects is None else _root(told, corrects)

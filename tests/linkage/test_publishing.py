"""Links in a snapshot: before a link the rows stand apart, from its day on under one obligor, and nothing is lost."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import duckdb
import pytest

from records.contracts import TABLES
from records.dossiers import Dossiers
from records.linkage.ledger import read_links
from records.linkage.link import decide
from records.linkage.links import Decision
from records.linkage.publishing import PublishedLinks
from records.linkage.shelf import FILE, LinkShelf
from records.manifest import Manifest
from records.snapshot import Snapshot
from records.versions import versions_sql
from tests.linkage.registers import CASE_OF, LATER, NIGHT, firm, linked, organisation, tell, unified
from tests.records.papers import Papers, balance

HONGDA = "无锡市宏达建材有限公司"
BEFORE = date(2024, 6, 30)
TABLES_OF_PARTIES = [
    each for each in TABLES.values() if any(column.name == "party_id" for column in each.columns)
]


@pytest.fixture
def two(papers: Papers) -> Papers:
    """One firm told of under two numbers, each with an account."""
    tell(papers, firm(1, HONGDA, id_number=unified(5)), firm(2, HONGDA, id_number=organisation(5)))
    papers.write("deposits", balance(1, 11, "100.00"), balance(2, 22, "250.00"))
    papers.load()
    return papers


def accounts(papers: Papers, party: int, as_of: date) -> list[int]:
    dossiers = Dossiers.current(papers.folder / "snapshots")
    found = dossiers.fetch(party, CASE_OF + party, as_of)
    dossiers.close()
    return [row["account_id"] for row in found.rows("deposits")]


def test_without_links_every_table_is_written_from_the_same_query_and_nothing_is_added(two: Papers) -> None:
    published = PublishedLinks.of(two.store.engine)
    assert all(published.rows_sql(table) == versions_sql(table) for table in TABLES.values())
    folder = two.publish()
    assert not (folder / FILE).exists()
    assert set(Manifest.read(folder).tables) == set(TABLES)


def test_rows_stand_apart_before_the_link_and_together_from_its_day_on(two: Papers) -> None:
    linked(two)
    two.publish()
    assert (accounts(two, 1, BEFORE), accounts(two, 2, BEFORE)) == ([11], [22])
    assert (accounts(two, 1, NIGHT), accounts(two, 2, NIGHT)) == ([11, 22], [])


def test_a_case_names_the_obligor_from_the_day_of_the_link_on(two: Papers) -> None:
    linked(two)
    dossiers = Dossiers.open(two.publish())
    debtors = [
        [row["party_id"] for row in dossiers.fetch(2, CASE_OF + 2, day).rows("obligors", "case")]
        for day in (BEFORE, NIGHT)
    ]
    dossiers.close()
    assert debtors == [[2], [1]]


def test_the_night_reads_the_same_and_knows_under_which_id_a_row_was_reported(two: Papers) -> None:
    linked(two)
    snapshot = Snapshot.open(two.publish())
    rows = snapshot.query(
        "select party_id, reported_party_id, account_id, known_at, superseded_at from deposits order by all"
    ).to_pylist()
    snapshot.close()
    told = [tuple(each.values()) for each in rows]
    known = date(2024, 1, 10)
    assert told == [(1, 1, 11, known, None), (1, 2, 22, NIGHT, None), (2, 2, 22, known, NIGHT)]


def test_a_person_who_parts_them_parts_the_rows_from_that_day_on(two: Papers) -> None:
    linked(two)
    decide(two.store, 1, 2, decision=Decision.APART, by="judge-3", reason="两家企业", on=LATER)
    two.publish()
    assert [accounts(two, 2, day) for day in (BEFORE, NIGHT, LATER)] == [[22], [], [22]]
    assert [accounts(two, 1, day) for day in (BEFORE, NIGHT, LATER)] == [[11], [11, 22], [11]]


def test_a_correction_learned_after_the_link_takes_its_place_under_the_obligor(two: Papers) -> None:
    linked(two, on=date(2024, 6, 29))
    wrong = next(row["row_id"] for row in two.rows("deposits") if row["party_id"] == 2)
    right = balance(2, 22, "999.00", corrects_row_id=wrong, happened_at="2024-01-10", known_at="2024-07-01")
    two.write("deposits", right)
    two.load()
    dossiers = Dossiers.open(two.publish())
    held = [
        [row["balance"] for row in dossiers.fetch(1, CASE_OF + 1, day).rows("deposits")]
        for day in (BEFORE, NIGHT)
    ]
    dossiers.close()
    assert held == [[10_000, 25_000], [10_000, 99_900]]


def test_of_two_reports_of_one_account_and_day_the_newer_is_carried_over(two: Papers) -> None:
    two.write(
        "deposits",
        balance(2, 33, "1.00", happened_at="2024-02-01", known_at="2024-02-02"),
        balance(2, 33, "2.00", happened_at="2024-02-01", known_at="2024-03-05"),
    )
    two.load()
    linked(two)
    dossiers = Dossiers.open(two.publish())
    found = dossiers.fetch(1, CASE_OF + 1, NIGHT).rows("deposits")
    dossiers.close()
    assert [row["balance"] for row in found if row["account_id"] == 33] == [200]


@pytest.mark.parametrize("day", [date(2024, 1, 9), date(2024, 1, 10), BEFORE, NIGHT, LATER, date(2025, 1, 1)])
def test_as_of_any_day_every_row_is_seen_once_as_it_was_without_links(two: Papers, day: date) -> None:
    plain = two.publish()
    linked(two)
    decide(two.store, 1, 2, decision=Decision.APART, by="judge-3", reason="两家企业", on=LATER)
    moved = two.publish()
    seen = """select row_id from read_parquet('{}')
        where known_at <= $day and (superseded_at is null or superseded_at > $day) order by 1"""
    for table in TABLES_OF_PARTIES:
        rows = [
            duckdb.execute(seen.format(folder / f"{table.name}.parquet"), {"day": day}).fetchall()
            for folder in (plain, moved)
        ]
        assert rows[0] == rows[1], table.name


def test_a_link_makes_another_snapshot_and_the_same_links_the_same(two: Papers) -> None:
    plain = two.publish()
    linked(two)
    moved = two.publish()
    assert moved != plain
    assert two.publish() == moved
    assert Manifest.read(moved).newest == NIGHT


def test_a_snapshot_without_links_has_the_bytes_it_would_have_had(two: Papers) -> None:
    folder = two.publish()
    for table in TABLES.values():
        order = f"{table.owner_column}, " if table.owner_column else ""
        again = folder.parent / "again.parquet"
        two.store.engine.execute(
            f"copy ({versions_sql(table)} order by {order}happened_at, known_at, row_id) to '{again}' "
            "(format parquet, compression zstd, row_group_size 122880)"
        )
        assert sha(again) == sha(folder / f"{table.name}.parquet")


def test_a_page_finds_the_decisions_about_a_debtor_on_the_shelf(two: Papers) -> None:
    linked(two)
    shelf = LinkShelf.open(two.publish())
    assert shelf.links() == read_links(two.store.engine)
    assert [(shelf.obligor(2, day), shelf.reported(1, day)) for day in (BEFORE, NIGHT)] == [
        (2, (1,)),
        (1, (1, 2)),
    ]
    assert [link.pair for link in shelf.about(2, NIGHT)] == [(1, 2)]
    assert shelf.about(2, BEFORE) == ()
    shelf.close()


def test_a_snapshot_without_links_has_an_empty_shelf(two: Papers) -> None:
    shelf = LinkShelf.open(two.publish())
    assert (shelf.links(), shelf.spans(), shelf.obligor(2, NIGHT), shelf.reported(2, NIGHT)) == (
        (),
        (),
        2,
        (2,),
    )
    shelf.close()


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

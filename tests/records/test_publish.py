"""Snapshots: immutable, swapped in one step, equal in digest when equal in content."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from records.contracts import TABLES
from records.dossier_file import write_dossiers
from records.dossiers import Dossiers
from records.manifest import MANIFEST, POINTER, Manifest
from records.publish import prune, publish
from records.snapshot import Snapshot
from tests.records.papers import CASE, DEBTOR, GUARANTOR, Papers, balance, papers_in
from vocabulary.problems import PortraitError


def test_a_reader_keeps_the_snapshot_it_opened_while_the_pointer_moves_on(court: Papers) -> None:
    court.write("deposits", balance())
    court.load()
    root = court.publish().parent
    old, old_dossiers = Snapshot.current(root), Dossiers.current(root)
    assert count(old, "deposits") == 1
    court.write("deposits", balance(), balance(account=2, known_at="2024-03-01"))
    court.load()
    court.publish()
    new = Snapshot.current(root)
    assert (count(old, "deposits"), count(new, "deposits")) == (1, 2)
    assert len(old_dossiers.fetch(DEBTOR, CASE, date(2024, 6, 1)).rows("deposits")) == 1
    assert len(Dossiers.current(root).fetch(DEBTOR, CASE, date(2024, 6, 1)).rows("deposits")) == 2
    assert old.digest != new.digest
    assert (old.newest, new.newest) == (date(2024, 1, 10), date(2024, 3, 1))


def test_equal_content_gives_an_equal_digest_whatever_files_it_came_in(tmp_path: Path) -> None:
    digests = []
    for order in ("one load", "two loads, the other way round"):
        folder = tmp_path / order
        folder.mkdir()
        for papers in papers_in(folder):
            papers.court()
            rows = [balance(), balance(GUARANTOR, 2), balance(account=3)]
            if order != "one load":
                papers.write("deposits", rows[2])
                papers.load()
                rows.reverse()
            papers.write("deposits", *rows)
            papers.load()
            digests.append(Snapshot.open(papers.publish()).digest)
    assert digests[0] == digests[1]


def test_publishing_the_same_content_again_writes_nothing_new(court: Papers) -> None:
    court.load()
    folder = court.publish()
    written = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    court.load()
    assert court.publish() == folder
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == written
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".")] == []


def test_what_is_prepared_lies_there_before_readers_are_sent_to_it(court: Papers) -> None:
    court.load()
    root, seen = court.folder / "snapshots", []
    folder = publish(
        court.store, root, prepare=lambda folder: seen.append((folder, (root / POINTER).exists()))
    )
    assert seen == [(folder, False)]
    assert (root / POINTER).read_text() == f"{folder.name}\n"


def test_a_table_is_sorted_by_owner_and_clocks_and_says_when_a_row_was_superseded(court: Papers) -> None:
    court.write("deposits", balance(GUARANTOR), balance(happened_at="2024-01-09"), balance(account=2))
    court.load()
    root = next(row["row_id"] for row in court.rows("deposits") if row["account_id"] == 2)
    court.write("deposits", balance(account=2, amount="1", known_at="2024-05-05", corrects_row_id=root))
    court.load()
    snapshot = Snapshot.open(court.publish())
    table = pq.read_table(snapshot.parquet("deposits"))
    assert table.column_names == [
        "row_id", *(column.name for column in TABLES["deposits"].columns), "superseded_at", "load_id"
    ]  # fmt: skip
    order = [
        (row["party_id"], row["happened_at"], row["known_at"], row["row_id"]) for row in table.to_pylist()
    ]
    assert order == sorted(order)
    assert {row["row_id"]: row["superseded_at"] for row in table.to_pylist() if row["superseded_at"]} == {
        root: date(2024, 5, 5)
    }


def test_a_query_takes_values_by_name_and_arrow_tables_as_relations(court: Papers) -> None:
    court.write("deposits", balance(), balance(GUARANTOR, 2))
    court.load()
    snapshot = Snapshot.open(court.publish())
    asked = pa.table({"party_id": [GUARANTOR]})
    found = snapshot.query("select account_id from deposits join asked using (party_id) where known_at <= $day",
                           asked=asked, day=date(2024, 1, 10))  # fmt: skip
    assert found.to_pylist() == [{"account_id": 2}]
    snapshot.close()
    assert count(snapshot, "parties") == 0


def test_the_manifest_tells_what_is_there_and_how_new_every_source_is(court: Papers) -> None:
    asked = {"party_id": DEBTOR, "family": "deposits", "source": "national", "asked_at": "2024-01-10"}
    court.write(
        "queries",
        asked | {"receipt_id": 1, "status": "pending"},
        asked | {"receipt_id": 1, "status": "empty", "answered_at": "2024-01-15", "known_at": "2024-01-16"},
    )
    court.load()
    manifest = Manifest.read(court.publish())
    assert manifest.tables["queries"].rows == 2
    assert manifest.tables["queries"].newest == date(2024, 1, 16) == manifest.newest
    assert manifest.sources == {"deposits": {"national": date(2024, 1, 15)}}
    assert set(manifest.tables) == set(TABLES)


def test_pruning_keeps_the_current_snapshot_and_the_newest(court: Papers) -> None:
    folders = []
    for account in (1, 2, 3):
        court.write("deposits", balance(account=account))
        court.load()
        folders.append(court.publish())
    assert prune(folders[0].parent, keep=2) == [folders[0]]
    assert [folder.exists() for folder in folders] == [False, True, True]
    assert prune(folders[0].parent, keep=0) == [folders[1]]
    assert Snapshot.current(folders[0].parent).rows("deposits") == 3


def test_a_publication_that_fails_half_way_leaves_the_old_snapshot_in_place(
    court: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    court.load()
    root = court.publish().parent
    court.write("deposits", balance())
    court.load()

    def out_of_disk(*_: object, **__: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr("records.publish.write_dossiers", out_of_disk)
        with pytest.raises(OSError, match="no space left"):
            publish(court.store, root)
    assert Snapshot.current(root).rows("deposits") == 0
    assert [path.name for path in root.iterdir() if path.name.startswith(".")] == []
    assert Snapshot.open(court.publish()).rows("deposits") == 1


def test_without_a_snapshot_a_reader_is_told_to_load_and_publish_first(tmp_path: Path) -> None:
    with pytest.raises(
        PortraitError, match=r"nothing has been published.*publish a snapshot first"
    ) as raised:
        Snapshot.current(tmp_path)
    assert raised.value.problem.status == 503
    with pytest.raises(PortraitError, match="holds no manifest"):
        Dossiers.open(tmp_path)


def test_a_snapshot_of_other_contracts_is_not_read(court: Papers) -> None:
    court.load()
    place = court.publish() / MANIFEST
    place.write_text(json.dumps(json.loads(place.read_text()) | {"contracts": "another"}), encoding="utf-8")
    with pytest.raises(PortraitError, match="under other contracts"):
        Snapshot.open(place.parent)


def test_the_file_of_dossiers_is_the_same_in_small_batches_and_in_large_ones(
    court: Papers, tmp_path: Path
) -> None:
    court.write("deposits", *(balance(party, n) for n in range(1, 30) for party in (DEBTOR, GUARANTOR)))
    court.load()
    folder = court.publish()
    seen: list[tuple[int, int]] = []
    small = tmp_path / "small.sqlite"
    write_dossiers(court.store.engine, folder, small, progress=lambda *at: seen.append(at), batch_rows=7)
    assert len(seen) > 2
    assert seen[-1][0] == seen[-1][1]
    assert contents(small) == contents(folder / "dossiers.sqlite")


def contents(file: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(file)
    try:
        return connection.execute("select * from dossier order by owner, id, name").fetchall()
    finally:
        connection.close()


def count(snapshot: Snapshot, table: str) -> int:
    return int(snapshot.query(f"select count(*) as n from {table}").column("n")[0].as_py())

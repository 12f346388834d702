"""What a worker needs of a snapshot reaches its bucket: no row missing, none twice. Without Spark."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.night import IDS, build, matrix, slices
from operations import buckets
from operations.buckets import BY_CASE, Bucket, Piece
from records.snapshot import Snapshot

ROWS = 60
"""Obligations of a bucket: so few that many cases have debtors in two of them."""


@pytest.fixture
def cut(snapshot: Snapshot, obligations: pa.Table, tmp_path: Path) -> dict[int, Bucket]:
    """All buckets of the town, as Spark would bring them about."""
    count = -(-obligations.num_rows // ROWS)
    return _cut(snapshot, obligations, tmp_path, wanted=range(count))


def _cut(snapshot: Snapshot, obligations: pa.Table, room: Path, *, wanted: range) -> dict[int, Bucket]:
    buckets.lay_out(obligations, room, rows=ROWS, wanted=wanted)
    pieces: list[Piece] = []
    for part in buckets.parts(snapshot):
        pieces += buckets.cut(snapshot, part, room)
    assert {piece.bucket for piece in pieces} <= set(wanted)
    return {
        number: Bucket(
            snapshot,
            buckets.asked_of(room, number),
            buckets.brought((each.table, each.rows) for each in pieces if each.bucket == number),
        )
        for number in wanted
    }


def test_a_bucket_is_a_slice_of_the_night(obligations: pa.Table, cut: dict[int, Bucket]) -> None:
    for each in slices(obligations, rows=ROWS):
        assert cut[each.number].asked.digest == each.digest
    assert len(cut) > 5


@pytest.mark.parametrize("table", BY_CASE)
def test_every_row_of_a_buckets_cases_is_there_once(
    snapshot: Snapshot, cut: dict[int, Bucket], table: str
) -> None:
    ask = f"SELECT row_id FROM {table} JOIN (SELECT DISTINCT case_id FROM asked) USING (case_id) ORDER BY 1"
    found = 0
    for bucket in cut.values():
        rows = bucket.query(ask, asked=bucket.asked.rows)
        assert rows.equals(snapshot.query(ask, asked=bucket.asked.rows))
        found += rows.num_rows
    assert found > 0


@pytest.mark.parametrize("table", ["obligors", "payments", "deposits", "queries"])
def test_every_row_of_a_buckets_debtors_is_there_once(
    snapshot: Snapshot, cut: dict[int, Bucket], table: str
) -> None:
    ask = f"SELECT row_id FROM {table} JOIN (SELECT DISTINCT party_id FROM asked) USING (party_id) ORDER BY 1"
    for bucket in cut.values():
        assert bucket.query(ask, asked=bucket.asked.rows).equals(snapshot.query(ask, asked=bucket.asked.rows))


def test_a_case_with_debtors_in_two_buckets_reaches_both(cut: dict[int, Bucket]) -> None:
    cases = [set(bucket.asked.rows["case_id"].to_pylist()) for bucket in cut.values()]
    shared = set.union(*(one & other for one in cases for other in cases if one is not other))
    assert shared
    held = [set(bucket.brought["cases"]["case_id"].to_pylist()) for bucket in cut.values()]
    for case in shared:
        assert [case in each for each in held] == [case in each for each in cases]


def test_a_bucket_gives_the_values_of_the_whole(
    snapshot: Snapshot, obligations: pa.Table, cut: dict[int, Bucket]
) -> None:
    found = pa.concat_tables([build(bucket, bucket.asked.rows) for bucket in cut.values()])
    whole = build(snapshot, obligations.sort_by([(name, "ascending") for name in IDS]))
    assert found.select(IDS).equals(whole.select(IDS))
    np.testing.assert_array_equal(matrix(found), matrix(whole))


def test_only_what_is_wanted_travels(snapshot: Snapshot, obligations: pa.Table, tmp_path: Path) -> None:
    bucket = _cut(snapshot, obligations, tmp_path, wanted=range(2, 3))[2]
    cases = set(bucket.asked.rows["case_id"].to_pylist())
    assert set(bucket.brought["cases"]["case_id"].to_pylist()) == cases


def test_a_table_without_rows_travels_as_nothing_and_is_there_empty(
    snapshot: Snapshot, obligations: pa.Table, tmp_path: Path
) -> None:
    nobody = obligations.slice(0, 0)
    buckets.lay_out(nobody, tmp_path, rows=ROWS, wanted=[0])
    assert pq.read_metadata(tmp_path / buckets.CASES).num_rows == 0
    pieces = [piece for part in buckets.parts(snapshot) for piece in buckets.cut(snapshot, part, tmp_path)]
    assert pieces == []
    empty = Bucket(snapshot, next(slices(nobody, rows=ROWS)), {})
    assert empty.query("SELECT count(*) AS n FROM titles")["n"].to_pylist() == [0]

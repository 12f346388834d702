"""A province is built in slices: the same numbers however it is cut, files that are whole, and work that is kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.catalogue import CATALOGUE
from features.declare import Values
from features.night import IDS, Built, build, build_to, matrix, slices
from records.snapshot import Snapshot
from tests.features.in_memory import InMemory
from tests.features.in_memory import obligations as asked


@pytest.fixture(scope="module")
def whole(snapshot: Snapshot, obligations: pa.Table) -> Values:
    """Values of all obligations from one slice."""
    return matrix(build(snapshot, obligations))


@pytest.mark.parametrize("rows", [1, 17, 100])
def test_the_numbers_are_the_same_however_the_obligations_are_cut(
    snapshot: Snapshot, obligations: pa.Table, whole: Values, rows: int
) -> None:
    few = obligations.slice(0, 5 if rows == 1 else obligations.num_rows)
    np.testing.assert_array_equal(matrix(build(snapshot, few, rows=rows)), whole[: few.num_rows])


def test_an_obligation_keeps_its_place_and_may_be_asked_about_twice(
    snapshot: Snapshot, obligations: pa.Table, whole: Values
) -> None:
    twice = pa.concat_tables([obligations.slice(7, 3), obligations.slice(0, 9)])
    built = build(snapshot, twice, rows=4)
    assert built.select(IDS).equals(twice.select(IDS))
    np.testing.assert_array_equal(matrix(built), np.vstack([whole[7:10], whole[:9]]))


def test_files_hold_neighbouring_debtors_and_say_which_catalogue_made_them(
    snapshot: Snapshot, obligations: pa.Table, tmp_path: Path
) -> None:
    built = build_to(snapshot, obligations, tmp_path, rows=100)
    tables = [pq.read_table(file) for file in built.files]
    assert [table.num_rows for table in tables[:-1]] == [100] * (len(tables) - 1)
    together = pa.concat_tables(tables)
    parties = together["party_id"].to_numpy()
    assert (np.diff(parties) >= 0).all()
    assert all(table.schema.metadata[b"catalogue"].decode() == CATALOGUE.digest for table in tables)
    np.testing.assert_array_equal(matrix(together), matrix(build(snapshot, together.select(IDS))))


def test_a_broken_build_goes_on_where_it_stood(
    snapshot: Snapshot, obligations: pa.Table, tmp_path: Path
) -> None:
    done = _broken_after(2, snapshot, obligations, tmp_path)
    written = {file: file.stat().st_mtime_ns for file in done}
    built = build_to(snapshot, obligations, tmp_path, rows=100)
    assert built.kept == 2
    assert {file: file.stat().st_mtime_ns for file in done} == written
    np.testing.assert_array_equal(_values(built), matrix(build(snapshot, _sorted(obligations))))


def test_a_finished_build_is_all_kept(snapshot: Snapshot, obligations: pa.Table, tmp_path: Path) -> None:
    first = build_to(snapshot, obligations, tmp_path, rows=100)
    again = build_to(snapshot, obligations, tmp_path, rows=100)
    assert (first.kept, again.kept, again.files) == (0, len(first.files), first.files)


def test_a_damaged_file_and_one_of_other_obligations_are_built_again(
    snapshot: Snapshot, obligations: pa.Table, tmp_path: Path
) -> None:
    first = build_to(snapshot, obligations, tmp_path, rows=100)
    first.files[0].write_bytes(first.files[0].read_bytes()[:1000])
    first.files[1].write_bytes(first.files[2].read_bytes())
    again = build_to(snapshot, obligations, tmp_path, rows=100)
    assert again.kept == len(first.files) - 2
    np.testing.assert_array_equal(_values(again), matrix(build(snapshot, _sorted(obligations))))


def test_another_cut_leaves_no_file_of_the_earlier_one(
    snapshot: Snapshot, obligations: pa.Table, tmp_path: Path
) -> None:
    build_to(snapshot, obligations, tmp_path, rows=50)
    built = build_to(snapshot, obligations, tmp_path, rows=200)
    assert sorted(tmp_path.iterdir()) == sorted(built.files)
    assert _values(built).shape == (obligations.num_rows, len(CATALOGUE.names))


def test_progress_rises_to_the_last_table_of_the_last_slice(
    snapshot: Snapshot, obligations: pa.Table
) -> None:
    told: list[tuple[int, int]] = []
    build(snapshot, obligations, rows=100, progress=lambda label, done, total: told.append((done, total)))
    done = [each for each, _ in told]
    assert done == list(range(told[0][1]))
    assert {total for _, total in told} == {len(done)}


def test_of_nobody_there_is_one_empty_slice_and_an_empty_table() -> None:
    with InMemory({}) as records:
        assert build(records, asked([])).num_rows == 0
    assert [each.rows.num_rows for each in slices(asked([]))] == [0]


def _broken_after(count: int, snapshot: Snapshot, obligations: pa.Table, folder: Path) -> list[Path]:
    """Break a build off in the slice after ``count`` finished ones; the files that stand then."""

    def interrupt(label: str, done: int, total: int) -> None:
        if len(list(folder.glob("*.parquet"))) == count:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_to(snapshot, obligations, folder, rows=100, progress=interrupt)
    return sorted(folder.glob("*.parquet"))


def _sorted(obligations: pa.Table) -> pa.Table:
    return obligations.sort_by([(name, "ascending") for name in IDS])


def _values(built: Built) -> Values:
    return matrix(pa.concat_tables([pq.read_table(file) for file in built.files]))

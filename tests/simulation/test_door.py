"""The town goes in by the same door as a court's own files."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from records.load import load
from records.store import Store


@pytest.fixture(scope="module")
def store(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "court.duckdb"
    with Store.open(path, b"a secret of thirty-two bytes....") as opened:
        report = load(opened, town)
    assert (report.quarantined, report.refused) == (0, 0)
    assert report.loaded == report.read > 0
    return path


@pytest.mark.parametrize(
    "table", ["payments", "measures", "deposits", "real_property", "suspensions", "petitions"]
)
def test_every_correction_names_a_row_that_is_there(store: Path, table: str) -> None:
    with duckdb.connect(str(store), read_only=True) as engine:
        lost, all_ = engine.execute(
            f"""
            SELECT count(*) FILTER (WHERE r.row_id IS NULL), count(*)
            FROM {table} c LEFT JOIN {table} r ON r.row_id = c.corrects_row_id
            WHERE c.corrects_row_id IS NOT NULL
            """
        ).fetchall()[0]
    assert all_ > 0
    assert lost == 0


def test_a_dispute_names_the_row_that_is_contested(store: Path) -> None:
    with duckdb.connect(str(store), read_only=True) as engine:
        lost = engine.execute(
            """
            SELECT count(*) FROM disputes WHERE disputed_table = 'real_property'
            AND disputed_row_id NOT IN (SELECT row_id FROM real_property)
            """
        ).fetchall()
    assert lost == [(0,)]


def test_names_and_numbers_are_nobodys(town: Path) -> None:
    rows = pq.read_table(town / "parties.parquet", columns=["name", "id_number", "kind"]).to_pylist()
    assert all(row["name"].startswith("模拟") for row in rows)
    assert all(row["id_number"][0 if row["kind"] == "natural" else 2 :].startswith("99") for row in rows)
    assert len({row["id_number"] for row in rows}) == len(rows)

"""A whole court under foreign names comes in as the same court: every row of every table."""

from __future__ import annotations

from pathlib import Path

import pytest

from records.contracts import TABLES
from records.load import load
from records.mapping import FileMapping
from records.store import Store
from simulation import simulate
from tests.own_data.foreign_court import export, mapping


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("court") / "files"
    simulate(cases=120, seed=5, out=folder)
    return folder


def test_every_row_of_every_table_is_the_same_under_foreign_names(files: Path, tmp_path: Path) -> None:
    names = FileMapping.read(mapping(tmp_path / "ours.yaml"))
    with (
        Store.open(tmp_path / "plain.duckdb", b"one secret of the two") as plain,
        Store.open(tmp_path / "foreign.duckdb", b"one secret of the two") as foreign,
    ):
        told = load(plain, files)
        mapped = load(foreign, export(files, tmp_path / "export"), mapping=names)

        assert (mapped.quarantined, told.quarantined) == (0, 0)
        for table in TABLES.values():
            columns = ", ".join(column.name for column in table.columns)
            query = f'SELECT {columns} FROM "{table.name}" ORDER BY ALL'
            ours, theirs = (store.engine.execute(query).fetchall() for store in (plain, foreign))
            assert ours == theirs, table.name

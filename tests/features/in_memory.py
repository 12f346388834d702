"""Stored versions of rows in the memory of a DuckDB of its own: what the night engine asks in tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import pyarrow as pa

from records.contracts import TABLES, Kind
from records.dossier import Row

_ARROW = {
    Kind.DATE: pa.date32(),
    Kind.NUMBER: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.CODE: pa.string(),
    Kind.TEXT: pa.string(),
    Kind.PERSONAL: pa.string(),
}


class InMemory:
    """Answers the night engine's queries over rows given by table; a table without rows is there, empty.

    ``only``: the tables to make, where a test asks few.
    """

    def __init__(self, rows: Mapping[str, Iterable[Row]], *, only: Iterable[str] = tuple(TABLES)) -> None:
        self._connection = duckdb.connect(config={"threads": 1})
        for name in only:
            given = [dict(row) for row in rows.get(name, ())]
            self._connection.register("given", pa.Table.from_pylist(given, schema=_schema(name)))
            self._connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM given')
            self._connection.unregister("given")

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """The answer as an Arrow table; ``tables`` are joined in by their names."""
        for name, table in tables.items():
            self._connection.register(name, table)
        return self._connection.execute(sql).to_arrow_table()

    def __enter__(self) -> InMemory:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the memory go."""
        self._connection.close()


def obligations(points: Iterable[tuple[int, int, Any]]) -> pa.Table:
    """Obligations of (party, case, as of) for the night engine."""
    columns = list(zip(*points, strict=True)) or [(), (), ()]
    schema = pa.schema([("party_id", pa.int64()), ("case_id", pa.int64()), ("as_of", pa.date32())])
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema
    )


def _schema(table: str) -> pa.Schema:
    columns = [(column.name, _ARROW.get(column.kind, pa.int64())) for column in TABLES[table].columns]
    return pa.schema([*columns, ("row_id", pa.int64()), ("superseded_at", pa.date32())])

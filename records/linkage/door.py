"""Linkage at the door: the comparable numbers of a chunk of `parties`, hashed while their texts are still in hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pyarrow as pa

from records.contracts import Table
from records.linkage.codes import codes_of, hashed_form
from vocabulary.identity import normal_id

if TYPE_CHECKING:
    import duckdb

CODES = "staged_codes_"
_SCHEMA = pa.schema([("line", pa.int64()), ("scheme", pa.string()), ("code", pa.int64())])
_NUMBERS = ("id_number", "former_number")


def begin_codes(engine: duckdb.DuckDBPyConnection) -> None:
    """Make the empty staged table of codes."""
    engine.execute(
        f"create or replace temp table {CODES} (file integer, line bigint, scheme varchar, code bigint)"
    )


def stage_codes(
    engine: duckdb.DuckDBPyConnection,
    table: Table,
    file: int,
    *,
    texts: pa.Table,
    lines: pa.Array,
    key_of: Callable[[str], int],
) -> None:
    """Stage the codes of a chunk of `parties` (texts under the contract's names); other tables have none."""
    if table.name != "parties":
        return
    found = codes_in(texts, lines, key_of)
    if found.num_rows:
        engine.register("codes_", found)
        try:
            engine.execute(f"insert into {CODES} by position select {file}, line, scheme, code from codes_")
        finally:
            engine.unregister("codes_")


def keep_codes(engine: duckdb.DuckDBPyConnection, table: Table, *, staged: str, line: str) -> None:
    """Keep the codes of the rows of `parties` that the store holds; call it inside the load's transaction."""
    if table.name != "parties":
        return
    engine.execute(
        f"""insert into party_codes
        select distinct s.row_id, c.scheme, c.code from {staged} s
        join {CODES} c on c.file = s.file and c.line = s.{line}
        where not exists (select 1 from party_codes p where p.row_id = s.row_id)"""
    )


def codes_in(texts: pa.Table, lines: pa.Array, key_of: Callable[[str], int]) -> pa.Table:
    """Line, scheme and keyed hash of every comparable number in a chunk of `parties`.

    Read are the ID number, the former number and, where the file refers to the party by its ID number, that.
    """
    kinds = texts.column("kind").to_pylist()
    refers = [each if each and normal_id(each) else None for each in texts.column("party_id").to_pylist()]
    numbers_by_column = [texts.column(name).to_pylist() for name in _NUMBERS]
    found: list[tuple[int, str, int]] = []
    for line, kind, *numbers in zip(lines.to_pylist(), kinds, refers, *numbers_by_column, strict=True):
        if any(numbers):
            found += [
                (line, scheme, key_of(hashed_form(scheme, code))) for scheme, code in codes_of(kind, numbers)
            ]
    by_column = [[each[place] for each in found] for place in range(len(_SCHEMA))]
    arrays = [pa.array(values, field.type) for values, field in zip(by_column, _SCHEMA, strict=True)]
    return pa.Table.from_arrays(arrays, schema=_SCHEMA)

"""Row ids: a number that says what a row says, so that loading a row twice is seen and a correction can name it.

A row id is made from the md5 of the table's name, all contract columns in order as canonical text, and an occurrence
number (0 for the first of identical rows of a file). Canonical text: whole numbers, keys and fen in decimal digits,
dates as YYYY-MM-DD, flags as true and false, numbers as DuckDB writes a DOUBLE, missing as NUL; parts are joined by
the unit separator. The lower 62 bits are kept and bit 62 set: always 19 digits, never a court's own reference.
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from records.contracts import TABLES, Column, Kind, Table

ROW_REFERENCES = frozenset({"corrects_row_id", "disputed_row_id"})
"""Columns that name a row: they hold its id, never a hash of it."""
_MASK = 2**62 - 1
_BIT = 2**62


def row_id_sql(table: Table, *, occurrence: str = "0", source: str = "") -> str:
    """DuckDB's expression for the row id of rows in inside form (keys BIGINT, money in fen).

    ``occurrence`` is an expression giving the occurrence number; ``source`` an alias to read the columns from.
    """
    prefix = f"{source}." if source else ""
    parts = [f"'{table.name}'"]
    parts += [f"coalesce(cast({prefix}{column.name} as varchar), chr(0))" for column in table.columns]
    parts.append(f"cast({occurrence} as varchar)")
    joined = f"concat_ws(chr(31), {', '.join(parts)})"
    return f"cast((md5_number_lower({joined}) & {_MASK}::ubigint) | {_BIT}::ubigint as bigint)"


def row_ids(table: str, rows: pa.Table, *, key_of: Callable[[str], int] | None = None) -> pa.Array:
    """The ids (int64, one a row, in order) that the rows of one file will have once loaded.

    ``rows`` are in the form of the door: the table's columns by name (absent ones count as missing), money in yuan,
    keys as whole numbers of up to 15 digits; keys and ID numbers in text need ``key_of`` (`Store.key_of`), as at
    the door. Used to write corrections of rows in the same batch of files.
    Raises KeyError for an unknown table or column.
    """
    contract = TABLES[table]
    for name in rows.column_names:
        contract.column(name)
    door = pa.table(
        {name: _read(rows.column(name), contract.column(name), key_of) for name in rows.column_names}
    )
    inside = ", ".join(_inside(column, column.name in door.column_names) for column in contract.columns)
    names = ", ".join(column.name for column in contract.columns)
    with duckdb.connect(config={"threads": 1}) as engine:
        engine.register("door", door.append_column("position_", pa.array(range(door.num_rows), pa.int64())))
        return (
            engine.execute(
                f"""
                with inside as (select position_, {inside} from door),
                counted as (
                    select *, row_number() over (partition by {names} order by position_) - 1 as occurrence_
                    from inside
                )
                select {row_id_sql(contract, occurrence="occurrence_")} as row_id from counted order by position_
                """
            )
            .to_arrow_table()
            .column("row_id")
            .combine_chunks()
        )


def row_reference(text: str) -> int:
    """The row id that a file names: its 19 decimal digits, or the 16 hex digits shown outside.

    Raises ValueError for any other text.
    """
    number = int(text, 16) if len(text) == 16 else int(text)
    if not _BIT <= number < 2 * _BIT:
        raise ValueError(f"[{text}] is no row id")
    return number


def _inside(column: Column, present: bool) -> str:
    if not present:
        return f"cast(null as {column.kind.sql}) as {column.name}"
    if column.kind is Kind.MONEY:
        return f"cast(round(cast({column.name} as decimal(24, 6)) * 100) as bigint) as {column.name}"
    return f"cast({column.name} as {column.kind.sql}) as {column.name}"


def _read(values: pa.ChunkedArray, column: Column, key_of: Callable[[str], int] | None) -> pa.ChunkedArray:
    """The values of a column as the door reads them: blanks are missing, texts of keys become keys."""
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
        return values
    plain = pc.utf8_trim_whitespace(values)
    plain = pc.if_else(pc.equal(plain, ""), pa.scalar(None, plain.type), plain)
    if column.kind not in (Kind.KEY, Kind.IDENTITY):
        return plain
    to_key = row_reference if column.name in ROW_REFERENCES else key_of
    if to_key is None:
        raise ValueError(f"[{column.name}] holds text: give the store's key_of to bring it to keys")
    known = {text: to_key(text) for text in plain.unique().to_pylist() if text is not None}
    return pa.chunked_array([pa.array([known.get(text) for text in plain.to_pylist()], pa.int64())])

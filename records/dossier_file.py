"""Building the file of dossiers: every owner's rows of a table as one JSON text, made by DuckDB in batches.

Owners are taken in ranges of ids, small enough to hold, and written in key order, so that the file grows at its end.
Beside them stand what is asked across cases: whose a case number is, and the lots of all auctions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb

from records.contracts import TABLES, Table
from records.schema import owner_order

BATCH_ROWS = 400_000
_BATCH = 10_000
CREATE = """
create table dossier (
    owner text not null, id integer not null, name text not null, rows blob not null, primary key (owner, id, name)
) without rowid
"""
"""``owner`` is 'p' (party) or 'c' (case); ``rows`` a JSON array of arrays: row_id, superseded_at, the columns."""

CREATE_ACROSS = """
create table case_number (number text not null, case_id integer not null, primary key (number, case_id)) without rowid;
create table lot (
    case_id integer not null, kind text, round integer, appraised_value integer, sold integer, sold_price integer,
    happened_at text, known_at text, superseded_at text, row_id integer
);
create table lot_court (
    case_id integer not null, court text, happened_at text, known_at text, superseded_at text, row_id integer
);
"""
"""Numbers of every version of a case, brackets as in ASCII; lots, and the courts of their cases by version."""
_NUMBERS = """
select distinct replace(replace(case_number, '（', '('), '）', ')'), case_id from {cases}
where case_number is not null order by all"""
_CLOCKS = "cast(happened_at as varchar), cast(known_at as varchar), cast(superseded_at as varchar), row_id"
_ORDER = "order by case_id, happened_at, known_at, row_id"
_LOTS = f"""
select case_id, kind, round, appraised_value, cast(sold as integer), sold_price, {_CLOCKS}
from {{auctions}} where retracted is not true {_ORDER}"""
_COURTS = f"""
select case_id, court, {_CLOCKS} from {{cases}}
where retracted is not true and case_id in (select case_id from {{auctions}}) {_ORDER}"""


def write_dossiers(
    engine: duckdb.DuckDBPyConnection,
    snapshot: Path,
    file: Path,
    *,
    progress: Callable[[int, int], None],
    batch_rows: int = BATCH_ROWS,
) -> None:
    """Write the dossiers of a snapshot's Parquet files into a new SQLite file. ``progress(done, total)`` in rows."""
    target = sqlite3.connect(file, isolation_level=None)
    try:
        target.execute("pragma journal_mode = off")
        target.execute("pragma synchronous = off")
        target.execute("pragma page_size = 8192")
        target.execute(CREATE)
        sides = [(owner, _tables_of(owner)) for owner in ("c", "p")]
        counts = {owner: [_count(engine, snapshot, table) for table in tables] for owner, tables in sides}
        total, done = sum(map(sum, counts.values())), 0
        for owner, tables in sides:
            held = [table for table, rows in zip(tables, counts[owner], strict=True) if rows]
            for rows in _batches(engine, snapshot, held, owner, batch_rows):
                target.execute("begin")
                target.executemany("insert into dossier values (?, ?, ?, ?)", rows[0])
                target.execute("commit")
                done += rows[1]
                progress(done, total)
        _write_across(engine, snapshot, target)
    finally:
        target.close()


def owner_id(owner: str) -> str:
    """The id column of an owner."""
    return {"p": "party_id", "c": "case_id"}[owner]


def _write_across(engine: duckdb.DuckDBPyConnection, snapshot: Path, target: sqlite3.Connection) -> None:
    target.executescript(CREATE_ACROSS)
    files = {name: _parquet(snapshot, TABLES[name]) for name in ("cases", "auctions")}
    target.execute("begin")
    for table, sql in (("case_number", _NUMBERS), ("lot", _LOTS), ("lot_court", _COURTS)):
        found = engine.execute(sql.format(**files))
        places = ", ".join("?" for _ in found.description or ())
        while batch := found.fetchmany(_BATCH):
            target.executemany(f"insert into {table} values ({places})", batch)
    target.execute("commit")


def _tables_of(owner: str) -> list[Table]:
    """Tables kept under an owner: its own, and under a case those of its debtors that name the case."""
    if owner == "p":
        return [table for table in TABLES.values() if table.owner == "party"]
    return [table for table in TABLES.values() if any(each.name == "case_id" for each in table.columns)]


def _batches(
    engine: duckdb.DuckDBPyConnection, snapshot: Path, tables: list[Table], owner: str, batch_rows: int
) -> Iterator[tuple[list[tuple[str, int, str, bytes]], int]]:
    """Ready rows of the file in key order, with how many rows of the snapshot they hold."""
    if not tables:
        return
    ends = _range_ends(engine, snapshot, tables, owner, batch_rows)
    for first, last in zip([None, *ends[:-1]], ends, strict=True):
        ready: list[tuple[str, int, str, bytes]] = []
        held = 0
        for table in tables:
            for owner_key, rows, count in engine.execute(
                _json_sql(snapshot, table, owner, first, last)
            ).fetchall():
                ready.append((owner, owner_key, table.name, rows.encode()))
                held += count
        ready.sort(key=lambda each: (each[1], each[2]))
        yield ready, held


def _range_ends(
    engine: duckdb.DuckDBPyConnection, snapshot: Path, tables: list[Table], owner: str, batch_rows: int
) -> list[int]:
    """Last ids of ranges that hold about `batch_rows` rows of all tables together."""
    each = " union all ".join(
        f"select {owner_id(owner)} as id, count(*) as n from {_parquet(snapshot, table)} "
        f"where {owner_id(owner)} is not null group by all"
        for table in tables
    )
    return [
        row[0]
        for row in engine.execute(
            f"""with per_id as (select id, sum(n) as n from ({each}) group by id),
            running as (select id, sum(n) over (order by id rows unbounded preceding) as n from per_id)
            select max(id) from running group by n // {batch_rows} order by 1"""
        ).fetchall()
    ]


def _json_sql(snapshot: Path, table: Table, owner: str, first: int | None, last: int) -> str:
    """Per owner in a range of ids: the id, its rows as JSON in order, and their number."""
    id_ = owner_id(owner)
    columns = ", ".join(["row_id", "superseded_at", *(each.name for each in table.columns)])
    after = f"{id_} > {first} and" if first is not None else ""
    row = f"cast(json_array({columns}) as varchar)"
    return f"""
        select {id_}, '[' || string_agg({row}, ',' order by {owner_order(table)}) || ']', count(*)
        from {_parquet(snapshot, table)} where {after} {id_} <= {last} group by {id_}
    """


def _count(engine: duckdb.DuckDBPyConnection, snapshot: Path, table: Table) -> int:
    row = engine.execute(f"select count(*) from {_parquet(snapshot, table)}").fetchone()
    return int(row[0]) if row else 0


def _parquet(snapshot: Path, table: Table) -> str:
    path = str(snapshot / f"{table.name}.parquet").replace("'", "''")
    return f"read_parquet('{path}')"

"""The last step of a load, inside its transaction: keep what is new, and write down what was done with the rest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from records.contracts import TABLES, Table
from records.files import sha256
from records.load_report import LoadReport, RuleCount, TableCounts
from records.staging import BAD, REFUSED, Staging
from records.store import Store
from vocabulary.dates import now

_TOP_RULES = 20


def log_load(
    store: Store,
    staging: Staging,
    files: Sequence[tuple[Table, Path]],
    counts: Mapping[str, TableCounts],
    started: datetime,
) -> LoadReport:
    """Keep the staged rows and log the load; call it inside `Store.transaction`. ``files`` in staged order."""
    load_id = _next_load(store)
    told = tuple(_kept(staging, each, load_id) for each in counts.values())
    named = [
        {
            "number": number,
            "file": path.name,
            "table": table.name,
            "bytes": path.stat().st_size,
            "sha256": sha256(path),
        }
        for number, (table, path) in enumerate(files)
    ]
    _log_files(store, named, load_id)
    report = LoadReport(load_id, told, _top_rules(store))
    store.engine.execute(
        "insert into loads values (?, ?, ?, ?, ?)",
        [
            load_id,
            _utc(started),
            _utc(now()),
            json.dumps(
                [{name: each[name] for name in each if name != "number"} for each in named],
                ensure_ascii=False,
            ),
            json.dumps([asdict(each) for each in told]),
        ],
    )
    return report


def _next_load(store: Store) -> int:
    row = store.engine.execute("select coalesce(max(load_id), 0) + 1 from loads").fetchone()
    return int(row[0]) if row else 1


def _kept(staging: Staging, counts: TableCounts, load_id: int) -> TableCounts:
    table = TABLES[counts.table]
    good = staging.rows(table)
    loaded = staging.keep(table, load_id)
    return replace(counts, loaded=loaded, already_there=good - loaded)


def _log_files(store: Store, named: Sequence[Mapping[str, object]], load_id: int) -> None:
    """Write quarantine and refusals, unless the same file's were written by an earlier load."""
    store.engine.execute(
        "create or replace temp table loaded_files_ (number integer, file varchar, sha256 varchar)"
    )
    store.engine.executemany(
        "insert into loaded_files_ values (?, ?, ?)",
        [(each["number"], each["file"], each["sha256"]) for each in named],
    )
    store.engine.execute(
        f"""insert into quarantine
        select {load_id}, f.file, f.sha256, b.table_name, b.line, b.column_name, b.rule, b.value, b.raw
        from {BAD} b join loaded_files_ f on f.number = b.file
        where not exists (
            select 1 from quarantine q
            where q.file_sha256 = f.sha256 and q.table_name = b.table_name and q.line = b.line and q.rule = b.rule
              and q.column_name is not distinct from b.column_name)
        order by b.file, b.line, b.column_name, b.rule"""
    )
    store.engine.execute(
        f"""insert into refusals
        select {load_id}, f.file, f.sha256, r.table_name, 'not_an_obligor', r.masked_key, sum(r.row_count)
        from {REFUSED} r join loaded_files_ f on f.number = r.file
        where not exists (
            select 1 from refusals q
            where q.file_sha256 = f.sha256 and q.table_name = r.table_name and q.masked_key = r.masked_key)
        group by all order by f.file, r.table_name, r.masked_key"""
    )
    store.engine.execute("drop table loaded_files_")


def _top_rules(store: Store) -> tuple[RuleCount, ...]:
    rows = store.engine.execute(
        f"""select table_name, column_name, rule, count(*) as broken from {BAD} group by all
        union all select table_name, 'party_id', 'not_an_obligor', cast(sum(row_count) as bigint) from {REFUSED}
        group by all order by broken desc, table_name, column_name, rule limit {_TOP_RULES}"""
    ).fetchall()
    return tuple(RuleCount(*row) for row in rows)


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(tzinfo=None)

"""Publishing: the store's rows as an immutable snapshot that readers open, and the pointer to the newest one."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from records.contracts import TABLES, Table
from records.dossier_file import write_dossiers
from records.linkage.publishing import PublishedLinks
from records.manifest import DOSSIERS, POINTER, Manifest, TableFacts, current_folder, folder_of, folders
from records.schema import owner_order
from records.store import Store

_ROW_GROUP = 122_880


def publish(
    store: Store,
    root: Path | str,
    *,
    progress: Callable[[str, int, int], None] | None = None,
    prepare: Callable[[Path], None] | None = None,
) -> Path:
    """Write the store's rows as a snapshot below `root`, point `current` to it, and return its folder.

    The folder holds ``<table>.parquet`` per contract (sorted by owner, happened_at, known_at, row_id; with
    superseded_at), ``dossiers.sqlite`` and ``manifest.json``; where the store holds links, rows of linked parties stand
    under their obligor's id from the day on which the link is known, and ``links.sqlite`` says why.
    Content published before is not written again.
    ``progress(step, done, total)`` is told of every table and of the dossiers; ``prepare`` is given the folder before
    `current` points to it, to leave beside the rows what readers would else work out for themselves.
    """
    place = Path(root).resolve()
    place.mkdir(parents=True, exist_ok=True)
    tell = progress or _silent
    draft = place / f".draft-{os.getpid()}"
    for left in place.glob(".draft-*"):
        shutil.rmtree(left)  # of a publication that was killed
    draft.mkdir()
    try:
        folder = _finished(store, draft, place, tell)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    if prepare is not None:
        prepare(folder)
    point_to(place, folder.name)
    return folder


def point_to(root: Path, folder: str) -> None:
    """Let `current` name another snapshot, in one step that readers cannot see half of."""
    draft = root / f".{POINTER}-{os.getpid()}"
    with draft.open("w", encoding="utf-8") as file:
        file.write(folder + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(root / POINTER)


def prunable(root: Path | str, *, keep: int, needed: Collection[str] = ()) -> list[Path]:
    """The oldest snapshots beyond the `keep` newest, without the current one and those whose digests are needed.

    Nothing where nothing is published yet.
    """
    place = Path(root).resolve()
    every = folders(place)
    if not every:
        return []
    current = current_folder(place)
    names = {folder_of(digest) for digest in needed}
    old = [each for each in every if each != current]
    return [each for each in old[: max(0, len(old) + 1 - max(keep, 1))] if each.name not in names]


def prune(root: Path | str, *, keep: int, needed: Collection[str] = ()) -> list[Path]:
    """Remove what is `prunable`, each in one step that readers cannot see half of. Returns what was removed.

    No publication may run below the root meanwhile: it could point to a snapshot that is about to go.
    """
    removed = prunable(root, keep=keep, needed=needed)
    for each in removed:
        gone = each.with_name(f".draft-gone-{each.name}")
        each.replace(gone)
        shutil.rmtree(gone)
    return removed


def _finished(store: Store, draft: Path, root: Path, tell: Callable[[str, int, int], None]) -> Path:
    linked = PublishedLinks.of(store.engine)
    facts = linked.facts()
    for number, table in enumerate(TABLES.values(), start=1):
        facts[table.name] = _write_table(store.engine, table, linked.rows_sql(table), draft)
        tell(table.name, number, len(TABLES))
    manifest = Manifest.of(facts, _newest_answers(store.engine))
    folder = root / manifest.folder
    if folder.exists():
        os.utime(folder)
        return folder
    write_dossiers(
        store.engine, draft, draft / DOSSIERS, progress=lambda done, total: tell("dossiers", done, total)
    )
    linked.write(draft)
    manifest.write(draft)
    draft.rename(folder)
    return folder


def _write_table(engine: duckdb.DuckDBPyConnection, table: Table, rows_sql: str, draft: Path) -> TableFacts:
    path = draft / f"{table.name}.parquet"
    engine.execute(
        f"""copy ({rows_sql} order by {owner_order(table)}) to '{_quoted(path)}'
        (format parquet, compression zstd, row_group_size {_ROW_GROUP})"""
    )
    newest = engine.execute(f"select max(known_at) from {table.name}").fetchone()
    rows, digest = _digest(path)
    return TableFacts(rows, newest[0] if newest else None, digest)


def _digest(path: Path) -> tuple[int, str]:
    """Number of rows, and the SHA-256 of their ids in order. An id stands for all that its row says."""
    digest, rows = hashlib.sha256(), 0
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(columns=["row_id"]):
            digest.update(batch.column(0).to_numpy().tobytes())
            rows += batch.num_rows
    return rows, digest.hexdigest()


def _newest_answers(engine: duckdb.DuckDBPyConnection) -> dict[str, dict[str, date]]:
    rows = engine.execute(
        """select family, source, max(answered_at) from queries where answered_at is not null
        group by all order by all"""
    ).fetchall()
    newest: dict[str, dict[str, date]] = {}
    for family, source, day in rows:
        newest.setdefault(family, {})[source] = day
    return newest


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""

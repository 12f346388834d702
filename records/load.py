"""The door: files of records into the store, all or nothing, every row accounted for.

Every file's columns are checked before a row is read; rows are read in chunks, checked against their contract and
staged; then, in one transaction, good rows that are new are kept, bad ones quarantined, strangers' refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyarrow as pa

from records import files as door
from records.contracts import TABLES, Table
from records.linkage.door import stage_codes
from records.load_log import log_load
from records.load_report import LoadProgress, LoadReport, TableCounts
from records.mapping import PLAIN, FileMapping, TableMapping
from records.obligors import note_obligors
from records.problems import (
    missing_column,
    nothing_to_load,
    repeated_column,
    unknown_column,
    unknown_table,
    unreadable,
)
from records.quarantine import misfits
from records.staging import Staging, staged
from records.store import Store
from records.validate import check
from vocabulary.dates import now, today
from vocabulary.text import Text

FIRST = ("cases", "obligors")  # who may be recorded is known before the rest is looked at


@dataclass(frozen=True, slots=True)
class Source:
    """A file, the table it is for, and how its columns are named."""

    table: Table
    path: Path
    mapping: TableMapping
    encoding: str | None


def load(
    store: Store,
    files: Path | str | Mapping[str, Path | str | Sequence[Path | str]],
    *,
    mapping: FileMapping = PLAIN,
    encoding: str | None = None,
    progress: Callable[[LoadProgress], None] | None = None,
    on: date | None = None,
) -> LoadReport:
    """Load a folder (or table → file or files) of CSV and Parquet into the store, in one transaction.

    In a folder a file is for the table it is named after (``deposits.csv``, ``deposits/*.parquet``) or whose mapping
    pattern it matches. ``encoding`` is that of CSV files, UTF-8 if not said. ``on`` is the day of loading.
    Loading a file again adds nothing. Raises PortraitError, and leaves the store as it was, when a file cannot be
    read, is for no known table, lacks a required column or has an unknown one.
    """
    started = now()
    sources = _in_order(list(_sources(files, mapping, encoding)))
    for source in sources:
        _check_columns(source)
    staging = Staging(store.engine)
    staging.begin()
    try:
        counts = _stage(store, staging, sources, on or today(), progress or _silent)
        with store.transaction():
            return log_load(store, staging, [(each.table, each.path) for each in sources], counts, started)
    finally:
        staging.clear()


def _sources(
    files: Path | str | Mapping[str, Path | str | Sequence[Path | str]],
    mapping: FileMapping,
    encoding: str | None,
) -> Iterator[Source]:
    named = files.items() if isinstance(files, Mapping) else _found(Path(files), mapping)
    nothing = True
    for table, paths in named:
        for path in [paths] if isinstance(paths, Path | str) else paths:
            nothing = False
            where = Path(path)
            if table not in TABLES:
                raise unknown_table(where, table, TABLES)
            if where.suffix.lower() not in door.SUFFIXES:
                raise unreadable(where, Text(zh="既非 CSV 也非 Parquet", en="it is neither CSV nor Parquet"))
            yield Source(TABLES[table], where, mapping.of(table), encoding or mapping.encoding_of(table))
    if nothing:
        raise nothing_to_load("files" if isinstance(files, Mapping) else Path(files).name)


def _found(folder: Path, mapping: FileMapping) -> Iterator[tuple[str, Path]]:
    if not folder.is_dir():
        raise unreadable(folder, Text(zh="不是文件夹", en="it is no folder"))
    for path in sorted(folder.iterdir()):
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        for each in inside:
            if each.suffix.lower() not in door.SUFFIXES:
                continue
            tables = mapping.tables_of(each.name) or (path.stem if path is each else path.name,)
            for table in tables:
                yield table, each


def _in_order(sources: list[Source]) -> list[Source]:
    names = list(TABLES)
    return sorted(
        sources, key=lambda each: (each.table.name not in FIRST, names.index(each.table.name), each.path)
    )


def _check_columns(source: Source) -> None:
    theirs = door.header(source.path, source.encoding)
    table, mapping = source.table, source.mapping
    known = [column.name for column in table.columns]
    ours = [name for name in map(mapping.ours, theirs) if name is not None] + list(mapping.constants)
    for name in ours:
        if name not in known:
            raise unknown_column(source.path, table.name, name, known)
        if ours.count(name) > 1:
            raise repeated_column(source.path, name)
    for column in table.columns:
        if column.required and column.name not in ours:
            unclaimed = [name for name in theirs if mapping.ours(name) not in known]
            raise missing_column(source.path, table.name, column.name, unclaimed or theirs)


def _stage(
    store: Store, staging: Staging, sources: list[Source], on: date, progress: Callable[[LoadProgress], None]
) -> dict[str, TableCounts]:
    for name in FIRST:
        staging.open(TABLES[name])
    numbered = list(enumerate(sources))
    of_first = [each for each in numbered if each[1].table.name in FIRST]
    read = _read_all(store, staging, of_first, on, progress)
    for name in FIRST:
        staging.refuse_dangling(TABLES[name])
    note_obligors(
        store.engine, staged_cases=staged(TABLES["cases"]), staged_obligors=staged(TABLES["obligors"])
    )
    rest = numbered[len(of_first) :]
    read |= _read_all(store, staging, rest, on, progress)
    for table in {source.table.name: source.table for _, source in rest}.values():
        staging.refuse_strangers(table)
        staging.refuse_dangling(table)
    return {
        name: TableCounts(
            name, rows, 0, 0, staging.bad_rows(TABLES[name]), staging.refused_rows(TABLES[name])
        )
        for name, rows in read.items()
    }


def _read_all(
    store: Store,
    staging: Staging,
    sources: Iterable[tuple[int, Source]],
    on: date,
    progress: Callable[[LoadProgress], None],
) -> dict[str, int]:
    read: dict[str, int] = {}
    for number, source in sources:
        table = source.table
        staging.open(table)
        for chunk in door.chunks(source.path, source.encoding):
            texts = _as_ours(chunk.rows, source)
            staging.add(table, number, check(table, texts, chunk.lines, key_of=store.key_of, today=on))
            stage_codes(store.engine, table, number, texts=texts, lines=chunk.lines, key_of=store.key_of)
            staging.add_bad(table, number, misfits(table, chunk.misfits))
            read[table.name] = read.get(table.name, 0) + texts.num_rows + len(chunk.misfits)
            progress(LoadProgress(table.name, source.path.name, chunk.done, chunk.total))
        read.setdefault(table.name, 0)
        staging.number_occurrences(table, number)
    return read


def _as_ours(rows: pa.Table, source: Source) -> pa.Table:
    """A chunk under the contract's names, in its order, with words mapped and constants filled in."""
    mapping = source.mapping
    given = {mapping.ours(name): rows.column(name).combine_chunks() for name in rows.column_names}
    columns = []
    for column in source.table.columns:
        if column.name in mapping.constants:
            values = pa.repeat(pa.scalar(mapping.constants[column.name], pa.string()), rows.num_rows)
        elif column.name in given:
            values = _worded(given[column.name], mapping.values.get(column.name))
            values = _in_yuan(values, mapping.units.get(column.name))
        else:
            values = pa.nulls(rows.num_rows, pa.string())
        columns.append(values)
    return pa.Table.from_arrays(columns, names=[column.name for column in source.table.columns])


def _worded(texts: pa.Array, words: Mapping[str, str | None] | None) -> pa.Array:
    if not words:
        return texts
    coded = texts.dictionary_encode()
    ours = [words.get(text, text) for text in coded.dictionary.to_pylist()]
    return pa.array(ours, pa.string()).take(coded.indices)


def _in_yuan(texts: pa.Array, unit: Decimal | None) -> pa.Array:
    """Amounts written in yuan; what is no number stays as it is, for its form to be refused."""
    if unit is None:
        return texts
    coded = texts.dictionary_encode()
    yuan = [_times(text, unit) for text in coded.dictionary.to_pylist()]
    return pa.array(yuan, pa.string()).take(coded.indices)


def _times(text: str, unit: Decimal) -> str:
    try:
        amount = Decimal(text.replace(",", "")) * unit
    except InvalidOperation:
        return text
    return format(amount.normalize(), "f") if amount.is_finite() else text


def _silent(progress: LoadProgress) -> None:
    """Tell nobody."""

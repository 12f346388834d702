"""Data files at the door: CSV and Parquet, read in chunks of plain text with the place of every row.

Whatever a file's types, the values come out as text (blank is missing) and are read once, by `records.forms`.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from records.problems import not_utf8, repeated_column, unreadable
from vocabulary.text import Text

CHUNK_ROWS = 65_536
SUFFIXES = (".csv", ".parquet")
_CENT_EXACT = 2.0**53 / 100
_SHANGHAI = "+08:00"


@dataclass(frozen=True, slots=True)
class Misfit:
    """A CSV row with more or fewer fields than the header."""

    line: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a file: all columns as text under the file's names, ``lines`` (int64), misfits apart.

    ``done`` of ``total`` tell how far the file has been read: bytes of a CSV file, rows of a Parquet file.
    """

    rows: pa.Table
    lines: pa.Array
    misfits: tuple[Misfit, ...]
    done: int
    total: int


def header(path: Path, encoding: str | None = None) -> tuple[str, ...]:
    """The column names of a file. Raises PortraitError when it cannot be read or a name appears twice."""
    names = _csv_header(path, encoding) if path.suffix.lower() == ".csv" else _parquet_header(path)
    for name in names:
        if names.count(name) > 1:
            raise repeated_column(path, name)
    return names


def chunks(path: Path, encoding: str | None = None, *, rows: int = CHUNK_ROWS) -> Iterator[Chunk]:
    """The rows of a file in order, at most `rows` at a time.

    A line is the first line of the row in a CSV file, the header being line 1 and newlines inside quotes counted;
    in a Parquet file it is the row's number, from 1. Raises PortraitError when the file breaks off being readable.
    """
    if path.suffix.lower() == ".csv":
        return _csv_chunks(path, encoding, rows)
    return _parquet_chunks(path, rows)


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _csv_header(path: Path, encoding: str | None) -> tuple[str, ...]:
    with _opened(path, encoding) as file:
        first = next(csv.reader(file, strict=True), None)
    if not first:
        raise unreadable(path, Text(zh="文件为空，没有表头", en="it is empty and has no header"))
    return tuple(name.strip() for name in first)


@contextmanager
def _opened(path: Path, encoding: str | None) -> Iterator[IO[str]]:
    try:
        with path.open(encoding=encoding or "utf-8-sig", newline="") as file:
            yield file
    except UnicodeDecodeError:
        raise not_utf8(path, encoding) from None
    except LookupError:
        why = Text(zh=f"未知编码 [{encoding}]", en=f"[{encoding}] is no known encoding")
        raise unreadable(path, why) from None
    except OSError as error:
        why = Text(zh=f"系统提示 {error.strerror}", en=f"the system says: {error.strerror}")
        raise unreadable(path, why) from None
    except csv.Error as error:
        raise unreadable(
            path, Text(zh=f"CSV 格式错误：{error}", en=f"it is not well-formed CSV: {error}")
        ) from None


def _csv_chunks(path: Path, encoding: str | None, size: int) -> Iterator[Chunk]:
    names = _csv_header(path, encoding)
    total = path.stat().st_size
    with _opened(path, encoding) as file:
        reader = csv.reader(file, strict=True)
        next(reader)
        rows: list[list[str]] = []
        lines: list[int] = []
        misfits: list[Misfit] = []
        before = reader.line_num
        try:
            for row in reader:
                line, before = before + 1, reader.line_num
                if len(row) == len(names):
                    rows.append(row)
                    lines.append(line)
                elif row:
                    misfits.append(Misfit(line, tuple(row)))
                if len(rows) + len(misfits) >= size:
                    yield _chunk(names, rows, lines, misfits, file.buffer.tell(), total)  # type: ignore[attr-defined]
                    rows, lines, misfits = [], [], []
        except csv.Error as error:
            why = Text(
                zh=f"第 {reader.line_num} 行附近 CSV 格式错误：{error}",
                en=f"it is not well-formed CSV near line {reader.line_num}: {error}",
            )
            raise unreadable(path, why) from None
        yield _chunk(names, rows, lines, misfits, total, total)


def _chunk(
    names: tuple[str, ...],
    rows: list[list[str]],
    lines: list[int],
    misfits: list[Misfit],
    done: int,
    total: int,
) -> Chunk:
    columns = list(zip(*rows, strict=True)) if rows else [() for _ in names]
    arrays = [_plain(pa.array(column, pa.string())) for column in columns]
    table = pa.Table.from_arrays(arrays, names=list(names))
    return Chunk(table, pa.array(lines, pa.int64()), tuple(misfits), done, total)


def _parquet_header(path: Path) -> tuple[str, ...]:
    with _parquet(path) as file:
        schema = file.schema_arrow
        for field in schema:
            if pa.types.is_nested(field.type):
                why = Text(
                    zh=f"列 [{field.name}] 是嵌套类型", en=f"column [{field.name}] is of a nested type"
                )
                raise unreadable(path, why)
        return tuple(schema.names)


@contextmanager
def _parquet(path: Path) -> Iterator[pq.ParquetFile]:
    try:
        with pq.ParquetFile(path) as file:
            yield file
    except (pa.ArrowException, OSError) as error:
        first = str(error).splitlines()[0]
        raise unreadable(
            path, Text(zh=f"不是完好的 Parquet 文件：{first}", en=f"not a sound Parquet file: {first}")
        ) from None


def _parquet_chunks(path: Path, size: int) -> Iterator[Chunk]:
    with _parquet(path) as file:
        total, done = file.metadata.num_rows, 0
        for batch in file.iter_batches(batch_size=size):
            lines = pa.array(range(done + 1, done + batch.num_rows + 1), pa.int64())
            done += batch.num_rows
            texts = [_plain(_text(column)) for column in batch.columns]
            table = pa.Table.from_arrays(texts, names=batch.schema.names)
            yield Chunk(table, lines, (), done, total)


def _plain(texts: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _text(values: pa.Array) -> pa.Array:
    """The values of a typed column as a person would write them."""
    kind = values.type
    if pa.types.is_dictionary(kind):
        return _text(values.dictionary_decode())
    if pa.types.is_timestamp(kind):
        return _days(values)
    if pa.types.is_floating(kind):
        return _numerals(pc.cast(values, pa.float64()))
    return pc.cast(values, pa.string())


def _days(values: pa.Array) -> pa.Array:
    """Instants as Shanghai dates; times without a zone as dates when they are midnights, else as they are."""
    if values.type.tz is not None:
        return pc.strftime(pc.cast(values, pa.timestamp(values.type.unit, _SHANGHAI)), format="%Y-%m-%d")
    midnight = pc.equal(pc.floor_temporal(values, unit="day"), values)
    return pc.if_else(midnight, pc.strftime(values, format="%Y-%m-%d"), pc.cast(values, pa.string()))


def _numerals(values: pa.Array) -> pa.Array:
    """Floats with at most two decimals in plain decimals, where Arrow would write an exponent; others as Arrow does."""
    cents = pc.round(pc.multiply(values, 100.0))
    exact = pc.and_(pc.less(pc.abs(values), _CENT_EXACT), pc.equal(pc.divide(cents, 100.0), values))
    fen = pc.cast(pc.if_else(exact, cents, 0.0), pa.int64())
    yuan = pc.cast(pc.divide(fen, 100), pa.string())
    decimals = pc.cast(
        pc.divide(pc.cast(fen, pa.decimal128(19, 0)), pa.scalar(100, pa.decimal128(3, 0))), pa.string()
    )
    is_whole = pc.equal(pc.multiply(pc.divide(fen, 100), 100), fen)
    return pc.if_else(exact, pc.if_else(is_whole, yuan, decimals), pc.cast(values, pa.string()))

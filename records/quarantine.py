"""Quarantine: the rows that were not let in, each with its place, the rule it broke and its value, masked."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple

import pyarrow as pa

from records.contracts import Column, Kind, Table
from records.files import Misfit
from records.row_ids import ROW_REFERENCES
from vocabulary.identity import masked, normal_id

SCHEMA = pa.schema(
    [
        ("line", pa.int64()),
        ("column_name", pa.string()),
        ("rule", pa.string()),
        ("value", pa.string()),
        ("raw", pa.string()),
        ("party_id", pa.int64()),
    ]
)
"""One broken rule of one row. ``party_id`` is dropped once it is known whether the row may be held at all."""

_REFERENCE = re.compile(r"\d{1,15}")
_LONG_DIGITS = re.compile(r"\d{11,}")


class Failure(NamedTuple):
    """A rule that a row of a chunk broke; ``row`` is its position in the chunk."""

    row: int
    column: str
    rule: str


def quarantined(
    table: Table, texts: pa.Table, lines: pa.Array, failures: Sequence[Failure], inside: pa.Table
) -> pa.Table:
    """The failures of a chunk as quarantine holds them (SCHEMA)."""
    rows = sorted({failure.row for failure in failures})
    if not rows:
        return SCHEMA.empty_table()
    place = {row: position for position, row in enumerate(rows)}
    bad = texts.take(pa.array(rows, pa.int64()))
    cells = {column.name: bad.column(column.name).to_pylist() for column in table.columns}
    shown = {
        column.name: [shown_value(column, text) for text in cells[column.name]] for column in table.columns
    }
    raws = [
        json.dumps(
            {name: texts[i] for name, texts in shown.items() if texts[i] is not None}, ensure_ascii=False
        )
        for i in range(len(rows))
    ]
    parties = _parties(inside, rows)
    numbers = lines.take(pa.array(rows, pa.int64())).to_pylist()
    told = [
        (numbers[i], failure.column, failure.rule, shown[failure.column][i], raws[i], parties[i])
        for failure in sorted(failures)
        for i in (place[failure.row],)
    ]
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for column, field in zip(zip(*told, strict=True), SCHEMA, strict=True)],
        schema=SCHEMA,
    )


def misfits(table: Table, rows: Sequence[Misfit]) -> pa.Table:
    """CSV rows whose fields do not fit the header. Which field is which is not known, so all are kept masked."""
    return pa.Table.from_pylist(
        [
            {
                "line": row.line,
                "rule": "field_count",
                "value": str(len(row.fields)),
                "raw": json.dumps([masked(field) for field in row.fields], ensure_ascii=False),
            }
            for row in rows
        ],
        schema=SCHEMA,
    )


def shown_value(column: Column, text: str | None) -> str | None:
    """A value as quarantine may hold it: personal texts and anything like an ID number masked."""
    if text is None:
        return None
    if column.kind in (Kind.PERSONAL, Kind.IDENTITY) or column.sensitivity == "personal":
        return masked(text)
    if column.kind is Kind.KEY and column.name not in ROW_REFERENCES:
        plain = _REFERENCE.fullmatch(text) is not None and normal_id(text) is None
        return text if plain else masked(text)
    if column.kind is Kind.TEXT and _LONG_DIGITS.search(text):
        return masked(text)
    return masked(text) if normal_id(text) else text[:200]


def _parties(inside: pa.Table, rows: list[int]) -> list[int | None]:
    if "party_id" not in inside.column_names:
        return [None] * len(rows)
    parties: list[int | None] = inside.column("party_id").take(pa.array(rows, pa.int64())).to_pylist()
    return parties

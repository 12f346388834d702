"""Rows on their way to files: numpy columns by table, turned into Arrow by the contract of the table.

Missing values: 0 for references, NO_DAY for dates, NaN for numbers and money, -1 for codes and flags.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from records.contracts import TABLES, Column, Kind
from simulation.clock import LAST_DAY, NO_DAY
from simulation.draws import Array

ARROW = {
    Kind.KEY: pa.int64(),
    Kind.IDENTITY: pa.string(),
    Kind.DATE: pa.date32(),
    Kind.MONEY: pa.float64(),
    Kind.NUMBER: pa.float64(),
    Kind.WHOLE: pa.int64(),
    Kind.FLAG: pa.bool_(),
    Kind.CODE: pa.dictionary(pa.int8(), pa.string()),
    Kind.TEXT: pa.dictionary(pa.int32(), pa.string()),
    Kind.PERSONAL: pa.string(),
}


class Words:
    """A text column as positions in a list of words (-1 for none)."""

    def __init__(self, places: Array, words: list[str]) -> None:
        self.places = places
        self.words = words


class Sheets:
    """Collects rows of every table of one block."""

    def __init__(self) -> None:
        self._parts: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.notes: dict[str, Array] = {}

    def add(self, table: str, **columns: Any) -> None:
        """Add rows. Scalars are spread over all rows; columns left out are missing."""
        size = max((len(value) for value in columns.values() if isinstance(value, np.ndarray)), default=0)
        if size:
            self._parts[table].append(columns | {"": size})

    def note(self, name: str, values: Array) -> None:
        """Keep what a later stage needs to know and no table holds."""
        self.notes[name] = values

    def table(self, name: str) -> pa.Table:
        """All rows of a table known by the cut-off, in order of adding."""
        contract = TABLES[name]
        pieces = [_piece(contract.columns, part) for part in self._parts.get(name, ())]
        schema = schema_of(name)
        if not pieces:
            return schema.empty_table()
        return pa.concat_tables(pieces).unify_dictionaries().combine_chunks()


def schema_of(name: str) -> pa.Schema:
    """The Arrow schema of a table's file."""
    return pa.schema([pa.field(column.name, ARROW[column.kind]) for column in TABLES[name].columns])


def _piece(columns: tuple[Column, ...], part: dict[str, Any]) -> pa.Table:
    size = part[""]
    known = np.asarray(part["known_at"])
    keep = None if known.ndim and (known <= LAST_DAY).all() else np.broadcast_to(known, size) <= LAST_DAY
    arrays = []
    for column in columns:
        arrays.append(_arrow(column, part.get(column.name), size, keep))
    unknown = set(part) - {column.name for column in columns} - {""}
    if unknown:
        raise KeyError(f"no such columns: {sorted(unknown)}")
    return pa.table(arrays, names=[column.name for column in columns])


def _arrow(column: Column, value: Any, size: int, keep: Array | None) -> pa.Array:
    """A column's values as its contract wants them, rows not to be kept left out."""
    if value is None:
        return _missing(column, size if keep is None else int(keep.sum()))
    if isinstance(value, Words):
        places = _kept(value.places, size, keep).astype(np.int32)
        return pa.DictionaryArray.from_arrays(pa.array(places, mask=places < 0), pa.array(value.words))
    return _MAKERS.get(column.kind, _texts)(column, _kept(value, size, keep))


def _missing(column: Column, size: int) -> pa.Array:
    if column.kind is Kind.CODE:
        return pa.DictionaryArray.from_arrays(pa.nulls(size, pa.int8()), pa.array(column.codes))
    if column.kind is Kind.TEXT:
        return pa.DictionaryArray.from_arrays(pa.nulls(size, pa.int32()), pa.array([""]))
    return pa.nulls(size, ARROW[column.kind])


def _codes(column: Column, values: Array) -> pa.Array:
    places = values.astype(np.int8)
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=places < 0), pa.array(column.codes))


def _dates(column: Column, values: Array) -> pa.Array:
    days = values.astype(np.int32)
    return pa.array(days, mask=days == NO_DAY).view(pa.date32())


def _keys(column: Column, values: Array) -> pa.Array:
    return pa.array(values.astype(np.int64), mask=values == 0)


def _amounts(column: Column, values: Array) -> pa.Array:
    amounts = np.round(values.astype(np.float64), 2 if column.kind is Kind.MONEY else 6) + 0.0
    return pa.array(amounts, mask=np.isnan(amounts))


def _wholes(column: Column, values: Array) -> pa.Array:
    known = ~np.isnan(values.astype(np.float64))
    return pa.array(np.where(known, values, 0).astype(np.int64), mask=~known)


def _flags(column: Column, values: Array) -> pa.Array:
    flags = values.astype(np.int8)
    return pa.array(flags == 1, mask=flags < 0)


def _texts(column: Column, values: Array) -> pa.Array:
    return pa.array(values.tolist(), ARROW[column.kind])


_MAKERS: dict[Kind, Callable[[Column, Array], pa.Array]] = {
    Kind.CODE: _codes,
    Kind.DATE: _dates,
    Kind.KEY: _keys,
    Kind.MONEY: _amounts,
    Kind.NUMBER: _amounts,
    Kind.WHOLE: _wholes,
    Kind.FLAG: _flags,
}


def _kept(value: Any, size: int, keep: Array | None) -> Array:
    values = np.broadcast_to(np.asarray(value), size)
    return values if keep is None else values[keep]


def code(table: str, column: str, word: str) -> int:
    """The position of a word among a code column's lawful values."""
    return TABLES[table].column(column).codes.index(word)

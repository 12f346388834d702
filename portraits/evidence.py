"""Back from a reason to the records: the rows behind a feature, and the value recomputed from them alone."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from features.catalogue import CATALOGUE
from features.evidence import ALWAYS_SHOWN, EvidencePart, evidence
from features.phrases import spoken_value
from portraits.law.rule import Cited
from records.contracts import TABLES, Kind
from records.dossier import Dossier, Row
from vocabulary.families import FAMILIES
from vocabulary.identity import shown_key
from vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one feature made of rows: ``columns`` and ``rows`` as shown outside; money in yuan, ids as text."""

    feature: str
    label: Text
    family: str
    family_label: Text
    table: str
    value: float | None
    shown: Text
    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """The evidence of one feature of a portrait, with the receipts that brought its family's answers."""

    feature: str
    label: Text
    parts: tuple[Part, ...]
    receipts: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Rows of one table as shown outside: the columns that say something in one of them."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


RECEIPT_COLUMNS = ("receipt_id", "family", "source", "asked_at", "answered_at", "status", "known_at")


def opened(name: str, dossier: Dossier) -> Opened:
    """The evidence of a feature in a dossier. Raises KeyError with near names for an unknown feature."""
    found = evidence(name, dossier)
    return Opened(
        feature=name,
        label=CATALOGUE[name].label,
        parts=tuple(_part(part) for part in found.parts),
        receipts=tuple(_outside("queries", row, RECEIPT_COLUMNS) for row in found.receipts),
    )


def cited(named: Iterable[Cited], dossier: Dossier) -> tuple[tuple[Shown, ...], tuple[dict[str, Any], ...]]:
    """The rows that a ledger line or a conduct fact names, table by table, and the receipts that brought them.

    Free text about persons and ID numbers are left out. Raises KeyError for a row that the dossier does not hold.
    """
    ids: dict[str, dict[int, None]] = {}
    for each in named:
        ids.setdefault(each.table, {})[each.row_id] = None
    tables: list[Shown] = []
    receipts: set[int | None] = set()
    for table, wanted in ids.items():
        held = {row["row_id"]: row for row in (*dossier.rows(table, "case"), *dossier.rows(table, "party"))}
        rows = [held[row_id] for row_id in wanted]
        receipts.update(row.get("receipt_id") for row in rows)
        columns = _speaking(table, rows, dossier.party_id)
        tables.append(Shown(table, columns, tuple(_outside(table, row, columns) for row in rows)))
    asked = [row for row in dossier.rows("queries") if row["receipt_id"] in receipts]
    return tuple(tables), tuple(_outside("queries", row, RECEIPT_COLUMNS) for row in asked)


def _speaking(table: str, rows: list[Row], debtor: int) -> tuple[str, ...]:
    """Ids and clocks first, then the columns that hold something, none personal nor only naming the debtor again."""
    personal = (Kind.PERSONAL, Kind.IDENTITY)
    named = [column.name for column in TABLES[table].columns if column.kind not in personal]
    first = [name for name in ALWAYS_SHOWN if name == "row_id" or name in named]
    held = {name: {row.get(name) for row in rows} - {None} for name in named if name not in first}
    return (*first, *(name for name in held if held[name] - ({debtor} if name == "party_id" else set())))


def _part(part: EvidencePart) -> Part:
    feature = part.feature
    table = feature.rows.table
    return Part(
        feature=feature.name,
        label=feature.label,
        family=feature.family,
        family_label=FAMILIES[feature.family].label,
        table=table,
        value=None if math.isnan(part.value) else part.value,
        shown=spoken_value(feature, part.value),
        columns=part.columns,
        rows=tuple(_outside(table, row, part.columns) for row in part.rows),
    )


def _outside(table: str, row: Row, columns: tuple[str, ...]) -> dict[str, Any]:
    return {name: _shown(table, name, row.get(name)) for name in columns}


def _shown(table: str, name: str, value: Any) -> Any:
    if value is None:
        return None
    kind = Kind.KEY if name == "row_id" else TABLES[table].column(name).kind
    if kind in (Kind.KEY, Kind.IDENTITY):
        return shown_key(value)
    if kind is Kind.MONEY:
        return value / 100
    return value

"""The rows behind a reason, as the API carries them."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field

from portraits.evidence import RECEIPT_COLUMNS, Opened, Part, Shown
from portraits.law.rule import Cited
from records.contracts import TABLES, Kind
from serving.shapes.common import AsOf, Key, Shape, Words
from vocabulary.families import FAMILIES
from vocabulary.identity import shown_key
from vocabulary.labels import column_label, word
from vocabulary.text import Text

ColumnKind = Literal["key", "date", "money", "number", "whole", "flag", "code", "text"]
Cell = str | float | int | bool | None
_KINDS: dict[Kind, ColumnKind] = {
    Kind.KEY: "key",
    Kind.IDENTITY: "key",
    Kind.DATE: "date",
    Kind.MONEY: "money",
    Kind.NUMBER: "number",
    Kind.WHOLE: "whole",
    Kind.FLAG: "flag",
    Kind.CODE: "code",
    Kind.TEXT: "text",
    Kind.PERSONAL: "text",
}


_ROWS = {"table": "deposits", "columns": [], "count": 0, "first": 0, "rows": []}


class ColumnShape(Shape):
    """A column of the rows shown, with words for its codes."""

    name: str = Field(examples=["nature"])
    label: Words = Field(examples=[{"zh": "账户性质", "en": "nature of the account"}])
    kind: ColumnKind = Field(
        description="money is CNY, a date a Shanghai date, a key text", examples=["code"]
    )
    words: dict[str, Words] = Field(
        description="words for the codes of the column",
        examples=[{"ordinary": {"zh": "一般账户", "en": "ordinary"}}],
    )


class RowsShape(Shape):
    """Some rows of one table, as they were known on the portrait's date."""

    table: str = Field(examples=["deposits"])
    columns: list[ColumnShape] = Field(examples=[[]])
    count: int = Field(description="number of rows in all", examples=[2])
    first: int = Field(description="position of the first row shown", examples=[0])
    rows: list[dict[str, Cell]] = Field(
        examples=[[{"row_id": "00c3b5a1e8f2d974", "known_at": "2026-05-02", "available": 52000.0}]]
    )
    contested: list[str] = Field(
        default=[], description="ids of rows shown that the debtor contests", examples=[[]]
    )


class PartShape(Shape):
    """One feature made of rows: the value recomputed from these rows alone."""

    feature: str = Field(examples=["deposit_available_latest"])
    label: Words = Field(examples=[{"zh": "可扣划存款余额", "en": "Deposits free to deduct"}])
    family: str = Field(examples=["deposits"])
    family_label: Words = Field(examples=[{"zh": "银行存款", "en": "deposits"}])
    value: float | None = Field(examples=[52000.0])
    shown: Words = Field(examples=[{"zh": "5.2万元", "en": "¥52,000"}])
    evidence: RowsShape = Field(examples=[_ROWS])


class EvidenceShape(Shape):
    """The evidence of one feature of a portrait."""

    portrait: str = Field(examples=["3c9b2f6a1e0d4b7788aa01cd"])
    feature: str = Field(examples=["deposit_available_latest"])
    label: Words = Field(examples=[{"zh": "可扣划存款余额", "en": "Deposits free to deduct"}])
    as_of: AsOf
    case: Key
    debtor: Key
    parts: list[PartShape] = Field(description="one for each feature made of rows", examples=[[]])
    receipts: RowsShape = Field(description="the queries that brought the answers", examples=[_ROWS])
    snapshot: str = Field(description="digest of the records", examples=["41ab" * 16])


class RecordsShape(Shape):
    """The rows that a ledger line or a conduct fact of a portrait names."""

    portrait: str = Field(examples=["3c9b2f6a1e0d4b7788aa01cd"])
    of: str = Field(description="key of the line or fact", examples=["deposits:31/found"])
    label: Words = Field(examples=[{"zh": "银行账户 31：查明价值", "en": "account 31: found"}])
    says: Words = Field(examples=[{"zh": "账户余额", "en": "balance"}])
    as_of: AsOf
    case: Key
    debtor: Key
    tables: list[RowsShape] = Field(description="the rows, table by table", examples=[[_ROWS]])
    receipts: RowsShape = Field(description="the queries that brought them", examples=[_ROWS])
    snapshot: str = Field(description="digest of the records", examples=["41ab" * 16])


def rows_shape(
    table: str,
    names: tuple[str, ...],
    rows: tuple[dict[str, Any], ...],
    *,
    first: int,
    most: int,
    contested: frozenset[Cited] = frozenset(),
) -> RowsShape:
    """Rows of a table as shown outside, ``most`` of them from position ``first`` on; contested ones are named."""
    shown = rows[first : first + most]
    marked = {shown_key(each.row_id) for each in contested if each.table == table}
    return RowsShape(
        table=table,
        columns=[_column(table, name) for name in names],
        count=len(rows),
        first=first,
        rows=[{name: _cell(row[name]) for name in names} for row in shown],
        contested=[row["row_id"] for row in shown if row.get("row_id") in marked],
    )


def part_shape(part: Part, *, first: int, most: int, contested: frozenset[Cited] = frozenset()) -> PartShape:
    """The shape of a part."""
    return PartShape(
        feature=part.feature,
        label=Words.of(part.label),
        family=part.family,
        family_label=Words.of(part.family_label),
        value=part.value,
        shown=Words.of(part.shown),
        evidence=rows_shape(part.table, part.columns, part.rows, first=first, most=most, contested=contested),
    )


def receipts_shape(opened: Opened) -> RowsShape:
    """The shape of the receipts behind an evidence."""
    return rows_shape("queries", RECEIPT_COLUMNS, opened.receipts, first=0, most=len(opened.receipts))


def shown_shape(
    shown: Shown, *, first: int, most: int, contested: frozenset[Cited] = frozenset()
) -> RowsShape:
    """The shape of the rows of one table."""
    return rows_shape(shown.table, shown.columns, shown.rows, first=first, most=most, contested=contested)


def _column(table: str, name: str) -> ColumnShape:
    if name == "row_id":
        return ColumnShape(name=name, label=Words.of(column_label(table, name)), kind="key", words={})
    column = TABLES[table].column(name)
    codes: dict[str, Text] = {code: word(table, name, code) for code in column.codes}
    if name == "family":
        codes = {code: FAMILIES[code].label for code in column.codes}
    return ColumnShape(
        name=name,
        label=Words.of(column_label(table, name)),
        kind=_KINDS[column.kind],
        words={code: Words.of(text) for code, text in codes.items()},
    )


def _cell(value: Any) -> Cell:
    return value.isoformat() if isinstance(value, date) else value

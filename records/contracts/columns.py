"""The shapes of a contract: kinds of column, a column, a table. Definitions are values; readers are elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal


class Kind(Enum):
    """What a column holds, and so how it is checked at the door and kept in the store."""

    KEY = "key"  # reference to a person, case, thing, receipt, row: a 63-bit integer inside (see identity.key_of)
    DATE = "date"  # a Shanghai date
    MONEY = "money"  # yuan with up to two decimals at the door, whole fen inside
    NUMBER = "number"  # a float
    WHOLE = "whole"  # an integer
    FLAG = "flag"  # true or false
    CODE = "code"  # one of the declared values
    TEXT = "text"  # free text, not personal
    PERSONAL = "personal"  # free text about a person: only in `parties`, masked wherever shown
    IDENTITY = "identity"  # an ID number at the door, a keyed hash inside

    @property
    def sql(self) -> str:
        """DuckDB's type."""
        return _SQL[self]


_SQL = {
    Kind.KEY: "BIGINT",
    Kind.IDENTITY: "BIGINT",
    Kind.MONEY: "BIGINT",
    Kind.WHOLE: "BIGINT",
    Kind.DATE: "DATE",
    Kind.NUMBER: "DOUBLE",
    Kind.FLAG: "BOOLEAN",
    Kind.CODE: "VARCHAR",
    Kind.TEXT: "VARCHAR",
    Kind.PERSONAL: "VARCHAR",
}

Sensitivity = Literal["plain", "financial", "personal", "protected"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: what it means, its kind and unit, whether it may be missing, its lawful values."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    codes: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    sensitivity: Sensitivity = "plain"

    @property
    def unit(self) -> str:
        """The unit at the door."""
        return {Kind.MONEY: "CNY", Kind.DATE: "Shanghai date"}.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A contract. ``owner`` is the id whose dossier a row belongs to: the party it speaks of, or the case.

    ``family`` is the record family whose receipts say whether the table's silence means anything.
    ``key`` names what a row is about (an account, a thing): the newest row of a key is its present standing.
    """

    name: str
    meaning: str
    owner: Literal["party", "case", "court"]
    family: str
    own_columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    of_obligors_only: bool = False
    columns: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        ids = {"party": PARTY, "case": CASE}
        first = (ids[self.owner],) if self.owner in ids else ()
        object.__setattr__(self, "columns", (*COMMON, *first, *self.own_columns))

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError naming the table and what it has."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(
            f"[{self.name}] has no column [{name}]; it has: {', '.join(c.name for c in self.columns)}"
        )

    @property
    def owner_column(self) -> str | None:
        """``party_id`` or ``case_id``; None for a court's own register."""
        return {"party": "party_id", "case": "case_id"}.get(self.owner)


PARTY = Column("party_id", Kind.KEY, "the person or organisation the row speaks of", required=True)
CASE = Column("case_id", Kind.KEY, "the enforcement case", required=True)
COMMON = (
    Column("happened_at", Kind.DATE, "when it was true or took place", required=True),
    Column("known_at", Kind.DATE, "when the court learned it", required=True),
    Column("receipt_id", Kind.KEY, "the query answer or filing that brought the row"),
    Column("corrects_row_id", Kind.KEY, "the row that this one replaces"),
    Column("retracted", Kind.FLAG, "the row only takes back the row it corrects"),
)


def key(name: str, meaning: str, *, required: bool = True) -> Column:
    """A reference."""
    return Column(name, Kind.KEY, meaning, required)


def date(name: str, meaning: str, *, required: bool = False) -> Column:
    """A Shanghai date."""
    return Column(name, Kind.DATE, meaning, required)


def money(name: str, meaning: str, *, required: bool = False, least: float | None = 0) -> Column:
    """An amount of money, not below zero unless said."""
    return Column(name, Kind.MONEY, meaning, required, least=least, sensitivity="financial")


def number(name: str, meaning: str, *, least: float | None = None, most: float | None = None) -> Column:
    """A float."""
    return Column(name, Kind.NUMBER, meaning, least=least, most=most)


def whole(
    name: str,
    meaning: str,
    *,
    required: bool = False,
    least: float | None = 0,
    most: float | None = None,
    sensitivity: Sensitivity = "plain",
) -> Column:
    """An integer."""
    return Column(name, Kind.WHOLE, meaning, required, least=least, most=most, sensitivity=sensitivity)


def flag(name: str, meaning: str) -> Column:
    """True, false or not said."""
    return Column(name, Kind.FLAG, meaning)


def code(
    name: str, meaning: str, *codes: str, required: bool = False, sensitivity: Sensitivity = "plain"
) -> Column:
    """One of the declared values; any other is refused at the door."""
    return Column(name, Kind.CODE, meaning, required, codes, sensitivity=sensitivity)


def text(name: str, meaning: str, *, required: bool = False) -> Column:
    """Free text that is not about a person."""
    return Column(name, Kind.TEXT, meaning, required)

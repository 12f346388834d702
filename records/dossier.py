"""The dossier: all rows of one debtor in one case that the court knew on a date. Standard library only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Row = Mapping[str, Any]
"""One row: keys and money (fen) as int, dates as datetime.date, flags as bool, missing as None."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """The rows of one debtor (`party`) and of their case (`case`) visible as of a date.

    Each tuple is ordered by (happened_at, known_at, row_id). Tables without rows may be absent.
    """

    party_id: int
    case_id: int
    as_of: date
    party: Mapping[str, tuple[Row, ...]]
    case: Mapping[str, tuple[Row, ...]]

    @classmethod
    def assemble(
        cls,
        *,
        party_id: int,
        case_id: int,
        as_of: date,
        party: Mapping[str, Iterable[Row]],
        case: Mapping[str, Iterable[Row]],
    ) -> Dossier:
        """A dossier of stored versions: those not visible as of the date are left out, the others put in order.

        A stored version may carry ``superseded_at``; the dossier does not, for it tells of a later day.
        """
        return cls(party_id, case_id, as_of, _seen(party, as_of), _seen(case, as_of))

    def rows(self, table: str, by: Literal["party", "case"] = "party") -> tuple[Row, ...]:
        """The rows of a table about the debtor, or about the case; () when there are none."""
        return (self.party if by == "party" else self.case).get(table, ())


def visible(row: Row, as_of: date) -> bool:
    """Whether a stored version is what the court knew on the date, which includes all of its day."""
    if row["known_at"] > as_of or row.get("retracted"):
        return False
    superseded = row.get("superseded_at")
    return superseded is None or superseded > as_of


def in_order(row: Row) -> tuple[date, date, int]:
    """The order in which rows count: when it happened, when it was known, and the row id as the last tie-break."""
    return (row["happened_at"], row["known_at"], row["row_id"])


def standing(rows: Iterable[Row], key: tuple[str, ...]) -> tuple[Row, ...]:
    """The newest row of every key (`Table.key`), in order. With an empty key all rows stand."""
    ordered = sorted(rows, key=in_order)
    if not key:
        return tuple(ordered)
    newest = {tuple(row[name] for name in key): row for row in ordered}
    return tuple(sorted(newest.values(), key=in_order))


def _seen(tables: Mapping[str, Iterable[Row]], as_of: date) -> dict[str, tuple[Row, ...]]:
    seen = {
        name: tuple(sorted((_known(row) for row in rows if visible(row, as_of)), key=in_order))
        for name, rows in tables.items()
    }
    return {name: rows for name, rows in seen.items() if rows}


def _known(row: Row) -> Row:
    if "superseded_at" not in row:
        return row
    return {name: value for name, value in row.items() if name != "superseded_at"}

"""Disputes that were told to the court's officers: the row, who says what, when; settled by a further row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portraits.law.rule import Cited
from serving.state.database import State
from serving.state.tables import DISPUTE
from serving.state.written import By, Written, add, rows, written
from vocabulary.identity import read_key, shown_key
from vocabulary.text import Text


class Outcome(StrEnum):
    """How a dispute ended. A correction itself is a new row of the records, never a change here."""

    CORRECTED = "corrected"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Text:
        """Words for the page."""
        return _LABELS[self]


_LABELS = {
    Outcome.CORRECTED: Text(zh="已更正记录", en="the record was corrected"),
    Outcome.REJECTED: Text(zh="异议不成立", en="not upheld"),
    Outcome.WITHDRAWN: Text(zh="已撤回异议", en="withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Settled:
    """How a dispute ended, by whom, and why."""

    by: Written
    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True)
class KeptDispute:
    """A dispute as it was written down. ``said_by`` is who contests, ``by`` who wrote it down."""

    by: Written
    row: Cited
    said_by: str
    said_on: str
    says: str
    settled: Settled | None = None


class Disputes:
    """The disputes in the state database."""

    def __init__(self, state: State) -> None:
        self._state = state

    def write(self, by: By, *, row: Cited, said_by: str, said_on: str, says: str) -> int:
        """Keep a dispute of a row."""
        values = {
            "disputed_table": row.table,
            "row_id": shown_key(row.row_id),
            "said_by": said_by,
            "said_on": said_on,
            "says": says,
        }
        number = add(self._state, DISPUTE, by, values)
        assert number is not None, "it ends no other row"
        return number

    def settle(self, by: By, dispute: KeptDispute, *, outcome: Outcome, on: str, why: str) -> int | None:
        """End a dispute by a further row; None when it was ended already."""
        values = {
            "disputed_table": dispute.row.table,
            "row_id": shown_key(dispute.row.row_id),
            "said_by": by.person.label,
            "said_on": on,
            "says": why,
            "outcome": outcome.value,
            "settles": dispute.by.id,
        }
        return add(self._state, DISPUTE, by, values)

    def of(self, debtor: str, court: str) -> list[KeptDispute]:
        """Every dispute of a debtor told to a court, settled ones among them, in the order of writing."""
        found = rows(self._state, DISPUTE, debtor=debtor, court=court)
        ends = {row["settles"]: row for row in found if row["settles"] is not None}
        return [_kept(row, ends.get(row["id"])) for row in found if row["settles"] is None]


def _kept(row: Mapping[str, Any], end: Mapping[str, Any] | None) -> KeptDispute:
    return KeptDispute(
        by=written(row),
        row=Cited(row["disputed_table"], read_key(row["row_id"])),
        said_by=row["said_by"],
        said_on=row["said_on"],
        says=row["says"],
        settled=None if end is None else Settled(written(end), Outcome(end["outcome"]), end["says"]),
    )

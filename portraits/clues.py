"""Clues: what others say of the debtor's property, with author and confidence. Never a finding until it was checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from portraits.law.rule import Cited, cite
from records.dossier import Dossier
from records.parameters import Parameters

FILE = Path(__file__).parent / "clues.yaml"


@dataclass(frozen=True, slots=True)
class Clue:
    """One clue in the case. ``value`` is alleged, in fen; ``check_by`` is the last day for checking an open one."""

    author: str
    family: str
    confidence: str
    told_on: date
    value: int | None
    checked_on: date | None
    check_by: date | None
    rows: tuple[Cited, ...]

    @property
    def checked(self) -> bool:
        """Somebody has looked into it."""
        return self.checked_on is not None


def clues(dossier: Dossier) -> tuple[Clue, ...]:
    """The clues about the debtor in the case, newest first; a check counts when it was made by the dossier's date."""
    held = [row for row in dossier.rows("clues") if row["case_id"] == dossier.case_id]
    found = []
    for row in reversed(held):
        checked = row.get("verified_on")
        checked = checked if checked and checked <= dossier.as_of else None
        days = int(_figures().number("clue_check_days", row["known_at"]))
        found.append(
            Clue(
                author=row["author"],
                family=row["family"],
                confidence=row["confidence"],
                told_on=row["happened_at"],
                value=row.get("value"),
                checked_on=checked,
                check_by=None if checked else row["known_at"] + timedelta(days=days),
                rows=cite("clues", row),
            )
        )
    return tuple(found)


@lru_cache(maxsize=1)
def _figures() -> Parameters:
    return Parameters.read(FILE)

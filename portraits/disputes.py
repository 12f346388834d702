"""Rows that a debtor contests: marked, and the portrait told with and without them, by the same pure function."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from portraits.conduct import Fact
from portraits.law.rule import Cited
from portraits.portrait import Portrait
from records.dossier import Dossier, Row
from vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Contested:
    """A row as the court's own register of disputes names it. ``resolved_on`` is None while it is open."""

    row: Cited
    says: str
    on: date
    resolved_on: date | None


@dataclass(frozen=True, slots=True)
class Moved:
    """What a family adds to the score with the contested rows, and without them, in points."""

    family: str
    label: Text
    with_them: float
    without: float


@dataclass(frozen=True, slots=True)
class Beside:
    """The portrait as it stands and the portrait without some rows.

    ``moved`` are the families whose part changes, most first: the changes add up to that of the score. ``gone`` are
    facts of conduct that rest on the rows.
    """

    with_them: Portrait
    without: Portrait
    moved: tuple[Moved, ...]
    gone: tuple[Fact, ...]


def registered(dossier: Dossier) -> tuple[Contested, ...]:
    """The disputes of the debtor in the court's records as known on the dossier's date, in order of their days."""
    return tuple(
        Contested(
            Cited(row["disputed_table"], row["disputed_row_id"]),
            row["reason"],
            row["happened_at"],
            row.get("resolved_on"),
        )
        for row in dossier.rows("disputes")
        if row["happened_at"] <= dossier.as_of
    )


def is_open(dispute: Contested, day: date) -> bool:
    """Whether a registered dispute was not settled by a day."""
    return dispute.resolved_on is None or dispute.resolved_on > day


def held(dossier: Dossier, row: Cited) -> Row | None:
    """A row as the dossier holds it; None when it does not, such as one corrected or retracted by its date."""
    for side in (dossier.party, dossier.case):
        for each in side.get(row.table, ()):
            if each["row_id"] == row.row_id:
                return each
    return None


def without(dossier: Dossier, rows: Iterable[Cited]) -> Dossier:
    """The dossier as if the rows had never come in; rows that it does not hold change nothing."""
    gone: dict[str, set[int]] = {}
    for row in rows:
        gone.setdefault(row.table, set()).add(row.row_id)
    return replace(dossier, party=_left(dossier.party, gone), case=_left(dossier.case, gone))


def beside(with_them: Portrait, without_them: Portrait) -> Beside:
    """What differs between a portrait and the same without some rows; both of one obligation, model and date."""
    ours = {group.family: group for group in with_them.groups}
    theirs = {group.family: group for group in without_them.groups}
    moved = []
    for family in dict.fromkeys((*ours, *theirs)):
        group = ours.get(family) or theirs[family]
        parts = [side[family].contribution if family in side else 0.0 for side in (ours, theirs)]
        if parts[0] != parts[1]:
            moved.append(Moved(family, group.label, parts[0], parts[1]))
    moved.sort(key=lambda each: (-abs(each.with_them - each.without), each.family))
    left = {(fact.rule, fact.on, fact.rows) for fact in without_them.conduct}
    gone = [fact for fact in with_them.conduct if (fact.rule, fact.on, fact.rows) not in left]
    return Beside(with_them, without_them, tuple(moved), tuple(gone))


def _left(tables: Mapping[str, tuple[Row, ...]], gone: Mapping[str, set[int]]) -> dict[str, tuple[Row, ...]]:
    kept = {
        name: tuple(row for row in rows if row["row_id"] not in gone.get(name, ()))
        for name, rows in tables.items()
    }
    return {name: rows for name, rows in kept.items() if rows}

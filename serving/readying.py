"""Readiness for 终本 at the door: over the dossiers of every debtor of a portrait's case, with the rows behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portraits.claim import newest
from portraits.evidence import RECEIPT_COLUMNS, Shown, cited
from portraits.law.rule import Cited
from portraits.readiness import Readiness, readiness
from records.dossier import Dossier
from serving import answers
from serving.desk import Desk
from serving.reading import Reading
from serving.replays import held_of, keys_of
from serving.shapes.common import Words
from serving.shapes.evidence import RecordsShape, rows_shape, shown_shape
from serving.shapes.readiness import ReadinessShape
from serving.state.archive import Answered
from vocabulary.text import Text

_AFTER = Text(zh="终本之后", en="After the termination")


@dataclass(frozen=True)
class _Case:
    found: Answered
    snapshot: str
    dossiers: tuple[Dossier, ...]
    told: Readiness


def ready(desk: Desk, portrait_id: str, reading: Reading) -> ReadinessShape:
    """The readiness of a kept portrait's case on its date, over all debtors of the case. Raises as `answers.kept`."""
    case = _case(desk, portrait_id, reading)
    return ReadinessShape.of(case.told, portrait=portrait_id, case=case.found.case_key)


def rows(desk: Desk, portrait_id: str, of: str, reading: Reading, *, most: int = 200) -> RecordsShape:
    """The rows behind a condition (by its name), or behind what followed the ruling (``after``).

    Raises PortraitError as `answers.kept`, and ``no_such_line`` (404).
    """
    case = _case(desk, portrait_id, reading)
    reading.subject = f"{portrait_id}/readiness/{of}"[:200]
    label, says, named = _named(case.told, of)
    tables: list[Shown] = []
    receipts: list[dict[str, object]] = []
    for dossier in case.dossiers:
        shown, asked = cited([row for row in named if _holds(dossier, row)], dossier)
        tables += shown
        receipts += [each for each in asked if each not in receipts]
    return RecordsShape(
        portrait=portrait_id,
        of=of,
        label=Words.of(label),
        says=Words.of(says),
        as_of=case.found.as_of,
        case=case.found.case_key,
        debtor=case.found.debtor,
        tables=[shown_shape(table, first=0, most=most) for table in tables],
        receipts=rows_shape("queries", RECEIPT_COLUMNS, tuple(receipts), first=0, most=most),
        snapshot=case.snapshot,
    )


def _case(desk: Desk, portrait_id: str, reading: Reading) -> _Case:
    found = answers.kept(desk, portrait_id, reading)
    reading.subject = f"{portrait_id}/readiness"
    held = held_of(desk, found)
    party_id, case_id = keys_of(found)
    day = date.fromisoformat(found.as_of)
    own = held.fetch(party_id, case_id, day)
    others = [row["party_id"] for row in newest(own.rows("obligors", "case"), "party_id")]
    dossiers = (own, *(held.fetch(each, case_id, day) for each in others if each != party_id))
    told = readiness(dossiers, figures=desk.dated, haircuts=held.haircuts(day))
    return _Case(found, held.digest, dossiers, told)


def _named(told: Readiness, of: str) -> tuple[Text, Text, Sequence[Cited]]:
    for condition in told.conditions:
        if condition.rule.name == of:
            named = tuple(row for each in condition.found for row in each.rows)
            return condition.rule.item, condition.rule.says, named
    if of == "after" and told.after is not None:
        periods = [row for period in told.after.periods for row in period.rows]
        facts = [row for fact in told.after.facts for row in fact.rows]
        return _AFTER, _AFTER, (*periods, *facts)
    raise answers.no_such_line()


def _holds(dossier: Dossier, row: Cited) -> bool:
    held = (*dossier.rows(row.table, "case"), *dossier.rows(row.table, "party"))
    own = (each for each in held if each.get("party_id") in (None, dossier.party_id))
    return any(each["row_id"] == row.row_id for each in own)

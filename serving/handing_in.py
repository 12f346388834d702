"""Clues handed in: written as a delivery into the inbox of the nightly load, so that records keep one writer."""

from __future__ import annotations

import csv
import os
import secrets
from datetime import date
from pathlib import Path

from portraits.portrait import not_an_obligor
from serving import answers
from serving.desk import Desk
from serving.reading import Reading
from serving.references import debtor_key
from serving.shapes.clues import NewClue, ReceivedShape
from serving.shapes.common import Words
from vocabulary.dates import today
from vocabulary.identity import as_reference, shown_key
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

COLUMNS = ("happened_at", "known_at", "party_id", "case_id", "author", "family", "confidence", "value")
SAYS = Text(
    zh="已收到。线索将随下一次载入成为记录，自该日起在画像中与查明的事实分开列示。",
    en="Received. The clue becomes a record with the next load; portraits show it from then on, apart from findings.",
)


def hand_in(desk: Desk, wanted: NewClue, reading: Reading) -> ReceivedShape:
    """Put a clue about a debtor of a case into the inbox.

    Raises PortraitError: as `answers.answer` for case and debtor, ``told_later`` (422), ``no_inbox`` (503).
    """
    reading.purpose = wanted.purpose.value
    day = today()
    told_on = wanted.told_on or day
    if told_on > day:
        raise _told_later()
    held = desk.holdings.current()
    party_id = debtor_key(wanted.debtor)
    reading.debtor = shown_key(party_id)
    case_id = answers.case_key(held, wanted.case)
    reading.case_key = shown_key(case_id)
    dossier = held.fetch(held.obligor(party_id, day), case_id, day)
    answers.same_court(reading.person, dossier)
    if not any(row["case_id"] == case_id for row in dossier.rows("obligors")):
        raise not_an_obligor(dossier)
    delivery = f"clue-{day:%Y%m%d}-{secrets.token_hex(4)}"
    reading.subject = delivery
    _write(_inbox(desk), delivery, _row(wanted, told_on, day, party_id=party_id, case_id=case_id))
    return ReceivedShape(
        delivery=delivery,
        case=reading.case_key,
        debtor=reading.debtor,
        told_on=told_on.isoformat(),
        known_at=day.isoformat(),
        says=Words.of(SAYS),
    )


def _row(wanted: NewClue, told_on: date, day: date, *, party_id: int, case_id: int) -> tuple[str, ...]:
    return (
        told_on.isoformat(),
        day.isoformat(),
        as_reference(party_id),
        as_reference(case_id),
        wanted.author,
        wanted.family,
        wanted.confidence,
        "" if wanted.value is None else f"{wanted.value:.2f}",
    )


def _write(inbox: Path, delivery: str, row: tuple[str, ...]) -> None:
    """Written under a name that the night leaves alone, then renamed: it sees a whole delivery or none."""
    arriving = inbox / f".{delivery}"
    arriving.mkdir(parents=True)
    with (arriving / "clues.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows((COLUMNS, row))
        file.flush()
        os.fsync(file.fileno())
    arriving.rename(inbox / delivery)


def _inbox(desk: Desk) -> Path:
    if desk.settings.inbox is None:
        raise _problem(
            "no_inbox",
            Text(zh="本服务未设置收件目录。", en="This service was given no inbox."),
            Text(
                zh="请管理员设置inbox，或以文件载入线索：portrait load。",
                en="Ask the administrator for one, or load the clue as a file: portrait load.",
            ),
            503,
        )
    return desk.settings.inbox


def _told_later() -> PortraitError:
    return _problem(
        "told_later",
        Text(zh="提供日期晚于今天。", en="The day on which it was told lies ahead."),
        Text(zh="请填写今天或更早的日期。", en="Name today or an earlier day."),
        422,
    )


def _problem(code: str, detail: Text, next_step: Text, status: int) -> PortraitError:
    title = Text(zh="线索未能收下", en="The clue was not received")
    return PortraitError(Problem(code, title, detail, next_step, status))

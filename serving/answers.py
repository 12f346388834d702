"""From a question at the door to an answer: the portrait made and kept, the evidence of a kept one, a debtor list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from features.catalogue import CATALOGUE
from portraits.claim import newest
from portraits.evidence import RECEIPT_COLUMNS, cited, opened
from portraits.law.rule import Cited
from portraits.ledger import Edit
from portraits.portrait import Portrait, assemble
from portraits.promises import around
from records.dossier import Dossier
from scoring.bundle import Bundle
from serving.contested import contested
from serving.desk import Desk
from serving.holdings import Held
from serving.permissions import Person, require_court
from serving.purposes import Purpose
from serving.reading import Reading
from serving.references import case_number_in, debtor_key, key_in, unreadable_case
from serving.repeated import repeated
from serving.shapes.common import Words
from serving.shapes.evidence import (
    EvidenceShape,
    RecordsShape,
    part_shape,
    receipts_shape,
    rows_shape,
    shown_shape,
)
from serving.shapes.law import CitedShape
from serving.shapes.portrait import PortraitShape, Question
from serving.state.archive import Answered
from vocabulary.dates import today
from vocabulary.identity import read_key, shown_key
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


def said_in(question: Question) -> Callable[[Reading], None]:
    """What a question itself says of the read: references only where they are shown keys, never another text."""

    def known(reading: Reading) -> None:
        case, debtor = key_in(question.case), key_in(question.debtor)
        reading.purpose = question.purpose.value
        reading.case_key = "" if case is None else shown_key(case)
        reading.debtor = "" if debtor is None else shown_key(debtor)
        reading.as_of = question.as_of.isoformat() if question.as_of else ""

    return known


def told_by(desk: Desk, portrait_id: str) -> Callable[[Reading], None]:
    """What a kept portrait says of the read."""

    def known(reading: Reading) -> None:
        reading.subject = portrait_id
        found = desk.archive.find(portrait_id)
        if found is not None:
            reading.case_key, reading.debtor = found.case_key, found.debtor
            reading.as_of, reading.purpose = found.as_of, found.purpose

    return known


def answer(desk: Desk, question: Question, reading: Reading) -> Answered:
    """The portrait that answers a question: as it was kept of the same knowledge, else made now, and kept.

    Raises PortraitError: ``as_of_later``, ``unreadable_case``, ``unreadable_debtor`` (422), ``no_such_case``,
    ``not_an_obligor`` (404), ``other_court`` (403), ``no_records``, ``no_bundle`` (503).
    """
    reading.purpose = question.purpose.value
    as_of = _as_of(question.as_of)
    reading.as_of = as_of.isoformat()
    held = desk.holdings.current()
    party_id = held.obligor(debtor_key(question.debtor), as_of)
    reading.debtor = shown_key(party_id)
    case_id = case_key(held, question.case)
    reading.case_key = shown_key(case_id)
    edits = desk.edits.standing(reading.case_key, reading.debtor, as_of)
    found = repeated(desk, held, party_id=party_id, case_id=case_id, as_of=as_of, edits=edits)
    if found is not None:
        require_court(reading.person, found.court)
        reading.subject = found.id
        desk.figures.portrait("repeated")
        return found
    dossier = held.fetch(party_id, case_id, as_of)
    same_court(reading.person, dossier)
    portrait = made_from(desk, dossier, held, desk.shelf.champion(), edits=edits)
    reading.subject = portrait.id
    shape = PortraitShape.of(portrait, records_until=held.newest)
    desk.figures.portrait("abstained" if portrait.abstained else "scored")
    return desk.archive.keep(
        Answered(
            id=portrait.id,
            case_key=reading.case_key,
            debtor=reading.debtor,
            court=portrait.subject.court,
            as_of=reading.as_of,
            purpose=reading.purpose,
            bundle=portrait.bundle,
            snapshot=portrait.snapshot,
            catalogue=portrait.catalogue,
            asked_by=reading.person.key_id,
            document=shape.model_dump_json(),
        )
    )


def made_from(
    desk: Desk, dossier: Dossier, held: Held, bundle: Bundle, *, edits: Sequence[Edit] | None = None
) -> Portrait:
    """The portrait of a dossier of a snapshot: the one way in which answers, and replays of them, are made.

    ``edits`` are those of a judge to heed: a replay's are the ones its portrait named; None: those that stand now.
    """
    if edits is None:
        keys = shown_key(dossier.case_id), shown_key(dossier.party_id)
        edits = desk.edits.standing(*keys, dossier.as_of)
    return assemble(
        dossier,
        bundle=bundle,
        snapshot=held.digest,
        figures=desk.dated,
        haircuts=held.haircuts(dossier.as_of),
        edits=edits,
        near=around(dossier, held.fetch),
    )


def kept(desk: Desk, portrait_id: str, reading: Reading, purpose: Purpose | None = None) -> Answered:
    """A portrait as it was answered. Without a purpose it is read for the one it was asked for.

    Raises PortraitError: ``no_such_portrait`` (404), ``other_court`` (403).
    """
    found = desk.archive.named(portrait_id)
    if purpose is not None:
        reading.purpose = purpose.value
    require_court(reading.person, found.court)
    return found


def evidence(
    desk: Desk, portrait_id: str, feature: str, reading: Reading, *, first: int = 0, most: int = 200
) -> EvidenceShape:
    """The rows behind a feature of a kept portrait, from the very snapshot it names, as of its date.

    Raises PortraitError: as `kept`, and ``no_such_feature`` (404), ``snapshot_gone``, ``catalogue_moved`` (409).
    """
    found = kept(desk, portrait_id, reading)
    reading.subject = f"{portrait_id}/{feature}"[:200]
    if feature not in CATALOGUE.names:
        raise _no_such_feature()
    if found.catalogue != CATALOGUE.digest:
        raise _catalogue_moved()
    held = desk.holdings.named(found.snapshot)
    case_id, party_id = key_in(found.case_key), key_in(found.debtor)
    assert case_id is not None
    assert party_id is not None
    dossier = held.fetch(party_id, case_id, date.fromisoformat(found.as_of))
    shown, marked = opened(feature, dossier), contested(desk, found, dossier)
    return EvidenceShape.model_validate(
        {
            "portrait": found.id,
            "feature": feature,
            "label": shown.label.as_pair(),
            "as_of": found.as_of,
            "case": found.case_key,
            "debtor": found.debtor,
            "parts": [part_shape(part, first=first, most=most, contested=marked) for part in shown.parts],
            "receipts": receipts_shape(shown),
            "snapshot": found.snapshot,
        }
    )


def records(
    desk: Desk, portrait_id: str, of: str, reading: Reading, *, first: int = 0, most: int = 200
) -> RecordsShape:
    """The rows that a ledger line or a conduct fact of a kept portrait names, from the snapshot it names.

    Only rows that the portrait itself names are opened. Raises PortraitError: as `kept`, and ``no_such_line`` (404),
    ``snapshot_gone`` (409).
    """
    found = kept(desk, portrait_id, reading)
    label, says, rows = _named(PortraitShape.model_validate_json(found.document), of)
    reading.subject = f"{portrait_id}/{of}"[:200]
    held = desk.holdings.named(found.snapshot)
    case_id, party_id = key_in(found.case_key), key_in(found.debtor)
    assert case_id is not None
    assert party_id is not None
    named = [Cited(row.table, read_key(row.row_id)) for row in rows]
    dossier = held.fetch(party_id, case_id, date.fromisoformat(found.as_of))
    tables, receipts = cited(named, dossier)
    marked = contested(desk, found, dossier)
    return RecordsShape(
        portrait=found.id,
        of=of,
        label=label,
        says=says,
        as_of=found.as_of,
        case=found.case_key,
        debtor=found.debtor,
        tables=[shown_shape(table, first=first, most=most, contested=marked) for table in tables],
        receipts=rows_shape("queries", RECEIPT_COLUMNS, receipts, first=0, most=len(receipts)),
        snapshot=found.snapshot,
    )


def _named(portrait: PortraitShape, of: str) -> tuple[Words, Words, list[CitedShape]]:
    """What a line or a fact of the portrait is called and says, and the rows it names."""
    clue = next((clue for clue in portrait.clues or () if clue.key == of), None)
    if clue is not None:
        return clue.family_label, clue.author_label, clue.rows
    for fact in portrait.conduct or ():
        if fact.key == of:
            return fact.label, fact.says, fact.rows
    ledger = portrait.ledger
    if ledger is not None:
        for asset in ledger.assets:
            for line in asset.lines:
                if line.key == of:
                    zh, en = f"{asset.label.zh}：{line.label.zh}", f"{asset.label.en}: {line.label.en}"
                    return Words(zh=zh, en=en), line.why, line.rows
        for line in ledger.closing:
            if line.key == of:
                return line.label, line.why, line.rows
    raise no_such_line()


def debtors(desk: Desk, case: str, reading: Reading) -> tuple[str, list[tuple[str, str]]]:
    """The case's key, and its debtors with their roles, as known today. Raises PortraitError as `answer`."""
    held = desk.holdings.current()
    case_id = case_key(held, case)
    reading.case_key = shown_key(case_id)
    dossier = held.fetch(0, case_id, today())
    if not dossier.rows("cases", "case"):
        raise _no_such_case()
    same_court(reading.person, dossier)
    roles = newest(dossier.rows("obligors", "case"), "party_id")
    return reading.case_key, [(shown_key(row["party_id"]), row["role"]) for row in roles]


def case_key(held: Held, text: str) -> int:
    """The key of a case named by its shown key or its number. Raises PortraitError."""
    key = key_in(text)
    if key is not None:
        return key
    number = case_number_in(text)
    if number is None:
        raise unreadable_case()
    found = held.case_of(number)
    if found is None:
        raise _no_such_case()
    return found


def _as_of(asked: date | None) -> date:
    day = today()
    if asked is None or asked <= day:
        return asked or day
    raise PortraitError(
        Problem(
            code="as_of_later",
            title=Text(zh="日期晚于今天", en="The date lies ahead"),
            detail=Text(
                zh=f"[as_of]的值[{asked}]晚于今天[{day}]。",
                en=f"[as_of] is [{asked}], later than today [{day}].",
            ),
            next_step=Text(zh="请填写今天或更早的日期，或省略该字段。", en="Name today or an earlier day."),
            status=422,
        )
    )


def same_court(person: Person, dossier: Dossier) -> None:
    """Refuse another court's case before anything else is said about it."""
    cases = newest(dossier.rows("cases", "case"), "case_id")
    if cases:
        require_court(person, cases[0]["court"])


def _no_such_case() -> PortraitError:
    return PortraitError(
        Problem(
            code="no_such_case",
            title=Text(zh="没有该案件", en="No such case"),
            detail=Text(zh="当前记录中没有该案件。", en="The records in use have no such case."),
            next_step=Text(
                zh="请核对案号；新收案件须先载入：portrait load。",
                en="Check the number; new cases have to be loaded first: portrait load.",
            ),
            status=404,
        )
    )


def _no_such_feature() -> PortraitError:
    return PortraitError(
        Problem(
            code="no_such_feature",
            title=Text(zh="没有该特征", en="No such feature"),
            detail=Text(zh="特征目录中没有该名称。", en="The catalogue has no feature of this name."),
            next_step=Text(
                zh="请使用画像中contributions所列的特征名。",
                en="Use a feature named under the portrait's contributions.",
            ),
            status=404,
        )
    )


def no_such_line() -> PortraitError:
    """The portrait has no ledger line, and no fact, of the key asked for."""
    return PortraitError(
        Problem(
            code="no_such_line",
            title=Text(zh="没有该项目", en="No such line"),
            detail=Text(
                zh="该画像的可供执行财产与行为事实中没有该项目。",
                en="Neither ledger nor conduct facts of the portrait have a line of this key.",
            ),
            next_step=Text(
                zh="请使用画像中ledger或conduct所列的key。",
                en="Use a key of the portrait's ledger or conduct.",
            ),
            status=404,
        )
    )


def _catalogue_moved() -> PortraitError:
    return PortraitError(
        Problem(
            code="catalogue_moved",
            title=Text(zh="特征定义已变更", en="The definitions have changed"),
            detail=Text(
                zh="该画像使用了另一版本的特征定义，本服务无法按原定义重列证据。",
                en="The portrait was made with other feature definitions than this service has.",
            ),
            next_step=Text(
                zh="请用对应版本的服务查看，或重新生成画像。",
                en="Open it with the service of that version, or make a new portrait.",
            ),
            status=409,
        )
    )

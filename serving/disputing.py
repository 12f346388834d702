"""A contested row is written down, marked wherever it is shown, and the portrait told with and without it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portraits.disputes import Contested, beside, held, is_open, registered, without
from portraits.evidence import cited
from portraits.law.rule import Cited
from portraits.portrait import Portrait
from records.dossier import Dossier
from serving import answers
from serving.contested import openly
from serving.desk import Desk
from serving.holdings import Held
from serving.reading import Reading
from serving.references import key_in
from serving.shapes.common import Words
from serving.shapes.disputes import (
    BesideShape,
    DisputeQuestion,
    DisputeShape,
    DisputesShape,
    SettledShape,
    SettlementQuestion,
    kept_shape,
)
from serving.shapes.evidence import RowsShape, shown_shape
from serving.state.archive import Answered
from serving.state.disputes import KeptDispute
from serving.state.written import By, day_of
from vocabulary.dates import today
from vocabulary.identity import read_key, shown_key
from vocabulary.labels import table_label
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

OF_THE_CASE = ("cases", "obligors", "titles")
"""Without these there is no case against the debtor: they are contested by objection, not as records."""
_RESOLVED = Text(zh="记录载明已处理", en="settled, as the records say")


@dataclass(frozen=True, slots=True)
class Brief:
    """What a portrait's own page says of contested rows."""

    count: int
    together: BesideShape | None


def dispute(desk: Desk, portrait_id: str, wanted: DisputeQuestion, reading: Reading) -> DisputesShape:
    """Write down that a row of a kept portrait's records is contested.

    Raises PortraitError: as `answers.kept`, ``no_such_row`` (404), ``said_later`` (422), ``snapshot_gone`` (409).
    """
    found = answers.kept(desk, portrait_id, reading)
    row = Cited(wanted.table, read_key(wanted.row) if key_in(wanted.row) is not None else 0)
    dossier = _dossier(found, desk.holdings.named(found.snapshot))
    if wanted.table in OF_THE_CASE or held(dossier, row) is None:
        raise _no_such_row()
    reading.subject = f"{portrait_id}/{wanted.table}/{wanted.row}"[:200]
    if wanted.said_on > today():
        raise _said_later()
    desk.disputes.write(
        By(reading.person, found),
        row=row,
        said_by=wanted.said_by.strip(),
        said_on=wanted.said_on.isoformat(),
        says=wanted.says.strip(),
    )
    return disputes(desk, portrait_id, reading)


def settle(
    desk: Desk, portrait_id: str, dispute_id: str, wanted: SettlementQuestion, reading: Reading
) -> DisputesShape:
    """Write down how a dispute ended.

    Raises PortraitError: as `answers.kept`, ``no_such_dispute`` (404), ``dispute_settled`` (409).
    """
    found = answers.kept(desk, portrait_id, reading)
    kept = {str(each.by.id): each for each in desk.disputes.of(found.debtor, found.court)}
    if dispute_id not in kept:
        raise _no_such_dispute()
    chosen = kept[dispute_id]
    reading.subject = f"{portrait_id}/{chosen.row.table}/{shown_key(chosen.row.row_id)}"[:200]
    ended = None
    if chosen.settled is None:
        day = today().isoformat()
        by = By(reading.person, found)
        ended = desk.disputes.settle(by, chosen, outcome=wanted.outcome, on=day, why=wanted.why.strip())
    if ended is None:
        raise _settled()
    return disputes(desk, portrait_id, reading)


def disputes(desk: Desk, portrait_id: str, reading: Reading) -> DisputesShape:
    """The contested rows of a kept portrait, each with the portrait without it, from the very snapshot it names.

    Raises PortraitError: as `answers.kept`, ``snapshot_gone`` (409), ``no_bundle`` (503).
    """
    found = answers.kept(desk, portrait_id, reading)
    return told(desk, found)


def brief(desk: Desk, found: Answered) -> Brief:
    """How many rows of a portrait are openly contested, and what it says with and without all of them.

    Where the snapshot or the model of the portrait is gone, only what was written down here is counted.
    """
    written = [each for each in desk.disputes.of(found.debtor, found.court) if each.settled is None]
    try:
        snapshot = desk.holdings.named(found.snapshot)
        dossier = _dossier(found, snapshot)
        running = openly(written, registered(dossier), dossier)
        if not running:
            return Brief(0, None)
        again = _Again(desk, found, snapshot, dossier, running)
        return Brief(len(running), again.without(*running))
    except PortraitError:
        return Brief(len(written), None)


def told(desk: Desk, found: Answered) -> DisputesShape:
    """`disputes` of a portrait in hand."""
    snapshot = desk.holdings.named(found.snapshot)
    dossier = _dossier(found, snapshot)
    written = desk.disputes.of(found.debtor, found.court)
    listed = registered(dossier)
    running = openly(written, listed, dossier)
    again = _Again(desk, found, snapshot, dossier, running)
    every = [again.written(each) for each in written]
    every += [again.registered(each, dossier.as_of) for each in listed]
    return DisputesShape(
        portrait=found.id,
        case=found.case_key,
        debtor=found.debtor,
        open=len(running),
        disputes=sorted(every, key=lambda each: each.settled is not None),
        together=again.without(*running) if running else None,
    )


@dataclass
class _Again:
    """The portrait of one question, made with some rows and without them."""

    desk: Desk
    found: Answered
    snapshot: Held
    dossier: Dossier
    running: Sequence[Cited]
    whole: Portrait | None = None

    def written(self, kept: KeptDispute) -> DisputeShape:
        """A dispute that was written down here."""
        end = kept.settled
        return kept_shape(
            kept,
            on="" if end is None else day_of(end.by.made_at),
            rows=self._row(kept.row),
            beside=self._of_one(kept.row) if end is None else None,
        )

    def registered(self, each: Contested, day: date) -> DisputeShape:
        """A dispute of the court's own register."""
        ends = None if is_open(each, day) else each.resolved_on
        said = Words.of(_RESOLVED)
        return DisputeShape(
            id=None,
            source="records",
            table=each.row.table,
            table_label=Words.of(table_label(each.row.table)),
            row_id=shown_key(each.row.row_id),
            said_by=None,
            said_on=each.on.isoformat(),
            says=each.says,
            by=None,
            settled=None
            if ends is None
            else SettledShape(outcome="resolved", outcome_label=said, why="", by=None, on=ends.isoformat()),
            held=held(self.dossier, each.row) is not None,
            rows=self._row(each.row),
            beside=self._of_one(each.row) if ends is None else None,
        )

    def without(self, *rows: Cited) -> BesideShape:
        """The portrait with all rows, beside the one without these."""
        if self.whole is None:
            self.whole = self._made(self.dossier)
        return BesideShape.of(beside(self.whole, self._made(without(self.dossier, rows))))

    def _of_one(self, row: Cited) -> BesideShape | None:
        return self.without(row) if row in self.running else None

    def _row(self, row: Cited) -> RowsShape | None:
        if held(self.dossier, row) is None:
            return None
        tables, _ = cited([row], self.dossier)
        return shown_shape(tables[0], first=0, most=1, contested=frozenset(self.running))

    def _made(self, dossier: Dossier) -> Portrait:
        named = json.loads(self.found.document).get("edits", [])
        edits = self.desk.edits.named(self.found.case_key, self.found.debtor, named)
        bundle = self.desk.shelf.champion()
        if bundle.digest != self.found.bundle:
            bundle = self.desk.shelf.named(self.found.bundle)
        return answers.made_from(self.desk, dossier, self.snapshot, bundle, edits=edits)


def _dossier(found: Answered, snapshot: Held) -> Dossier:
    case_id, party_id = key_in(found.case_key), key_in(found.debtor)
    assert case_id is not None
    assert party_id is not None
    return snapshot.fetch(party_id, case_id, date.fromisoformat(found.as_of))


def _no_such_row() -> PortraitError:
    return PortraitError(
        Problem(
            code="no_such_row",
            title=Text(zh="没有该记录", en="No such row"),
            detail=Text(
                zh="画像所依据的记录中没有该编号的、可登记异议的记录。",
                en="The records of the portrait hold no row of this id that can be contested here.",
            ),
            next_step=Text(
                zh="请从证据页复制表名与记录编号。",
                en="Copy table and row id from the evidence of the portrait.",
            ),
            status=404,
        )
    )


def _said_later() -> PortraitError:
    return PortraitError(
        Problem(
            code="said_later",
            title=Text(zh="日期晚于今天", en="The date lies ahead"),
            detail=Text(zh="提出异议的日期不能晚于今天。", en="A dispute cannot be raised later than today."),
            next_step=Text(zh="请更正日期。", en="Correct the date."),
            status=422,
        )
    )


def _no_such_dispute() -> PortraitError:
    return PortraitError(
        Problem(
            code="no_such_dispute",
            title=Text(zh="没有该异议", en="No such dispute"),
            detail=Text(zh="没有该编号的异议。", en="There is no dispute of this number here."),
            next_step=Text(zh="请核对异议编号。", en="Check the number among the disputes of the portrait."),
            status=404,
        )
    )


def _settled() -> PortraitError:
    return PortraitError(
        Problem(
            code="dispute_settled",
            title=Text(zh="异议已处理", en="Already settled"),
            detail=Text(zh="该异议此前已处理。", en="The dispute was settled before."),
            next_step=Text(
                zh="如再次提出异议，请另行登记。", en="If the row is contested again, write that down anew."
            ),
            status=409,
        )
    )

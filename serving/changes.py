"""What changed since an earlier portrait of the same obligation: which earlier one, its records, the split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portraits.change import Asset, Change, Part, Stand, between
from portraits.evidence import RECEIPT_COLUMNS, cited
from portraits.law.rule import Cited
from portraits.ledger import Amounts, Edit
from records.dossier import Dossier
from serving import answers
from serving.desk import Desk
from serving.reading import Reading
from serving.replays import edits_of, held_of, keys_of, named_bundle
from serving.shapes.amounts import AmountsShape
from serving.shapes.change import ChangeShape, KeptShape
from serving.shapes.common import Words
from serving.shapes.evidence import RecordsShape, rows_shape, shown_shape
from serving.shapes.portrait import PortraitShape
from serving.state.archive import Answered
from vocabulary.families import FAMILIES
from vocabulary.identity import shown_key
from vocabulary.labels import table_label
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


@dataclass(frozen=True)
class _Two:
    """The two portraits of a comparison, with their records; ``earlier`` is None when made for it only."""

    later: Answered
    earlier: Answered | None
    change: Change
    before: Dossier
    after: Dossier


def change(
    desk: Desk, portrait_id: str, reading: Reading, *, since: str | None = None, on: date | None = None
) -> ChangeShape:
    """The change up to a kept portrait, from another kept one (``since``) or from a portrait of an earlier date.

    With neither, from the newest kept portrait of an earlier date. Raises PortraitError: as `answers.kept` and
    `replays.replay`, and ``change.no_earlier`` (404), ``change.other_obligation``, ``change.not_earlier`` (422).
    """
    two = _compared(desk, portrait_id, reading, since=since, on=on)
    return ChangeShape.of(
        two.change,
        case=two.later.case_key,
        debtor=two.later.debtor,
        earlier=two.earlier.id if two.earlier else None,
        later=two.later.id,
    )


def earlier_ones(desk: Desk, portrait_id: str, reading: Reading) -> list[KeptShape]:
    """The kept portraits of the same obligation with an earlier date, newest first. Raises as `answers.kept`."""
    found = answers.kept(desk, portrait_id, reading)
    held = desk.archive.of_obligation(found.case_key, found.debtor)
    return [
        KeptShape(id=each.id, as_of=each.as_of, kept_at=each.kept_at)
        for each in held
        if each.as_of < found.as_of
    ]


def rows(
    desk: Desk,
    portrait_id: str,
    reading: Reading,
    *,
    part: str,
    of: str,
    since: str | None = None,
    on: date | None = None,
    most: int = 200,
) -> RecordsShape:
    """The rows that a feature, an asset, a table or an expired family of a part names: those that came, and that went.

    Raises PortraitError as `change`, and ``no_such_line`` (404).
    """
    two = _compared(desk, portrait_id, reading, since=since, on=on)
    found = next((each for each in two.change.parts if each.of.value == part), None)
    if found is None:
        raise answers.no_such_line()
    label, came, went = _cited_by(found, of)
    reading.subject = f"{portrait_id}/{part}/{of}"[:200]
    now, receipts = cited([row for row in came if _in(two.after, row)], two.after)
    was, older = cited([row for row in went if _in(two.before, row)], two.before)
    return RecordsShape(
        portrait=portrait_id,
        of=of,
        label=Words.of(label),
        says=Words.of(_SAYS.fill(part=found.of.label, came=len(came), went=len(went))),
        as_of=two.later.as_of,
        case=two.later.case_key,
        debtor=two.later.debtor,
        tables=[shown_shape(table, first=0, most=most) for table in (*now, *was)],
        receipts=rows_shape("queries", RECEIPT_COLUMNS, receipts + older, first=0, most=most),
        snapshot=two.later.snapshot,
    )


def stand_of(portrait: PortraitShape) -> Stand:
    """Where a kept portrait stands, by what it said."""
    ledger = portrait.ledger
    assets = (
        {} if ledger is None else {each.key: _asset(each.label, each.available) for each in ledger.assets}
    )
    if ledger is not None:
        assets |= {line.key: _asset(line.label, line.amounts) for line in ledger.closing}
    reasons = [reason for group in portrait.contributions for reason in group.reasons]
    return Stand(
        as_of=date.fromisoformat(portrait.as_of),
        score=portrait.score,
        base=portrait.base,
        contributions={reason.feature: reason.contribution for reason in reasons},
        assets=assets,
        available=Amounts() if ledger is None else _fen(ledger.available),
        bundle=portrait.bundle,
    )


def _compared(desk: Desk, portrait_id: str, reading: Reading, *, since: str | None, on: date | None) -> _Two:
    later = answers.kept(desk, portrait_id, reading)
    reading.subject = f"{portrait_id}/change"
    bundle, held = named_bundle(desk, later), held_of(desk, later)
    party_id, case_id = keys_of(later)
    after = held.fetch(party_id, case_id, date.fromisoformat(later.as_of))
    earlier = None if on else _earlier(desk, later, reading, since)
    older = held if earlier is None else held_of(desk, earlier)
    day = on or date.fromisoformat(earlier.as_of if earlier else later.as_of)
    if day > after.as_of:
        raise _refused("change.not_earlier", _NOT_EARLIER, 422)
    before = older.fetch(party_id, case_id, day)
    if earlier is None:
        start = Stand.of(answers.made_from(desk, before, older, bundle))
    else:
        start = stand_of(_read(earlier))
    told = between(
        start,
        stand_of(_read(later)),
        before=before,
        after=after,
        bundle=bundle,
        figures=desk.dated,
        haircuts=(older.haircuts(day), held.haircuts(after.as_of)),
        edits=(_edits(desk, earlier, before), _edits(desk, later, after)),
    )
    return _Two(later, earlier, told, before, after)


def _earlier(desk: Desk, later: Answered, reading: Reading, since: str | None) -> Answered:
    if since is None:
        held = desk.archive.of_obligation(later.case_key, later.debtor)
        since = next((each.id for each in held if each.as_of < later.as_of), None)
        if since is None:
            raise _refused("change.no_earlier", _NO_EARLIER, 404)
    found = answers.kept(desk, since, reading)
    if (found.case_key, found.debtor) != (later.case_key, later.debtor):
        raise _refused("change.other_obligation", _OTHER, 422)
    return found


def _edits(desk: Desk, found: Answered | None, dossier: Dossier) -> Sequence[Edit]:
    """The edits that a kept portrait named; for one made now, those that stand for its date."""
    if found is not None:
        return edits_of(desk, found)
    return desk.edits.standing(shown_key(dossier.case_id), shown_key(dossier.party_id), dossier.as_of)


def _cited_by(part: Part, of: str) -> tuple[Text, Sequence[Cited], Sequence[Cited]]:
    for move in part.features:
        if move.feature == of:
            return move.label, move.came, move.went
    for asset in part.money:
        if asset.key == of:
            return asset.label, asset.came, asset.went
    for table in part.rows:
        if table.table == of:
            return table_label(of), table.came, table.went
    if part.expired and of in part.expired:
        return FAMILIES[of].label, (), part.expired[of]
    raise answers.no_such_line()


def _in(dossier: Dossier, row: Cited) -> bool:
    held = (*dossier.rows(row.table, "case"), *dossier.rows(row.table, "party"))
    return any(each["row_id"] == row.row_id for each in held)


def _read(found: Answered) -> PortraitShape:
    return PortraitShape.model_validate_json(found.document)


def _asset(label: Words, amounts: AmountsShape) -> Asset:
    return Asset(Text(zh=label.zh, en=label.en), _fen(amounts))


def _fen(amounts: AmountsShape) -> Amounts:
    spans = (amounts.now, amounts.year)
    return Amounts.of([round(yuan * 100) for span in spans for yuan in (span.low, span.mid, span.high)])


_SAYS = Text(
    zh="{part}：新增{came}条，不再计入{went}条。",
    en="{part}: {came} rows came in, {went} no longer count.",
)
_NO_EARLIER = Text(
    zh="没有保存过该被执行人在本案更早日期的画像。",
    en="No portrait of this debtor in this case was kept for an earlier date.",
)
_OTHER = Text(
    zh="所选画像属于另一案件或另一被执行人。",
    en="The portrait chosen is of another case or another debtor.",
)
_NOT_EARLIER = Text(zh="所选日期晚于该画像的日期。", en="The date chosen lies after that of the portrait.")


def _refused(code: str, detail: Text, status: int) -> PortraitError:
    return PortraitError(
        Problem(
            code=code,
            title=Text(zh="无法比较", en="These cannot be compared"),
            detail=detail,
            next_step=Text(
                zh="请选择同一被执行人在本案中更早的画像，或指定一个更早的日期。",
                en="Choose an earlier portrait of the same debtor in the case, or name an earlier date.",
            ),
            status=status,
        )
    )

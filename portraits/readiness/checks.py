"""The tests that rules name: each looks at one debtor's dossier and says met, not met or unknown, and on which rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from portraits.law.rule import cite
from portraits.ledger.lines import AssetLedger
from portraits.readiness.seen import Finding, Met, Seen
from records.dossier import Row, standing
from records.states import ANSWERED, shelf_days
from vocabulary.codes import CODES
from vocabulary.dates import months_after, months_before
from vocabulary.families import FAMILIES
from vocabulary.labels import word
from vocabulary.text import Text

Settings = Mapping[str, Any]
Check = Callable[[Seen, Settings], Finding]

__all__ = ["CHECKS", "Check", "Finding", "Met", "Seen"]


def notified(seen: Seen, settings: Settings) -> Finding:
    """The enforcement notice: a measure, or the day on which it was served."""
    roles = [row for row in seen.dossier.rows("obligors") if row["case_id"] == seen.dossier.case_id]
    served = [row for row in roles if row.get("served_on") and row["served_on"] <= seen.day]
    sent = seen.measures("notice")
    if not served and not sent:
        return _missing(Text(zh="没有执行通知的记录", en="No notice is on record"), seen.filed)
    first = min([row["served_on"] for row in served] + [row["happened_at"] for row in sent])
    rows = cite("obligors", *served) + cite("measures", *sent)
    return Finding(Met.MET, _on(Text(zh="执行通知", en="Notice"), first), rows)


def measure(seen: Seen, settings: Settings) -> Finding:
    """Measures on record: any of, or all of these kinds; in force still; or a clue by these authors instead."""
    every, kinds = settings.get("all_of", ()), settings.get("any_of", ())
    found = seen.measures(*every, *kinds)
    if settings.get("in_force"):
        lifted = [row for row in found if row.get("lifted_on") and row["lifted_on"] <= seen.day]
        found = [row for row in found if row not in lifted]
        if lifted and not found:
            last = max(row["lifted_on"] for row in lifted)
            return _missing(_on(Text(zh="已解除", en="Lifted"), last), last, cite("measures", *lifted))
    authors = settings.get("or_clue_by", ())
    clues = [row for row in _clues(seen) if row["author"] in authors]
    lacking = [kind for kind in every if not any(row["kind"] == kind for row in found)]
    if lacking or not (found or clues):
        names = _listed(*(word("measures", "kind", kind) for kind in (lacking or kinds)))
        return _missing(
            Text(zh="没有记录：{names}", en="Not on record: {names}").fill(names=names), seen.filed
        )
    told = [
        _on(word("measures", "kind", row["kind"]), row["happened_at"]) for row in standing(found, ("kind",))
    ]
    told += [_on(Text(zh="财产线索", en="clue"), row["happened_at"]) for row in clues[-1:]]
    return Finding(Met.MET, _listed(*told), cite("measures", *found) + cite("clues", *clues))


def disclosed(seen: Seen, settings: Settings) -> Finding:
    """The debtor disclosed, or was sanctioned for not doing so."""
    own = [row for row in seen.dossier.rows("declarations") if row["case_id"] == seen.dossier.case_id]
    own = [row for row in own if row["happened_at"] <= seen.day]
    if own:
        says = _on(Text(zh="已报告财产", en="Disclosed"), own[-1]["happened_at"])
        return Finding(Met.MET, says, cite("declarations", *own))
    sanctions = seen.measures(*settings["sanctions"])
    if sanctions:
        says = Text(zh="未报告，已采取强制措施", en="Not disclosed, and sanctioned")
        return Finding(Met.MET, says, cite("measures", *sanctions))
    orders = seen.measures("disclosure_order")
    since = orders[0]["happened_at"] if orders else seen.filed
    says = Text(
        zh="没有财产报告，也没有强制措施的记录", en="Neither a disclosure nor a sanction is on record"
    )
    return _missing(says, since, cite("measures", *orders))


def listed(seen: Seen, settings: Settings) -> Finding:
    """Listed as dishonest; whether the grounds are met is the court's to say, so that no listing is no failure."""
    if seen.party.get("vulnerability") == "minor":
        says = Text(zh="未成年人，不得纳入失信名单", en="A minor is never listed")
        return Finding(Met.MET, says, cite("parties", seen.party))
    found = seen.measures("dishonest_listing")
    if found:
        says = _on(word("measures", "kind", "dishonest_listing"), found[-1]["happened_at"])
        return Finding(Met.MET, says, cite("measures", *found))
    says = Text(
        zh="没有纳入失信名单的记录；是否符合条件由法院认定",
        en="No listing is on record; whether the grounds are met is for the court to say",
    )
    return Finding(Met.UNKNOWN, says, since=seen.filed)


def clues(seen: Seen, settings: Settings) -> Finding:
    """Every clue in the case was checked by the day."""
    every = _clues(seen)
    left = [row for row in every if not row.get("verified_on") or row["verified_on"] > seen.day]
    if left:
        says = Text(zh="{count}条线索尚未核实", en="Clues not checked: {count}").fill(count=len(left))
        return _missing(says, min(row["known_at"] for row in left), cite("clues", *left))
    if every:
        says = Text(zh="{count}条线索均已核实", en="Clues checked: {count}").fill(count=len(every))
        return Finding(Met.MET, says, cite("clues", *every))
    return Finding(Met.MET, Text(zh="没有收到线索", en="No clue came in"))


def answered(seen: Seen, settings: Settings) -> Finding:
    """Families asked of these sources and answered: within so many months (and days) of the day, else while fresh."""
    families = [*settings["families"], *(settings.get("natural", ()) if seen.natural else ())]
    lacking: list[Text] = []
    rows: list[Row] = []
    missing: list[date] = []
    for family in families:
        last = _last_answer(seen, family, settings["sources"])
        earliest = _earliest(seen, family, settings)
        if last is not None and _day(last) >= earliest:
            rows.append(last)
            continue
        lacking.append(FAMILIES[family].label)
        expired = _day(last) + (seen.day - earliest) + timedelta(days=1) if last is not None else seen.filed
        missing.append(expired)
        rows += [last] if last is not None else []
    if lacking:
        says = Text(zh="未查询或已过期：{names}", en="Not asked, or no longer fresh: {names}")
        return _missing(says.fill(names=_listed(*lacking)), min(missing), cite("queries", *rows))
    says = Text(zh="{count}类均有有效答复", en="Families answered in time: {count}").fill(count=len(families))
    return Finding(Met.MET, says, cite("queries", *rows))


def nothing_to_take(seen: Seen, settings: Settings) -> Finding:
    """The ledger has no property that could be taken within twelve months, in the middle reading."""
    least = round(settings.get("deposit_below", 0) * 100)
    share = settings.get("share_of_claim", 0) * seen.claim.owed
    held = [asset for asset in seen.ledger.assets if asset.available.year.mid > 0]
    left = [asset for asset in held if not _small(asset, least, share)]
    rows = tuple(dict.fromkeys(row for asset in left for line in asset.lines for row in line.rows))
    if left and seen.ledger.available.year.mid > 0:
        says = Text(zh="尚有可供执行的财产：{names}", en="Property that could be taken: {names}")
        names = _listed(*(asset.label for asset in left[:5]))
        return _missing(says.fill(names=names), _first_known(seen, left), rows)
    unknown = seen.ledger.not_known
    if unknown:
        says = Text(zh="尚不清楚：{names}", en="Not known: {names}")
        return Finding(Met.UNKNOWN, says.fill(names=_listed(*(each.label for each in unknown))))
    if held:
        return Finding(Met.MET, Text(zh="仅有可以忽略的小额存款", en="Only deposits too small to matter"))
    return Finding(Met.MET, Text(zh="没有可供执行的财产", en="There is no property that could be taken"))


def months_since_filing(seen: Seen, settings: Settings) -> Finding:
    """More than so many months lie between the filing and the day."""
    first = months_after(seen.filed, int(settings["months"])) + timedelta(days=1)
    rows = cite("cases", seen.case)
    if seen.day >= first:
        return Finding(Met.MET, _on(Text(zh="立案", en="Filed"), seen.filed), rows)
    says = Text(zh="最早于{on}满足", en="Met from {on} at the earliest").fill(on=first.isoformat())
    return _missing(says, seen.filed, rows)


def looked_for(seen: Seen, settings: Settings) -> Finding:
    """A measure of looking for the debtor or of coercion; whether one was called for is not in the records."""
    found = seen.measures(*settings["any_of"])
    if found:
        told = [word("measures", "kind", row["kind"]) for row in standing(found, ("kind",))]
        return Finding(Met.MET, _listed(*told), cite("measures", *found))
    says = Text(
        zh="没有查找或强制措施的记录；是否下落不明、有无妨害，记录中没有",
        en="Neither a search nor a sanction is on record, and not whether one was called for",
    )
    return Finding(Met.UNKNOWN, says, since=seen.filed)


def heard(seen: Seen, settings: Settings) -> Finding:
    """A talk is on record, not after the day."""
    rows = [
        row
        for row in seen.dossier.rows("measures", "case")
        if row["kind"] == "settlement_talk" and row["happened_at"] <= seen.day
    ]
    if not rows:
        return _missing(Text(zh="没有约谈的记录", en="No talk is on record"), seen.filed)
    return Finding(
        Met.MET,
        _on(word("measures", "kind", "settlement_talk"), rows[-1]["happened_at"]),
        cite("measures", *rows),
    )


def outstanding(seen: Seen, settings: Settings) -> Finding:
    """The case still lacks something."""
    rows = cite("titles", *seen.dossier.rows("titles", "case"))
    owed = Text(zh="尚欠{yuan}元", en="Outstanding: CNY {yuan}").fill(
        yuan=f"{seen.claim.case_owed / 100:,.2f}"
    )
    if seen.claim.case_owed > 0:
        return Finding(Met.MET, owed, rows)
    return _missing(owed, None, rows)


def ruled(seen: Seen, settings: Settings) -> Finding:
    """The case was closed by such a ruling."""
    rows = cite("cases", seen.case)
    if seen.case.get("closing_mode") == "round_terminated":
        return Finding(Met.MET, _on(CODES["round_terminated"], seen.case["closed_on"]), rows)
    return _missing(Text(zh="尚未裁定", en="No ruling yet"), None, rows)


def alive(seen: Seen, settings: Settings) -> Finding:
    """No end of the debt by the debtor's death is on record; for a firm there is nothing to ask."""
    dead = [
        row
        for row in seen.dossier.rows("discharges", "case")
        if row["kind"] == "death_without_estate" and row.get("party_id") in (None, seen.dossier.party_id)
    ]
    if dead:
        says = CODES["death_without_estate"]
        return _missing(says, dead[0]["happened_at"], cite("discharges", *dead))
    if not seen.natural:
        return Finding(Met.MET, Text(zh="被执行人是单位", en="The debtor is an organisation"))
    state = seen.states["civil_status"]
    asked = [row for row in seen.dossier.rows("queries") if row["receipt_id"] in state.receipts]
    if state.state.fresh:
        says = Text(zh="户籍查询未见死亡", en="The household register tells of no death")
        return Finding(Met.MET, says, cite("queries", *asked))
    says = Text(zh="未查询户籍登记或答复已过期", en="The household register was not asked, or long ago")
    return Finding(Met.UNKNOWN, says, cite("queries", *asked), since=seen.filed)


def not_recorded(seen: Seen, settings: Settings) -> Finding:
    """What the records have no place for: always unknown, in the rule's own words."""
    return Finding(Met.UNKNOWN, Text(zh=settings["zh"], en=settings["en"]))


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        notified,
        measure,
        disclosed,
        listed,
        clues,
        answered,
        nothing_to_take,
        months_since_filing,
        looked_for,
        heard,
        outstanding,
        ruled,
        alive,
        not_recorded,
    )
}


def _missing(says: Text, since: date | None, rows: tuple[Any, ...] = ()) -> Finding:
    return Finding(Met.NOT_MET, says, rows, since)


def _clues(seen: Seen) -> list[Row]:
    return [
        row
        for row in seen.dossier.rows("clues")
        if row["case_id"] == seen.dossier.case_id and row["happened_at"] <= seen.day
    ]


def _last_answer(seen: Seen, family: str, sources: list[str]) -> Row | None:
    rows = [
        row
        for row in standing(seen.dossier.rows("queries"), ("receipt_id",))
        if row["family"] == family
        and row["source"] in sources
        and row["status"] in ANSWERED
        and _day(row) <= seen.day
    ]
    return max(rows, key=lambda row: (_day(row), row["receipt_id"]), default=None)


def _earliest(seen: Seen, family: str, settings: Settings) -> date:
    """The first day whose answers count: by the rule's own term, else by the family's shelf life."""
    if "months" in settings:
        return months_before(seen.day, int(settings["months"])) - timedelta(days=int(settings.get("days", 0)))
    return seen.day - timedelta(days=shelf_days(family, seen.day))


def _day(row: Row) -> date:
    day: date = row.get("answered_at") or row["happened_at"]
    return day


def _small(asset: AssetLedger, below: int, share: float) -> bool:
    found = asset.available.year.mid
    return asset.family == "deposits" and found < below and found <= share


def _first_known(seen: Seen, assets: list[AssetLedger]) -> date | None:
    """The first day on which one of the assets was known."""
    wanted = {(row.table, row.row_id) for asset in assets for line in asset.lines for row in line.rows}
    days = [
        row["known_at"]
        for table in {table for table, _ in wanted}
        for row in seen.dossier.rows(table)
        if (table, row["row_id"]) in wanted
    ]
    return min(days, default=None)


def _on(what: Text, day: date) -> Text:
    return Text(zh="{what} {on}", en="{what} {on}").fill(what=what, on=day.isoformat())


def _listed(*texts: Text) -> Text:
    return Text(zh="、".join(text.zh for text in texts), en=", ".join(text.en for text in texts))

"""Real property, vehicles and equity: from the register to what a sale would leave for this case."""

from __future__ import annotations

from dataclasses import replace

from portraits.claim import newest
from portraits.law.assets import EQUITY_ONLY, LISTED_SHARES, THING_FOUND
from portraits.law.rule import cite
from portraits.ledger.dwelling import exempt, take_exempt
from portraits.ledger.liens import Others
from portraits.ledger.lines import NOTHING, AssetLedger, Pot, Six, Step
from portraits.ledger.owning import part_of, take_ownership, take_transfer
from portraits.ledger.sale import (
    take_chance,
    take_costs,
    take_no_benefit,
    take_not_at_hand,
    take_price,
    take_time,
)
from portraits.ledger.seals import liens_on
from portraits.ledger.setting import Setting
from portraits.ledger.waterfall import Waterfall, both
from records.dossier import Row
from vocabulary.identity import shown_key
from vocabulary.text import Text

KINDS = {"real_property": "real_property", "vehicles": "vehicle", "equity": "equity"}
_LABELS = {
    "real_property": Text(zh="不动产 {id}", en="real property {id}"),
    "vehicles": Text(zh="车辆 {id}", en="vehicle {id}"),
    "equity": Text(zh="股权 {id}", en="equity {id}"),
}
_FOUND = Text(zh="登记在册，评估或估计价值", en="On the register, at its appraised or estimated value")
_NO_VALUE = Text(zh="尚无评估价值，未计入金额", en="No value in the record: no amount is counted")
_LISTED = Text(zh="上市股票可直接变卖", en="Traded shares, sold directly")


def things(setting: Setting) -> list[AssetLedger]:
    """One ledger a thing, in the order of family and thing. Things sold in this case are in the payments, not here."""
    sold = {
        row["thing_id"] for row in setting.dossier.rows("auctions") if row.get("sold") and row.get("thing_id")
    }
    return [
        _thing(row, family, setting)
        for family in KINDS
        for row in sorted(
            newest(setting.dossier.rows(family), "thing_id"), key=lambda row: int(row["thing_id"])
        )
        if row["thing_id"] not in sold
    ]


def _thing(row: Row, family: str, setting: Setting) -> AssetLedger:
    thing = row["thing_id"]
    key = f"{family}:{shown_key(thing)}"
    fall = setting.fall(key)
    liens = liens_on(setting.dossier, thing, family, figures=setting.figures)
    others = Others(liens, setting.dossier.case_id, setting.three("unknown_claim_share"))
    worth = row.get("appraised_value")
    found = EQUITY_ONLY if family == "equity" else THING_FOUND
    fall.find(worth or 0, found, _FOUND if worth is not None else _NO_VALUE, cite(family, row))
    take_transfer(fall, row, family, others.own_seals, setting.dossier)
    notes = list(others.notes)
    if family == "equity" and row.get("listed"):
        pot = _traded(fall, row, others, setting)
    else:
        pot, said = _sold(fall, row, family, others, setting)
        notes += said
    return AssetLedger(
        key=key,
        family=family,
        label=_LABELS[family].fill(id=shown_key(thing)),
        state=setting.state(family),
        lines=tuple(fall.lines),
        available=fall.available,
        pot=replace(pot, liens=liens),
        notes=tuple(notes),
    )


def _sold(fall: Waterfall, row: Row, family: str, others: Others, setting: Setting) -> tuple[Pot, list[Text]]:
    kind = KINDS[family]
    part, rule = part_of(row, setting.dossier, setting.figures)
    realised = setting.haircuts.realisation(kind, setting.court, after=_rounds_failed(row, setting))
    take_ownership(fall, row, family, part, rule)
    if family == "vehicles":
        take_not_at_hand(fall, row)
    take_time(fall, kind, setting)
    take_price(fall, kind, realised, setting)
    take_costs(fall, kind, setting)
    price = fall.six
    prior = sum((lien.amount or 0) * part[1] for lien in others.prior)
    take_no_benefit(fall, kind, round((row.get("appraised_value") or 0) * part[1]), prior, setting)
    others.take_securities(fall, _burden(row, part))
    others.take_seals(fall)
    kept, said = _dwelling(fall, row, family, others, setting)
    take_chance(fall, realised)
    return Pot(price, kept, both(realised.chance), _burden(row, part)), said


def _dwelling(
    fall: Waterfall, row: Row, family: str, others: Others, setting: Setting
) -> tuple[Six, list[Text]]:
    if family != "real_property":
        return NOTHING, []
    kept, notes, rows = exempt(row, setting)
    if kept is None:
        return NOTHING, []
    return kept, notes + take_exempt(fall, row, kept, others.secured_here, setting, rows)


def _traded(fall: Waterfall, row: Row, others: Others, setting: Setting) -> Pot:
    part, rule = part_of(row, setting.dossier, setting.figures)
    take_ownership(fall, row, "equity", part, rule)
    fall.keep(Step.PRICE, LISTED_SHARES, _LISTED, both(setting.three("market_share_securities")))
    price = fall.six
    others.take_securities(fall, _burden(row, part))
    others.take_seals(fall)
    return Pot(price, burden=_burden(row, part))


def _burden(row: Row, part: tuple[float, float, float]) -> tuple[float, ...]:
    """Part of a mortgage that the debtor's share bears: in proportion, but all of it in the cautious reading.

    Spouses mortgage together, so theirs is borne in proportion in every reading.
    """
    if row.get("co_ownership") == "spousal" or part[0] == 1.0:
        return both(part)
    return both((1.0, part[1], part[2]))


def _rounds_failed(row: Row, setting: Setting) -> int:
    """Rounds of this thing that found no buyer."""
    lots = [each for each in setting.dossier.rows("auctions") if each.get("thing_id") == row["thing_id"]]
    return max((each.get("round") or 1 for each in lots if each.get("sold") is False), default=0)

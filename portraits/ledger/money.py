"""Money and holdings: deposits free of others' freezes, securities, products, insurance, housing fund, platforms."""

from __future__ import annotations

from collections.abc import Callable

from portraits.claim import newest
from portraits.law.assets import (
    CASH_VALUE,
    ESCROW_ACCOUNT,
    FUND_WITHDRAWAL,
    HOLDING_NOT_DUE,
    LISTED_SHARES,
    MIGRANT_ACCOUNT,
    MONEY_FOUND,
    RELIEF_ACCOUNT,
)
from portraits.law.order import FROZEN_BY_OTHERS
from portraits.law.rule import Rule, cite
from portraits.ledger.liens import Others
from portraits.ledger.lines import Amounts, AssetLedger, Pot, Step
from portraits.ledger.seals import before, liens_on
from portraits.ledger.setting import Setting
from portraits.ledger.waterfall import Waterfall, both
from records.dossier import Row
from vocabulary.identity import shown_key
from vocabulary.text import Text

HOLDINGS = ("securities", "wealth_products", "insurance", "housing_fund", "platform_balances")
SPECIAL: dict[str, tuple[Rule, Text]] = {
    "migrant_wages": (
        MIGRANT_ACCOUNT,
        Text(zh="农民工工资专用账户", en="Account for migrant workers' wages"),
    ),
    "escrow": (ESCROW_ACCOUNT, Text(zh="监管账户资金", en="Escrowed money")),
    "relief": (RELIEF_ACCOUNT, Text(zh="救助、补助资金", en="Relief money")),
}
_LABELS = {
    "deposits": Text(zh="存款账户 {id}", en="account {id}"),
    "securities": Text(zh="证券 {id}", en="securities {id}"),
    "wealth_products": Text(zh="理财产品 {id}", en="wealth product {id}"),
    "insurance": Text(zh="保险 {id}", en="policy {id}"),
    "housing_fund": Text(zh="住房公积金 {id}", en="housing fund {id}"),
    "platform_balances": Text(zh="网络平台资金 {id}", en="platform balance {id}"),
}
_FOUND = Text(zh="查询反馈的余额或价值", en="Balance or value as answered")
_FROZEN = Text(zh="已被其他法院或机关冻结", en="Frozen by others")
_TERM = Text(zh="未到期，可先冻结", en="Not yet due: may be frozen first")
_RESTRICTED = Text(zh="权利受限，解除限制前不计", en="Restricted: not counted until that ends")
_CASH = Text(zh="按现金价值计", en="Counts by its cash value")
_NO_CASH = Text(
    zh="现金价值尚未查明，仅有利读数计入", en="Cash value not known: only in the favourable reading"
)
_PROVINCE = Text(zh="各地做法不一：{low}～{high}", en="Practice differs: {low} to {high}")
_MARKET = Text(zh="变卖前的价格波动和费用", en="Price movement and fees until the sale")


def money(setting: Setting) -> list[AssetLedger]:
    """One ledger an account or holding, in the order of family and number."""
    accounts = sorted(
        newest(setting.dossier.rows("deposits"), "account_id"), key=lambda row: int(row["account_id"])
    )
    found = [_deposit(row, setting) for row in accounts]
    for family in HOLDINGS:
        rows = newest(setting.dossier.rows(family), "holding_id")
        found += [
            _holding(row, family, setting) for row in sorted(rows, key=lambda row: int(row["holding_id"]))
        ]
    return found


def _deposit(row: Row, setting: Setting) -> AssetLedger:
    account = row["account_id"]
    fall = setting.fall(f"deposits:{shown_key(account)}")
    rows = cite("deposits", row)
    fall.find(row["balance"], MONEY_FOUND, _FOUND, rows)
    special = SPECIAL.get(row.get("nature") or "")
    if special is not None:
        fall.keep(Step.EXCLUDED, special[0], special[1], (0.0,) * 6, rows)
        return _asset(fall, "deposits", account, setting, Pot(fall.six))
    others = _others(setting, account, "deposits")
    frozen = max(row["balance"] - row["available"], 0)
    ours = _own_freeze(others, row, frozen)
    recorded = ours + sum(lien.amount or 0 for lien in others.others)
    unexplained = max(frozen - recorded, 0)
    pot = Pot(Amounts.of([left - min(left, unexplained) for left in fall.left]).six)
    fall.take(
        Step.EARLIER_SEAL, FROZEN_BY_OTHERS, _FROZEN, both((frozen, frozen - ours, frozen - ours)), rows
    )
    if _beyond(others, frozen - ours):
        others.take_securities(fall, (1.0,) * 6)
        others.take_seals(fall)
    return _asset(fall, "deposits", account, setting, pot, others)


def _holding(row: Row, family: str, setting: Setting) -> AssetLedger:
    holding = row["holding_id"]
    fall = setting.fall(f"{family}:{shown_key(holding)}")
    fall.find(row["value"], MONEY_FOUND, _FOUND, cite(family, row))
    _BY_FAMILY.get(family, _product)(fall, row, setting)
    others = _others(setting, holding, family)
    pot = Pot(fall.six)
    others.take_securities(fall, (1.0,) * 6)
    others.take_seals(fall)
    return _asset(fall, family, holding, setting, pot, others)


def _securities(fall: Waterfall, row: Row, setting: Setting) -> None:
    fall.keep(Step.PRICE, LISTED_SHARES, _MARKET, both(setting.three("market_share_securities")))
    _not_due(fall, row)


def _insurance(fall: Waterfall, row: Row, setting: Setting) -> None:
    cash = row.get("cash_value")
    if cash is None:
        fall.keep(Step.PRICE, CASH_VALUE, _NO_CASH, both((0.0, 0.0, 1.0)))
    else:
        fall.take(Step.PRICE, CASH_VALUE, _CASH, (max(row["value"] - cash, 0),) * 6)
    _by_province(fall, CASH_VALUE, setting.three("insurance_share"))


def _housing_fund(fall: Waterfall, row: Row, setting: Setting) -> None:
    if row.get("rule") != "free":
        _by_province(fall, FUND_WITHDRAWAL, setting.three("housing_fund_share"))


def _product(fall: Waterfall, row: Row, setting: Setting) -> None:
    cash = row.get("cash_value")
    if cash is not None and row.get("rule") != "term":
        fall.take(Step.PRICE, MONEY_FOUND, _CASH, (max(row["value"] - cash, 0),) * 6)
    _not_due(fall, row)


def _not_due(fall: Waterfall, row: Row) -> None:
    if row.get("rule") == "term":
        cash = (row.get("cash_value") or 0) / (row["value"] or 1)
        fall.keep(
            Step.TO_BE_SOLD, HOLDING_NOT_DUE, _TERM, (0.0, min(cash, 1.0), min(cash, 1.0), 1.0, 1.0, 1.0)
        )
    elif row.get("rule") in ("restricted", "retirement_only"):
        fall.keep(Step.TO_BE_SOLD, HOLDING_NOT_DUE, _RESTRICTED, (0.0, 0.0, 0.0, 0.0, 0.0, 1.0))


def _by_province(fall: Waterfall, rule: Rule, shares: tuple[float, float, float]) -> None:
    why = _PROVINCE.fill(low=f"{shares[0]:.0%}", high=f"{shares[2]:.0%}")
    fall.keep(Step.EXEMPT, rule, why, both(shares))


_BY_FAMILY: dict[str, Callable[[Waterfall, Row, Setting], None]] = {
    "securities": _securities,
    "insurance": _insurance,
    "housing_fund": _housing_fund,
}


def _others(setting: Setting, thing: int, family: str) -> Others:
    liens = liens_on(setting.dossier, thing, family, figures=setting.figures)
    return Others(liens, setting.dossier.case_id, setting.three("unknown_claim_share"))


def _own_freeze(others: Others, row: Row, frozen: int) -> int:
    """What of a frozen part is this case's own freeze, in force when the answer came in.

    A bank tells each court what others froze; the answer to a colleague counts our own among them. Which it was the
    row does not say: the cautious reading takes all of it for others', the other two leave our own out.
    """
    own = [lien for lien in others.own_seals if lien.since is None or lien.since <= row["known_at"]]
    if any(lien.amount is None for lien in own):
        return frozen
    return min(frozen, sum(lien.amount or 0 for lien in own))


def _beyond(others: Others, frozen: int) -> bool:
    """Whether recorded liens of others go beyond what the bank already holds back; never both."""
    earlier = [lien for lien in others.others if lien.security or before(lien, others.own_seals) is not False]
    return any(lien.amount is None for lien in earlier) or sum(lien.amount or 0 for lien in earlier) > frozen


def _asset(
    fall: Waterfall, family: str, thing: int, setting: Setting, pot: Pot, others: Others | None = None
) -> AssetLedger:
    return AssetLedger(
        key=fall.key,
        family=family,
        label=_LABELS[family].fill(id=shown_key(thing)),
        state=setting.state(family),
        lines=tuple(fall.lines),
        available=fall.available,
        pot=pot if others is None else Pot(pot.price, liens=others.all),
        is_money=family in ("deposits", "platform_balances"),
        notes=() if others is None else others.notes,
    )

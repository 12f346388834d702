"""The record families: what a court may ask a source about, and what it keeps in its own registers."""

from __future__ import annotations

from dataclasses import dataclass

from vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class RecordFamily:
    """One kind of record.

    ``asked``: the state comes from query receipts; otherwise the court's own register, always known.
    ``asset``: property that could be taken; what the cautious score sets to asked-and-empty when unasked.
    ``covers``: counts in the coverage band (asset and income families).
    """

    code: str
    label: Text
    asked: bool
    asset: bool = False
    covers: bool = False


def _asset(code: str, zh: str, en: str) -> RecordFamily:
    return RecordFamily(code, Text(zh, en), asked=True, asset=True, covers=True)


def _asked(code: str, zh: str, en: str, *, covers: bool = False) -> RecordFamily:
    return RecordFamily(code, Text(zh, en), asked=True, covers=covers)


def _own(code: str, zh: str, en: str) -> RecordFamily:
    return RecordFamily(code, Text(zh, en), asked=False)


FAMILIES: dict[str, RecordFamily] = {
    family.code: family
    for family in (
        _asset("deposits", "银行存款", "deposits"),
        _asset("securities", "证券", "securities"),
        _asset("wealth_products", "理财产品", "wealth products"),
        _asset("insurance", "保险", "insurance"),
        _asset("housing_fund", "住房公积金", "housing provident fund"),
        _asset("platform_balances", "网络平台资金", "platform balances"),
        _asset("real_property", "不动产", "real property"),
        _asset("vehicles", "车辆", "vehicles"),
        _asset("equity", "股权", "equity"),
        _asked("income", "收入与社保", "income and social insurance", covers=True),
        _asked("consumption", "消费", "consumption"),
        _asked("registrations", "工商登记", "business registrations"),
        _asked("civil_status", "户籍与婚姻登记", "civil status"),
        _asked("transfers", "财产转让", "transfers of property"),
        _asked("litigation", "涉诉涉执", "litigation and enforcement history"),
        _own("claim", "执行债权", "the claim itself"),
        _own("party", "当事人信息", "the debtor as the court registers it"),
        _own("measures", "执行措施", "measures taken"),
        _own("performance", "履行情况", "performance so far"),
        _own("disclosure", "财产申报与线索", "disclosure and clues"),
    )
}
ASKED = tuple(family.code for family in FAMILIES.values() if family.asked)
ASSETS = tuple(family.code for family in FAMILIES.values() if family.asset)
COVERING = tuple(family.code for family in FAMILIES.values() if family.covers)


def coverage_band(share: float) -> str:
    """Coverage band of the share of asset and income families answered and fresh: low < 1/3, middle < 2/3, high."""
    if share < 1 / 3:
        return "low"
    return "middle" if share < 2 / 3 else "high"


BAND_LABELS = {
    "low": Text(zh="低", en="low"),
    "middle": Text(zh="中", en="middle"),
    "high": Text(zh="高", en="high"),
}

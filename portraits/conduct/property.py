"""Facts about property that left the debtor's hands or was burdened."""

from __future__ import annotations

from collections.abc import Iterator

from portraits.conduct.fact import ConductRule, Fact, after_suit, effective_on, lookback, sued_on, yuan
from portraits.law.acts import (
    BEFORE_JUDGMENT,
    GRATUITOUS_DISPOSAL,
    REDUCED_ESTATE,
    REPORTABLE_BURDEN,
    REPORTABLE_TRANSFER,
    UNDERVALUE,
)
from portraits.law.rule import cite
from portraits.ledger.seals import KEY, SECURITIES
from records.dossier import Dossier, Row, standing
from records.parameters import Parameters
from vocabulary.text import Text

NEAR = ("kin", "linked")
_TO = {
    "kin": Text(zh="亲属", en="a relative"),
    "linked": Text(zh="关联方", en="a linked party"),
    "none": Text(zh="他人", en="another"),
}
_WHAT = {
    "real_property": Text(zh="不动产", en="real property"),
    "vehicle": Text(zh="车辆", en="a vehicle"),
    "equity": Text(zh="股权", en="equity"),
    "money": Text(zh="资金", en="money"),
    "claim": Text(zh="债权", en="a claim"),
}
_CHEAP = Text(
    zh="{on}将价值{worth}元的{what}以{price}元转让给{to}，为其价值的{share}",
    en="On {on} {what} worth ¥{worth} went to {to} for ¥{price}, {share} of its value",
)
_FREE = Text(
    zh="{on}将价值{worth}元的{what}无偿处分给{to}",
    en="On {on} {what} worth ¥{worth} went to {to} for nothing",
)
_EARLY = Text(
    zh="{on}（起诉后、文书生效前）将价值{worth}元的{what}转让给{to}，价款{price}元",
    en="On {on}, after the suit and before the title took effect, {what} worth ¥{worth} went to {to} for ¥{price}",
)
_REPORT = Text(
    zh="{on}（执行通知前一年内或者之后）将价值{worth}元的{what}转让给{to}，应当报告",
    en="On {on}, since a year before the notice, {what} worth ¥{worth} went to {to}: to be disclosed",
)
_BURDEN = Text(
    zh="{on}（执行通知前一年内或者之后）设定担保{amount}元，应当报告",
    en="On {on}, since a year before the notice, security for ¥{amount} was created: to be disclosed",
)


def undervalued(dossier: Dossier, figures: Parameters) -> Iterator[Fact]:
    """Transfers after the suit at a price above zero and below the threshold for the counterparty."""
    for row in _transfers(dossier):
        if after_suit(row, dossier) and row.get("price") and _cheap(row, figures):
            yield _fact("undervalue_transfer", _CHEAP, row)


def gratuitous(dossier: Dossier, figures: Parameters) -> Iterator[Fact]:
    """Disposals after the suit for nothing, waived claims among them."""
    for row in _transfers(dossier):
        if after_suit(row, dossier) and row.get("price") == 0 and row.get("appraised_value"):
            yield _fact("gratuitous_transfer", _FREE, row)


def before_judgment(dossier: Dossier, figures: Parameters) -> Iterator[Fact]:
    """Transfers between the suit and the title, to kin or a linked party, for nothing, or below the threshold."""
    sued, effective = sued_on(dossier), effective_on(dossier)
    if sued is None or effective is None:
        return
    for row in _transfers(dossier):
        doubtful = row["relation"] in NEAR or row.get("price") == 0 or _cheap(row, figures)
        if sued <= row["happened_at"] < effective and doubtful:
            yield _fact("transfer_before_judgment", _EARLY, row)


def reportable(dossier: Dossier, figures: Parameters) -> Iterator[Fact]:
    """Every transfer that has to be disclosed."""
    first = lookback(dossier, figures)
    for row in _transfers(dossier):
        if first is not None and row["happened_at"] >= first:
            yield _fact("reportable_transfer", _REPORT, row)


def burdened(dossier: Dossier, figures: Parameters) -> Iterator[Fact]:
    """Mortgages and pledges that have to be disclosed."""
    first = lookback(dossier, figures)
    securities = [row for row in dossier.rows("encumbrances") if row["kind"] in SECURITIES]
    for row in standing(securities, KEY):
        on = row.get("registered_on") or row.get("effective_on")
        if first is not None and on is not None and first <= on <= dossier.as_of:
            amount = row.get("secured")
            shown = Text(zh="不明", en="an unknown sum") if amount is None else yuan(amount)
            says = _BURDEN.fill(on=on.isoformat(), amount=shown)
            yield Fact("reportable_burden", on, says, cite("encumbrances", row), amount)


def _transfers(dossier: Dossier) -> list[Row]:
    return [row for row in dossier.rows("transfers") if row["happened_at"] <= dossier.as_of]


def _cheap(row: Row, figures: Parameters) -> bool:
    price, worth = row.get("price"), row.get("appraised_value")
    if price is None or not worth:
        return False
    name = "undervalue_share_kin" if row["relation"] in NEAR else "undervalue_share"
    return bool(price < worth * figures.number(name, row["happened_at"]))


def _fact(rule: str, says: Text, row: Row) -> Fact:
    price, worth = row.get("price"), row.get("appraised_value")
    unknown = Text(zh="不明", en="an unknown sum")
    filled = says.fill(
        on=row["happened_at"].isoformat(),
        what=_WHAT[row["kind"]],
        to=_TO[row["relation"]],
        worth=unknown if worth is None else yuan(worth),
        price=unknown if price is None else yuan(price),
        share=unknown if price is None or not worth else f"{price / worth:.1%}",
    )
    return Fact(rule, row["happened_at"], filled, cite("transfers", row), worth)


RULES = (
    ConductRule(
        "undervalue_transfer",
        Text(zh="诉讼后低价转让", en="Transfer at an undervalue after the suit"),
        (GRATUITOUS_DISPOSAL, UNDERVALUE),
        ("transfers", "titles"),
        ("undervalue_share", "undervalue_share_kin"),
        undervalued,
    ),
    ConductRule(
        "gratuitous_transfer",
        Text(zh="诉讼后无偿处分", en="Disposal for nothing after the suit"),
        (GRATUITOUS_DISPOSAL,),
        ("transfers", "titles"),
        (),
        gratuitous,
    ),
    ConductRule(
        "transfer_before_judgment",
        Text(zh="起诉后、生效前转移财产", en="Transfer between suit and judgment"),
        (BEFORE_JUDGMENT,),
        ("transfers", "titles"),
        ("undervalue_share", "undervalue_share_kin"),
        before_judgment,
    ),
    ConductRule(
        "reportable_transfer",
        Text(zh="应报告的转让", en="Transfer to be disclosed"),
        (REPORTABLE_TRANSFER,),
        ("transfers", "obligors", "measures"),
        ("lookback_months",),
        reportable,
    ),
    ConductRule(
        "reportable_burden",
        Text(zh="应报告的担保负担", en="Security to be disclosed"),
        (REPORTABLE_BURDEN, REDUCED_ESTATE),
        ("encumbrances", "obligors", "measures"),
        ("lookback_months",),
        burdened,
    ),
)

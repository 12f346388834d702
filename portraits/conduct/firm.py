"""Facts about firms: emptied after the suit, closed or changed after it, capital not paid in."""

from __future__ import annotations

from collections.abc import Iterator

from portraits.claim import newest
from portraits.conduct.fact import ConductRule, Fact, sued_on, yuan
from portraits.law.acts import AUDIT_GROUND, FIRM_LEFT, FIRM_UNLIQUIDATED, UNPAID_CAPITAL
from portraits.law.rule import cite
from records.dossier import Dossier, Row
from records.parameters import Parameters
from vocabulary.text import Text

CLOSED = ("abnormal", "revoked", "dissolved", "deregistered")
CHANGES = {
    "capital": Text(zh="注册资本", en="capital"),
    "share": Text(zh="股权", en="shares"),
    "representative": Text(zh="法定代表人", en="legal representative"),
}
_EMPTIED = Text(
    zh="起诉（{sued}）以来转入{came}元、转出{went}元（{share}），账户余额{left}元",
    en="Since the suit ({sued}) ¥{came} came in and ¥{went} went out ({share}); ¥{left} is left on the accounts",
)
_CLOSED = Text(
    zh="{on}企业状态变为{status}，晚于起诉", en="On {on}, after the suit, the firm became {status}"
)
_STATUS = {
    "abnormal": Text(zh="经营异常", en="abnormal"),
    "revoked": Text(zh="吊销", en="revoked"),
    "dissolved": Text(zh="解散", en="dissolved"),
    "deregistered": Text(zh="注销", en="deregistered"),
}
_CHANGED = Text(zh="{on}变更{what}，晚于起诉", en="On {on}, after the suit, the {what} changed")
_UNPAID = Text(
    zh="认缴{subscribed}元，实缴{paid}元，未缴{gap}元",
    en="¥{subscribed} subscribed, ¥{paid} paid in, ¥{gap} not paid",
)


def emptied(dossier: Dossier, figures: Parameters) -> Iterator[Fact]:
    """A firm's accounts: nearly all that came in since the suit went out again."""
    sued = sued_on(dossier)
    if sued is None or not _is_firm(dossier):
        return
    since = [row for row in dossier.rows("account_flows") if sued <= row["happened_at"] <= dossier.as_of]
    came = sum(row["amount"] for row in since if row["direction"] == "in")
    went = sum(row["amount"] for row in since if row["direction"] == "out")
    if not came or went < figures.number("emptied_share", dossier.as_of) * came:
        return
    accounts = newest(dossier.rows("deposits"), "account_id")
    says = _EMPTIED.fill(
        sued=sued.isoformat(),
        came=yuan(came),
        went=yuan(went),
        share=f"{went / came:.0%}",
        left=yuan(sum(row["balance"] for row in accounts)),
    )
    rows = cite("account_flows", *since) + cite("deposits", *accounts)
    yield Fact("firm_emptied", since[-1]["happened_at"], says, rows, went)


def closed(dossier: Dossier, figures: Parameters) -> Iterator[Fact]:
    """The debtor firm left the register, or its good standing there, after the suit."""
    told: set[tuple[int, str]] = set()
    for row in _own(dossier):
        about = (row["company_id"], row["status"])
        if row["status"] in CLOSED and about not in told:
            told.add(about)
            says = _CLOSED.fill(on=row["happened_at"].isoformat(), status=_STATUS[row["status"]])
            yield Fact("firm_closed", row["happened_at"], says, cite("registrations", row))


def changed(dossier: Dossier, figures: Parameters) -> Iterator[Fact]:
    """Capital, shares or representative changed after the suit: the firm's own, or a shareholder's in a firm."""
    for row in _registrations(dossier):
        what = CHANGES.get(row.get("change") or "")
        if what is not None and row["role"] in ("self", "shareholder", "legal_representative"):
            says = _CHANGED.fill(on=row["happened_at"].isoformat(), what=what)
            yield Fact("firm_changed", row["happened_at"], says, cite("registrations", row))


def unpaid(dossier: Dossier, figures: Parameters) -> Iterator[Fact]:
    """Capital that the register shows as subscribed and not paid in: who owes it may be added (Arts 17, 19)."""
    rows = [row for row in dossier.rows("registrations") if row["role"] in ("self", "shareholder")]
    for row in newest(rows, "company_id", "role"):
        subscribed, paid = row.get("subscribed"), row.get("paid_in")
        if subscribed is not None and paid is not None and paid < subscribed:
            says = _UNPAID.fill(subscribed=yuan(subscribed), paid=yuan(paid), gap=yuan(subscribed - paid))
            yield Fact(
                "capital_not_paid", row["happened_at"], says, cite("registrations", row), subscribed - paid
            )


def _is_firm(dossier: Dossier) -> bool:
    parties = newest(dossier.rows("parties"), "party_id")
    return bool(parties) and parties[0]["kind"] == "organisation"


def _registrations(dossier: Dossier) -> list[Row]:
    """Registrations after the suit."""
    sued = sued_on(dossier)
    rows = dossier.rows("registrations")
    return [row for row in rows if sued is not None and sued <= row["happened_at"] <= dossier.as_of]


def _own(dossier: Dossier) -> list[Row]:
    return [row for row in _registrations(dossier) if row["role"] == "self"]


RULES = (
    ConductRule(
        "firm_emptied",
        Text(zh="起诉后转空企业", en="Firm emptied after the suit"),
        (FIRM_LEFT, AUDIT_GROUND),
        ("account_flows", "deposits", "titles", "parties"),
        ("emptied_share",),
        emptied,
    ),
    ConductRule(
        "firm_closed",
        Text(zh="起诉后歇业、注销", en="Firm closed after the suit"),
        (FIRM_LEFT, FIRM_UNLIQUIDATED),
        ("registrations", "titles"),
        (),
        closed,
    ),
    ConductRule(
        "firm_changed",
        Text(zh="起诉后变更登记", en="Registration changed after the suit"),
        (AUDIT_GROUND, UNPAID_CAPITAL),
        ("registrations", "titles"),
        (),
        changed,
    ),
    ConductRule(
        "capital_not_paid",
        Text(zh="出资未缴足", en="Capital not paid in full"),
        (UNPAID_CAPITAL,),
        ("registrations",),
        (),
        unpaid,
    ),
)

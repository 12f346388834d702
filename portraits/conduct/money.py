"""Facts about money on the debtor's accounts: large sums out, sums in that went straight out again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from portraits.claim import claim_of
from portraits.conduct.fact import ConductRule, Fact, lookback, notified_on, sued_on, yuan
from portraits.law.acts import LARGE_SPENDING, OTHER_CHANGE
from portraits.law.rule import cite
from records.dossier import Dossier, Row
from records.parameters import Parameters
from vocabulary.text import Text

SPENT = ("transfer", "cash", "payment")
_LARGE = Text(zh="{on}（{when}）支出{amount}元", en="On {on} ({when}) ¥{amount} was paid out")
_WHEN = {
    True: Text(zh="收到执行通知之后", en="after the enforcement notice"),
    False: Text(zh="执行通知前一年内", en="in the year before the notice"),
}
_FAST = Text(
    zh="{on}转入{came}元，{days}日内转出{went}元（{share}）",
    en="On {on} ¥{came} came in; within {days} days ¥{went} went out ({share})",
)


def large_outflows(dossier: Dossier, figures: Parameters) -> Iterator[Fact]:
    """Sums out of an account since a year before the notice, from the threshold on."""
    first, notice = lookback(dossier, figures), notified_on(dossier)
    if first is None or notice is None:
        return
    least = threshold(dossier, figures)
    for row in _flows(dossier, "out"):
        if row["happened_at"] >= first and row["kind"] in SPENT and row["amount"] >= least:
            when = _WHEN[row["happened_at"] >= notice]
            says = _LARGE.fill(on=row["happened_at"].isoformat(), when=when, amount=yuan(row["amount"]))
            yield Fact("large_outflow", row["happened_at"], says, cite("account_flows", row), row["amount"])


def threshold(dossier: Dossier, figures: Parameters) -> int:
    """Fen from which a sum is large: a fixed line, lower for small claims but never below the least."""
    day = dossier.as_of
    fixed = figures.number("large_outflow", day) * 100
    share = claim_of(dossier).adjudged * figures.number("large_outflow_share", day)
    return round(min(fixed, max(share, figures.number("large_outflow_least", day) * 100)))


def fast_through(dossier: Dossier, figures: Parameters) -> Iterator[Fact]:
    """Money in after the suit, most of which left the same account within days; each sum out counts once."""
    sued = sued_on(dossier)
    if sued is None:
        return
    day = dossier.as_of
    days = int(figures.number("fast_days", day))
    share, least = figures.number("fast_share", day), figures.number("fast_least", day) * 100
    used: set[int] = set()
    out = defaultdict(list)
    for row in _flows(dossier, "out"):
        out[row["account_id"]].append(row)
    for came in _flows(dossier, "in"):
        if came["happened_at"] < sued or came["amount"] < least:
            continue
        last = came["happened_at"] + timedelta(days=days)
        went = [
            row
            for row in out[came["account_id"]]
            if row["row_id"] not in used and came["happened_at"] <= row["happened_at"] <= last
        ]
        total = sum(row["amount"] for row in went)
        if went and total >= share * came["amount"]:
            used |= {row["row_id"] for row in went}
            yield _fast(came, went, total, days)


def _fast(came: Row, went: list[Row], total: int, days: int) -> Fact:
    says = _FAST.fill(
        on=came["happened_at"].isoformat(),
        came=yuan(came["amount"]),
        went=yuan(total),
        days=days,
        share=f"{total / came['amount']:.0%}",
    )
    return Fact(
        "fast_in_fast_out", came["happened_at"], says, cite("account_flows", came, *went), came["amount"]
    )


def _flows(dossier: Dossier, direction: str) -> list[Row]:
    rows = dossier.rows("account_flows")
    return [row for row in rows if row["direction"] == direction and row["happened_at"] <= dossier.as_of]


RULES = (
    ConductRule(
        "large_outflow",
        Text(zh="大额支出", en="Large sum paid out"),
        (LARGE_SPENDING,),
        ("account_flows", "obligors", "measures", "titles"),
        ("large_outflow", "large_outflow_share", "large_outflow_least", "lookback_months"),
        large_outflows,
    ),
    ConductRule(
        "fast_in_fast_out",
        Text(zh="资金快进快出", en="Money in and straight out"),
        (OTHER_CHANGE,),
        ("account_flows", "titles"),
        ("fast_days", "fast_share", "fast_least"),
        fast_through,
    ),
)

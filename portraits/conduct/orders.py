"""Facts about the court's orders: forbidden consumption, false or missing disclosure, sanctions without effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portraits.claim import newest
from portraits.conduct.fact import ConductRule, Fact, measures, yuan
from portraits.law.acts import BREACH_OF_ORDER, FALSE_REPORT, FORBIDDEN_CONSUMPTION, HIGH_SPEED_RAIL
from portraits.law.rule import Cited, cite
from records.dossier import Dossier, Row
from records.parameters import Parameters
from vocabulary.families import FAMILIES
from vocabulary.text import Text

_KINDS = {
    "flight": Text(zh="乘坐飞机", en="a flight"),
    "high_speed_rail": Text(zh="乘坐高铁", en="high-speed rail"),
    "hotel_star": Text(zh="入住星级酒店", en="a star hotel"),
    "nightclub_golf": Text(zh="夜总会、高尔夫消费", en="a nightclub or golf course"),
    "property": Text(zh="购建、装修房屋", en="buying, building or fitting out property"),
    "lease_office": Text(zh="租赁高档写字楼", en="leasing an expensive office"),
    "vehicle": Text(zh="购买非经营必需车辆", en="a vehicle not needed for business"),
    "travel": Text(zh="旅游、度假", en="travel and holidays"),
    "private_school": Text(zh="子女就读高收费私立学校", en="an expensive private school"),
    "insurance_premium": Text(zh="支付高额保费", en="a high insurance premium"),
}
_SPENT = Text(
    zh="{on}在限制消费令（{start}起）有效期内{what}{amount}",
    en="On {on}, under a consumption restriction of {start}: {what}{amount}",
)
_DECLARED = Text(
    zh="{on}申报{family}{declared}元，查明{found}元，相差{gap}元",
    en="On {on} {family} of ¥{declared} were disclosed, ¥{found} were found, ¥{gap} apart",
)
_SILENT = Text(
    zh="{on}发出报告财产令，{days}日后仍无财产报告",
    en="Disclosure was ordered on {on}; {days} days later there is none",
)
_SILENT_AT_CLOSING = Text(
    zh="{on}发出报告财产令，至{closed}结案{days}日仍无财产报告",
    en="Disclosure was ordered on {on}; when the case closed on {closed}, {days} days later, there was none",
)
_STILL = Text(
    zh="{on}采取{kind}后，至今无主动履行", en="Since {kind} on {on} nothing has been paid voluntarily"
)
_SANCTIONS = {"detention": Text(zh="拘留", en="detention"), "fine": Text(zh="罚款", en="a fine")}


@dataclass(frozen=True, slots=True)
class Order:
    """A consumption restriction in force from ``start`` until before ``end``."""

    start: date
    end: date | None
    rows: tuple[Cited, ...]

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.start <= day and (self.end is None or day < self.end)


def restrictions(dossier: Dossier) -> list[Order]:
    """Consumption restrictions against the debtor: this court's measures, and entries of any court on the list."""
    own = [row for row in dossier.rows("measures") if row["kind"] == "consumption_restriction"]
    listed = [row for row in dossier.rows("litigation") if row["kind"] == "consumption_order"]
    orders = [Order(row["happened_at"], row.get("lifted_on"), cite("measures", row)) for row in own]
    return orders + [
        Order(row.get("from_on") or row["happened_at"], row.get("to_on"), cite("litigation", row))
        for row in listed
    ]


def forbidden(dossier: Dossier, figures: Parameters) -> Iterator[Fact]:
    """Restricted consumption on a day on which a restriction was in force."""
    orders = restrictions(dossier)
    for row in dossier.rows("restricted_consumption"):
        order = next((order for order in orders if order.holds(row["happened_at"])), None)
        if order is None or row["happened_at"] > dossier.as_of:
            continue
        amount = row.get("amount")
        shown = (
            Text("", "") if amount is None else Text(zh=f"，支付{yuan(amount)}元", en=f", ¥{yuan(amount)}")
        )
        says = _SPENT.fill(
            on=row["happened_at"].isoformat(),
            start=order.start.isoformat(),
            what=_KINDS[row["kind"]],
            amount=shown,
        )
        rows = cite("restricted_consumption", row) + order.rows
        yield Fact("restricted_consumption", row["happened_at"], says, rows, amount)


def declared_less(dossier: Dossier, figures: Parameters) -> Iterator[Fact]:
    """Disclosures that lie below what was found for the same family by more than the tolerance."""
    share = figures.number("declared_gap_share", dossier.as_of)
    least = figures.number("declared_gap_least", dossier.as_of) * 100
    for row in _declarations(dossier):
        declared, found = row.get("declared_value"), row.get("found_value")
        if declared is None or found is None or found - declared <= max(share * found, least):
            continue
        says = _DECLARED.fill(
            on=row["happened_at"].isoformat(),
            family=FAMILIES[row["family"]].label,
            declared=yuan(declared),
            found=yuan(found),
            gap=yuan(found - declared),
        )
        yield Fact(
            "declared_not_found", row["happened_at"], says, cite("declarations", row), found - declared
        )


def not_declared(dossier: Dossier, figures: Parameters) -> Iterator[Fact]:
    """An order to disclose that was not followed in time, counted until the case closed: then the duty of it ended."""
    days = int(figures.number("disclosure_days", dossier.as_of))
    closed = _closed(dossier)
    until = dossier.as_of if closed is None else min(closed, dossier.as_of)
    for order in measures(dossier, "disclosure_order"):
        due = order["happened_at"] + timedelta(days=days)
        answered = any(row["happened_at"] >= order["happened_at"] for row in _declarations(dossier))
        if due < until and not answered:
            told = _SILENT if closed is None else _SILENT_AT_CLOSING
            says = told.fill(
                on=order["happened_at"].isoformat(),
                days=(until - order["happened_at"]).days,
                closed=until.isoformat(),
            )
            yield Fact("no_disclosure", order["happened_at"], says, cite("measures", order))


def unmoved(dossier: Dossier, figures: Parameters) -> Iterator[Fact]:
    """A detention or fine after which the debtor paid nothing of their own accord."""
    paid = [
        row["happened_at"]
        for row in dossier.rows("payments", "case")
        if row["party_id"] == dossier.party_id
        and row["channel"] == "voluntary"
        and row["happened_at"] <= dossier.as_of
    ]
    for row in measures(dossier, "detention", "fine"):
        if not any(day >= row["happened_at"] for day in paid):
            says = _STILL.fill(on=row["happened_at"].isoformat(), kind=_SANCTIONS[row["kind"]])
            yield Fact(
                "sanction_without_effect", row["happened_at"], says, cite("measures", row), row.get("amount")
            )


def _closed(dossier: Dossier) -> date | None:
    """The day on which the case was closed, as known on the dossier's date."""
    cases = newest(dossier.rows("cases", "case"), "case_id")
    closed: date | None = cases[0].get("closed_on") if cases else None
    return closed if closed is not None and closed <= dossier.as_of else None


def _declarations(dossier: Dossier) -> list[Row]:
    return [
        row
        for row in dossier.rows("declarations")
        if row["case_id"] == dossier.case_id and row["happened_at"] <= dossier.as_of
    ]


RULES = (
    ConductRule(
        "restricted_consumption",
        Text(zh="违反限制消费令", en="Consumption against a restriction"),
        (BREACH_OF_ORDER, FORBIDDEN_CONSUMPTION, HIGH_SPEED_RAIL),
        ("restricted_consumption", "measures", "litigation"),
        (),
        forbidden,
    ),
    ConductRule(
        "declared_not_found",
        Text(zh="申报与查明不符", en="Disclosed and found differ"),
        (BREACH_OF_ORDER, FALSE_REPORT),
        ("declarations",),
        ("declared_gap_share", "declared_gap_least"),
        declared_less,
    ),
    ConductRule(
        "no_disclosure",
        Text(zh="未报告财产", en="No disclosure"),
        (BREACH_OF_ORDER, FALSE_REPORT),
        ("measures", "declarations"),
        ("disclosure_days",),
        not_declared,
    ),
    ConductRule(
        "sanction_without_effect",
        Text(zh="罚款、拘留后仍未履行", en="Sanctioned, and still nothing paid"),
        (BREACH_OF_ORDER,),
        ("measures", "payments"),
        (),
        unmoved,
    ),
)

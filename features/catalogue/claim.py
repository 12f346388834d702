"""Features of what is owed: the parts of the claim, what is paid of it, what is left, what others guarantee."""

from __future__ import annotations

from features.declare import Derived, Family, Feature
from features.measures import Latest, Total
from features.rows import of_case, of_debtor
from vocabulary.text import Text

titles = of_case("titles").latest_per("title_id")
paid = of_case("payments")
duty = of_debtor("obligors").latest_per("case_id").in_this_case()


class Claim(Family):
    """What was adjudged, what has been paid of it, and how much of the rest this debtor owes."""

    record_family = "claim"

    claim_principal = Feature(
        rows=titles,
        measure=Total("principal"),
        unit="CNY",
        label=Text(zh="本金", en="Principal"),
        reason=Text(zh="本金{value}，{standing}", en="The principal is {value}, {standing}"),
        shows=("title_id", "principal"),
    )
    claim_interest = Feature(
        rows=titles,
        measure=Total("general_interest"),
        unit="CNY",
        label=Text(zh="一般债务利息", en="Interest adjudged"),
        reason=Text(
            zh="判定的一般债务利息{value}，{standing}", en="Interest of {value} was adjudged, {standing}"
        ),
        shows=("title_id", "general_interest"),
    )
    claim_costs = Feature(
        rows=titles,
        measure=Total("costs"),
        unit="CNY",
        label=Text(zh="诉讼费用", en="Costs of the suit"),
        reason=Text(zh="诉讼费用{value}，{standing}", en="Costs of the suit come to {value}, {standing}"),
        shows=("title_id", "costs"),
    )
    claim_penalty = Feature(
        rows=titles,
        measure=Total("penalty"),
        unit="CNY",
        label=Text(zh="违约金", en="Penalty"),
        reason=Text(zh="违约金{value}，{standing}", en="A penalty of {value} is owed, {standing}"),
        shows=("title_id", "penalty"),
    )
    claim_total = Derived(
        form="sum",
        parts=(claim_principal, claim_interest, claim_costs, claim_penalty),
        unit="CNY",
        label=Text(zh="执行标的额", en="Claim amount"),
        reason=Text(zh="执行标的额{value}，{standing}", en="The claim amounts to {value}, {standing}"),
    )
    case_paid = Feature(
        rows=paid,
        measure=Total("amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="本案已到位金额", en="Paid in the case by all debtors"),
        reason=Text(zh="本案已到位{value}，{standing}", en="{value} has been paid in the case, {standing}"),
        shows=("party_id", "amount", "channel"),
    )
    discharged = Feature(
        rows=of_case("discharges").where(kind=("settlement", "waiver")).about_debtor(),
        measure=Total("amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="和解或放弃的金额", en="Settled or waived"),
        reason=Text(zh="和解或放弃{value}，{standing}", en="{value} was settled or waived, {standing}"),
        shows=("party_id", "kind", "amount"),
    )
    case_outstanding = Derived(
        form="difference",
        parts=(claim_total, case_paid, discharged),
        floor=0.0,
        unit="CNY",
        label=Text(zh="本案未履行金额", en="Outstanding in the case"),
        reason=Text(zh="本案尚欠{value}，{standing}", en="{value} is outstanding in the case, {standing}"),
    )
    paid_total = Feature(
        rows=of_debtor("payments").in_this_case(),
        measure=Total("amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="该被执行人已履行金额", en="Paid in this case by this debtor"),
        reason=Text(zh="该被执行人已履行{value}，{standing}", en="This debtor has paid {value}, {standing}"),
        shows=("case_id", "amount", "channel", "quality"),
    )
    liability_cap = Feature(
        rows=duty,
        measure=Latest("liability_cap"),
        unit="CNY",
        label=Text(zh="责任限额", en="Most this debtor owes"),
        reason=Text(zh="责任限额为{value}，{standing}", en="Liability is capped at {value}, {standing}"),
        shows=("case_id", "role", "liability_cap"),
    )
    cap_left = Derived(
        form="difference",
        parts=(liability_cap, paid_total),
        floor=0.0,
        unit="CNY",
        label=Text(zh="责任限额余额", en="Left under the cap"),
        reason=Text(zh="责任限额尚余{value}", en="{value} is left under the cap on liability"),
    )
    outstanding = Derived(
        form="smaller",
        parts=(cap_left, case_outstanding),
        unit="CNY",
        label=Text(zh="该被执行人未履行金额", en="Outstanding for this debtor"),
        reason=Text(zh="该被执行人尚欠{value}，{standing}", en="This debtor still owes {value}, {standing}"),
    )

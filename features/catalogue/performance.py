"""Features of what this debtor has paid so far, here and in other cases."""

from __future__ import annotations

from features.catalogue.claim import Claim
from features.declare import Derived, Family, Feature
from features.measures import Count, DaysSince, Largest, ShareOf, Total
from features.rows import of_debtor
from vocabulary.text import Text

payments = of_debtor("payments")
here = payments.in_this_case()
SHOWN = ("case_id", "amount", "channel", "quality")


class Performance(Family):
    """Payments credited from this debtor, and how they came; their total stands with the claim."""

    record_family = "performance"

    paid_6m = Feature(
        rows=here.last_months(6),
        measure=Total("amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="近6个月履行金额", en="Paid in this case, last 6 months"),
        reason=Text(zh="近6个月履行{value}，{standing}", en="{value} was paid over 6 months, {standing}"),
        shows=SHOWN,
    )
    payments_count = Feature(
        rows=here,
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="本案履行次数", en="Payments in this case"),
        reason=Text(zh="本案履行{value}次，{standing}", en="Payments in this case: {value}, {standing}"),
        shows=SHOWN,
    )
    paid_largest = Feature(
        rows=here,
        measure=Largest("amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="本案单笔最高履行", en="Largest payment in this case"),
        reason=Text(
            zh="本案单笔最高履行{value}，{standing}", en="The largest payment was {value}, {standing}"
        ),
        shows=SHOWN,
    )
    voluntary_share = Feature(
        rows=here,
        measure=ShareOf("amount", of_column="channel", codes=("voluntary",)),
        unit="share",
        label=Text(zh="自动履行比例", en="Share paid voluntarily"),
        reason=Text(
            zh="已履行金额的{value}为自动履行，{standing}",
            en="{value} of what was paid came voluntarily, {standing}",
        ),
        shows=SHOWN,
    )
    days_since_payment = Feature(
        rows=here,
        measure=DaysSince(),
        unit="days",
        label=Text(zh="距最近一次履行天数", en="Days since the last payment"),
        reason=Text(
            zh="最近一次履行在{value}前，{standing}", en="The last payment was {value} ago, {standing}"
        ),
        shows=SHOWN,
    )
    paid_share = Derived(
        form="ratio",
        parts=(Claim.paid_total, Claim.claim_total),
        most=1.0,
        unit="share",
        label=Text(zh="该被执行人履行比例", en="Share of the claim paid by this debtor"),
        reason=Text(
            zh="已履行标的额的{value}，{standing}", en="{value} of the claim has been paid, {standing}"
        ),
    )
    case_paid_share = Derived(
        form="ratio",
        parts=(Claim.case_paid, Claim.claim_total),
        most=1.0,
        unit="share",
        label=Text(zh="本案到位比例", en="Share of the claim paid by all debtors"),
        reason=Text(
            zh="本案已到位标的额的{value}，{standing}",
            en="{value} of the claim has been paid by all, {standing}",
        ),
    )
    paid_elsewhere_24m = Feature(
        rows=payments.in_other_cases().last_months(24),
        measure=Total("amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="近24个月在其他案件履行金额", en="Paid in other cases, last 24 months"),
        reason=Text(
            zh="近24个月在其他案件履行{value}，{standing}",
            en="{value} was paid in other cases over two years, {standing}",
        ),
        shows=SHOWN,
    )

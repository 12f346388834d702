"""Features of credit lines and cards: what was billed, what was repaid, how late."""

from __future__ import annotations

from features.declare import Derived, Family, Feature
from features.measures import Count, Largest, Latest, MonthlyMean, Total, Trend
from features.rows import of_debtor
from vocabulary.text import Text

repayments = of_debtor("consumption").where(category="credit_repayment")
half = repayments.last_months(6)
SHOWN = ("category", "channel", "amount", "billed", "months_late")


class Credit(Family):
    """How the debtor has served revolving debt month by month."""

    record_family = "consumption"

    credit_billed_latest = Feature(
        rows=repayments,
        measure=Latest("billed"),
        unit="CNY",
        label=Text(zh="最近一期账单金额", en="Latest bill"),
        reason=Text(zh="最近一期账单{value}，{standing}", en="The latest bill is {value}, {standing}"),
        shows=SHOWN,
    )
    credit_billed_monthly_6m = Feature(
        rows=half,
        measure=MonthlyMean("billed"),
        unit="CNY/month",
        nothing_found=0.0,
        label=Text(zh="近6个月月均账单金额", en="Billed per month, last 6 months"),
        reason=Text(
            zh="近6个月月均账单{value}，{standing}", en="{value} a month was billed over 6 months, {standing}"
        ),
        shows=SHOWN,
    )
    credit_repaid_monthly_6m = Feature(
        rows=half,
        measure=MonthlyMean("amount"),
        unit="CNY/month",
        nothing_found=0.0,
        label=Text(zh="近6个月月均还款额", en="Repaid per month, last 6 months"),
        reason=Text(
            zh="近6个月月均还款{value}，{standing}", en="{value} a month was repaid over 6 months, {standing}"
        ),
        shows=SHOWN,
    )
    credit_repaid_latest = Feature(
        rows=repayments,
        measure=Latest("amount"),
        unit="CNY",
        label=Text(zh="最近一期还款额", en="Latest repayment"),
        reason=Text(zh="最近一期还款{value}，{standing}", en="The latest repayment is {value}, {standing}"),
        shows=SHOWN,
    )
    credit_repaid_share_6m = Derived(
        form="ratio",
        parts=(credit_repaid_monthly_6m, credit_billed_monthly_6m),
        unit="share",
        label=Text(zh="近6个月还款占账单比例", en="Repaid of what was billed, last 6 months"),
        reason=Text(
            zh="近6个月偿还账单的{value}，{standing}",
            en="{value} of the bills of 6 months was repaid, {standing}",
        ),
    )
    credit_months_late_latest = Feature(
        rows=repayments,
        measure=Latest("months_late"),
        unit="months",
        label=Text(zh="最近一期逾期月数", en="Months late, latest"),
        reason=Text(
            zh="最近一期还款逾期{value}，{standing}", en="The latest repayment is {value} late, {standing}"
        ),
        shows=SHOWN,
    )
    credit_months_late_largest_12m = Feature(
        rows=repayments.last_months(12),
        measure=Largest("months_late"),
        unit="months",
        label=Text(zh="近12个月最长逾期月数", en="Most months late, last 12 months"),
        reason=Text(
            zh="近12个月最长逾期{value}，{standing}",
            en="Repayments were up to {value} late in a year, {standing}",
        ),
        shows=SHOWN,
    )
    credit_late_repayments_12m = Feature(
        rows=repayments.more_than("months_late", 0).last_months(12),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="近12个月逾期次数", en="Late repayments, last 12 months"),
        reason=Text(
            zh="近12个月逾期{value}次，{standing}", en="Late repayments in a year: {value}, {standing}"
        ),
        shows=SHOWN,
    )
    credit_billed_trend_6m = Feature(
        rows=half,
        measure=Trend("billed"),
        unit="trend",
        label=Text(zh="账单趋势", en="Trend of bills"),
        reason=Text(zh="近3个月账单{value}", en="Bills over the last quarter were {value}"),
        shows=SHOWN,
    )
    credit_repaid_12m = Feature(
        rows=repayments.last_months(12),
        measure=Total("amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="近12个月还款合计", en="Repaid, last 12 months"),
        reason=Text(
            zh="近12个月共还款{value}，{standing}", en="{value} was repaid over 12 months, {standing}"
        ),
        shows=SHOWN,
    )

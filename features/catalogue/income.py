"""Features of income: wages, social insurance, pension, tax."""

from __future__ import annotations

from features.declare import Family, Feature, Leans
from features.measures import DaysSince, Distinct, Largest, MonthlyMean, Months, Total, Trend
from features.rows import of_debtor
from vocabulary.text import Text

income = of_debtor("income")
wages = income.where(kind="wage")
insured = income.where(kind="social_insurance")
SHOWN = ("kind", "monthly_amount", "payer")
MORE = "More income cannot lower what can be paid (arithmetic)."


class Income(Family):
    """What comes in month by month, and whether someone still employs the debtor."""

    record_family = "income"

    wage_monthly_12m = Feature(
        rows=wages.last_months(12),
        measure=MonthlyMean("monthly_amount"),
        unit="CNY/month",
        leans=Leans.ABLE,
        why=MORE,
        nothing_found=0.0,
        label=Text(zh="近12个月月均工资", en="Wages per month, last 12 months"),
        reason=Text(
            zh="近12个月月均工资{value}，{standing}", en="Wages of {value} a month over 12 months, {standing}"
        ),
        shows=SHOWN,
    )
    wage_monthly_3m = Feature(
        rows=wages.last_months(3),
        measure=MonthlyMean("monthly_amount"),
        unit="CNY/month",
        leans=Leans.ABLE,
        why=MORE,
        nothing_found=0.0,
        label=Text(zh="近3个月月均工资", en="Wages per month, last 3 months"),
        reason=Text(
            zh="近3个月月均工资{value}，{standing}", en="Wages of {value} a month over 3 months, {standing}"
        ),
        shows=SHOWN,
    )
    wage_months_12m = Feature(
        rows=wages.last_months(12),
        measure=Months(),
        unit="months",
        nothing_found=0.0,
        label=Text(zh="近12个月领薪月数", en="Months with wages, last 12 months"),
        reason=Text(
            zh="近12个月中有{value}领取工资，{standing}",
            en="Wages were paid in {value} of the last 12, {standing}",
        ),
        shows=SHOWN,
    )
    wage_trend_12m = Feature(
        rows=wages.last_months(12),
        measure=Trend("monthly_amount"),
        unit="trend",
        label=Text(zh="工资趋势", en="Trend of wages"),
        reason=Text(zh="近半年工资{value}", en="Wages over the last half-year were {value}"),
        shows=SHOWN,
    )
    wage_largest_12m = Feature(
        rows=wages.last_months(12),
        measure=Largest("monthly_amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="近12个月最高月工资", en="Best month's wage, last 12 months"),
        reason=Text(
            zh="近12个月最高月工资{value}，{standing}", en="The best month's wage was {value}, {standing}"
        ),
        shows=SHOWN,
    )
    insured_months_12m = Feature(
        rows=insured.last_months(12),
        measure=Months(),
        unit="months",
        nothing_found=0.0,
        label=Text(zh="近12个月参保缴费月数", en="Months with social insurance, last 12 months"),
        reason=Text(
            zh="近12个月中有{value}缴纳社保，{standing}",
            en="Social insurance was paid in {value} of the last 12, {standing}",
        ),
        shows=SHOWN,
    )
    days_since_insured = Feature(
        rows=insured,
        measure=DaysSince(),
        unit="days",
        label=Text(zh="距最近一次缴纳社保天数", en="Days since social insurance was last paid"),
        reason=Text(
            zh="最近一次缴纳社保在{value}前，{standing}",
            en="Social insurance was last paid {value} ago, {standing}",
        ),
        shows=SHOWN,
    )
    pension_monthly_12m = Feature(
        rows=income.where(kind="pension").last_months(12),
        measure=MonthlyMean("monthly_amount"),
        unit="CNY/month",
        leans=Leans.ABLE,
        why=MORE,
        nothing_found=0.0,
        label=Text(zh="近12个月月均养老金", en="Pension per month, last 12 months"),
        reason=Text(
            zh="近12个月月均养老金{value}，{standing}",
            en="A pension of {value} a month over 12 months, {standing}",
        ),
        shows=SHOWN,
    )
    dividend_12m = Feature(
        rows=income.where(kind="dividend").last_months(12),
        measure=Total("monthly_amount"),
        unit="CNY",
        leans=Leans.ABLE,
        why=MORE,
        nothing_found=0.0,
        label=Text(zh="近12个月分红", en="Dividends, last 12 months"),
        reason=Text(
            zh="近12个月分红{value}，{standing}", en="Dividends of {value} over 12 months, {standing}"
        ),
        shows=SHOWN,
    )
    tax_12m = Feature(
        rows=income.where(kind="tax").last_months(12),
        measure=Total("monthly_amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="近12个月纳税额", en="Tax paid, last 12 months"),
        reason=Text(zh="近12个月纳税{value}，{standing}", en="Tax of {value} over 12 months, {standing}"),
        shows=SHOWN,
    )
    payer_kinds_12m = Feature(
        rows=income.last_months(12),
        measure=Distinct("payer"),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="近12个月收入来源类型数", en="Kinds of payers, last 12 months"),
        reason=Text(zh="近12个月收入来自{value}类付款人", en="Kinds of payers over 12 months: {value}"),
        shows=SHOWN,
    )

"""Features of spending by month and category: amounts only, never items or places."""

from __future__ import annotations

from features.catalogue.income import Income
from features.declare import Derived, Family, Feature
from features.measures import Largest, LongestGap, MonthlyMean, Months, ShareOf, Trend
from features.rows import of_debtor
from vocabulary.text import Text

LIVING = (
    "utility",
    "telecom",
    "daily",
    "transport",
    "dining",
    "education",
    "medical",
    "travel",
    "durable",
    "luxury",
)
spending = of_debtor("consumption").where(category=LIVING)
year = spending.last_months(12)
SHOWN = ("category", "channel", "amount")


def _monthly(*categories: str, zh: str, en: str) -> Feature:
    return Feature(
        rows=of_debtor("consumption").where(category=categories).last_months(12),
        measure=MonthlyMean("amount"),
        unit="CNY/month",
        nothing_found=0.0,
        label=Text(zh=f"近12个月月均{zh}支出", en=f"Spent per month on {en}, last 12 months"),
        reason=Text(
            zh=f"近12个月月均{zh}支出{{value}}，{{standing}}",
            en=f"{{value}} a month was spent on {en} over 12 months, {{standing}}",
        ),
        shows=SHOWN,
    )


class Consumption(Family):
    """What the debtor lives on. Level and trend speak of means; what is necessary stays exempt."""

    record_family = "consumption"

    consumption_monthly_12m = Feature(
        rows=year,
        measure=MonthlyMean("amount"),
        unit="CNY/month",
        nothing_found=0.0,
        label=Text(zh="近12个月月均消费", en="Spent per month, last 12 months"),
        reason=Text(
            zh="近12个月月均消费{value}，{standing}",
            en="{value} a month was spent over 12 months, {standing}",
        ),
        shows=SHOWN,
    )
    consumption_trend_12m = Feature(
        rows=year,
        measure=Trend("amount"),
        unit="trend",
        label=Text(zh="消费趋势", en="Trend of spending"),
        reason=Text(zh="近半年消费{value}", en="Spending over the last half-year was {value}"),
        shows=SHOWN,
    )
    consumption_largest_12m = Feature(
        rows=year,
        measure=Largest("amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="近12个月单类最高月消费", en="Largest month in one category, last 12 months"),
        reason=Text(
            zh="近12个月单类最高月消费{value}，{standing}",
            en="The largest month in one category was {value}, {standing}",
        ),
        shows=SHOWN,
    )
    utility_monthly_12m = _monthly("utility", "telecom", zh="水电气及通信", en="utilities and telecoms")
    daily_monthly_12m = _monthly("daily", "transport", "dining", zh="日常生活", en="daily life")
    care_monthly_12m = _monthly("education", "medical", zh="教育医疗", en="education and medical care")
    durable_monthly_12m = _monthly("durable", zh="耐用品", en="durable goods")
    luxury_travel_monthly_12m = _monthly("luxury", "travel", zh="高档消费和旅行", en="luxury and travel")
    luxury_travel_share_12m = Feature(
        rows=year,
        measure=ShareOf("amount", of_column="category", codes=("luxury", "travel")),
        unit="share",
        label=Text(zh="高档消费和旅行占比", en="Share of luxury and travel in spending"),
        reason=Text(
            zh="近12个月消费的{value}用于高档消费和旅行，{standing}",
            en="{value} of spending over 12 months went to luxury and travel, {standing}",
        ),
        shows=SHOWN,
    )
    consumption_months_12m = Feature(
        rows=year,
        measure=Months(),
        unit="months",
        nothing_found=0.0,
        label=Text(zh="近12个月有消费的月数", en="Months with spending, last 12 months"),
        reason=Text(zh="近12个月中有{value}有消费记录", en="Spending is recorded in {value} of the last 12"),
        shows=SHOWN,
    )
    utility_longest_gap_24m = Feature(
        rows=spending.where(category="utility").last_months(24),
        measure=LongestGap(),
        unit="days",
        label=Text(zh="水电气最长无缴费间隔", en="Longest gap between utility bills, last 24 months"),
        reason=Text(
            zh="近24个月水电气最长{value}无缴费，{standing}",
            en="The longest gap between utility bills over 24 months is {value}, {standing}",
        ),
        shows=SHOWN,
    )
    consumption_over_wage_12m = Derived(
        form="ratio",
        parts=(consumption_monthly_12m, Income.wage_monthly_12m),
        unit="ratio",
        label=Text(zh="消费与工资之比", en="Spending to wages"),
        reason=Text(
            zh="消费为工资的{value}倍，{standing}", en="Spending is {value} times the wages, {standing}"
        ),
    )

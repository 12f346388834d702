"""Features of spending of the kinds that a consumption restriction forbids."""

from __future__ import annotations

from features.declare import Family, Feature
from features.measures import Count, DaysSince, Distinct, Largest, Total
from features.rows import of_debtor
from vocabulary.text import Text

spent = of_debtor("restricted_consumption")
SHOWN = ("kind", "amount")
RULE = "限制高消费规定 (2015) Art. 3"


class RestrictedConsumption(Family):
    """Flights, fast trains, star hotels and the like: means that were there on that day."""

    record_family = "consumption"

    restricted_count_12m = Feature(
        rows=spent.last_months(12),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="近12个月高消费次数", en="Spending of restricted kinds, last 12 months"),
        reason=Text(
            zh="近12个月有{value}次高消费，{standing}",
            en="Spending of restricted kinds in a year: {value}, {standing}",
        ),
        shows=SHOWN,
        source=RULE,
    )
    restricted_amount_12m = Feature(
        rows=spent.last_months(12),
        measure=Total("amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="近12个月高消费金额", en="Amount of restricted kinds, last 12 months"),
        reason=Text(
            zh="近12个月高消费{value}，{standing}",
            en="{value} went on restricted kinds in a year, {standing}",
        ),
        shows=SHOWN,
        source=RULE,
    )
    restricted_largest_24m = Feature(
        rows=spent.last_months(24),
        measure=Largest("amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="近24个月单笔最高高消费", en="Largest of a restricted kind, last 24 months"),
        reason=Text(
            zh="近24个月单笔最高高消费{value}，{standing}",
            en="The largest spending of a restricted kind in two years is {value}, {standing}",
        ),
        shows=SHOWN,
        source=RULE,
    )
    restricted_kinds_24m = Feature(
        rows=spent.last_months(24),
        measure=Distinct("kind"),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="近24个月高消费种类数", en="Restricted kinds, last 24 months"),
        reason=Text(zh="近24个月高消费涉及{value}类", en="Different restricted kinds in two years: {value}"),
        shows=SHOWN,
        source=RULE,
    )
    days_since_restricted = Feature(
        rows=spent,
        measure=DaysSince(),
        unit="days",
        label=Text(zh="距最近一次高消费天数", en="Days since spending of a restricted kind"),
        reason=Text(
            zh="最近一次高消费在{value}前", en="The last spending of a restricted kind was {value} ago"
        ),
        shows=SHOWN,
        source=RULE,
    )

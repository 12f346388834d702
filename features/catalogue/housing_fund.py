"""Features of housing provident fund accounts."""

from __future__ import annotations

from features.declare import Family, Feature, Leans
from features.measures import Count, Largest, Total
from features.rows import of_debtor
from vocabulary.text import Text

holdings = of_debtor("housing_fund").latest_per("holding_id")
SHOWN = ("holding_id", "value", "cash_value", "rule")


class HousingFund(Family):
    """The housing provident fund: rules on taking it differ by province."""

    record_family = "housing_fund"

    housing_fund_value = Feature(
        rows=holdings,
        measure=Total("value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property of a kind cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="住房公积金价值", en="Value of housing provident fund accounts"),
        reason=Text(
            zh="住房公积金价值{value}，{standing}",
            en="Housing provident fund accounts are worth {value}, {standing}",
        ),
        shows=SHOWN,
    )
    housing_fund_cash = Feature(
        rows=holdings.where(rule=("free", "surrender")),
        measure=Total("cash_value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More that turns into cash today cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="住房公积金现可变现金额", en="Cash from housing provident fund accounts today"),
        reason=Text(
            zh="住房公积金现可变现{value}，{standing}",
            en="Housing provident fund accounts bring {value} in cash today, {standing}",
        ),
        shows=SHOWN,
    )
    housing_fund_bound = Feature(
        rows=holdings.where(rule=("term", "retirement_only", "restricted")),
        measure=Total("value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property, even bound, cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(
            zh="住房公积金中暂不能变现的价值",
            en="Value of housing provident fund accounts that cannot be cashed yet",
        ),
        reason=Text(
            zh="住房公积金中{value}暂不能变现",
            en="{value} of housing provident fund accounts cannot be cashed yet",
        ),
        shows=SHOWN,
    )
    housing_fund_count = Feature(
        rows=holdings,
        measure=Count(),
        unit="count",
        leans=Leans.ABLE,
        why="One holding more cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="住房公积金数量", en="Number of housing provident fund accounts"),
        reason=Text(
            zh="持有{value}个住房公积金账户，{standing}",
            en="Number of housing provident fund accounts: {value}, {standing}",
        ),
        shows=SHOWN,
    )
    housing_fund_largest = Feature(
        rows=holdings,
        measure=Largest("value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property of a kind cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="住房公积金单项最高价值", en="Largest of the housing provident fund accounts"),
        reason=Text(
            zh="住房公积金单项最高{value}",
            en="The largest of the housing provident fund accounts is worth {value}",
        ),
        shows=SHOWN,
    )

"""Features of securities."""

from __future__ import annotations

from features.declare import Family, Feature, Leans
from features.measures import Count, Largest, Total
from features.rows import of_debtor
from vocabulary.text import Text

holdings = of_debtor("securities").latest_per("holding_id")
SHOWN = ("holding_id", "value", "cash_value", "rule")


class Securities(Family):
    """Stocks, bonds and funds: worth what the market gives, and quickly sold."""

    record_family = "securities"

    securities_value = Feature(
        rows=holdings,
        measure=Total("value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property of a kind cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="证券价值", en="Value of securities"),
        reason=Text(zh="证券价值{value}，{standing}", en="Securities are worth {value}, {standing}"),
        shows=SHOWN,
    )
    securities_cash = Feature(
        rows=holdings.where(rule=("free", "surrender")),
        measure=Total("cash_value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More that turns into cash today cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="证券现可变现金额", en="Cash from securities today"),
        reason=Text(
            zh="证券现可变现{value}，{standing}",
            en="Securities bring {value} in cash today, {standing}",
        ),
        shows=SHOWN,
    )
    securities_bound = Feature(
        rows=holdings.where(rule=("term", "retirement_only", "restricted")),
        measure=Total("value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property, even bound, cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="证券中暂不能变现的价值", en="Value of securities that cannot be cashed yet"),
        reason=Text(zh="证券中{value}暂不能变现", en="{value} of securities cannot be cashed yet"),
        shows=SHOWN,
    )
    securities_count = Feature(
        rows=holdings,
        measure=Count(),
        unit="count",
        leans=Leans.ABLE,
        why="One holding more cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="证券数量", en="Number of securities"),
        reason=Text(zh="持有{value}项证券，{standing}", en="Number of securities: {value}, {standing}"),
        shows=SHOWN,
    )
    securities_largest = Feature(
        rows=holdings,
        measure=Largest("value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property of a kind cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="证券单项最高价值", en="Largest of the securities"),
        reason=Text(zh="证券单项最高{value}", en="The largest of the securities is worth {value}"),
        shows=SHOWN,
    )

"""Features of balances on platforms."""

from __future__ import annotations

from features.declare import Family, Feature, Leans
from features.measures import Count, Largest, Total
from features.rows import of_debtor
from vocabulary.text import Text

holdings = of_debtor("platform_balances").latest_per("holding_id")
SHOWN = ("holding_id", "value", "cash_value", "rule")


class PlatformBalances(Family):
    """Balances on payment and commerce platforms."""

    record_family = "platform_balances"

    platform_value = Feature(
        rows=holdings,
        measure=Total("value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property of a kind cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="网络平台资金价值", en="Value of balances on platforms"),
        reason=Text(
            zh="网络平台资金价值{value}，{standing}", en="Balances on platforms are worth {value}, {standing}"
        ),
        shows=SHOWN,
    )
    platform_cash = Feature(
        rows=holdings.where(rule=("free", "surrender")),
        measure=Total("cash_value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More that turns into cash today cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="网络平台资金现可变现金额", en="Cash from balances on platforms today"),
        reason=Text(
            zh="网络平台资金现可变现{value}，{standing}",
            en="Balances on platforms bring {value} in cash today, {standing}",
        ),
        shows=SHOWN,
    )
    platform_bound = Feature(
        rows=holdings.where(rule=("term", "retirement_only", "restricted")),
        measure=Total("value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property, even bound, cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(
            zh="网络平台资金中暂不能变现的价值", en="Value of balances on platforms that cannot be cashed yet"
        ),
        reason=Text(
            zh="网络平台资金中{value}暂不能变现", en="{value} of balances on platforms cannot be cashed yet"
        ),
        shows=SHOWN,
    )
    platform_count = Feature(
        rows=holdings,
        measure=Count(),
        unit="count",
        leans=Leans.ABLE,
        why="One holding more cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="网络平台资金数量", en="Number of balances on platforms"),
        reason=Text(
            zh="持有{value}个平台账户，{standing}", en="Number of balances on platforms: {value}, {standing}"
        ),
        shows=SHOWN,
    )
    platform_largest = Feature(
        rows=holdings,
        measure=Largest("value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property of a kind cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="网络平台资金单项最高价值", en="Largest of the balances on platforms"),
        reason=Text(
            zh="网络平台资金单项最高{value}", en="The largest of the balances on platforms is worth {value}"
        ),
        shows=SHOWN,
    )

"""Features of insurance policies."""

from __future__ import annotations

from features.declare import Family, Feature, Leans
from features.measures import Count, Largest, Total
from features.rows import of_debtor
from vocabulary.text import Text

holdings = of_debtor("insurance").latest_per("holding_id")
SHOWN = ("holding_id", "value", "cash_value", "rule")


class Insurance(Family):
    """Policies with a cash value, which a court may in most provinces have surrendered."""

    record_family = "insurance"

    insurance_value = Feature(
        rows=holdings,
        measure=Total("value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property of a kind cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="保险价值", en="Value of insurance policies"),
        reason=Text(zh="保险价值{value}，{standing}", en="Insurance policies are worth {value}, {standing}"),
        shows=SHOWN,
    )
    insurance_cash = Feature(
        rows=holdings.where(rule=("free", "surrender")),
        measure=Total("cash_value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More that turns into cash today cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="保险现可变现金额", en="Cash from insurance policies today"),
        reason=Text(
            zh="保险现可变现{value}，{standing}",
            en="Insurance policies bring {value} in cash today, {standing}",
        ),
        shows=SHOWN,
    )
    insurance_bound = Feature(
        rows=holdings.where(rule=("term", "retirement_only", "restricted")),
        measure=Total("value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property, even bound, cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="保险中暂不能变现的价值", en="Value of insurance policies that cannot be cashed yet"),
        reason=Text(zh="保险中{value}暂不能变现", en="{value} of insurance policies cannot be cashed yet"),
        shows=SHOWN,
    )
    insurance_count = Feature(
        rows=holdings,
        measure=Count(),
        unit="count",
        leans=Leans.ABLE,
        why="One holding more cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="保险数量", en="Number of insurance policies"),
        reason=Text(
            zh="持有{value}份保险，{standing}", en="Number of insurance policies: {value}, {standing}"
        ),
        shows=SHOWN,
    )
    insurance_largest = Feature(
        rows=holdings,
        measure=Largest("value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property of a kind cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="保险单项最高价值", en="Largest of the insurance policies"),
        reason=Text(zh="保险单项最高{value}", en="The largest of the insurance policies is worth {value}"),
        shows=SHOWN,
    )

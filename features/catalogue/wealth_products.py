"""Features of wealth products."""

from __future__ import annotations

from features.declare import Family, Feature, Leans
from features.measures import Count, Largest, Total
from features.rows import of_debtor
from vocabulary.text import Text

holdings = of_debtor("wealth_products").latest_per("holding_id")
SHOWN = ("holding_id", "value", "cash_value", "rule")


class WealthProducts(Family):
    """Wealth-management products: money bound until a term ends, or free at once."""

    record_family = "wealth_products"

    wealth_value = Feature(
        rows=holdings,
        measure=Total("value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property of a kind cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="理财产品价值", en="Value of wealth products"),
        reason=Text(zh="理财产品价值{value}，{standing}", en="Wealth products are worth {value}, {standing}"),
        shows=SHOWN,
    )
    wealth_cash = Feature(
        rows=holdings.where(rule=("free", "surrender")),
        measure=Total("cash_value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More that turns into cash today cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="理财产品现可变现金额", en="Cash from wealth products today"),
        reason=Text(
            zh="理财产品现可变现{value}，{standing}",
            en="Wealth products bring {value} in cash today, {standing}",
        ),
        shows=SHOWN,
    )
    wealth_bound = Feature(
        rows=holdings.where(rule=("term", "retirement_only", "restricted")),
        measure=Total("value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property, even bound, cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="理财产品中暂不能变现的价值", en="Value of wealth products that cannot be cashed yet"),
        reason=Text(zh="理财产品中{value}暂不能变现", en="{value} of wealth products cannot be cashed yet"),
        shows=SHOWN,
    )
    wealth_count = Feature(
        rows=holdings,
        measure=Count(),
        unit="count",
        leans=Leans.ABLE,
        why="One holding more cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="理财产品数量", en="Number of wealth products"),
        reason=Text(
            zh="持有{value}项理财产品，{standing}", en="Number of wealth products: {value}, {standing}"
        ),
        shows=SHOWN,
    )
    wealth_largest = Feature(
        rows=holdings,
        measure=Largest("value"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property of a kind cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="理财产品单项最高价值", en="Largest of the wealth products"),
        reason=Text(zh="理财产品单项最高{value}", en="The largest of the wealth products is worth {value}"),
        shows=SHOWN,
    )

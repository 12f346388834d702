"""Features of property that left the debtor's hands: how much, how cheaply, to whom."""

from __future__ import annotations

from features.declare import Family, Feature
from features.measures import Count, DaysSince, Excess, Total
from features.rows import of_debtor
from vocabulary.text import Text

transfers = of_debtor("transfers")
near = transfers.where(relation=("kin", "linked"))
SHOWN = ("thing_id", "kind", "price", "appraised_value", "relation", "after_suit")
REFUSAL = "法释〔2024〕13号 Art. 3"


class Transfers(Family):
    """Disposals of property. What went for less than its worth may come back."""

    record_family = "transfers"

    transfers_24m = Feature(
        rows=transfers.last_months(24),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="近24个月财产转让次数", en="Disposals, last 24 months"),
        reason=Text(
            zh="近24个月转让财产{value}次，{standing}", en="Disposals in two years: {value}, {standing}"
        ),
        shows=SHOWN,
    )
    transferred_value_24m = Feature(
        rows=transfers.last_months(24),
        measure=Total("appraised_value"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="近24个月转让财产价值", en="Value disposed of, last 24 months"),
        reason=Text(
            zh="近24个月转让财产价值{value}，{standing}",
            en="Property worth {value} was disposed of in two years, {standing}",
        ),
        shows=SHOWN,
    )
    transfer_proceeds_24m = Feature(
        rows=transfers.last_months(24),
        measure=Total("price"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="近24个月转让所得", en="Proceeds of disposals, last 24 months"),
        reason=Text(
            zh="近24个月转让所得{value}，{standing}", en="Disposals in two years brought {value}, {standing}"
        ),
        shows=SHOWN,
    )
    transfer_undervalue_36m = Feature(
        rows=transfers.last_months(36),
        measure=Excess("appraised_value", over="price"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="近36个月低价转让差额", en="Given away below value, last 36 months"),
        reason=Text(
            zh="近36个月低价转让差额{value}，{standing}",
            en="Disposals in three years fell {value} short of value, {standing}",
        ),
        shows=SHOWN,
        source=REFUSAL,
    )
    transfers_near = Feature(
        rows=near,
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="向亲属或关联方转让次数", en="Disposals to kin or linked parties"),
        reason=Text(
            zh="向亲属或关联方转让财产{value}次，{standing}",
            en="Disposals to kin or linked parties: {value}, {standing}",
        ),
        shows=SHOWN,
    )
    transfers_near_after_suit = Feature(
        rows=near.true("after_suit"),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="诉讼后向亲属或关联方转让次数", en="Disposals to kin or linked parties after suit"),
        reason=Text(
            zh="诉讼开始后向亲属或关联方转让财产{value}次，{standing}",
            en="Disposals to kin or linked parties after suit: {value}, {standing}",
        ),
        shows=SHOWN,
        source=REFUSAL,
    )
    transferred_value_after_suit = Feature(
        rows=transfers.true("after_suit"),
        measure=Total("appraised_value"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="诉讼后转让财产价值", en="Value disposed of after suit"),
        reason=Text(
            zh="诉讼开始后转让财产价值{value}，{standing}",
            en="Property worth {value} was disposed of after suit, {standing}",
        ),
        shows=SHOWN,
        source=REFUSAL,
    )
    days_since_transfer = Feature(
        rows=transfers,
        measure=DaysSince(),
        unit="days",
        label=Text(zh="距最近一次转让天数", en="Days since a disposal"),
        reason=Text(zh="最近一次财产转让在{value}前", en="Property was last disposed of {value} ago"),
        shows=SHOWN,
    )

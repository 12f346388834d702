"""Features of lots of this debtor that were offered at auction, sold or not."""

from __future__ import annotations

from features.declare import Derived, Family, Feature
from features.measures import Count, DaysSince, Total
from features.rows import of_debtor
from vocabulary.text import Text

lots = of_debtor("auctions")
sold = lots.true("sold")
SHOWN = ("case_id", "thing_id", "kind", "round", "appraised_value", "start_price", "sold", "sold_price")


class Auctions(Family):
    """What selling has brought so far, and what nobody bought."""

    record_family = "measures"

    lots_offered_36m = Feature(
        rows=lots.last_months(36),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="近36个月拍卖次数", en="Lots offered, last 36 months"),
        reason=Text(
            zh="近36个月拍卖{value}次，{standing}", en="Lots offered in three years: {value}, {standing}"
        ),
        shows=SHOWN,
    )
    lots_unsold_36m = Feature(
        rows=lots.untrue("sold").last_months(36),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="近36个月流拍次数", en="Lots unsold, last 36 months"),
        reason=Text(
            zh="近36个月流拍{value}次，{standing}", en="Lots unsold in three years: {value}, {standing}"
        ),
        shows=SHOWN,
    )
    sold_amount_36m = Feature(
        rows=sold.last_months(36),
        measure=Total("sold_price"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="近36个月拍卖成交额", en="Brought by auctions, last 36 months"),
        reason=Text(
            zh="近36个月拍卖成交{value}，{standing}", en="Auctions brought {value} in three years, {standing}"
        ),
        shows=SHOWN,
    )
    sold_appraisal_36m = Feature(
        rows=sold.last_months(36),
        measure=Total("appraised_value"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="近36个月成交标的评估价", en="Appraisal of what was sold, last 36 months"),
        reason=Text(
            zh="近36个月成交标的评估价{value}，{standing}",
            en="What was sold in three years was appraised at {value}, {standing}",
        ),
        shows=SHOWN,
    )
    sold_to_appraisal_36m = Derived(
        form="ratio",
        parts=(sold_amount_36m, sold_appraisal_36m),
        unit="share",
        label=Text(zh="成交价与评估价之比", en="Hammer price to appraisal"),
        reason=Text(zh="成交价为评估价的{value}", en="Lots were sold at {value} of the appraisal"),
    )
    days_since_auction = Feature(
        rows=lots,
        measure=DaysSince(),
        unit="days",
        label=Text(zh="距最近一次拍卖天数", en="Days since the last auction"),
        reason=Text(zh="最近一次拍卖在{value}前", en="A lot was last offered {value} ago"),
        shows=SHOWN,
    )

"""Features of what the court has done in the case against this debtor: dated treatments, not merits."""

from __future__ import annotations

from features.declare import Family, Feature
from features.measures import Count, DaysSince, Distinct, Exists, Total
from features.rows import of_debtor
from vocabulary.text import Text

done = of_debtor("measures").in_this_case().in_force("happened_at")
SHOWN = ("case_id", "kind", "node", "amount", "lifted_on")


class MeasuresTaken(Family):
    """Notices, orders, restrictions, seals: when and how many."""

    record_family = "measures"

    measures_count = Feature(
        rows=done,
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="本案已采取措施数", en="Measures taken in this case"),
        reason=Text(
            zh="本案已采取{value}项措施，{standing}", en="Measures taken in this case: {value}, {standing}"
        ),
        shows=SHOWN,
    )
    measure_kinds = Feature(
        rows=done,
        measure=Distinct("kind"),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="本案措施种类数", en="Kinds of measures in this case"),
        reason=Text(
            zh="本案已采取{value}类措施，{standing}",
            en="Kinds of measures taken in this case: {value}, {standing}",
        ),
        shows=SHOWN,
    )
    days_since_measure = Feature(
        rows=done,
        measure=DaysSince(),
        unit="days",
        label=Text(zh="距最近一次措施天数", en="Days since the last measure"),
        reason=Text(
            zh="最近一次执行措施在{value}前，{standing}",
            en="The last measure was taken {value} ago, {standing}",
        ),
        shows=SHOWN,
    )
    disclosure_ordered = Feature(
        rows=done.where(kind="disclosure_order"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="已发报告财产令", en="Property-disclosure order issued"),
        reason=Text(zh="已发出报告财产令：{value}", en="A property-disclosure order was issued: {value}"),
        shows=SHOWN,
        source="财产调查规定 Art. 3",
    )
    consumption_restricted = Feature(
        rows=done.where(kind="consumption_restriction").in_force(None, "lifted_on"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="本案限制消费", en="Consumption restricted in this case"),
        reason=Text(zh="本案已限制消费：{value}", en="Consumption is restricted in this case: {value}"),
        shows=SHOWN,
        source="限制高消费规定 (2015) Art. 1",
    )
    dishonest_listed_here = Feature(
        rows=done.where(kind="dishonest_listing").in_force(None, "lifted_on"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="本案列入失信", en="Listed as dishonest in this case"),
        reason=Text(zh="本案已列入失信名单：{value}", en="Listed as dishonest in this case: {value}"),
        shows=SHOWN,
        source="失信规定 (2017) Art. 1",
    )
    seals_and_freezes = Feature(
        rows=done.where(kind=("seal", "freeze")).in_force(None, "lifted_on"),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="本案查封冻结数", en="Seals and freezes in this case"),
        reason=Text(
            zh="本案有{value}项有效查封冻结，{standing}",
            en="Seals and freezes in this case: {value}, {standing}",
        ),
        shows=SHOWN,
    )
    frozen_amount = Feature(
        rows=done.where(kind=("seal", "freeze")).in_force(None, "lifted_on"),
        measure=Total("amount"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="本案查封冻结金额", en="Sealed and frozen in this case"),
        reason=Text(
            zh="本案已查封冻结{value}，{standing}", en="{value} is sealed or frozen in this case, {standing}"
        ),
        shows=SHOWN,
    )
    coercive_measures = Feature(
        rows=done.where(kind=("detention", "fine", "summons", "search", "exit_restriction")),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="本案强制措施次数", en="Coercive measures in this case"),
        reason=Text(
            zh="本案采取强制措施{value}次，{standing}",
            en="Coercive measures in this case: {value}, {standing}",
        ),
        shows=SHOWN,
    )
    settlement_talks = Feature(
        rows=done.where(kind="settlement_talk"),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="本案和解商谈次数", en="Settlement talks in this case"),
        reason=Text(zh="本案和解商谈{value}次", en="Settlement talks in this case: {value}"),
        shows=SHOWN,
    )

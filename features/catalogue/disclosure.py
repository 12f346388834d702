"""Features of what the debtor disclosed, what was found beside it, and of clues brought by others."""

from __future__ import annotations

from features.declare import Derived, Family, Feature
from features.measures import Count, DaysSince, Distinct, Excess, Total
from features.rows import of_debtor
from vocabulary.text import Text

declared = of_debtor("declarations").latest_per("case_id", "family")
clues = of_debtor("clues")
DECLARED = ("case_id", "family", "declared_value", "found_value")
CLUES = ("case_id", "author", "family", "confidence", "verified_on", "value")
RULE = "财产调查规定 Art. 5"


class Disclosure(Family):
    """The debtor's word against the findings, and the leads that others gave."""

    record_family = "disclosure"

    declared_total = Feature(
        rows=declared,
        measure=Total("declared_value"),
        unit="CNY",
        label=Text(zh="申报财产价值", en="Property disclosed"),
        reason=Text(zh="申报财产价值{value}，{standing}", en="Property of {value} was disclosed, {standing}"),
        shows=DECLARED,
        source=RULE,
    )
    found_total = Feature(
        rows=declared,
        measure=Total("found_value"),
        unit="CNY",
        label=Text(zh="同类财产查明价值", en="Found of the kinds disclosed"),
        reason=Text(
            zh="同类财产查明价值{value}，{standing}", en="Of these kinds {value} was found, {standing}"
        ),
        shows=DECLARED,
    )
    found_beyond_declared = Feature(
        rows=declared,
        measure=Excess("found_value", over="declared_value"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="少报财产金额", en="Found beyond what was disclosed"),
        reason=Text(
            zh="查明财产超出申报{value}，{standing}",
            en="Findings exceed what was disclosed by {value}, {standing}",
        ),
        shows=DECLARED,
        source="财产调查规定 Art. 9",
    )
    declared_share = Derived(
        form="ratio",
        parts=(declared_total, found_total),
        unit="ratio",
        label=Text(zh="申报与查明之比", en="Disclosed to found"),
        reason=Text(
            zh="申报价值为查明价值的{value}倍", en="What was disclosed is {value} times what was found"
        ),
    )
    families_declared = Feature(
        rows=declared,
        measure=Distinct("family"),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="申报财产种类数", en="Kinds of property disclosed"),
        reason=Text(zh="申报了{value}类财产", en="Kinds of property disclosed: {value}"),
        shows=DECLARED,
        source=RULE,
    )
    days_since_declaration = Feature(
        rows=of_debtor("declarations"),
        measure=DaysSince(),
        unit="days",
        label=Text(zh="距最近一次申报天数", en="Days since the last disclosure"),
        reason=Text(zh="最近一次申报财产在{value}前", en="Property was last disclosed {value} ago"),
        shows=DECLARED,
    )
    clues_open = Feature(
        rows=clues.in_force(None, "verified_on"),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="未核实财产线索数", en="Asset clues not checked yet"),
        reason=Text(
            zh="有{value}条财产线索未核实，{standing}", en="Asset clues not checked yet: {value}, {standing}"
        ),
        shows=CLUES,
        source="财产调查规定 Art. 2",
    )
    clues_strong = Feature(
        rows=clues.where(confidence="high"),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="高可信财产线索数", en="Strong asset clues"),
        reason=Text(zh="有{value}条高可信财产线索，{standing}", en="Strong asset clues: {value}, {standing}"),
        shows=CLUES,
    )
    clue_value = Feature(
        rows=clues,
        measure=Total("value"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="线索所涉财产价值", en="Value alleged by clues"),
        reason=Text(zh="财产线索所涉价值{value}，{standing}", en="Asset clues allege {value}, {standing}"),
        shows=CLUES,
    )

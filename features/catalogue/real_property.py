"""Features of dwellings, shops and land held, and of what stands before the applicant on them."""

from __future__ import annotations

from features.declare import Derived, Family, Feature, Leans
from features.measures import Count, Exists, Largest, Total
from features.rows import of_debtor
from vocabulary.text import Text

held = of_debtor("real_property").latest_per("thing_id").in_force(None, "transferred_on")
burdens = (
    of_debtor("encumbrances")
    .latest_per("thing_id", "holder", "holder_case_id", "kind")
    .where(on_family="real_property")
    .in_force("effective_on", "expires_on", "released_on")
)
seals_before = burdens.where(kind=("seal", "freeze")).in_other_cases("holder_case_id")
THINGS = ("thing_id", "use", "share", "co_ownership", "appraised_value", "sole_dwelling", "transferred_on")
BURDENS = ("thing_id", "kind", "holder", "secured", "rank", "effective_on", "expires_on", "released_on")


class RealProperty(Family):
    """Immovables by the debtor's share, and the mortgages and earlier seals that are served first."""

    record_family = "real_property"

    property_value = Feature(
        rows=held,
        measure=Total("appraised_value", times="share"),
        unit="CNY",
        leans=Leans.ABLE,
        why="More property of a kind cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="不动产价值（按份额）", en="Real property by share"),
        reason=Text(
            zh="不动产按份额价值{value}，{standing}",
            en="The debtor's share of real property is worth {value}, {standing}",
        ),
        shows=THINGS,
    )
    property_count = Feature(
        rows=held,
        measure=Count(),
        unit="count",
        leans=Leans.ABLE,
        why="One thing more cannot lower what can be paid (arithmetic).",
        nothing_found=0.0,
        label=Text(zh="不动产数量", en="Pieces of real property"),
        reason=Text(
            zh="名下有{value}处不动产，{standing}", en="Pieces of real property: {value}, {standing}"
        ),
        shows=THINGS,
    )
    property_largest = Feature(
        rows=held,
        measure=Largest("appraised_value"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="单处不动产最高价值", en="Most valuable piece of real property"),
        reason=Text(
            zh="单处不动产最高价值{value}，{standing}",
            en="The most valuable piece of real property is worth {value}, {standing}",
        ),
        shows=THINGS,
    )
    sole_dwelling_value = Feature(
        rows=held.true("sole_dwelling"),
        measure=Total("appraised_value", times="share"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="唯一住房价值", en="The household's only dwelling"),
        reason=Text(zh="其中唯一住房价值{value}", en="{value} of it is the household's only dwelling"),
        shows=THINGS,
        source="查封规定 (2020) Arts 4-5; 异议复议规定 Art. 20",
    )
    commercial_property_value = Feature(
        rows=held.where(use=("commercial", "industrial", "land")),
        measure=Total("appraised_value", times="share"),
        unit="CNY",
        nothing_found=0.0,
        label=Text(zh="商业、工业用房及土地价值", en="Shops, works and land"),
        reason=Text(
            zh="商业、工业用房及土地价值{value}，{standing}",
            en="Shops, works and land are worth {value}, {standing}",
        ),
        shows=THINGS,
    )
    property_leased = Feature(
        rows=held.true("leased"),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="出租的不动产数量", en="Pieces let"),
        reason=Text(zh="有{value}处不动产出租", en="Pieces of real property let to someone: {value}"),
        shows=(*THINGS, "leased"),
    )
    property_shared = Feature(
        rows=held.where(co_ownership=("spousal", "joint", "by_shares")),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="共有的不动产数量", en="Pieces held with others"),
        reason=Text(zh="有{value}处不动产与他人共有", en="Pieces of real property held with others: {value}"),
        shows=THINGS,
    )
    property_mortgage = Feature(
        rows=burdens.where(kind=("mortgage", "pledge")),
        measure=Total("secured"),
        unit="CNY",
        leans=Leans.UNABLE,
        why="A creditor with a mortgage is paid first from the thing (民法典 Art. 394).",
        nothing_found=0.0,
        label=Text(zh="不动产抵押担保金额", en="Mortgages on real property"),
        reason=Text(
            zh="不动产上有效抵押{value}，{standing}",
            en="Mortgages of {value} are in force on real property, {standing}",
        ),
        shows=BURDENS,
        source="民法典 Art. 394",
    )
    property_seals_before = Feature(
        rows=seals_before,
        measure=Count(),
        unit="count",
        leans=Leans.UNABLE,
        why="A seal of another case that is in force is served first, or shares (民诉解释 Art. 514).",
        nothing_found=0.0,
        label=Text(zh="其他案件的有效查封", en="Seals in force for other cases"),
        reason=Text(
            zh="不动产上有{value}项其他案件的有效查封，{standing}",
            en="Seals of other cases in force on real property: {value}, {standing}",
        ),
        shows=(*BURDENS, "holder_case_id"),
        source="民诉解释 Art. 514",
    )
    property_sealed_before = Feature(
        rows=seals_before,
        measure=Total("secured"),
        unit="CNY",
        leans=Leans.UNABLE,
        why="What another case has sealed is served first, or shares (民诉解释 Art. 514).",
        nothing_found=0.0,
        label=Text(zh="其他案件查封金额", en="Sealed for other cases"),
        reason=Text(
            zh="其他案件已查封不动产{value}，{standing}",
            en="Other cases have sealed {value} of real property, {standing}",
        ),
        shows=(*BURDENS, "holder_case_id"),
        source="民诉解释 Art. 514",
    )
    property_sealed_here = Feature(
        rows=burdens.where(kind=("seal", "freeze")).in_this_case("holder_case_id"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="本案已查封不动产", en="Real property sealed in this case"),
        reason=Text(zh="本案已查封不动产：{value}", en="Real property is sealed in this case: {value}"),
        shows=(*BURDENS, "holder_case_id"),
    )
    property_net = Derived(
        form="difference",
        parts=(property_value, property_mortgage, property_sealed_before),
        floor=0.0,
        unit="CNY",
        leans=Leans.ABLE,
        why="More value left after prior creditors cannot lower what can be paid (arithmetic).",
        label=Text(zh="不动产净值", en="Real property net of prior claims"),
        reason=Text(
            zh="不动产扣除在先权利后净值{value}，{standing}",
            en="Real property net of prior claims is worth {value}, {standing}",
        ),
    )

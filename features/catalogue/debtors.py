"""Features of the debtor among the debtors of the case: role, order, company, other cases."""

from __future__ import annotations

from features.declare import Family, Feature
from features.measures import Count, Exists, Latest
from features.rows import of_case, of_debtor
from vocabulary.text import Text

roles = of_debtor("obligors").latest_per("case_id")
here = roles.in_this_case()
everyone = of_case("obligors").latest_per("party_id")
titles = of_case("titles").latest_per("title_id")
SHOWN = ("case_id", "role", "liability_order", "liability_cap")


class Debtors(Family):
    """In what role this debtor owes, and who owes beside them."""

    record_family = "claim"

    principal_debtor = Feature(
        rows=here.where(role="principal"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="主债务人", en="Principal debtor"),
        reason=Text(zh="为主债务人：{value}", en="The debtor is the principal debtor: {value}"),
        shows=SHOWN,
    )
    guarantor = Feature(
        rows=here.where(role=("general_guarantor", "joint_guarantor")),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="担保人", en="Guarantor"),
        reason=Text(zh="为担保人：{value}", en="The debtor is a guarantor: {value}"),
        shows=SHOWN,
    )
    general_guarantor = Feature(
        rows=here.where(role="general_guarantor"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="一般保证人", en="General guarantor, liable after the principal"),
        reason=Text(zh="为一般保证人：{value}", en="The debtor is a general guarantor: {value}"),
        shows=SHOWN,
        source="民法典 Art. 687",
    )
    added_party = Feature(
        rows=here.where(role="added"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="追加的被执行人", en="Added judgment debtor"),
        reason=Text(zh="为追加的被执行人：{value}", en="The debtor was added later: {value}"),
        shows=(*SHOWN, "added_ground"),
        source="变更、追加当事人规定",
    )
    liability_order = Feature(
        rows=here,
        measure=Latest("liability_order"),
        unit="count",
        label=Text(zh="责任顺位", en="Order of liability"),
        reason=Text(
            zh="责任顺位为第{value}位", en="The debtor stands at place {value} in the order of liability"
        ),
        shows=SHOWN,
    )
    debtors_in_case = Feature(
        rows=everyone,
        measure=Count(),
        unit="people",
        label=Text(zh="本案被执行人数", en="Debtors in the case"),
        reason=Text(zh="本案共有{value}被执行，{standing}", en="Debtors in this case: {value}, {standing}"),
        shows=("party_id", "role", "liability_cap"),
    )
    guarantors_in_case = Feature(
        rows=everyone.where(role=("general_guarantor", "joint_guarantor")),
        measure=Count(),
        unit="people",
        nothing_found=0.0,
        label=Text(zh="本案担保人数", en="Guarantors in the case"),
        reason=Text(zh="本案有{value}担保", en="Guarantors in this case: {value}"),
        shows=("party_id", "role", "liability_cap"),
    )
    joint_liability = Feature(
        rows=titles.where(liability="joint"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="连带责任", en="Joint liability"),
        reason=Text(zh="各被执行人承担连带责任：{value}", en="The debtors are jointly liable: {value}"),
        shows=("title_id", "liability"),
    )
    other_cases = Feature(
        rows=roles.in_other_cases(),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="作为被执行人的其他案件", en="Other cases against this debtor here"),
        reason=Text(
            zh="在本院另有{value}件案件被执行，{standing}",
            en="Other cases here against this debtor: {value}, {standing}",
        ),
        shows=SHOWN,
    )

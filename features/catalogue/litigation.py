"""Features of other cases of the debtor: what else is owed, what was performed, what is claimed from others."""

from __future__ import annotations

from features.declare import Derived, Family, Feature, Leans
from features.measures import Count, DaysSince, Exists, Total
from features.rows import of_debtor
from vocabulary.text import Text

# Entries without a number of the other case are told apart by the day they begin.
entries = of_debtor("litigation").latest_per("kind", "role", "other_case_id", "from_on")
elsewhere = entries.in_other_cases("other_case_id")
enforced = elsewhere.where(kind="enforcement", role="debtor")
enforced_open = enforced.where(outcome=("open", "round_terminated"))
SHOWN = ("kind", "role", "other_case_id", "amount", "performed", "outcome", "from_on", "to_on")
SHARED = "Other creditors draw on the same means (arithmetic)."


class Litigation(Family):
    """Suits, enforcement cases and lists elsewhere; money owed to the debtor counts too."""

    record_family = "litigation"

    enforcement_open = Feature(
        rows=enforced_open,
        measure=Count(),
        unit="count",
        leans=Leans.UNABLE,
        why=SHARED,
        nothing_found=0.0,
        label=Text(zh="其他未结执行案件数", en="Other enforcement cases open"),
        reason=Text(
            zh="另有{value}件未结执行案件，{standing}", en="Other enforcement cases open: {value}, {standing}"
        ),
        shows=SHOWN,
    )
    enforcement_amount_open = Feature(
        rows=enforced_open,
        measure=Total("amount"),
        unit="CNY",
        leans=Leans.UNABLE,
        why=SHARED,
        nothing_found=0.0,
        label=Text(zh="其他未结执行案件标的额", en="Claimed in other enforcement cases open"),
        reason=Text(
            zh="其他未结执行案件标的额{value}，{standing}",
            en="Other open enforcement cases claim {value}, {standing}",
        ),
        shows=SHOWN,
    )
    enforcement_amount_all = Feature(
        rows=enforced.present("performed"),
        measure=Total("amount"),
        unit="CNY",
        label=Text(zh="既往执行案件标的额", en="Claimed in enforcement cases so far"),
        reason=Text(zh="既往执行案件标的额{value}", en="Enforcement cases so far claimed {value}"),
        shows=SHOWN,
    )
    enforcement_performed = Feature(
        rows=enforced.present("amount"),
        measure=Total("performed"),
        unit="CNY",
        label=Text(zh="既往执行案件已履行金额", en="Performed in enforcement cases so far"),
        reason=Text(
            zh="既往执行案件已履行{value}，{standing}",
            en="{value} was performed in enforcement cases so far, {standing}",
        ),
        shows=SHOWN,
    )
    performed_share_earlier = Derived(
        form="ratio",
        parts=(enforcement_performed, enforcement_amount_all),
        most=1.0,
        unit="share",
        label=Text(zh="既往义务履行比例", en="Performed share of earlier obligations"),
        reason=Text(
            zh="既往义务履行了{value}，{standing}",
            en="{value} of earlier obligations was performed, {standing}",
        ),
    )
    rounds_terminated = Feature(
        rows=enforced.where(outcome="round_terminated"),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="其他终本案件数", en="Other rounds terminated"),
        reason=Text(
            zh="另有{value}件案件终结本次执行程序，{standing}",
            en="Other rounds terminated: {value}, {standing}",
        ),
        shows=SHOWN,
    )
    suits_defended_open = Feature(
        rows=elsewhere.where(kind="suit", role="defendant", outcome="open"),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="未结被诉案件数", en="Suits pending against the debtor"),
        reason=Text(
            zh="有{value}件未结被诉案件，{standing}",
            en="Suits pending against the debtor: {value}, {standing}",
        ),
        shows=SHOWN,
    )
    claims_on_others = Feature(
        rows=elsewhere.where(role=("claimant", "applicant"), outcome=("open", "won", "round_terminated")),
        measure=Total("amount"),
        unit="CNY",
        leans=Leans.ABLE,
        why="A claim on a third party is property that may be enforced upon (民诉解释 Art. 499).",
        nothing_found=0.0,
        label=Text(zh="对他人的债权", en="Claimed by the debtor from others"),
        reason=Text(
            zh="对他人主张债权{value}，{standing}", en="The debtor claims {value} from others, {standing}"
        ),
        shows=SHOWN,
        source="民诉解释 Art. 499",
    )
    dishonest_listed = Feature(
        rows=entries.where(kind="dishonest_list").in_force("from_on", "to_on"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="失信名单有效", en="On the dishonest list"),
        reason=Text(zh="现列入失信被执行人名单：{value}", en="Now on the list of dishonest debtors: {value}"),
        shows=SHOWN,
        source="失信规定 (2017) Art. 2",
    )
    consumption_order_listed = Feature(
        rows=entries.where(kind="consumption_order").in_force("from_on", "to_on"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="限制消费令有效", en="Under a consumption-restriction order"),
        reason=Text(
            zh="现受限制消费令约束：{value}", en="Now under a consumption-restriction order: {value}"
        ),
        shows=SHOWN,
        source="限制高消费规定 (2015) Art. 1",
    )
    bankruptcy_entries = Feature(
        rows=entries.where(kind="bankruptcy"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="有破产案件", en="A bankruptcy case"),
        reason=Text(zh="有破产案件：{value}", en="A bankruptcy case is recorded: {value}"),
        shows=SHOWN,
    )
    days_since_litigation = Feature(
        rows=elsewhere.where(kind=("suit", "enforcement")),
        measure=DaysSince(),
        unit="days",
        label=Text(zh="距最近一次涉诉涉执天数", en="Days since another case"),
        reason=Text(zh="最近一次涉诉涉执在{value}前", en="The newest entry of another case is {value} old"),
        shows=SHOWN,
    )

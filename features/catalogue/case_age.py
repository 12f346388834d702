"""Features of the case in time: how old the title and the case are, and what went before."""

from __future__ import annotations

from features.declare import Derived, Family, Feature
from features.measures import Count, DaysSince, DaysSinceFirst, Exists
from features.rows import of_case, of_debtor
from vocabulary.text import Text

titles = of_case("titles").latest_per("title_id")
case = of_case("cases").latest_per("case_id")
duty = of_debtor("obligors").latest_per("case_id").in_this_case()


class CaseAge(Family):
    """How long the debt has been due and enforced, and whether this is the first round."""

    record_family = "claim"

    title_age_days = Feature(
        rows=titles,
        measure=DaysSinceFirst("effective_on"),
        unit="days",
        label=Text(zh="执行依据生效天数", en="Age of the title"),
        reason=Text(
            zh="执行依据生效已{value}，{standing}", en="The title has been in effect for {value}, {standing}"
        ),
        shows=("title_id", "effective_on"),
    )
    days_past_deadline = Feature(
        rows=titles,
        measure=DaysSinceFirst("performance_deadline"),
        unit="days",
        label=Text(zh="逾期履行天数", en="Days past the day for performance"),
        reason=Text(
            zh="距判定的履行期限届满已{value}，{standing}",
            en="The day for voluntary performance passed {value} ago, {standing}",
        ),
        shows=("title_id", "performance_deadline"),
        source="民事诉讼法 (2023) Art. 264",
    )
    days_since_suit = Feature(
        rows=titles,
        measure=DaysSinceFirst("sued_on"),
        unit="days",
        label=Text(zh="起诉至今天数", en="Days since the suit was brought"),
        reason=Text(zh="起诉至今{value}，{standing}", en="The suit was brought {value} ago, {standing}"),
        shows=("title_id", "sued_on"),
    )
    days_since_filing = Feature(
        rows=case,
        measure=DaysSince("filed_on"),
        unit="days",
        label=Text(zh="立案天数", en="Days since filing"),
        reason=Text(zh="执行立案已{value}，{standing}", en="The case was filed {value} ago, {standing}"),
        shows=("case_id", "filed_on"),
    )
    days_since_application = Feature(
        rows=case,
        measure=DaysSince("application_received_on"),
        unit="days",
        label=Text(zh="收到申请天数", en="Days since the application came in"),
        reason=Text(
            zh="收到执行申请已{value}，{standing}", en="The application came in {value} ago, {standing}"
        ),
        shows=("case_id", "application_received_on"),
        source="民事诉讼法 (2023) Art. 237",
    )
    title_to_filing_days = Derived(
        form="difference",
        parts=(title_age_days, days_since_filing),
        unit="days",
        label=Text(zh="执行依据生效至立案天数", en="Days from title to filing"),
        reason=Text(
            zh="执行依据生效至立案相隔{value}，{standing}",
            en="{value} lay between the title and the filing, {standing}",
        ),
    )
    days_since_service = Feature(
        rows=duty,
        measure=DaysSince("served_on"),
        unit="days",
        label=Text(zh="执行通知送达天数", en="Days since the notice was served"),
        reason=Text(
            zh="执行通知送达已{value}，{standing}", en="The notice was served {value} ago, {standing}"
        ),
        shows=("case_id", "served_on"),
    )
    notice_served = Feature(
        rows=duty.present("served_on").in_force("served_on"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="执行通知已送达", en="Notice served"),
        reason=Text(zh="执行通知已送达：{value}", en="The enforcement notice has been served: {value}"),
        shows=("case_id", "served_on"),
    )
    resumed_case = Feature(
        rows=case.where(kind="resumed"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="恢复执行案件", en="Resumed case"),
        reason=Text(zh="属于恢复执行案件：{value}", en="This is a resumed case: {value}"),
        shows=("case_id", "kind", "predecessor_case_id"),
    )
    earlier_round = Feature(
        rows=case.present("predecessor_case_id"),
        measure=Exists(),
        unit="flag",
        nothing_found=0.0,
        label=Text(zh="有前案", en="An earlier round"),
        reason=Text(zh="此前执行过一轮：{value}", en="The debt was enforced in an earlier round: {value}"),
        shows=("case_id", "predecessor_case_id"),
    )
    suspensions = Feature(
        rows=of_case("suspensions"),
        measure=Count(),
        unit="count",
        nothing_found=0.0,
        label=Text(zh="扣除期间次数", en="Periods that do not count"),
        reason=Text(
            zh="有{value}段期间不计入执行期限", en="Periods that do not count towards the term: {value}"
        ),
        shows=("kind", "from_on", "to_on"),
        source="执行程序解释 Art. 13",
    )

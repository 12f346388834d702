"""The words of the pages of a week's plan and of key figures."""

from __future__ import annotations

from vocabulary.text import Text

WEEK_WORDS: dict[str, Text] = {
    "plan": Text("一周安排", "Plan of the week"),
    "plan_of": Text("{court} {week}当周安排", "{court}, the week of {week}"),
    "plan_note": Text(
        "在人员工时、期限和涉民生下限之内，使可期待金额最大（仅供参考）。",
        "The most expected money within officers' hours, deadlines and the floor for livelihood claims "
        "(for reference only).",
    ),
    "plan_sum": Text(
        "安排{tasks}项，可期待{money}，用时{hours}/{there}小时，{left}项未排入；与上限相差{gap}。",
        "{tasks} tasks, {money} expected, {hours} of {there} hours, {left} left over; {gap} below the bound.",
    ),
    "plan_broken": Text("需要注意", "To mind"),
    "plan_effect": Text("若全部完成，本年指标的变化", "This year's figures if the plan is carried through"),
    "officer": Text("人员", "Officer"),
    "work": Text("工作", "Work"),
    "hours": Text("小时", "Hours"),
    "plan_hours": Text("{hours}小时", "{hours} h"),
    "plan_expected": Text("可期待金额", "Expected"),
    "due_this_week": Text("本周到期", "due this week"),
    "livelihood": Text("涉民生", "livelihood"),
    "kpis": Text("考核指标", "Key figures"),
    "kpis_of": Text("{court}考核指标", "Key figures of {court}"),
    "all_courts": Text("全部法院", "all courts"),
    "figure": Text("指标", "Figure"),
    "goal": Text("目标", "Goal"),
    "with_plan": Text("完成后", "With the plan"),
    "source_version": Text("来源与版本", "Source and version"),
    "nothing_planned": Text("没有可安排的工作。", "There is nothing to plan."),
}

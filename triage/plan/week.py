"""The plan of a court's week: every team solved by itself, what could not be kept told in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from triage.plan.officers import TEAMS, Officer
from triage.plan.solve import Solved, solve
from triage.plan.tasks import Task
from triage.tracks.figures import policy
from vocabulary.text import Text

_OTHERS = "others"
_ALL = Text(zh="其他", en="others")


@dataclass(frozen=True, slots=True)
class Assignment:
    """One task and the officer who does it."""

    officer_id: int
    task: Task


@dataclass(frozen=True, slots=True)
class Broken:
    """A duty that the week has no room for: which team, how many tasks, hours lacking, in words."""

    team: str
    code: str
    tasks: int
    says: Text


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """Who does what in a court's week. Money in CNY: ``bound`` is the most that any plan could bring.

    ``gap`` = (bound − money) ÷ bound; ``methods`` by team: HiGHS or greedy.
    """

    court: str
    week: date
    assignments: tuple[Assignment, ...]
    left: int
    money: float
    bound: float
    hours: float
    hours_there: float
    broken: tuple[Broken, ...]
    methods: dict[str, str]

    @property
    def gap(self) -> float:
        """Part of the bound that the plan does not reach."""
        return max(self.bound - self.money, 0.0) / self.bound if self.bound > 0 else 0.0


def plan_week(
    tasks: Sequence[Task],
    officers: Sequence[Officer],
    *,
    court: str,
    week: date,
    seconds: float | None = None,
) -> WeekPlan:
    """The assignment that brings most expected money within hours, deadlines and floors.

    Each team does its own kinds of work, so that teams are solved one by one; work of a team without officers falls to
    the hours that the others have left. ``seconds`` (policy's figure unless given) are for all of them. What cannot be
    kept is named in ``broken`` and the rest is planned all the same.
    """
    table = policy()
    allowed = table.number("plan_seconds", week) if seconds is None else seconds
    share, gap = table.number("plan_livelihood_floor", week), table.number("plan_gap", week)
    assignments: list[Assignment] = []
    broken: list[Broken] = []
    methods: dict[str, str] = {}
    bound = 0.0
    staffed = {each.team for each in officers if each.hours > 0}
    for team in (*(each for each in TEAMS if each in staffed), _OTHERS):
        mine = [task for task in tasks if task.team == team or (team == _OTHERS and task.team not in staffed)]
        staff = _staff(team, officers, assignments)
        if not mine:
            continue
        if team == _OTHERS:
            broken += [_no_officer(each, mine) for each in TEAMS if each not in staffed]
        if not staff:
            continue
        floor = ceil(share * sum(task.livelihood for task in mine))
        part = allowed * len(mine) / max(len(tasks), 1)
        solved = solve(mine, staff, floor=floor, gap=gap, seconds=max(part, 1.0))
        methods[team] = solved.method
        bound += solved.bound
        assignments += _assigned(mine, staff, solved)
        broken += _broken(team, mine, staff, solved, floor)
    return WeekPlan(
        court=court,
        week=week,
        assignments=tuple(assignments),
        left=len(tasks) - len(assignments),
        money=round(sum(each.task.money for each in assignments), 2),
        bound=round(bound, 2),
        hours=round(sum(each.task.hours for each in assignments), 2),
        hours_there=round(sum(each.hours for each in officers), 2),
        broken=tuple(each for each in broken if each.tasks),
        methods=methods,
    )


def _staff(team: str, officers: Sequence[Officer], taken: Sequence[Assignment]) -> list[Officer]:
    """The officers of a team; for the work of teams without any, all of them with the hours they have left."""
    if team != _OTHERS:
        return [each for each in officers if each.team == team and each.hours > 0]
    spent: dict[int, float] = {}
    for each in taken:
        spent[each.officer_id] = spent.get(each.officer_id, 0.0) + each.task.hours
    left = (replace(each, hours=each.hours - spent.get(each.officer_id, 0.0)) for each in officers)
    return [each for each in left if each.hours > 0]


def _assigned(tasks: Sequence[Task], staff: Sequence[Officer], solved: Solved) -> list[Assignment]:
    return [
        Assignment(staff[int(who)].officer_id, task)
        for task, who in zip(tasks, solved.officer, strict=True)
        if who >= 0
    ]


def _no_officer(team: str, tasks: Sequence[Task]) -> Broken:
    count = sum(task.team == team for task in tasks)
    return Broken(
        team,
        "no_officer",
        count,
        Text(
            zh=f"{TEAMS[team].zh}组无可用人员，{count}项工作由其他组的剩余工时承担。",
            en=f"Team [{TEAMS[team].en}] has no officer with hours: its tasks ({count}) fall to others' spare hours.",
        ),
    )


def _broken(
    team: str, tasks: Sequence[Task], staff: Sequence[Officer], solved: Solved, floor: int
) -> list[Broken]:
    name, found = TEAMS.get(team, _ALL), []
    late = [task for task, who in zip(tasks, solved.officer, strict=True) if task.due and who < 0]
    if late:
        lacking = sum(task.hours for task in tasks if task.due) - sum(each.hours for each in staff)
        numbers = ", ".join(task.case_number or str(task.case_id) for task in late[:5])
        hours = max(lacking, 0.0)
        found.append(
            Broken(
                team,
                "deadline",
                len(late),
                Text(
                    zh=f"{name.zh}组工时不足（缺{hours:.1f}小时），{len(late)}件本周到期工作无法完成：{numbers}。",
                    en=f"Team [{name.en}] lacks {hours:.1f} hours: {len(late)} tasks due this week stay undone "
                    f"({numbers}).",
                ),
            )
        )
    done = sum(task.livelihood for task, who in zip(tasks, solved.officer, strict=True) if who >= 0)
    if done < floor:
        found.append(
            Broken(
                team,
                "livelihood_floor",
                floor - done,
                Text(
                    zh=f"{name.zh}组涉民生案件应安排{floor}件，只能安排{done}件。",
                    en=f"Team [{name.en}] should take {floor} livelihood claims and has hours for {done}.",
                ),
            )
        )
    return found

"""The week's plan: hours are kept, duties come first, the best is reached, and what breaks is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.plan import Officer, Task, WeekPlan, plan_week
from triage.plan.solve import filled, greedy, solve

MONDAY = date(2026, 1, 5)


def task(
    number: int, *, hours: float = 2.0, money: float = 100.0, team: str = "query", **more: object
) -> Task:
    return Task(number, number, f"（2026）测执{number}号", "ask", team, hours, money, **more)  # type: ignore[arg-type]


def officer(number: int = 1, *, hours: float = 10.0, team: str = "query") -> Officer:
    return Officer(number, "A", team, hours)


def planned(tasks: Sequence[Task], officers: Sequence[Officer]) -> WeekPlan:
    return plan_week(tasks, officers, court="A", week=MONDAY)


def numbers(plan: WeekPlan) -> set[int]:
    return {each.task.case_id for each in plan.assignments}


made_tasks = st.lists(
    st.builds(
        lambda hours, money, due, kin, team: (hours, money, due, kin, team),
        st.sampled_from([0.2, 0.5, 1.5, 3.0, 6.0]),
        st.integers(0, 10_000),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["query", "disposal"]),
    ),
    min_size=1,
    max_size=12,
)
made_officers = st.lists(
    st.tuples(st.sampled_from([2.0, 7.0, 30.0]), st.sampled_from(["query", "disposal", "closing"])),
    max_size=4,
)


@settings(max_examples=40)
@given(made_tasks, made_officers)
def test_a_plan_never_exceeds_hours_teams_or_its_bound(
    tasks: list[tuple[float, int, bool, bool, str]], staff: list[tuple[float, str]]
) -> None:
    work = [
        task(n, hours=h, money=float(m), due=d, livelihood=k, team=t)
        for n, (h, m, d, k, t) in enumerate(tasks)
    ]
    officers = [officer(n, hours=h, team=t) for n, (h, t) in enumerate(staff)]

    plan = planned(work, officers)

    spent: dict[int, float] = defaultdict(float)
    unstaffed = {"query", "disposal"} - {each.team for each in officers}
    by_key = {each.officer_id: each for each in officers}
    for each in plan.assignments:
        spent[each.officer_id] += each.task.hours
        assert each.task.team in (by_key[each.officer_id].team, *unstaffed)
    assert all(hours <= by_key[who].hours + 1e-6 for who, hours in spent.items())
    assert len(numbers(plan)) == len(plan.assignments) == len(work) - plan.left
    assert plan.money <= plan.bound + 0.01
    undone = {each.case_id for each in work if each.due} - numbers(plan)
    assert bool(undone) <= bool(plan.broken)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.sampled_from([1.0, 2.0, 3.0]), st.integers(1, 50)), min_size=1, max_size=6))
def test_the_best_of_all_assignments_is_found(made: list[tuple[float, int]]) -> None:
    work = [task(n, hours=hours, money=float(money)) for n, (hours, money) in enumerate(made)]
    officers = [officer(1, hours=3.0), officer(2, hours=2.0)]
    best = 0.0
    for choice in product((-1, 0, 1), repeat=len(work)):
        hours = [sum(t.hours for t, c in zip(work, choice, strict=True) if c == who) for who in (0, 1)]
        if hours[0] <= 3.0 and hours[1] <= 2.0:
            best = max(best, sum(t.money for t, c in zip(work, choice, strict=True) if c >= 0))

    assert planned(work, officers).money >= 0.99 * best - 0.01


def test_a_due_task_goes_before_a_richer_one() -> None:
    plan = planned([task(1, money=1.0, due=True), task(2, money=5_000.0)], [officer(hours=2.0)])
    assert numbers(plan) == {1}
    assert not plan.broken


def test_half_of_the_livelihood_claims_are_taken_though_others_bring_more() -> None:
    kin = [task(n, money=1.0, livelihood=True) for n in range(4)]
    rich = [task(10 + n, money=900.0) for n in range(5)]
    plan = planned([*kin, *rich], [officer(hours=10.0)])
    assert len(numbers(plan) & {0, 1, 2, 3}) == 2
    assert len(numbers(plan)) == 5


def test_deadlines_beyond_the_hours_are_named_with_team_and_hours_lacking() -> None:
    plan = planned([task(n, hours=4.0, due=True) for n in range(3)], [officer(hours=8.0)])
    (broken,) = plan.broken
    assert (broken.code, broken.team, broken.tasks) == ("deadline", "query", 1)
    assert "4.0" in broken.says.zh
    assert "4.0 hours" in broken.says.en
    assert len(plan.assignments) == 2


def test_the_work_of_a_team_without_officers_falls_to_the_hours_left_and_is_named() -> None:
    plan = planned([task(1, team="disposal", money=9_000.0), task(2), task(3)], [officer(hours=4.0)])
    assert [(each.code, each.team, each.tasks) for each in plan.broken] == [("no_officer", "disposal", 1)]
    assert numbers(plan) == {2, 3}
    wider = planned([task(1, team="disposal", money=9_000.0), task(2)], [officer(hours=4.0)])
    assert numbers(wider) == {1, 2}


def test_the_greedy_way_leaves_a_gap_that_the_programme_closes() -> None:
    work = [task(1, hours=3.0, money=40.0), task(2, hours=2.0, money=25.0), task(3, hours=2.0, money=25.0)]
    staff = [officer(hours=4.0)]
    by_hand = greedy(work, staff, floor=0)
    solved = solve(work, staff, floor=0, gap=0.0, seconds=5.0)
    assert [n for n, who in enumerate(by_hand) if who >= 0] == [0]
    assert [n for n, who in enumerate(solved.officer) if who >= 0] == [1, 2]
    assert solved.method == "HiGHS"
    assert 50.0 <= solved.bound <= filled(work, staff) + 1e-9


def test_no_time_at_all_still_gives_a_plan_and_says_its_gap() -> None:
    work = [task(n, hours=1.5, money=float(n % 17)) for n in range(200)]
    plan = plan_week(work, [officer(n, hours=20.0) for n in range(3)], court="A", week=MONDAY, seconds=0.0)
    assert len(plan.assignments) == 39
    assert 0.0 <= plan.gap < 0.2


@pytest.mark.parametrize("officers", [[], [officer(hours=0.0)]])
def test_nobody_at_work_plans_nothing(officers: list[Officer]) -> None:
    plan = planned([task(1)], officers)
    assert (plan.assignments, plan.gap, plan.left) == ((), 0.0, 1)

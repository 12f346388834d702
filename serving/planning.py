"""A week's plan and the key figures of a court: what the API and the pages both ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from serving.desk import Desk
from serving.permissions import require_court
from serving.queueing import docket
from serving.queues import Published
from serving.reading import Reading
from serving.shapes.kpis import KpiShape, KpisShape
from serving.shapes.plan import MovedShape, OfficerAtWork, PlanQuestion, PlanShape
from triage.kpis import Figure, Planned, kept, with_plan
from triage.plan import Officer, Task, WeekPlan, plan_week, read_officers, tasks_of
from triage.queue_choice import EVERYTHING
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


def plan(desk: Desk, wanted: PlanQuestion, read: Reading) -> PlanShape:
    """Plan a court's week on the queue in use.

    Raises PortraitError: ``other_court`` (403), ``no_queue`` (503), ``no_officers`` (422).
    """
    found = docket(desk, wanted.court, read)
    listed = list(found.all(EVERYTHING))
    week = wanted.week or monday_after(date.fromisoformat(found.published.as_of))
    first = {
        (each.place.case_id, each.place.party_id)
        for each in listed
        if each.override is not None and each.override.place == "first"
    }
    tasks = tasks_of((each.place for each in listed), week=week)
    tasks = tuple(replace(task, due=task.due or (task.case_id, task.party_id) in first) for task in tasks)
    officers = _officers(found.published, wanted)
    planned = plan_week(tasks, officers, court=wanted.court, week=week, seconds=wanted.seconds)
    owed = {(each.place.case_id, each.place.party_id): each.place.outstanding for each in listed}
    return PlanShape.of(
        planned, queue=found.published.name, figures=_moved(found.published, planned, chances(planned, owed))
    )


def kpis(desk: Desk, court: str, read: Reading) -> KpisShape:
    """The key figures of a court, or of all courts ("") for keys that see all.

    Raises PortraitError: ``other_court`` (403), ``no_queue``, ``no_figures`` (503).
    """
    if court or read.person.court is not None:
        require_court(read.person, court)
    published = desk.queues.current()
    read.as_of = published.as_of
    found = _kept(published, court)
    return KpisShape.of(found, court=court, as_of=published.as_of, queue=published.name)


def monday_after(day: date) -> date:
    """The first Monday after a day."""
    return day + timedelta(days=7 - day.weekday())


def chances(plan: WeekPlan, owed: dict[tuple[int, int], float]) -> list[Planned]:
    """What the plan is expected to bring, by case: the money, and as the chance of performance its part of the debt."""
    by_case: dict[int, list[Task]] = {}
    for each in plan.assignments:
        by_case.setdefault(each.task.case_id, []).append(each.task)
    found = []
    for case, tasks in by_case.items():
        money = sum(task.money for task in tasks)
        debt = max(owed.get((task.case_id, task.party_id), 0.0) for task in tasks)
        if money > 0 and debt > 0:
            found.append(Planned(case, min(money / debt, 1.0), money))
    return found


def _officers(published: Published, wanted: PlanQuestion) -> tuple[Officer, ...]:
    if wanted.officers is None:
        officers = read_officers(published.folder, court=wanted.court)
    else:
        officers = tuple(_told(wanted.court, wanted.officers))
    if not officers:
        raise PortraitError(_NO_OFFICERS)
    return officers


def _told(court: str, officers: Iterable[OfficerAtWork]) -> Iterable[Officer]:
    return (Officer(int(each.officer), court, each.team, each.hours) for each in officers)


def _kept(published: Published, court: str) -> list[Figure]:
    try:
        found = kept(published.folder, court=court)
    except FileNotFoundError as error:
        raise PortraitError(_NO_FIGURES) from error
    return found


def _moved(published: Published, planned: WeekPlan, expected: list[Planned]) -> list[MovedShape]:
    """The year's figures as they are and with the plan; none where the night kept none."""
    try:
        now = kept(published.folder, court=planned.court, periods=[published.as_of[:4]])
        then = with_plan(published.folder, now, expected)
    except FileNotFoundError:
        return []
    return [
        MovedShape(now=KpiShape.of(before), then=None if after.rate is None else round(after.rate, 6))
        for before, after in zip(now, then, strict=True)
    ]


_NO_OFFICERS = Problem(
    code="no_officers",
    title=Text(zh="没有可用人员", en="No officers"),
    detail=Text(zh="人员登记中没有该法院的人员。", en="The register has no officer of this court."),
    next_step=Text(
        zh="请在officers字段填写人员与工时，或载入officers表后重新运行portrait nightly。",
        en="Name officers and hours in the field [officers], or load the table officers and run portrait nightly.",
    ),
    status=422,
)
_NO_FIGURES = Problem(
    code="no_figures",
    title=Text(zh="尚无考核指标", en="No key figures yet"),
    detail=Text(
        zh="当前队列由旧版本生成，没有统计指标。", en="The queue in use was made without key figures."
    ),
    next_step=Text(zh="请重新运行：portrait nightly。", en="Run the night again: portrait nightly."),
    status=503,
)

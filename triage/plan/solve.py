"""The assignment of one team: a mixed-integer programme solved by HiGHS (through scipy), and a greedy one beside it.

maximise   Σ money of assigned tasks
subject to one officer at most a task · each officer's hours · due tasks done · the floor of livelihood claims met.
Where hours do not suffice for all duties, those that the greedy way can keep are asked for, and the rest is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triage.plan.officers import Officer
from triage.plan.tasks import Task

Officers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Solved:
    """Officer (position, −1 none) of each task; the most that any plan could reach; how it was found."""

    officer: Officers
    bound: float
    method: str


def solve(
    tasks: Sequence[Task], officers: Sequence[Officer], *, floor: int, gap: float, seconds: float
) -> Solved:
    """The better of HiGHS's plan, within ``gap`` (a part) and ``seconds``, and the greedy one.

    ``floor``: how many livelihood tasks have to be done. ``bound`` is HiGHS's own bound, or the hours filled by the
    best money an hour where that is lower or HiGHS gave none.
    """
    fallback = greedy(tasks, officers, floor=floor)
    most = filled(tasks, officers)
    if not tasks or not officers:
        return Solved(fallback, most, "greedy")
    found, bound = _highs(tasks, officers, fallback, floor=floor, gap=gap, seconds=seconds)
    if found is None or _money(tasks, found) <= _money(tasks, fallback):
        return Solved(fallback, min(bound, most), "greedy")
    return Solved(found, min(bound, most), "HiGHS")


def greedy(tasks: Sequence[Task], officers: Sequence[Officer], *, floor: int) -> Officers:
    """Due tasks first, the shortest of them first; then livelihood up to the floor; then by money an hour.

    Each goes to whoever has most hours left.
    """
    taken = np.full(len(tasks), -1, np.int64)
    left = np.array([each.hours for each in officers])
    order = sorted(range(len(tasks)), key=lambda n: (-tasks[n].money / tasks[n].hours, n))
    due = sorted((n for n in order if tasks[n].due), key=lambda n: tasks[n].hours)
    kin = [n for n in order if tasks[n].livelihood and not tasks[n].due]
    still = max(floor - sum(tasks[n].livelihood for n in due), 0)
    for n in dict.fromkeys([*due, *kin[:still], *order]):
        if not len(left):
            break
        who = int(left.argmax())
        if left[who] >= tasks[n].hours - 1e-9:
            taken[n] = who
            left[who] -= tasks[n].hours
    return taken


def filled(tasks: Sequence[Task], officers: Sequence[Officer]) -> float:
    """Money of all hours together filled by the best money an hour, the last task in part: no plan reaches more."""
    hours = np.array([task.hours for task in tasks])
    money = np.array([task.money for task in tasks])
    order = np.argsort(-money / hours, kind="stable")
    before = np.cumsum(hours[order]) - hours[order]
    whole = sum(each.hours for each in officers)
    return float((money[order] * np.clip((whole - before) / hours[order], 0.0, 1.0)).sum())


def _money(tasks: Sequence[Task], officer: Officers) -> float:
    return sum(task.money for task, who in zip(tasks, officer, strict=True) if who >= 0)


def _highs(
    tasks: Sequence[Task],
    officers: Sequence[Officer],
    fallback: Officers,
    *,
    floor: int,
    gap: float,
    seconds: float,
) -> tuple[Officers | None, float]:
    """Officer of each task (None when no plan was found in time), and the bound on money."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    count, staff = len(tasks), len(officers)
    kept = np.array([task.due for task in tasks]) & (fallback >= 0)
    kin = np.array([task.livelihood for task in tasks])
    least = min(floor, int((kin & (fallback >= 0)).sum()))
    scale = max(float(np.mean([task.money for task in tasks])), 1.0)
    cell = np.arange(count * staff)
    task, who, ones = cell // staff, cell % staff, np.ones(count * staff)
    hours = np.array([each.hours for each in tasks])
    of_kin = coo_array(kin[task][None, :].astype(float))
    answer = milp(
        -np.repeat([each.money / scale for each in tasks], staff),
        constraints=[
            LinearConstraint(coo_array((ones, (task, cell))), kept.astype(float), 1.0),
            LinearConstraint(
                coo_array((hours[task], (who, cell))), -np.inf, [each.hours for each in officers]
            ),
            LinearConstraint(of_kin, float(least), np.inf),
        ],
        integrality=ones,
        bounds=Bounds(0.0, 1.0),
        options={"mip_rel_gap": gap, "time_limit": seconds},
    )
    bound = getattr(answer, "mip_dual_bound", None)
    reach = filled(tasks, officers) if bound is None else -float(bound) * scale
    if answer.x is None:
        return None, reach
    chosen = answer.x.reshape(count, staff)
    return np.where(chosen.max(axis=1) > 0.5, chosen.argmax(axis=1), -1), reach

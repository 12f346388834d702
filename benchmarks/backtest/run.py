"""One seed of the back-test: the same town under every order of work, with the same hours and the same luck."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.backtest.policies import Policy
from benchmarks.backtest.town import WEEKS, Obligation, Town, opened, queue_of
from scoring.bundle import Bundle
from simulation.occasions import Occasion, occasions, performed_in_time, vulnerable_cases
from simulation.step import Court, Item, Plan, hours_of, step
from simulation.work import EFFECTS, Effects
from triage.queue import Place

QUEUE_EVERY = 13
"""Weeks between two queues: a night takes seconds here, and twenty towns have many."""
DEADLINE_WEEKS = 26


@dataclass(frozen=True, slots=True)
class Worked:
    """What six months under one order brought. Money in yuan."""

    seed: int
    policy: str
    money: float
    to_vulnerable: float
    in_time: int
    vulnerable_in_time: int
    hours: float


def work(
    policies: Iterable[Policy], *, cases: int, seed: int, part: float, bundle: Bundle, room: Path,
    effects: Effects = EFFECTS,
) -> list[Worked]:  # fmt: skip
    """Work one town under each policy. ``part``: of the hours that its courts spend by habit."""
    town = opened(cases=cases, seed=seed, part=part, effects=effects)
    first = queue_of(town.court, bundle, room)
    return [_under(policy, town, bundle, room, first) for policy in policies]


def _under(policy: Policy, town: Town, bundle: Bundle, room: Path, first: dict[Obligation, Place]) -> Worked:
    court, began = town.court, town.court.week
    places = first
    money = vulnerable = hours = left = 0.0
    for number in range(WEEKS):
        if policy.reads_queue and number and number % QUEUE_EVERY == 0:
            places = queue_of(court, bundle, room)
        left = min(left, town.hours) + town.hours  # work of a day and more runs over into the next week
        court, week = step(court, Plan(_within(policy.order(occasions(court), places), left, court.effects)))
        left -= hours_of(week.done, court.effects)
        kin = vulnerable_cases(court)
        money += week.money
        vulnerable += sum(payment.amount for payment in week.payments if payment.case_id in kin)
        hours += hours_of(week.done, court.effects)
    return Worked(
        town.seed,
        policy.name,
        round(money, 2),
        round(vulnerable, 2),
        _in_time(court, began, vulnerable_only=False),
        _in_time(court, began, vulnerable_only=True),
        round(hours, 1),
    )


def _in_time(court: Court, began: int, *, vulnerable_only: bool) -> int:
    return performed_in_time(court, since=began, weeks=DEADLINE_WEEKS, vulnerable_only=vulnerable_only)


def _within(ordered: Sequence[Occasion], hours: float, effects: Effects) -> tuple[Item, ...]:
    """The items in order until the hours are used up; what does not fit is left, and what comes after may fit."""
    items = []
    for each in ordered:
        needed = effects[each.item.kind].hours
        if needed <= hours:
            items.append(each.item)
            hours -= needed
    return tuple(items)

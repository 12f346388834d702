"""From places of the queue to tasks of a week: the next step of each, its team, hours, money and day.

A step's money is the place's timely money in proportion to its hours: the hour of every step of a place is then worth
the same, and no step is worth doing only because the last one cashes in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from triage.queue import Place
from triage.tracks.figures import policy
from triage.work import hours_of_work, team_of_work

WEEK = timedelta(days=7)
LIVELIHOOD = ("wages", "alimony", "injury")
"""Tags of priority in processing for which a plan keeps a floor."""


@dataclass(frozen=True, slots=True)
class Task:
    """One step on one obligation, ``money`` in CNY.

    ``due``: it has to be done this week; ``livelihood``: the floor counts it.
    """

    case_id: int
    party_id: int
    case_number: str
    kind: str
    team: str
    hours: float
    money: float
    deadline: str | None = None
    due: bool = False
    livelihood: bool = False
    learning: bool = False


def tasks_of(places: Iterable[Place], *, week: date) -> tuple[Task, ...]:
    """The next step of every place that has one, for the week that begins on a day."""
    table = policy()
    hours, teams = hours_of_work(table, week), team_of_work(table, week)
    last = (week + WEEK).isoformat()
    return tuple(
        Task(
            case_id=place.case_id,
            party_id=place.party_id,
            case_number=place.case_number,
            kind=place.steps[0],
            team=teams[place.steps[0]],
            hours=hours[place.steps[0]],
            money=round(place.timely * hours[place.steps[0]] / place.hours, 2) if place.hours else 0.0,
            deadline=place.deadline,
            due=place.pressing and place.deadline is not None and week.isoformat() <= place.deadline < last,
            livelihood=place.priority in LIVELIHOOD,
            learning=place.learning,
        )
        for place in places
        if place.steps
    )

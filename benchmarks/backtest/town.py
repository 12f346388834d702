"""A court to work: its state, its hours, the bundle that scores it, and the queue of its own records on any day."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from records.load import load
from records.publish import publish
from records.snapshot import Snapshot
from records.store import Store
from scoring.bundle import Bundle
from scoring.shelf import Shelf
from simulation import simulate
from simulation.run import write_worked
from simulation.step import Court, habitual, hours_of, open_court, step
from simulation.work import EFFECTS, Effects
from training.train import train
from triage import nightly, queue
from triage.queue import Place

BEGINS = date(2024, 6, 28)
"""The middle of a year with no campaign at its end yet; four and a half years of history lie before it."""
WEEKS = 26
"""The six months in which a case is to be enforced (Arts 2 and 3 of the rules on time limits, see docs/law.md)."""
TEACHER, TEACHER_CASES = 20_240_628, 8_000
"""Seed and size of the court whose history trained the bundle: another one than any that is worked."""
Obligation = tuple[int, int]


@dataclass(frozen=True)
class Town:
    """The courts of a town on the day the work begins. ``hours``: what they may spend in a week, all together."""

    seed: int
    court: Court
    hours: float


def opened(*, cases: int, seed: int, part: float, effects: Effects = EFFECTS) -> Town:
    """A town with a part of the hours that its courts would spend by habit over the same weeks."""
    court = open_court(cases=cases, seed=seed, on=BEGINS, effects=effects)
    lived, spent = court, 0.0
    for _ in range(WEEKS):
        lived, week = step(lived, habitual(lived))
        spent += hours_of(week.done, effects)
    return Town(seed, court, part * spent / WEEKS)


def taught(room: Path) -> Bundle:
    """The bundle, trained once on another court's history up to the day the work begins."""
    shelf = Shelf(room / "shelf")
    if not (room / "shelf" / "champion.json").exists():
        simulate(cases=TEACHER_CASES, seed=TEACHER, out=room / "files")
        snapshot = _loaded(room / "files", room / "teacher")
        train(snapshot, out=room / "runs", shelf=shelf, cutoff=BEGINS)
        snapshot.close()
    return shelf.champion()


def queue_of(court: Court, bundle: Bundle, room: Path) -> dict[Obligation, Place]:
    """The published queue of the court's records as they stand, by the nightly run itself."""
    shutil.rmtree(room, ignore_errors=True)
    write_worked(court.worlds, room / "files")
    snapshot = _loaded(room / "files", room)
    folder = nightly.run(snapshot, bundle, as_of=court.today, root=room / "queues")
    snapshot.close()
    places: dict[Obligation, Place] = {}
    for code, count in queue.courts(folder):
        for _, place in queue.read(folder, court=code, most=count)[1]:
            places[place.case_id, place.party_id] = place
    return places


def _loaded(files: Path, room: Path) -> Snapshot:
    with Store.open(room / "store.duckdb", b"backtest") as store:
        load(store, files)
        publish(store, room / "snapshots")
    return Snapshot.current(room / "snapshots")

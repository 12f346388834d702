"""A worked court writes records of its own, and tells what there is occasion for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from simulation.occasions import occasions, performed_in_time
from simulation.run import write_worked
from simulation.step import Court, Plan, habitual, open_court, step

MIDDLE = date(2023, 3, 1)
TOWN, TOWN_SEED = 1_200, 7  # as the fixture `town`
OWN = ("cases", "payments", "measures", "auctions", "titles")
"""The court's own registers: other tables tell of debtors as well, whose states are those of the last day."""


@pytest.fixture(scope="module")
def court() -> Court:
    return open_court(cases=TOWN, seed=TOWN_SEED, on=MIDDLE)


def test_worked_by_habit_it_writes_the_registers_of_its_history(
    town: Path, court: Court, tmp_path: Path
) -> None:
    worked = court
    for _ in range(4):
        worked, _ = step(worked, habitual(worked))
    write_worked(worked.worlds, tmp_path)
    for name in OWN:
        key = "case_id" if name in ("cases", "titles") else "party_id"
        theirs, ours = (
            pq.read_table(folder / f"{name}.parquet").filter(pc.field("known_at") <= pc.scalar(worked.today))
            for folder in (town, tmp_path)
        )
        if name == "cases":  # preservations fill what is left of a court's number of cases at its last week
            ours, theirs = (rows.filter(pc.field("kind") != "preservation") for rows in (ours, theirs))
        assert ours.num_rows > 50
        # four weeks without a revival, and a few later corrections apart, they are the same rows
        assert abs(ours.num_rows - theirs.num_rows) <= 0.02 * theirs.num_rows
        assert set(ours[key].to_pylist()) <= set(theirs[key].to_pylist()) | {None}


def test_a_plan_leaves_traces_in_the_records(court: Court, tmp_path: Path) -> None:
    told = [each for each in occasions(court) if each.item.kind == "restrict"]
    planned, week = step(court, Plan(tuple(each.item for each in told)))
    write_worked(planned.worlds, tmp_path / "planned")
    write_worked(step(court, Plan())[0].worlds, tmp_path / "idle")
    orders = [
        pq.read_table(tmp_path / name / "measures.parquet")
        .filter((pc.field("known_at") <= pc.scalar(planned.today)) & (pc.field("happened_at") >= week.begins))
        .num_rows
        for name in ("planned", "idle")
    ]
    assert len(week.done) == len(told) > 5
    assert orders[0] > orders[1]


def test_work_done_is_no_longer_due(court: Court) -> None:
    due = {each.item for each in occasions(court)}
    once = [item for item in due if item.kind in ("ask", "withhold", "restrict")]
    later, week = step(court, Plan(tuple(once)))
    assert len(week.done) == len(once) > 20
    assert not set(once) & {each.item for each in occasions(later)}


def test_what_work_leads_to_never_exceeds_what_is_owed(court: Court) -> None:
    told = occasions(court)
    assert {each.item.kind for each in told} >= {"ask", "withhold", "restrict"}
    assert all(0 <= each.true_money <= each.outstanding + 0.01 for each in told)
    assert all(each.hours > 0 for each in told)


def test_claims_performed_in_time_are_counted_from_a_week_on(court: Court) -> None:
    worked = court
    for _ in range(12):
        worked, _ = step(worked, habitual(worked))
    all_of_them = performed_in_time(worked, since=court.week, weeks=26)
    assert all_of_them > performed_in_time(worked, since=court.week, weeks=26, vulnerable_only=True) > 0
    assert performed_in_time(worked, since=worked.week, weeks=26) == 0

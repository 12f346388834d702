"""False alarms of drift: synthetic courts that do not change, watched for five quarters after their training.

PYTHONPATH=. python benchmarks/unchanged_court.py --cases 2000 --seeds 5 6 7 8
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from monitoring.drift import drift
from monitoring.limits import Level, Limits
from records.load import load
from records.publish import publish
from records.snapshot import Snapshot
from records.store import Store
from scoring.bundle import read
from simulation import simulate
from training.fit import Settings
from training.sides import newest
from training.train import Plan, train
from vocabulary.dates import months_before

TRAINED_BEFORE = 15
"""Months before the court's last day at which its model is trained."""
PLAN = Plan(grid=(Settings(leaves=7, rate=0.08, rounds=120),), draws=60)


def watched(cases: int, seed: int, room: Path) -> None:
    """Print, for each quarter after the training, how many rows were watched and what was flagged."""
    simulate(cases=cases, seed=seed, out=room / "files")
    with Store.open(room / "store.duckdb", b"a secret of this benchmark") as store:
        load(store, room / "files")
        publish(store, room / "snapshots")
    snapshot = Snapshot.current(room / "snapshots")
    last = newest(snapshot)
    trained = train(snapshot, out=room / "runs", plan=PLAN, cutoff=months_before(last, TRAINED_BEFORE))
    for months in range(TRAINED_BEFORE - 3, -1, -3):
        day = months_before(last, months)
        found = drift(snapshot, read(trained.bundle), as_of=day, limits=Limits.on(day))
        flagged = [f"{shift.name} {shift.psi:.2f}" for shift in found.shifts if shift.level > Level.FINE]
        print(
            f"seed {seed}, quarter to {day}: {found.rows} rows worth {found.effective:.0f}, "
            f"{len(found.shifts)} columns, flagged: {', '.join(flagged) or 'none'}",
            flush=True,
        )


def main() -> None:
    """Watch the courts of the seeds given."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=2_000)
    asked.add_argument("--seeds", type=int, nargs="+", default=[5, 6, 7, 8])
    given = asked.parse_args()
    for seed in given.seeds:
        with tempfile.TemporaryDirectory() as room:
            watched(given.cases, seed, Path(room))


if __name__ == "__main__":
    main()

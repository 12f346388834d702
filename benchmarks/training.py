"""Training the whole bundle on a court, beside a plain LightGBM fit of as many trees on the same rows.

    python -m benchmarks.training SNAPSHOTS [--times 3]

SNAPSHOTS is the root of a published court (``portrait simulate``, ``portrait load``). Features are built once and not
counted: what is timed is `training.learn.learn` (curve, completion, settings, share model, calibration, likely sets)
and, on the same rows, one `lightgbm.train` with the share model's settings and as many trees as the bundle has.
``--times``: every row so many times, as another debtor's: how long a larger court would take.
"""

from __future__ import annotations

import argparse
import resource
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from features.catalogue import CATALOGUE
from records.snapshot import Snapshot
from training.fit import fit
from training.learn import learn
from training.sample import Sample
from training.sides import OPEN, divided, newest, samples
from training.train import SEED, Plan


def main() -> None:
    """Time both and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("snapshots", type=Path, help="root of a published court's snapshots")
    parser.add_argument("--times", type=int, default=1, help="repeat every row so many times")
    asked = parser.parse_args()
    sides, seconds = _sides(asked.snapshots)
    sides = {name: _repeated(side, asked.times) for name, side in sides.items()}
    rows = sides[OPEN]
    began = time.perf_counter()
    learned = learn(sides["train"], sides["calibrate"], open_too=rows, seed=SEED)
    whole = time.perf_counter() - began
    curve = len(learned.curve.model.trees.tables.points)
    began = time.perf_counter()
    fit(
        rows.values,
        np.nan_to_num(rows.target),
        rows.weight,
        names=CATALOGUE.names,
        monotone=[0] * len(CATALOGUE.names),
        settings=replace(learned.settings, rounds=learned.settings.rounds + curve),
    )
    plain = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    obligations = len(np.unique(np.column_stack([rows.party, rows.case]), axis=0))
    print(
        f"{obligations:,} obligations in {len(rows):,} rows to learn from ({seconds:.0f} s to build), "
        f"{len(CATALOGUE.names)} features\n\n"
        f"| | seconds | trees |\n|---|---|---|\n"
        f"| whole bundle | {whole:.0f} | {learned.settings.rounds} share + {curve} curve |\n"
        f"| plain LightGBM, same rows | {plain:.0f} | {learned.settings.rounds + curve} |\n\n"
        f"share: {learned.settings.leaves} leaves, {learned.settings.threads} threads; most memory {memory:.1f} GB"
    )


def _repeated(rows: Sample, times: int) -> Sample:
    """The rows so many times over, each time of debtors with ids of their own."""
    if times == 1:
        return rows
    more = rows.take(np.tile(np.arange(len(rows)), times))
    step = int(rows.party.max()) + 1
    return replace(more, party=more.party + step * np.repeat(np.arange(times), len(rows)))


def _sides(snapshots: Path) -> tuple[dict[str, Sample], float]:
    began = time.perf_counter()
    snapshot = Snapshot.current(snapshots)
    rows, split = divided(snapshot, Plan(), cutoff=newest(snapshot))
    sides, _ = samples(snapshot, rows, split, Plan())
    snapshot.close()
    return sides, time.perf_counter() - began


if __name__ == "__main__":
    main()

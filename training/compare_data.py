"""Data sets of the comparison: rows by side, how they were split, and what they can and cannot show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.catalogue import CATALOGUE
from features.declare import Catalogue
from records.load import load
from records.publish import publish
from records.snapshot import Snapshot
from records.store import Store
from scoring.cohort import cohort
from training.compare import Foresight
from training.compare_open import OpenCases, open_cases
from training.fit import Progress
from training.sample import Sample, labels, sample
from training.sides import divided, newest, samples
from training.splits import SIDES
from training.train import Plan

COURTS_HELD_OUT = 5
"""Every fifth court is held out where models are tried on courts that they have not seen."""


@dataclass(frozen=True, eq=False)
class DataSet:
    """Rows of one comparison. ``sides`` hold train, calibrate and test; ``notes`` are sentences for the page.

    ``apart``: the same with some courts held out, where there are courts; ``followed``: rows to ask whether open cases
    help, where history is long enough.
    """

    name: str
    title: str
    sides: Mapping[str, Sample]
    plan: Plan
    notes: tuple[str, ...]
    foresight: Foresight | None = None
    apart: Mapping[str, Sample] = field(default_factory=dict)
    followed: OpenCases | None = None

    @property
    def spans(self) -> list[dict[str, Any]]:
        """Rows, debtors, first and last date and mean outcome of each side."""
        return [
            {
                "side": side,
                "rows": len(rows),
                "debtors": len(np.unique(rows.party)),
                "first": str(rows.as_of.min().astype("datetime64[D]")),
                "last": str(rows.as_of.max().astype("datetime64[D]")),
                "mean": round(float(np.average(rows.target, weights=rows.weight)), 4),
            }
            for side, rows in ((side, self.sides[side]) for side in SIDES)
        ]


Truth = Callable[[Sample], Foresight | None]
"""From test rows to what the oracle says of them."""


def court(
    snapshot: Snapshot,
    *,
    name: str,
    title: str,
    notes: tuple[str, ...] = (),
    plan: Plan | None = None,
    truth: Truth | None = None,
    progress: Progress | None = None,
) -> DataSet:
    """A court's snapshot, split by time as training splits it, with every fifth court apart."""
    made = plan or Plan()
    rows, split = divided(snapshot, made, cutoff=newest(snapshot))
    sides, _ = samples(snapshot, rows, split, made, progress=progress)
    return DataSet(
        name=name,
        title=title,
        sides=sides,
        plan=made,
        notes=notes,
        foresight=truth(sides["test"]) if truth else None,
        apart=courts_apart(sides),
        followed=open_cases(snapshot, made, progress),
    )


def courts_apart(sides: Mapping[str, Sample]) -> dict[str, Sample]:
    """Test rows of every fifth court by code, all other sides without those courts; empty when a side would be."""
    codes = np.unique(sides["test"].court)
    held = codes[COURTS_HELD_OUT - 1 :: COURTS_HELD_OUT]
    found = {name: rows.take(np.isin(rows.court, held) == (name == "test")) for name, rows in sides.items()}
    return found if all(len(rows) for rows in found.values()) else {}


def adapted_sample(
    folder: Path,
    room: Path,
    *,
    secret: bytes,
    known_on: date,
    plan: Plan,
    catalogue: Catalogue = CATALOGUE,
    progress: Progress | None = None,
) -> tuple[Sample, int]:
    """Files of an adapter through door, store and snapshot to a sample, and how many rows were quarantined.

    ``room``: where the store and the snapshot are put.
    """
    with Store.open(room / "store.duckdb", secret) as store:
        loaded = load(store, folder)
        snapshot = Snapshot.open(publish(store, room / "snapshots"))
    try:
        rows = cohort(snapshot, cutoff=known_on, moments=plan.moments)
        found = labels(snapshot, rows, target=plan.target, known_on=known_on)
        made = sample(snapshot, rows, found, doubted=plan.doubted, catalogue=catalogue, progress=progress)
    finally:
        snapshot.close()
    return made, sum(table.quarantined for table in loaded.tables)


def at_random(
    rows: Sample, *, seed: int, parts: tuple[float, float, float] = (0.6, 0.15, 0.25)
) -> dict[str, Sample]:
    """Sides drawn by debtor, for sets whose rows all have one date."""
    debtors = np.unique(rows.party)
    order = np.random.default_rng(seed).permutation(len(debtors))
    edges = np.cumsum([round(part * len(debtors)) for part in parts[:2]])
    side: NDArray[np.int64] = np.searchsorted(edges, np.arange(len(debtors)), side="right")
    of = np.empty(len(debtors), np.int64)
    of[order] = side
    place = of[np.searchsorted(debtors, rows.party)]
    return {name: rows.take(place == number) for number, name in enumerate(SIDES)}


def drawn_hours(rows: Sample, *, seed: int) -> Sample:
    """The rows with an hour of their day drawn for each: what splits one day by time then splits it at random."""
    seconds = np.random.default_rng(seed).integers(0, 86_400, len(rows)).astype("timedelta64[s]")
    return replace(rows, as_of=rows.as_of.astype("datetime64[s]") + seconds)

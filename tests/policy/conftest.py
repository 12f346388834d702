"""A model of the town as `portrait train` makes one: what the policy of absence is tried on."""

from __future__ import annotations

import pytest

from features.catalogue import CATALOGUE
from records.snapshot import Snapshot
from scoring import bundle as bundles
from scoring.bundle import Bundle, read
from scoring.cohort import cohort
from tests.serving.town import Town, town
from training.fit import Settings
from training.learn import learn
from training.sides import OPEN, newest, samples
from training.splits import SIDES, time_split
from training.train import Plan

__all__ = ["town"]

QUICK = Plan(grid=(Settings(leaves=7, rate=0.08, rounds=120),))


@pytest.fixture(scope="session")
def bundle(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """Trained as `portrait train` does: on open and closed cases, families hidden, signs kept, calibrated later."""
    snapshot = Snapshot.current(town.root / "snapshots")
    last = newest(snapshot)
    rows = cohort(snapshot, cutoff=last)
    days = rows["as_of"].to_numpy().astype("datetime64[D]")
    split = time_split(days, rows["party_id"].to_numpy(), months=12, cutoff=last)
    sides = samples(snapshot, rows, split, QUICK)[0]
    learned = learn(
        sides[SIDES[0]], sides[SIDES[1]], open_too=sides[OPEN], grid=QUICK.grid, curve=QUICK.curve, seed=3
    )
    folder = tmp_path_factory.mktemp("absence") / "bundle"
    bundles.write(
        folder,
        share=learned.text,
        calibration=learned.calibration,
        curve=learned.curve,
        comparables=bundles.comparables_of(sides[OPEN].values, sides[OPEN].kind.tolist(), CATALOGUE.names),
        about={"target": "share_12"},
        extra={"card.md": b"# A model of the town\n"},
    )
    return read(folder)

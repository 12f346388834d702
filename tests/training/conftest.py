"""A synthetic town on paper: simulated once, loaded through the door, published, trained on once."""

from __future__ import annotations

from pathlib import Path

import pytest

from records.load import load
from records.publish import publish
from records.snapshot import Snapshot
from records.store import Store
from simulation import simulate
from training.fit import Settings
from training.train import Plan, TrainingReport, train

QUICK = Plan(grid=(Settings(leaves=7, rate=0.08, rounds=120),), draws=60)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """1,500 cases over six years."""
    room = tmp_path_factory.mktemp("town")
    simulate(cases=1500, seed=3, out=room / "files")
    with Store.open(room / "store.duckdb", b"a secret of the tests") as store:
        load(store, room / "files")
        folder = publish(store, room / "snapshots")
    return Snapshot.open(folder)


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the trained town is filed."""
    return tmp_path_factory.mktemp("mlruns")


@pytest.fixture(scope="session")
def trained(town: Snapshot, runs: Path) -> TrainingReport:
    """The whole way, once."""
    return train(town, out=runs, plan=QUICK)

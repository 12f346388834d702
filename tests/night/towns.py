"""A synthetic town of some hundred cases through the door and published, once a run, for the tests of the night."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from records.load import load
from records.publish import publish
from records.store import Store
from simulation import simulate


@cache
def published(root: Path, cases: int = 220) -> Path:
    """The folder of the town's snapshot, made below ``root``."""
    simulate(cases=cases, seed=9, out=root / "files")
    with Store.open(root / "store.duckdb", b"a secret of the tests") as store:
        load(store, root / "files")
        return publish(store, root / "snapshots")

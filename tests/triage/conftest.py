"""The town by night, and a small bundle to score it with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from records.snapshot import Snapshot
from scoring import bundle as bundles
from scoring.bundle import Bundle
from tests.night.towns import published
from tests.scoring.made_bundle import made_bundle


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the town and its bundle lie."""
    root = tmp_path_factory.getbasetemp() / "triage"
    root.mkdir(exist_ok=True)
    return root


@pytest.fixture(scope="session")
def bundle(place: Path) -> Bundle:
    """A bundle over the whole catalogue."""
    return bundles.read(made_bundle(place / "bundle"))


@pytest.fixture(scope="session")
def snapshot(place: Path) -> Iterator[Snapshot]:
    """The town's snapshot."""
    opened = Snapshot.open(published(place))
    yield opened
    opened.close()

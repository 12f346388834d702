"""The town of the service's tests, with a bundle that knows what was usual a year before its last day, and nights."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from monitoring.limits import LIMITS, Limits
from records.snapshot import Snapshot
from scoring.bundle import Bundle, read
from scoring.reference import REFERENCE, reference_of
from scoring.shelf import Shelf
from tests.serving.town import Town, town
from triage.nightly import run
from vocabulary.dates import months_before

__all__ = ["town"]


@dataclass(frozen=True)
class Home:
    """A court's folder as the command line knows it, and the limits of a small town."""

    path: Path
    snapshot: Snapshot
    newest: date
    limits: Limits

    @property
    def shelf(self) -> Shelf:
        """Its bundles."""
        return Shelf(self.path / "bundles")

    @property
    def queues(self) -> Path:
        """Its nights."""
        return self.path / "queues"


@pytest.fixture(scope="session")
def home(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Three nights were published: a year ago, three months ago, and last."""
    path = tmp_path_factory.mktemp("home")
    (path / "snapshots").symlink_to(town.root / "snapshots")
    snapshot = Snapshot.current(town.root / "snapshots")
    newest = snapshot.newest
    assert newest is not None
    champion = Shelf(town.root / "shelf").champion()
    usual = reference_of(
        snapshot,
        lambda values: champion.calibration.share(champion.trees.raw(values)),
        cutoff=months_before(newest, 3),
    )
    shelf = Shelf(path / "bundles")
    shelf.point(shelf.put(with_file(champion, path / "bundle", REFERENCE, usual).path))
    for months in (12, 3, 0):
        run(snapshot, shelf.champion(), as_of=months_before(newest, months), root=path / "queues")
    return Home(path, snapshot, newest, small_limits(path / "watch.yaml", newest))


def with_file(bundle: Bundle, folder: Path, name: str, content: bytes) -> Bundle:
    """A copy of a bundle with one more file (or another one of that name), sealed anew."""
    shutil.copytree(bundle.path, folder)
    (folder / name).write_bytes(content)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest[name] = hashlib.sha256(content).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return read(folder)


def small_limits(path: Path, day: date) -> Limits:
    """The limits, where a dozen independent rows are enough to be judged."""
    path.write_text(LIMITS.read_text("utf-8").replace("value: 60", "value: 12"), "utf-8")
    return Limits.on(day, path)

"""A synthetic court to measure on, and a bundle of the size that is promised: 600 trees of 31 leaves."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.night_cases import obligations
from features.catalogue import CATALOGUE
from features.declare import Values
from features.night import build, matrix
from records.load import load
from records.publish import publish
from records.snapshot import Snapshot
from records.store import Store
from scoring import bundle as bundles
from scoring.bundle import CurvePart
from scoring.calibration import Calibration
from scoring.haircuts_kept import keep_months
from simulation import simulate
from training.curve import cells, fit_curve
from training.fit import Settings, fit
from vocabulary.dates import today

TREES, LEAVES, ROWS = 600, 31, 20_000


def court(cases: int, root: Path, *, seed: int = 7) -> Path:
    """Simulate, load, publish; returns the root of the snapshots. A court that is there already stays."""
    snapshots = root / "snapshots"
    if not (snapshots / "current").exists():
        simulate(cases=cases, seed=seed, out=root / "files")
        with Store.open(root / "store.duckdb", b"benchmark") as store:
            load(store, root / "files")
            publish(store, snapshots, prepare=lambda folder: keep_months(folder, today()))
    return snapshots


def bundle(snapshots: Path, folder: Path) -> Path:
    """A bundle fitted to a made-up share of the court's own profiles: as large as a real one, and as true as none."""
    if folder.exists():
        return folder
    snapshot = Snapshot.current(snapshots)
    values = matrix(build(snapshot, obligations(snapshot).slice(0, ROWS)))
    snapshot.close()
    rng = np.random.default_rng(0)
    known = np.nan_to_num(values - np.nanmean(np.where(np.isnan(values), 0.0, values), axis=0))
    signal = known / np.maximum(known.std(axis=0), 1e-9) @ rng.normal(size=values.shape[1]) / 12
    share = 1 / (1 + np.exp(-signal - rng.normal(size=len(values))))
    text = fit(
        values,
        share,
        np.ones(len(values)),
        names=CATALOGUE.names,
        monotone=CATALOGUE.monotone,
        settings=Settings(rounds=TREES, leaves=LEAVES),
    )
    bundles.write(
        folder,
        share=text,
        calibration=Calibration(1.0, 0.0),
        curve=CurvePart(_curve(values, share)),
        comparables=bundles.comparables_of(values, ["natural"] * len(values), CATALOGUE.names),
        about={"target": "made up"},
    )
    return folder


def _curve(values: Values, share: Values) -> str:
    """A curve of the size of a trained one."""
    shares = np.clip(np.outer(share, [0.4, 0.7, 1.0, 1.2]), 0.0, 1.0)
    found = cells(shares, np.ones(len(share)), seed=0)
    return fit_curve(values, found, names=CATALOGUE.names, monotone=CATALOGUE.monotone)

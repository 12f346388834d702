"""What absence is measured on: later rows of a court, and the bundle learned from its earlier ones and kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from features.catalogue import CATALOGUE
from records.snapshot import Snapshot
from scoring import bundle as bundles
from scoring.bundle import Bundle
from training.challenge import later_cases
from training.fit import Progress
from training.learn import LARGE, LARGE_FROM, SMALL
from training.sample import Sample
from training.sides import divided, newest, sample_of, samples
from training.train import Plan, learned_by


@dataclass(frozen=True, eq=False)
class Measurable:
    """A bundle, and later rows of debtors from whom it has not learned."""

    bundle: Bundle
    tested: Sample


def learned_once(
    snapshot: Snapshot, folder: Path, *, plan: Plan | None = None, progress: Progress | None = None
) -> Measurable:
    """The bundle that `portrait train` would learn from a snapshot, and the test rows of the same split.

    It is kept in ``folder`` under the digests of snapshot, catalogue and settings, and a later call reads it there;
    whoever has changed the code by which models learn deletes the folder. Raises PortraitError for a history too short
    for three windows.
    """
    made = plan or Plan()
    rows, split = divided(snapshot, made, cutoff=newest(snapshot))
    place = folder / "-".join(one[:12] for one in (snapshot.digest, CATALOGUE.digest, _digest(made)))
    if place.exists():
        return Measurable(
            bundles.read(place), sample_of("test", snapshot, rows, split, made, progress=progress)[0]
        )
    sides, _ = samples(snapshot, rows, split, made, progress=progress)
    _learn(sides, made, place, progress)
    return Measurable(bundles.read(place), sides["test"])


def of_champion(snapshot: Snapshot, bundle: Bundle) -> Measurable:
    """A bundle in use and the cases since the day from which it was measured, with outcomes as known by now.

    Raises PortraitError where no later case has come true.
    """
    about = bundle.about
    since = date.fromisoformat(str(about["measured_from"]))
    tested = later_cases(snapshot, target=str(about["target"]), since=since, cutoff=newest(snapshot))
    return Measurable(bundle, tested)


def _learn(sides: dict[str, Sample], plan: Plan, place: Path, progress: Progress | None) -> None:
    learned = learned_by(plan, sides, progress)
    train, first = sides["train"], sides["test"].as_of.astype("datetime64[D]").min()
    bundles.write(
        place,
        share=learned.text,
        calibration=learned.calibration,
        curve=learned.curve,
        comparables=bundles.comparables_of(train.values, train.kind.tolist(), train.catalogue.names),
        about={
            "name": "measured where less is known",
            "target": plan.target,
            "settings": learned.settings.named(),
            "measured_from": str(first),
            "counts": {side: len(rows) for side, rows in sides.items()},
        },
        catalogue=train.catalogue,
    )


def _digest(plan: Plan) -> str:
    """Of all settings that say how a bundle is learned."""
    grid = (SMALL, LARGE, LARGE_FROM) if plan.grid is None else plan.grid
    told = (plan.target, plan.moments, grid, plan.curve, plan.copies, plan.doubted, plan.seed)
    return hashlib.sha256(repr(told).encode()).hexdigest()

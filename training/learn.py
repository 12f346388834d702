"""From a training and a calibration sample to a model, and to the baselines on the same rows.

Size and strength of every model are chosen on the later part of the rows it is fitted on, never on test rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from features.declare import Values
from scoring.bundle import CurvePart
from scoring.calibration import Calibration
from scoring.curve import HEADLINE
from scoring.trees import Trees
from training.baselines import Logistic, MeanOnly, Peer
from training.calibrate import calibrate
from training.curve import CURVE
from training.effort import reference_of
from training.figures import cross_entropy
from training.fit import Grow, Progress, Settings, choose_rounds, fit
from training.leanings import refuse_crossed
from training.learn_curve import completed, finish_curve, grow_curve
from training.masking import with_masked
from training.sample import Sample
from training.splits import out_of_time

SMALL = (
    Settings(leaves=4, rate=0.06),
    Settings(leaves=7, rate=0.05),
    Settings(leaves=7, rate=0.05, columns=0.4, rows=0.7),
    Settings(leaves=15, rate=0.04),
)
"""Tried on a few hundred rows to a few ten thousand; more leaves measured no better there, and cost more to explain."""
LARGE = (
    Settings(leaves=31, rate=0.05, rounds=600),
    Settings(leaves=63, rate=0.05, rounds=600),
)
"""Tried from ``LARGE_FROM`` rows on: with 124,000 of a synthetic court losses of 0.3571 and 0.3567."""
LARGE_FROM = 50_000
STRENGTHS = (0.001, 0.01, 0.1, 1.0)
"""Inverse penalties of the logistic regression."""
MANY_ROWS = 20_000
INNER = 0.25
"""Last part of the training rows on which size and strength are chosen."""

OURS, LOGISTIC, MEAN = "portrait", "logistic", "mean only"


@dataclass(frozen=True, eq=False)
class Model:
    """Raw log-odds and the map to shares."""

    peer: Peer
    calibration: Calibration

    def share(self, values: Values) -> Values:
        """Expected shares of shape (n,) from values of shape (n, features)."""
        return self.calibration.share(self.peer.raw(values))


@dataclass(frozen=True, eq=False)
class Learned:
    """Our model: LightGBM's text, its settings, and what each trial of the grid reached."""

    text: str
    settings: Settings
    calibration: Calibration
    trials: tuple[tuple[Settings, float], ...]
    curve: CurvePart
    trees: Trees = field(repr=False)

    @property
    def model(self) -> Model:
        """Ready to be asked."""
        return Model(self.trees, self.calibration)


def learn(
    train: Sample,
    later: Sample,
    *,
    open_too: Sample | None = None,
    grid: Sequence[Settings] | None = None,
    curve: Settings = CURVE,
    months: int = HEADLINE,
    copies: int | None = 1,
    seed: int,
    grow: Grow = fit,
    progress: Progress | None = None,
) -> Learned:
    """Grow the curve, complete the shares still open, choose settings, fit the share model, calibrate on later rows.

    Both models learn from ``open_too`` (training rows followed for any horizon; ``train`` itself if None). ``copies``:
    masked copies, None for none. ``grid``: settings to choose from, `usual_grid` of the rows unless given. The inner
    choices are by time inside the training rows; their labels are all known by then, so windows may overlap.
    ``grow``: who grows the share model on all rows, here unless said.
    """
    rows = train if open_too is None else open_too
    spread = grow_curve(
        rows,
        settings=replace(curve, threads=_threads(rows)),
        copies=copies,
        seed=seed,
        months=months,
        progress=progress,
    )
    rows = completed(spread.model, rows)
    about = {"names": rows.catalogue.names, "monotone": rows.catalogue.monotone}
    inner, check = (rows.take(part) for part in out_of_time(rows.as_of, rows.party, fraction=INNER))
    trials = []
    grid = usual_grid(len(rows)) if grid is None else grid
    for number, settings in enumerate(grid):
        if progress:
            progress("tuning", number, len(grid))
        trials.append(
            choose_rounds(
                _rows(inner, copies, seed),
                _rows(check, copies, seed + 1),
                settings=replace(settings, seed=seed, threads=_threads(rows)),
                **about,  # type: ignore[arg-type]
            )
        )
    best = min(trials, key=lambda trial: trial[1])[0]
    text = grow(*_rows(rows, copies, seed), settings=best, progress=progress, **about)  # type: ignore[arg-type]
    refuse_crossed(text, rows.catalogue.monotone)
    trees = Trees.parse(text)
    calibration = calibrate(trees.raw(later.values), later.target, later.weight)
    spread = replace(spread, reference=reference_of(spread.model, rows))
    part = finish_curve(spread, later, Model(trees, calibration), copies=copies, seed=seed)
    return Learned(text, best, calibration, tuple(trials), part, trees)


def usual_grid(rows: int) -> tuple[Settings, ...]:
    """Settings worth trying on so many rows."""
    return SMALL if rows < LARGE_FROM else LARGE


def baselines(earlier: Sample) -> Mapping[str, Model]:
    """Logistic regression, its penalty chosen as our settings are, and the mean alone, on all rows before the test.

    They are used as anyone would use them: fitted on the calibration rows too, which they need for nothing else.
    """
    inner, check = (earlier.take(rows) for rows in out_of_time(earlier.as_of, earlier.party, fraction=INNER))
    strength = min(STRENGTHS, key=lambda strength: _loss(_logistic(inner, strength), check))
    return {
        LOGISTIC: Model(_logistic(earlier, strength), Calibration()),
        MEAN: Model(MeanOnly(earlier.target, earlier.weight), Calibration()),
    }


def _threads(sample: Sample) -> int:
    """One thread for few rows: a second one costs more than it brings, and far more on a busy machine."""
    return 1 if len(sample) < MANY_ROWS else 2


def _rows(sample: Sample, copies: int | None, seed: int) -> tuple[Values, Values, Values]:
    plain = (sample.values, sample.target, sample.weight)
    return (
        plain if copies is None else with_masked(*plain, seed=seed, copies=copies, catalogue=sample.catalogue)
    )


def _logistic(sample: Sample, strength: float) -> Logistic:
    units = [feature.unit for feature in sample.catalogue.features]
    return Logistic(sample.values, sample.target, sample.weight, units=units, strength=strength)


def _loss(peer: Peer, sample: Sample) -> float:
    share = Calibration().share(np.asarray(peer.raw(sample.values)))
    return cross_entropy(sample.target, share, sample.weight)

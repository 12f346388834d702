"""The whole way from a snapshot to a registered model: cohort, split, learn, measure, card, register."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from features.catalogue import CATALOGUE
from features.declare import Catalogue, Values
from records.snapshot import Snapshot
from scoring import bundle as bundles
from scoring.cohort import MOMENTS
from scoring.reference import REFERENCE, reference_of
from scoring.shelf import Shelf
from training.card import CardFacts, card_files, figures_table
from training.card_outlook import RISK_PLOT
from training.clock import Clock
from training.curve import CURVE
from training.figures import DRAWS, Comparison, Figures, compare, r2_of
from training.fit import Grow, Progress, Settings, fit, importance
from training.groups import groups
from training.leaks import MOST_R2, refuse_leak
from training.learn import OURS, Learned, baselines, learn
from training.outlook_figures import measure_outlook, row_figures
from training.plots import calibration_plot, gain_plot, importance_plot, risk_plot
from training.register import MODEL, Registered, register
from training.sample import Sample, joined
from training.sides import OPEN, days_of, divided, newest, samples
from training.splits import SIDES, picture
from vocabulary.text import Text

SEED = 20170914


@dataclass(frozen=True, eq=False)
class Plan:
    """How a run is made.

    ``copies``: masked copies of each training row; ``doubted``: weight of a disputed label; ``most_r2``: figure from
    which a run is refused as a leak; ``grow``: who grows the share model, with ``remarks`` of it on the card.
    """

    target: str = "share_12"
    moments: Sequence[str] = MOMENTS
    grid: Sequence[Settings] | None = None
    curve: Settings = CURVE
    copies: int | None = 1
    doubted: float = 0.5
    draws: int = DRAWS
    most_r2: float = MOST_R2
    seed: int = SEED
    remarks: tuple[Text, ...] = ()
    grow: Grow = fit

    @property
    def months(self) -> int:
        """Months of a target that is a share performed by then."""
        return int(self.target.removeprefix("share_"))


@dataclass(frozen=True, eq=False)
class TrainingReport:
    """What came of a run: where it was filed, its figures beside the baselines', the split, and seconds taken."""

    registered: Registered
    figures: Mapping[str, Figures]
    comparison: Comparison
    split: str
    counts: Mapping[str, int]
    learned: Learned
    bundle: Path
    seconds: Mapping[str, float]

    @property
    def table(self) -> str:
        """Figures as a Markdown table."""
        return figures_table(self.figures)


@dataclass(frozen=True, eq=False)
class Measured:
    """Expected shares of the test rows by model, ours first, and their figures."""

    expected: Mapping[str, Values]
    comparison: Comparison


def train(
    snapshot: Snapshot,
    *,
    out: Path,
    shelf: Shelf | None = None,
    target: str | None = None,
    cutoff: date | None = None,
    plan: Plan | None = None,
    promote: bool = True,
    catalogue: Catalogue = CATALOGUE,
    progress: Progress | None = None,
) -> TrainingReport:
    """Train on a snapshot, file the run under ``out`` and the bundle on ``shelf`` (``out``/shelf), and report.

    ``target`` (share_3, share_6, share_12 or share_24) overrides the plan's; ``cutoff`` is the day up to which outcomes
    are known, the newest row's unless given. Raises PortraitError when the history is too short for three windows, or
    the model knows the outcome too well to be true.
    """
    plan = plan or Plan()
    plan = replace(plan, target=target) if target else plan
    last = cutoff or newest(snapshot)
    clock = Clock(progress)
    clock.at("cohort")
    rows, split = divided(snapshot, plan, cutoff=last)
    clock.at("features")
    sides, left_out = samples(snapshot, rows, split, plan, catalogue, progress)
    clock.at("learning")
    learned = learned_by(plan, sides, progress)
    clock.at("measuring")
    measured = measure(learned, sides, plan)
    counts = {**{side: len(sides[side]) for side in SIDES}, **left_out}
    shown = picture(split, days_of(rows))
    clock.at("card")
    facts = _facts(snapshot, plan, learned, measured, shown, counts, catalogue, sides)
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "bundle"
        usual = reference_of(
            snapshot, learned.model.share, cutoff=last, moments=plan.moments, catalogue=catalogue
        )
        write_bundle(folder, facts, learned, sides, measured, {REFERENCE: usual})
        clock.at("registering")
        filed = register(
            folder,
            runs=out,
            shelf=shelf or Shelf(out / "shelf"),
            name=f"{plan.target} {last}",
            parameters=_parameters(snapshot, plan, learned, counts, catalogue, last),
            figures=measured.comparison.of,
            tags={"data": snapshot.digest, "catalogue": catalogue.digest, "cutoff": str(last)},
            promote=promote,
            model=MODEL if plan.target == "share_12" else f"{MODEL}-{plan.target.removeprefix('share_')}",
        )
    place = (shelf or Shelf(out / "shelf")).root / filed.digest
    return TrainingReport(
        filed, measured.comparison.of, measured.comparison, shown, counts, learned, place, clock.done()
    )


def learned_by(plan: Plan, sides: Mapping[str, Sample], progress: Progress | None = None) -> Learned:
    """What a plan learns from the sides of `samples`."""
    return learn(
        sides["train"],
        sides["calibrate"],
        open_too=sides[OPEN],
        grid=plan.grid,
        curve=plan.curve,
        months=plan.months,
        copies=plan.copies,
        seed=plan.seed,
        grow=plan.grow,
        progress=progress,
    )


def measure(learned: Learned, sides: Mapping[str, Sample], plan: Plan) -> Measured:
    """Our model and the baselines, learned from the same earlier rows, on the same test rows and draws.

    Raises PortraitError when our model knows the outcome too well to be true.
    """
    tested = sides["test"]
    ours = learned.model.share(tested.values)
    refuse_leak(r2_of(tested.target, ours, tested.weight), learned.text, most=plan.most_r2)
    peers = baselines(joined(sides["train"], sides["calibrate"]))
    expected = {OURS: ours, **{name: model.share(tested.values) for name, model in peers.items()}}
    found = compare(
        tested.target,
        expected,
        weight=tested.weight,
        debtor=tested.party,
        seed=plan.seed,
        draws=plan.draws,
    )
    return Measured(expected, found)


def write_bundle(
    folder: Path,
    facts: CardFacts,
    learned: Learned,
    sides: Mapping[str, Sample],
    measured: Measured,
    more: Mapping[str, bytes],
) -> str:
    """Write the bundle with its card, plots and ``more`` files; nothing tells the hour: same run, same digest."""
    train, tested = sides["train"], sides["test"]
    plots = {
        "plots/calibration.png": calibration_plot(tested.target, measured.expected[OURS], tested.weight),
        "plots/gain.png": gain_plot(tested.target, measured.expected, tested.weight),
        "plots/importance.png": importance_plot(importance(learned.text)),
    }
    if facts.outlook is not None:
        plots[RISK_PLOT] = risk_plot(facts.outlook.risk, facts.outlook.answered.part)
    return bundles.write(
        folder,
        share=learned.text,
        calibration=learned.calibration,
        curve=learned.curve,
        comparables=bundles.comparables_of(train.values, train.kind.tolist(), train.catalogue.names),
        about=_about(facts),
        extra={**card_files(facts, plots), **more},
        catalogue=train.catalogue,
    )


def _about(facts: CardFacts) -> dict[str, object]:
    """What ``bundle.json`` says of the model: target, data, split, figures (undefined ones left out)."""
    return {
        "name": facts.name,
        "target": facts.target,
        "data": facts.data_digest,
        "settings": dict(facts.settings),
        "split": facts.split,
        "measured_from": facts.measured_from,
        "outlook": {} if facts.outlook is None else facts.outlook.named(),
        "counts": dict(facts.counts),
        "figures": {
            model: {name: asdict(figure) for name, figure in measured.items() if np.isfinite(figure.value)}
            for model, measured in facts.figures.items()
        },
    }


def _facts(
    snapshot: Snapshot,
    plan: Plan,
    learned: Learned,
    measured: Measured,
    split: str,
    counts: Mapping[str, int],
    catalogue: Catalogue,
    sides: Mapping[str, Sample],
) -> CardFacts:
    return CardFacts(
        name=f"{MODEL} ({plan.target})",
        target=plan.target,
        data_digest=snapshot.digest,
        catalogue_digest=catalogue.digest,
        features=len(catalogue.names),
        settings=learned.settings.named(),
        calibration=(learned.calibration.slope, learned.calibration.shift),
        split=split,
        counts=counts,
        figures=measured.comparison.of,
        groups=groups(
            snapshot,
            sides["test"],
            measured.expected[OURS],
            outlook=row_figures(learned.curve, learned.model, sides["test"]),
            seed=plan.seed,
        ),
        remarks=plan.remarks,
        outlook=measure_outlook(learned.curve, learned.model, sides["test"]),
        measured_from=str(sides["test"].as_of.astype("datetime64[D]").min()),
    )


def _parameters(
    snapshot: Snapshot,
    plan: Plan,
    learned: Learned,
    counts: Mapping[str, int],
    catalogue: Catalogue,
    last: date,
) -> dict[str, object]:
    return {
        **learned.settings.named(),
        **{f"rows.{name}": count for name, count in counts.items()},
        "target": plan.target,
        "masked_copies": plan.copies,
        "doubted": plan.doubted,
        "cutoff": last,
        "data": snapshot.digest,
        "catalogue": catalogue.digest,
        "features": len(catalogue.names),
    }

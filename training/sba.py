"""The real share of performance: SBA loans through the door, trained and measured out of time beside the baselines.

``compare_sba`` is one command's work: adapter, door, store, snapshot, the catalogue's features as of disbursement, the
last fifth of loans by disbursement date held out, three models in one run, a table.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from features.catalogue import CATALOGUE
from features.declare import Catalogue
from records.adapters import refuse_leaks, sba
from records.load import load
from records.publish import publish
from records.snapshot import Snapshot
from records.store import Store
from training.card import figures_table
from training.cohort import AT_FILING, cohort
from training.figures import Comparison, Figure
from training.fit import Progress
from training.learn import LOGISTIC, MEAN, OURS, Learned, learn
from training.sample import Sample, labels, sample
from training.splits import out_of_time
from training.train import Measured, Plan, measure

SECRET = b"sba: public data, nobody to protect"
TARGET = "share_life"
HELD_OUT = 0.2
CALIBRATED_ON = 0.15
"""Last part of the earlier loans, on which slope and shift are set."""
MOST_R2 = 0.3
"""R² from which the run is refused. Honest models reach about 0.04; `Term` lifts it above 0.5."""
SHOWN = ("gini", "r2", "brier", "auc_all", "slope", "bias")

PLAN = Plan(target=TARGET, moments=AT_FILING, copies=None, doubted=1.0, most_r2=MOST_R2)
"""Nothing is masked: the set has one receipt a loan and nothing to hide. Doubtful labels count in full, as found."""


@dataclass(frozen=True, eq=False)
class SbaReport:
    """Figures of our model and both baselines on the held-out loans, and the document that says so."""

    comparison: Comparison
    learned: Learned
    counts: Mapping[str, int]
    ahead: Figure
    document: str
    seconds: float

    @property
    def table(self) -> str:
        """Figures as a Markdown table."""
        return figures_table(self.comparison.of, SHOWN)


def compare_sba(
    path: Path,
    *,
    document: Path | None = None,
    plan: Plan = PLAN,
    catalogue: Catalogue = CATALOGUE,
    progress: Progress | None = None,
) -> SbaReport:
    """Train on ``loans.csv`` at ``path`` out of time, and write the table to ``document`` when one is named.

    Raises PortraitError when a feature bears the name of a column that knows the outcome, and when a figure says that
    one of them does.
    """
    refuse_leaks(catalogue.names, sba.LEAKS)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="sba-") as room:
        loans, counts = sba_sample(path, Path(room), plan=plan, catalogue=catalogue, progress=progress)
    report = compare_out_of_time(loans, counts, plan=plan, progress=progress, began=began)
    if document is not None:
        document.parent.mkdir(parents=True, exist_ok=True)
        document.write_text(report.document, encoding="utf-8")
    return report


def sba_sample(
    path: Path,
    room: Path,
    *,
    plan: Plan = PLAN,
    catalogue: Catalogue = CATALOGUE,
    progress: Progress | None = None,
) -> tuple[Sample, dict[str, int]]:
    """The loans as a sample, one row each as of disbursement, and what was counted on the way. ``room``: for files."""
    adapted = sba.write(path, room / "files")
    with Store.open(room / "store.duckdb", SECRET) as store:
        loaded = load(store, room / "files")
        folder = publish(store, room / "snapshots")
    snapshot = Snapshot.open(folder)
    try:
        rows = cohort(snapshot, cutoff=sba.EXTRACT_END, moments=plan.moments)
        found = labels(snapshot, rows, target=plan.target, known_on=sba.EXTRACT_END)
        loans = sample(snapshot, rows, found, doubted=plan.doubted, catalogue=catalogue, progress=progress)
    finally:
        snapshot.close()
    quarantined = sum(table.quarantined for table in loaded.tables)
    return loans, {**adapted.counts, "quarantined": quarantined, "rows": len(loans)}


def compare_out_of_time(
    loans: Sample,
    counts: Mapping[str, int],
    *,
    plan: Plan = PLAN,
    progress: Progress | None = None,
    began: float | None = None,
) -> SbaReport:
    """Hold out the last fifth by date, learn on the rest, measure. Raises PortraitError for a suspected leak."""
    start = time.perf_counter() if began is None else began
    sides = out_of_time_sides(loans)
    learned = learn(
        sides["train"],
        sides["calibrate"],
        grid=plan.grid,
        copies=plan.copies,
        seed=plan.seed,
        progress=progress,
    )
    measured: Measured = measure(learned, sides, plan)
    ahead = measured.comparison.difference("gini", OURS, LOGISTIC)
    return SbaReport(
        comparison=measured.comparison,
        learned=learned,
        counts={**counts, **{side: len(rows) for side, rows in sides.items()}},
        ahead=ahead,
        document=_document(measured.comparison, ahead, sides, counts),
        seconds=time.perf_counter() - start,
    )


def out_of_time_sides(loans: Sample) -> dict[str, Sample]:
    """Train, calibrate and test by date; a borrower who comes back is in the later side only."""
    earlier, test = out_of_time(loans.as_of, loans.party, fraction=HELD_OUT)
    before = loans.take(earlier)
    train, calibrate = out_of_time(before.as_of, before.party, fraction=CALIBRATED_ON)
    return {"train": before.take(train), "calibrate": before.take(calibrate), "test": loans.take(test)}


def _document(
    comparison: Comparison, ahead: Figure, sides: Mapping[str, Sample], counts: Mapping[str, int]
) -> str:
    spans = "\n".join(
        f"| {side} | {len(rows):,} | {rows.as_of.min()} … {rows.as_of.max()} | {np.average(rows.target):.3f} |"
        for side, rows in sides.items()
    )
    return _PAGE.format(
        loans=counts["rows"],
        spans=spans,
        table=figures_table(comparison.of, SHOWN),
        ahead=str(ahead).replace("-", "−"),
        ours=OURS,
        logistic=LOGISTIC,
        mean=MEAN,
        most=MOST_R2,
        contradicted=counts["paid_in_full_with_charge_off_date"] + counts["charged_off_nothing"],
    )


_PAGE = """# Comparison on real data

Written by `portrait compare` (`training/sba.py`); do not edit.

## SBA loans, out of time

{loans:,} loans guaranteed by the US Small Business Administration with a known end. Outcome: the share of the approved
amount performed over the loan's life. Features: the catalogue's, as of the day of disbursement, read through the same
door and the same night engine as a court's records.

| side | loans | disbursed | mean share |
|---|---|---|---|
{spans}

Same rows, same split, same draws; 95 % bootstrap intervals clustered by borrower:

{table}

Gini of {ours} − {logistic}, paired draws: **{ahead}**.

- *gini*: concentration of the outcome by score ÷ by the outcome itself; 2·AUC − 1 for an outcome of 0 and 1. *auc_all*:
  for a share of one. *slope*: calibration slope, 1 when calibrated. Formulas: `training/figures.py`.
- {ours}: LightGBM with the catalogue's monotone constraints. {logistic}: amounts on a log scale, gaps filled and
  marked, standardised. {mean}: the mean. Trees' number and size and the logistic penalty were chosen on the later
  quarter of the rows each was fitted on: ours on the training loans, its slope and shift set on the calibration loans;
  the baselines on both.
- The test side holds the last fifth of loans by disbursement date; a borrower seen in it is not trained on.
- Little can be known in advance. `Term` is cut short by a charge-off and lifts R² above 0.5; it, `ChgOffDate`,
  `ChgOffPrinGr`, `MIS_Status` and `DisbursementGross` are refused as features, and a run with R² above {most} is
  refused as a leak.
- Labels of most loans became known only years after the split (a charge-off comes 57 months after disbursement at the
  median): the table says how well such loans can be told apart, not what a model of that day would have known.
- {contradicted} labels contradict themselves (paid in full with a charge-off date, charged off by nothing) and count as
  found.
"""

"""A plan's rows: the cohort of a snapshot split by time, and a sample for each side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from features.catalogue import CATALOGUE
from features.declare import Catalogue
from records.snapshot import Snapshot
from scoring.cohort import cohort
from training.fit import Progress
from training.sample import Labels, Sample, followed, labels, sample
from training.splits import SIDES, Split, time_split
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

if TYPE_CHECKING:
    from training.train import Plan

OPEN = "open too"
"""The sample that the curve learns from: training debtors' rows by every horizon that had passed."""


def newest(snapshot: Snapshot) -> date:
    """The day up to which outcomes are known. Raises PortraitError for a snapshot without rows."""
    if snapshot.newest is None:
        raise PortraitError(
            Problem(
                code="nothing_to_train_on",
                title=Text(zh="没有可用于训练的记录", en="Nothing to train on"),
                detail=Text(zh="快照中没有任何记录。", en="The snapshot holds no rows."),
                next_step=Text(zh="请先加载记录：portrait load。", en="Load records first: portrait load."),
            )
        )
    return snapshot.newest


def days_of(rows: pa.Table) -> NDArray[np.datetime64]:
    """Dates (n,) on which the rows of a cohort are asked for."""
    return np.asarray(rows["as_of"].to_numpy().astype("datetime64[D]"))


def divided(snapshot: Snapshot, plan: Plan, *, cutoff: date) -> tuple[pa.Table, Split]:
    """The rows that a plan asks of a snapshot, and their split by time. Raises PortraitError for a short history."""
    rows = cohort(snapshot, cutoff=cutoff, moments=plan.moments)
    return rows, time_split(days_of(rows), rows["party_id"].to_numpy(), months=plan.months, cutoff=cutoff)


def samples(
    snapshot: Snapshot,
    rows: pa.Table,
    split: Split,
    plan: Plan,
    catalogue: Catalogue = CATALOGUE,
    progress: Progress | None = None,
) -> tuple[dict[str, Sample], dict[str, int]]:
    """Samples by side, each with labels as known on its date, and how many rows were left out and why."""
    left_out = {"crossing": split.crossing, "elsewhere": split.elsewhere}
    sides = {}
    for side in SIDES:
        sides[side], missing = sample_of(side, snapshot, rows, split, plan, catalogue, progress)
        for reason, count in missing.items():
            left_out[reason] = left_out.get(reason, 0) + count
    sides[OPEN] = _open_too(snapshot, rows, split, plan, catalogue, progress)
    return sides, left_out


def sample_of(
    side: str,
    snapshot: Snapshot,
    rows: pa.Table,
    split: Split,
    plan: Plan,
    catalogue: Catalogue = CATALOGUE,
    progress: Progress | None = None,
) -> tuple[Sample, Mapping[str, int]]:
    """One side's sample, and how many of its rows have no label and why. Test labels count in full, disputed or not."""
    chosen = rows.take(pa.array(split.side(side)))
    found: Labels = labels(snapshot, chosen, target=plan.target, known_on=split.known_on[side])
    doubted = 1.0 if side == "test" else plan.doubted
    made = sample(snapshot, chosen, found, doubted=doubted, catalogue=catalogue, progress=progress)
    return made, found.left_out


def _open_too(
    snapshot: Snapshot,
    rows: pa.Table,
    split: Split,
    plan: Plan,
    catalogue: Catalogue,
    progress: Progress | None,
) -> Sample:
    """Rows of debtors of no later side, dated before the training edge, with the horizons that had passed by then."""
    chosen = rows.take(
        pa.array(split.before_training_edge(rows["as_of"].to_numpy(), rows["party_id"].to_numpy()))
    )
    found = followed(snapshot, chosen, known_on=split.known_on["train"])
    return sample(snapshot, chosen, found, doubted=plan.doubted, catalogue=catalogue, progress=progress)

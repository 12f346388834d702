"""Do open cases help? The curve learned from open and closed cases beside one learned from closed cases alone.

Both are asked about twenty-four months on later rows of other debtors. Training labels are read as known on the edge;
test rows lie after it and were followed to the end. History is too short for a calibration side of twenty-four months
between the two, so the curves stand as grown: neither sloped nor tilted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from records.snapshot import Snapshot
from scoring.cohort import cohort
from scoring.curve import HORIZONS
from training.compare_figures import Answer, Outcome, measured
from training.figures import DRAWS, Comparison
from training.fit import Progress
from training.learn_curve import grow_curve
from training.sample import Sample, followed, labels, sample
from training.sides import newest
from training.train import Plan
from vocabulary.dates import months_before

MONTHS = 24
TESTED = 9
"""Months of test rows."""
OPEN_TOO, CLOSED = "open and closed", "closed alone"
_LEAST_TEST_ROWS = 50


@dataclass(frozen=True, eq=False)
class OpenCases:
    """Training rows, of which ``closed`` (n,) had a case closed for good on the edge, and later test rows of others.

    A 终本 (termination of a round) is no end: such a case is open.
    """

    edge: date
    train: Sample
    closed: NDArray[np.bool_]
    test: Sample


def open_cases(snapshot: Snapshot, plan: Plan, progress: Progress | None = None) -> OpenCases | None:
    """Rows before and after the edge; None where history is too short to follow any test row for 24 months."""
    last = newest(snapshot)
    end, edge = months_before(last, MONTHS), months_before(last, MONTHS + TESTED)
    rows = cohort(snapshot, cutoff=end, moments=plan.moments)
    late = rows["as_of"].to_numpy().astype("datetime64[D]") > np.datetime64(edge)
    party = rows["party_id"].to_numpy()
    early = ~late & ~np.isin(party, party[late])
    if late.sum() < _LEAST_TEST_ROWS or early.sum() < _LEAST_TEST_ROWS:
        return None
    before, after = rows.filter(pa.array(early)), rows.filter(pa.array(late))
    train = sample(
        snapshot, before, followed(snapshot, before, known_on=edge), doubted=plan.doubted, progress=progress
    )
    told = labels(snapshot, after, target=f"share_{MONTHS}", known_on=last)
    closed = np.isin(train.case, snapshot.query(_CLOSED.format(edge=edge))["case_id"].to_numpy())
    return OpenCases(edge, train, closed, sample(snapshot, after, told, doubted=1.0, progress=progress))


def compare_open(
    found: OpenCases, plan: Plan, *, seed: int = 0, draws: int = DRAWS, progress: Progress | None = None
) -> Comparison:
    """Figures at 24 months of a curve from all training rows and of one from closed cases alone."""
    rows: Mapping[str, Sample] = {OPEN_TOO: found.train, CLOSED: found.train.take(found.closed)}
    tested, place = found.test, HORIZONS.index(MONTHS)
    answers = {}
    for name, learned in rows.items():
        part = grow_curve(
            learned, settings=plan.curve, copies=plan.copies, seed=plan.seed, months=MONTHS, progress=progress
        )
        raw = part.model.raw(tested.values)
        curve = part.model.shifted(raw, np.zeros(len(raw)))
        answers[name] = Answer(curve.mean(MONTHS), curve.exceed[:, place])
    outcome = Outcome(tested.target, tested.outstanding, tested.weight, tested.party)
    return measured(outcome, answers, seed=seed, draws=draws)


_CLOSED = """
    SELECT case_id FROM (
        SELECT case_id, closed_on, closing_mode, row_number() OVER (
            PARTITION BY case_id ORDER BY happened_at DESC, known_at DESC, row_id DESC) AS place
        FROM cases
        WHERE known_at <= DATE '{edge}' AND (superseded_at IS NULL OR superseded_at > DATE '{edge}')
            AND NOT coalesce(retracted, false)
    ) WHERE place = 1 AND closed_on IS NOT NULL AND closing_mode IS DISTINCT FROM 'round_terminated'"""

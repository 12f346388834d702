"""Honest labels: how far the figures move when labels are read otherwise, on the same test rows.

There are two kinds of question. *What is learned*: the model is learned anew from labels so read, and the test outcome
stays as the product defines it: a figure moves because the model does. *What is measured*: the usual model, on test
rows read in the other way: what would have been reported by whoever reads labels so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from features.declare import Values
from records.snapshot import Snapshot
from scoring.curve import HEADLINE, HORIZONS
from scoring.outcomes import DISPUTED
from training.compare_figures import Answer, Outcome, measured
from training.figures import DRAWS, Comparison
from training.fit import Progress
from training.label_readings import CAMPAIGNS, READINGS, TOLD, Campaign, Sides, read_sides, usual
from training.learn import learn
from training.sample import Sample
from training.sides import OPEN
from training.train import Plan


@dataclass(frozen=True, eq=False)
class Report:
    """``learned``: models by reading on the same test rows; ``told``: the usual model on test rows read otherwise.

    ``rows``: how many rows each reading learned from (train and open together) or was measured on.
    """

    learned: Comparison
    told: Mapping[str, Comparison]
    rows: Mapping[str, int]
    told_rows: Mapping[str, int]
    came_true: Mapping[str, float]
    edge: date
    counts: Mapping[str, int]


def sensitivity(
    snapshot: Snapshot,
    *,
    campaigns: Sequence[Campaign] = (),
    plan: Plan | None = None,
    draws: int = DRAWS,
    progress: Progress | None = None,
) -> Report:
    """Learn once a reading and measure on the same test rows. Raises PortraitError where history is too short."""
    made = plan or Plan()
    sides, split = read_sides(snapshot, made, campaigns, progress)
    ways = {name: way for name, way in READINGS.items() if name != CAMPAIGNS or campaigns}
    tested = usual(sides)["test"]
    answers, rows = {}, {}
    usual_answer: Callable[[Values], Answer] | None = None
    for number, (name, way) in enumerate(ways.items()):
        if progress:
            progress("readings", number, len(ways))
        parts = way(sides)
        answer = learned_from(parts, made)
        answers[name], rows[name] = answer(tested.values), len(parts[OPEN])
        usual_answer = usual_answer or answer
    assert usual_answer is not None
    told = {name: way(sides)["test"] for name, way in TOLD.items()}
    return Report(
        learned=measured(_outcome(tested), answers, seed=made.seed, draws=draws),
        told={
            name: measured(_outcome(one), {name: usual_answer(one.values)}, seed=made.seed, draws=draws)
            for name, one in told.items()
        },
        rows=rows,
        told_rows={name: len(one) for name, one in told.items()},
        came_true={name: float(np.average(one.target, weights=one.weight)) for name, one in told.items()},
        edge=split.known_on["train"],
        counts=_counts(sides),
    )


def learned_from(parts: Mapping[str, Sample], plan: Plan) -> Callable[[Values], Answer]:
    """What a bundle learned from the parts answers."""
    learned = learn(
        parts["train"],
        parts["calibrate"],
        open_too=parts[OPEN],
        grid=plan.grid,
        curve=plan.curve,
        copies=plan.copies,
        seed=plan.seed,
    )
    curve, place = learned.curve.model, HORIZONS.index(HEADLINE)

    def answer(values: Values) -> Answer:
        share = learned.model.share(values)
        return Answer(share, curve.curve(values, share).exceed[:, place])

    return answer


def _outcome(rows: Sample) -> Outcome:
    return Outcome(rows.target, rows.outstanding, rows.weight, rows.party)


def _counts(sides: Sides) -> dict[str, int]:
    whole = sides[OPEN]
    return {
        "before the edge": len(whole.rows),
        "not followed, or paid by another": int((~whole.seen).sum()),
        "withdrawn": int(whole.withdrawn.sum()),
        "disputed": int((whole.rows.quality == DISPUTED).sum()),
        "campaign": int(whole.campaign.sum()),
    }

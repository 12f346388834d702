"""Real consumption and payment records: Taiwan's credit-card clients through the door, sides drawn by client."""

from __future__ import annotations

import tempfile
from pathlib import Path

from features.catalogue import CATALOGUE
from features.declare import Catalogue
from records.adapters import refuse_leaks, taiwan_credit
from scoring.cohort import AT_FILING
from training.compare_data import DataSet, adapted_sample, at_random, drawn_hours
from training.fit import Progress
from training.train import SEED, Plan

SECRET = b"taiwan: public data, nobody to protect"
TARGET = "share_life"
MOST_R2 = 0.4
"""R² from which the run is refused: published models of this set reach an AUC of 0.78, an R² of about 0.2."""

PLAN = Plan(target=TARGET, moments=AT_FILING, copies=None, doubted=1.0, most_r2=MOST_R2)


def taiwan_data(
    path: Path,
    *,
    plan: Plan = PLAN,
    catalogue: Catalogue = CATALOGUE,
    progress: Progress | None = None,
) -> DataSet:
    """``clients.csv`` at ``path`` as a data set of the comparison.

    Raises PortraitError when a feature bears the name of a column that knows the outcome.
    """
    refuse_leaks(catalogue.names, taiwan_credit.LEAKS)
    with tempfile.TemporaryDirectory(prefix="taiwan-") as room:
        adapted = taiwan_credit.write(path, Path(room) / "files")
        clients, _ = adapted_sample(
            Path(room) / "files",
            Path(room),
            secret=SECRET,
            known_on=taiwan_credit.OUTCOME_ON,
            plan=plan,
            catalogue=catalogue,
            progress=progress,
        )
    return DataSet(
        name="taiwan",
        title="Credit-card clients in Taiwan, one month ahead",
        sides=at_random(drawn_hours(clients, seed=SEED), seed=SEED),
        plan=plan,
        notes=tuple(
            note.format(clients=len(clients), defaulted=adapted.counts["defaulted"]) for note in _NOTES
        ),
    )


_NOTES = (
    "{clients:,} clients, April to September 2005, of whom {defaulted:,} defaulted in October. Outcome: the month's "
    "duty was kept (1) or not (0), so P(any) and P(all) are one, P(default) is their complement, and the Gini is "
    "2·AUC − 1. Features: the catalogue's on 30 September.",
    "All clients share one date, so this is not out of time: sides are drawn by client, and so is the later part of "
    "the training side on which settings are chosen.",
    "Sex, age and marital status are in the file and are no features; the line of credit is the claim.",
)

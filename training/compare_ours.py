"""Our entrant: the share model and the curve, learned as `portrait train` learns them, and the share alone."""

from __future__ import annotations

import time
from collections.abc import Mapping

from features.declare import Values
from scoring.curve import HEADLINE, HORIZONS
from training.compare import OURS, OURS_MEAN, Asked, around
from training.compare_figures import Answer
from training.compare_kept import Entrant
from training.figures import r2_of
from training.fit import Progress
from training.leaks import refuse_leak
from training.learn import Learned, learn
from training.peers.tuning import Budget
from training.sample import Sample
from training.sides import OPEN
from training.train import Plan


def portrait(
    sides: Mapping[str, Sample],
    budget: Budget,
    progress: Progress | None = None,
    *,
    plan: Plan | None = None,
) -> tuple[Entrant, Entrant]:
    """Our bundle, and our share model with the spread that peers get: what the curve adds is the difference.

    The grid of the plan is all the tuning there is: fewer fits than the peers' budget. Raises PortraitError when the
    model knows the outcome of the test rows too well to be true.
    """
    began = time.perf_counter()
    made = plan or Plan()
    learned = learn(
        sides["train"],
        sides["calibrate"],
        open_too=sides.get(OPEN),
        grid=made.grid,
        curve=made.curve,
        copies=made.copies,
        seed=budget.seed,
        progress=progress,
    )
    seconds = time.perf_counter() - began
    tested = sides["test"]
    found = r2_of(tested.target, learned.model.share(tested.values), tested.weight)
    refuse_leak(found, learned.text, most=made.most_r2)
    settings = {**learned.settings.named(), "curve": made.curve.named(), "copies": made.copies}
    return (
        Entrant(OURS, answering(learned)(tested.values), settings, len(learned.trials), seconds),
        Entrant(OURS_MEAN, around(learned.model.share, sides["calibrate"])(tested.values), {}),
    )


def answering(learned: Learned, *, months: int = HEADLINE) -> Asked:
    """The bundle's answer: the headline, and the curve tilted to it."""
    model, place = learned.curve.model, HORIZONS.index(months)

    def answer(values: Values) -> Answer:
        share = learned.model.share(values)
        return Answer(share, model.curve(values, share).exceed[:, place])

    return answer

"""The comparison: our bundle and what others would use, on the same rows, the same split and the same tuning budget.

All models are fitted on the training side with the same weights. On the calibration side, which is later, each has its
slope and shift set, and those who expect only a share get a distribution around it (`training.peers.spread`). All are
measured on the test side, which is later still.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from features.declare import Values
from training.baselines import MeanOnly
from training.compare_figures import Answer, Outcome, measured
from training.compare_kept import Entrant, Kept
from training.figures import DRAWS, Comparison, Integers
from training.fit import Progress
from training.peers.boosters import CatBoost, HistGradient, XGBoost
from training.peers.recipe import INSIDE, Recipe, Settings
from training.peers.scorecard import Scorecard
from training.peers.spread import Around, recalibrated
from training.peers.stack import Stack
from training.peers.tuning import Budget, Tuned, later_part, searched, tuned
from training.peers.two_stage import TwoStage, TwoStaged
from training.sample import Sample

OURS, OURS_MEAN, MEAN, STACK, ORACLE = "portrait", "portrait, share alone", "mean only", "stack", "oracle"
TIMES = 10
"""The stack's members are tuned with so many times the budget."""

Asked = Callable[[Values], Answer]
"""From values (n, features) to what a model says of them."""


@dataclass(frozen=True, eq=False)
class Foresight:
    """The oracle's answer on some of the test rows: row numbers, and what it says of them."""

    rows: Integers
    answer: Answer


@dataclass(frozen=True, eq=False)
class Compared:
    """Figures of all models on the test side; with an oracle also those on the rows that it knows."""

    entrants: tuple[Entrant, ...]
    counts: Mapping[str, int]
    on_test: Comparison
    with_oracle: Comparison | None = None
    oracle_rows: int = 0


def peers() -> tuple[Recipe, ...]:
    """What others would use."""
    return (Scorecard(), HistGradient(), CatBoost(), XGBoost(), TwoStage())


def compared(
    sides: Mapping[str, Sample],
    ours: Callable[[Mapping[str, Sample], Budget, Progress | None], Sequence[Entrant]],
    *,
    budget: Budget,
    recipes: Sequence[Recipe] | None = None,
    stacked: bool = True,
    known: Mapping[str, Settings] | None = None,
    foresight: Foresight | None = None,
    draws: int = DRAWS,
    room: Path | None = None,
    progress: Progress | None = None,
) -> Compared:
    """Fit all models on ``sides['train']``, set them on ``sides['calibrate']``, measure them on ``sides['test']``.

    ``ours`` makes our entrants from the same sides and budget. ``known`` settings by model name are fitted without
    tuning. ``stacked`` adds the stack of all recipes, each tuned with ten times the budget. ``room``: a folder in which
    every model fitted is kept, and found by a later run on the same rows.
    """
    kept = Kept.of(room, sides, budget, known)
    field_of = kept.entrants((OURS, OURS_MEAN), lambda: ours(sides, budget, progress))
    chosen = tuple(peers() if recipes is None else recipes)
    for recipe in chosen:
        field_of += kept.entrants(
            (recipe.name,), partial(_one, entered, recipe, sides, budget, known, progress)
        )
    if stacked:
        field_of += kept.entrants(
            (STACK,), partial(_one, stack_of, chosen, sides, budget, kept, known, progress)
        )
    field_of.append(mean_only(sides))
    tested = sides["test"]
    if progress:
        progress("measuring", 0, 1)
    answers = {entrant.name: entrant.answer for entrant in field_of}
    outcome = Outcome(tested.target, tested.outstanding, tested.weight, tested.party)
    beside = None
    if foresight is not None:
        known_rows = {name: answer.take(foresight.rows) for name, answer in answers.items()}
        known_rows[ORACLE] = foresight.answer
        beside = measured(outcome.take(foresight.rows), known_rows, seed=budget.seed, draws=draws)
    return Compared(
        entrants=tuple(field_of),
        counts={side: len(rows) for side, rows in sides.items()},
        on_test=measured(outcome, answers, seed=budget.seed, draws=draws),
        with_oracle=beside,
        oracle_rows=0 if foresight is None else len(foresight.rows),
    )


def entered(
    recipe: Recipe,
    sides: Mapping[str, Sample],
    budget: Budget,
    known: Mapping[str, Settings] | None = None,
    progress: Progress | None = None,
) -> Entrant:
    """A peer, tuned on the training side unless its settings are known, and its answer on the test side."""
    began = time.perf_counter()
    settings = (known or {}).get(recipe.name)
    found = tuned(recipe, sides["train"], budget, settings=settings, progress=progress)
    asked = (
        _in_two_stages(found, found.model, sides["calibrate"])
        if isinstance(found.model, TwoStaged)
        else around(found.share, sides["calibrate"])
    )
    answer = asked(sides["test"].values)
    return Entrant(recipe.name, answer, found.settings, found.trials, time.perf_counter() - began)


def stack_of(
    recipes: Sequence[Recipe],
    sides: Mapping[str, Sample],
    budget: Budget,
    kept: Kept | None = None,
    known: Mapping[str, Settings] | None = None,
    progress: Progress | None = None,
) -> Entrant:
    """All recipes tuned with ten times the budget, refitted once, and combined on the training rows' later part.

    Settings found are kept as they come, with the seconds that finding them took: tuning is most of the work.
    """
    began = time.perf_counter()
    train, place = sides["train"], kept or Kept()
    larger = replace(budget, trials=TIMES * budget.trials)
    members, trials = [], 0
    for recipe in recipes:
        name = f"{STACK}: {recipe.name}"
        settings = (known or {}).get(name)
        if settings is None:
            at = time.perf_counter()
            found = place.settings(name, partial(searched, recipe, train, larger, progress))
            settings, trials = found["settings"], trials + found["trials"]
            began += time.perf_counter() - at - found.get("seconds", 0.0)
        members.append(tuned(recipe, train, larger, settings=settings, progress=progress))
    late = train.take(later_part(train)[1])
    stack = Stack.of(members, late.target, late.weight)
    about = {
        "weights": dict(
            zip((member.name for member in members), stack.weights.round(3).tolist(), strict=True)
        ),
        **{member.name: dict(member.settings) for member in members},
    }
    return Entrant(
        STACK,
        around(stack.share, sides["calibrate"])(sides["test"].values),
        about,
        trials,
        time.perf_counter() - began,
    )


def _one(make: Callable[..., Entrant], *about: object) -> tuple[Entrant]:
    return (make(*about),)


def mean_only(sides: Mapping[str, Sample]) -> Entrant:
    """The training rows' mean for everyone, with all calibration outcomes around it."""
    train = sides["train"]
    mean = MeanOnly(train.target, train.weight).share
    asked = around(lambda values: np.full(len(values), mean), sides["calibrate"], nearest=None)
    return Entrant(MEAN, asked(sides["test"].values), {})


def around(share: Callable[[Values], Values], later: Sample, *, nearest: int | None = 0) -> Asked:
    """A model that expects only a share, calibrated, with the shared wrapper around it.

    ``nearest``: calibration rows that make a distribution, the wrapper's usual number for 0, all of them for None.
    """
    first = share(later.values)
    map_ = recalibrated(first, later.target, later.weight)
    set_on = map_.share(_odds(first))
    size = {} if nearest == 0 else {"nearest": nearest or len(later)}
    spread = Around.of(set_on, later.target, later.weight, **size)

    def answer(values: Values) -> Answer:
        expected = map_.share(_odds(share(values)))
        return Answer(expected, spread.exceed(expected))

    return answer


def _in_two_stages(found: Tuned, model: TwoStaged, later: Sample) -> Asked:
    """P(any) calibrated; around the share of those who pay, the shared wrapper on the calibration rows that paid."""
    seen = found.seen(later.values)
    paid = later.target > 0
    chance, part, product = model.any(seen), model.if_any(seen), model.share(seen)
    chance_map = recalibrated(chance, paid.astype(float), later.weight)
    whole_map = recalibrated(product, later.target, later.weight)
    spread = Around.of(part[paid], later.target[paid], later.weight[paid])

    def answer(values: Values) -> Answer:
        rows = found.seen(values)
        some = chance_map.share(_odds(model.any(rows)))
        exceed = some[:, None] * spread.exceed(model.if_any(rows))
        return Answer(whole_map.share(_odds(model.share(rows))), exceed)

    return answer


def _odds(share: Values) -> Values:
    kept = np.clip(share, *INSIDE)
    return np.asarray(np.log(kept / (1 - kept)))

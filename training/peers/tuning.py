"""One budget for all: Optuna's trials on a bounded part of the rows, then one fit on all of them.

The later part of the training rows, by time, judges the trials; the rounds are chosen once more on all rows when there
are more than the trials saw. No row of the calibration or test side is looked at.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import optuna
from numpy.typing import NDArray

from features.declare import Values
from training.figures import cross_entropy
from training.fit import Progress
from training.peers.recipe import Fitted, Recipe, Rows, Settings, rows_of, telling
from training.sample import Sample
from training.splits import out_of_time

INNER = 0.25
"""Last part of the training rows, on which trials are judged."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What tuning may cost: ``trials`` a model, on at most ``rows`` rows."""

    trials: int = 4
    rows: int = 20_000
    seed: int = 20170914
    threads: int = 1


@dataclass(frozen=True, eq=False)
class Tuned:
    """A fitted peer: what it was fitted with, the loss of the best trial, and its view of later rows."""

    name: str
    model: Fitted
    columns: NDArray[np.bool_]
    settings: Mapping[str, Any]
    loss: float
    trials: int
    later: Values = field(repr=False)

    def share(self, values: Values) -> Values:
        """Expected shares (n,) of values (n, features)."""
        return self.model.share(self.seen(values))

    def seen(self, values: Values) -> Values:
        """The columns that the peer learned from."""
        return np.ascontiguousarray(values[:, self.columns])


def tuned(
    recipe: Recipe,
    train: Sample,
    budget: Budget,
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Tuned:
    """The recipe tuned within the budget and fitted on all of ``train``; with ``settings`` it is fitted only.

    ``later`` of the answer: shares expected of the training rows' later part by a fit on the earlier part.
    """
    loss, trials = float("nan"), 0
    if settings is None:
        found = searched(recipe, train, budget, progress)
        settings, loss, trials = found["settings"], found["loss"], found["trials"]
    columns = telling(train.values)
    earlier, late = (rows_of(train.take(rows), columns) for rows in later_part(train))
    first = recipe.fit(earlier, _free(settings), check=late, seed=budget.seed, threads=budget.threads)
    chosen = {**_free(settings), **_rounds(first)}
    whole = recipe.fit(rows_of(train, columns), chosen, seed=budget.seed, threads=budget.threads)
    return Tuned(recipe.name, whole, columns, chosen, loss, trials, first.share(late.values))


def searched(
    recipe: Recipe, train: Sample, budget: Budget, progress: Progress | None = None
) -> dict[str, Any]:
    """What the trials found: ``settings``, the best one's ``loss``, how many ``trials`` there were, and ``seconds``."""
    began = time.perf_counter()
    columns = telling(train.values)
    earlier, late = (rows_of(train.take(rows), columns) for rows in later_part(train))
    study = _studied(recipe, *limited(earlier, late, budget), budget, progress)
    best = study.best_trial.user_attrs["settings"]
    return {
        "settings": best,
        "loss": study.best_value,
        "trials": len(study.trials),
        "seconds": time.perf_counter() - began,
    }


def later_part(train: Sample) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(earlier, later) row numbers of the training side."""
    return out_of_time(train.as_of, train.party, fraction=INNER)


def limited(earlier: Rows, late: Rows, budget: Budget) -> tuple[Rows, Rows]:
    """Both parts thinned alike, at random, to the rows that tuning may see."""
    share = budget.rows / (len(earlier) + len(late))
    if share >= 1:
        return earlier, late
    rng = np.random.default_rng(budget.seed)
    thinned = [
        part.take(np.sort(rng.choice(len(part), int(share * len(part)), replace=False)))
        for part in (earlier, late)
    ]
    return thinned[0], thinned[1]


def _studied(
    recipe: Recipe, earlier: Rows, late: Rows, budget: Budget, progress: Progress | None
) -> optuna.Study:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=budget.seed, n_startup_trials=5))

    def loss(trial: optuna.Trial) -> float:
        if progress:
            progress(f"tuning {recipe.name}", trial.number, budget.trials)
        settings = recipe.suggest(trial)
        trial.set_user_attr("settings", dict(settings))
        model = recipe.fit(earlier, settings, check=late, seed=budget.seed, threads=budget.threads)
        return cross_entropy(late.target, model.share(late.values), late.weight)

    study.optimize(loss, n_trials=budget.trials)
    return study


def _free(settings: Settings) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if not name.startswith("rounds")}


def _rounds(model: Fitted) -> dict[str, int]:
    found = {name: getattr(model, name, 0) for name in ("rounds", "rounds_how_much")}
    return {name: rounds for name, rounds in found.items() if rounds}

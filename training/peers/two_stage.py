"""Two stages, as losses given default are modelled: whether anything is paid, and how much of it if so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import lightgbm
import numpy as np

from features.declare import Values
from training.peers.recipe import PATIENCE, Rows, Settings, Trial, inside

MOST_ROUNDS = 600


@dataclass(frozen=True, eq=False)
class TwoStaged:
    """P(any) × E[share | any]."""

    whether: lightgbm.Booster
    how_much: lightgbm.Booster
    rounds: int
    rounds_how_much: int

    def share(self, values: Values) -> Values:
        """Expected shares of shape (n,)."""
        return inside(self.any(values) * self.if_any(values))

    def any(self, values: Values) -> Values:
        """P(anything is performed), of shape (n,)."""
        return inside(np.asarray(self.whether.predict(values, num_iteration=self.rounds)))

    def if_any(self, values: Values) -> Values:
        """Expected share of those who perform anything, of shape (n,)."""
        return inside(np.asarray(self.how_much.predict(values, num_iteration=self.rounds_how_much)))


class TwoStage:
    """Two LightGBM models of plain settings, without the catalogue's constraints and without masking."""

    name = "two-stage"

    def suggest(self, trial: Trial) -> Settings:
        """Rate, size of trees, least rows, penalty, rows and columns drawn; the same for both stages."""
        return {
            "learning_rate": trial.suggest_float("learning_rate", 0.03, 0.15, log=True),
            "num_leaves": trial.suggest_int("num_leaves", 4, 40, log=True),
            "min_data_in_leaf": trial.suggest_int("min_data_in_leaf", 10, 120, log=True),
            "lambda_l2": trial.suggest_float("lambda_l2", 0.1, 50.0, log=True),
            "bagging_fraction": trial.suggest_float("bagging_fraction", 0.5, 1.0),
            "feature_fraction": trial.suggest_float("feature_fraction", 0.1, 0.6),
        }

    def fit(
        self, rows: Rows, settings: Settings, *, check: Rows | None = None, seed: int, threads: int = 1
    ) -> TwoStaged:
        """See `Recipe.fit`. ``rounds`` counts the first stage's, ``rounds_how_much`` the second's."""
        chosen = dict(settings)
        rounds = chosen.pop("rounds", MOST_ROUNDS)
        second = chosen.pop("rounds_how_much", rounds)
        chosen |= {
            "objective": "cross_entropy",
            "bagging_freq": 1,
            "seed": seed,
            "num_threads": threads,
            "deterministic": True,
            "force_row_wise": True,
            "verbosity": -1,
        }
        whether, helped = _grown(_paid(rows), None if check is None else _paid(check), chosen, rounds)
        some = rows.take(rows.target > 0)
        later = None if check is None else check.take(check.target > 0)
        how_much, helped_too = _grown(some, later, chosen, second)
        return TwoStaged(whether, how_much, helped, helped_too)


def _paid(rows: Rows) -> Rows:
    return replace(rows, target=(rows.target > 0).astype(np.float64))


def _grown(
    rows: Rows, check: Rows | None, settings: dict[str, Any], rounds: int
) -> tuple[lightgbm.Booster, int]:
    data = lightgbm.Dataset(rows.values, rows.target, weight=rows.weight)
    if check is None or not len(check):
        return lightgbm.train(settings, data, rounds), rounds
    later = lightgbm.Dataset(check.values, check.target, weight=check.weight, reference=data)
    model = lightgbm.train(
        settings,
        data,
        rounds,
        valid_sets=[later],
        callbacks=[lightgbm.early_stopping(PATIENCE, verbose=False)],
    )
    return model, max(int(model.best_iteration), 1)

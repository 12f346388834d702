"""Boosted trees by other hands: scikit-learn's HistGradientBoosting, CatBoost and XGBoost, each on the share itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import catboost
import numpy as np
import xgboost
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from features.declare import Values
from training.peers.recipe import PATIENCE, Rows, Settings, Trial, inside

MOST_ROUNDS = 600


@dataclass(frozen=True, eq=False)
class Boosted:
    """A fitted booster behind one question."""

    model: Any
    rounds: int
    ask: Any

    def share(self, values: Values) -> Values:
        """Expected shares of shape (n,)."""
        return inside(self.ask(self.model, values))


class HistGradient:
    """scikit-learn's histogram booster. It learns classes, so each row enters twice (`Rows.doubled`)."""

    name = "hist gradient boosting"

    def suggest(self, trial: Trial) -> Settings:
        """Rate, size of trees, least rows, penalty, columns."""
        return {
            "learning_rate": trial.suggest_float("learning_rate", 0.04, 0.15, log=True),
            "max_leaf_nodes": trial.suggest_int("max_leaf_nodes", 4, 40, log=True),
            "min_samples_leaf": trial.suggest_int("min_samples_leaf", 10, 120, log=True),
            "l2_regularization": trial.suggest_float("l2_regularization", 0.1, 50.0, log=True),
            "max_features": trial.suggest_float("max_features", 0.1, 0.6),
        }

    def fit(
        self, rows: Rows, settings: Settings, *, check: Rows | None = None, seed: int, threads: int = 1
    ) -> Boosted:
        """See `Recipe.fit`."""
        chosen = dict(settings)
        rounds = chosen.pop("rounds", MOST_ROUNDS)
        model = HistGradientBoostingClassifier(
            **chosen,
            max_iter=rounds,
            random_state=seed,
            early_stopping=check is not None,
            n_iter_no_change=PATIENCE,
            tol=0.0,
        )
        values, happened, weight = rows.doubled()
        later: dict[str, Any] = {}
        if check is not None:
            later = dict(zip(("X_val", "y_val", "sample_weight_val"), check.doubled(), strict=True))
        with threadpool_limits(threads):
            model.fit(values, happened, weight, **later)
        losses = model.validation_score_
        helped = int(np.argmax(losses)) if len(losses) else rounds
        return Boosted(model, max(helped, 1), lambda fitted, x: _with_threads(fitted, x, threads))


class CatBoost:
    """CatBoost's symmetric trees on cross-entropy of the share."""

    name = "CatBoost"

    def suggest(self, trial: Trial) -> Settings:
        """Rate, depth, penalty, rows and columns drawn."""
        return {
            "learning_rate": trial.suggest_float("learning_rate", 0.04, 0.15, log=True),
            "depth": trial.suggest_int("depth", 3, 7),
            "l2_leaf_reg": trial.suggest_float("l2_leaf_reg", 1.0, 50.0, log=True),
            "subsample": trial.suggest_float("subsample", 0.5, 1.0),
            "rsm": trial.suggest_float("rsm", 0.1, 0.6),
        }

    def fit(
        self, rows: Rows, settings: Settings, *, check: Rows | None = None, seed: int, threads: int = 1
    ) -> Boosted:
        """See `Recipe.fit`."""
        chosen = dict(settings)
        model = catboost.CatBoost(
            {
                "loss_function": "CrossEntropy",
                "iterations": chosen.pop("rounds", MOST_ROUNDS),
                "bootstrap_type": "Bernoulli",
                "random_seed": seed,
                "thread_count": threads,
                "allow_writing_files": False,
                "logging_level": "Silent",
                **chosen,
            }
        )
        later = None if check is None else catboost.Pool(check.values, check.target, weight=check.weight)
        model.fit(
            catboost.Pool(rows.values, rows.target, weight=rows.weight),
            eval_set=later,
            early_stopping_rounds=None if check is None else PATIENCE,
        )
        return Boosted(
            model,
            int(model.tree_count_),
            lambda fitted, x: fitted.predict(x, prediction_type="Probability", thread_count=threads)[:, 1],
        )


class XGBoost:
    """XGBoost's histogram trees on cross-entropy of the share."""

    name = "XGBoost"

    def suggest(self, trial: Trial) -> Settings:
        """Rate, depth, least weight, penalty, rows and columns drawn."""
        return {
            "eta": trial.suggest_float("eta", 0.03, 0.15, log=True),
            "max_depth": trial.suggest_int("max_depth", 2, 7),
            "min_child_weight": trial.suggest_float("min_child_weight", 0.5, 20.0, log=True),
            "lambda": trial.suggest_float("lambda", 0.1, 50.0, log=True),
            "subsample": trial.suggest_float("subsample", 0.5, 1.0),
            "colsample_bytree": trial.suggest_float("colsample_bytree", 0.1, 0.6),
        }

    def fit(
        self, rows: Rows, settings: Settings, *, check: Rows | None = None, seed: int, threads: int = 1
    ) -> Boosted:
        """See `Recipe.fit`."""
        chosen = dict(settings)
        rounds = chosen.pop("rounds", MOST_ROUNDS)
        later = [] if check is None else [(_matrix(check), "later")]
        model = xgboost.train(
            {
                "objective": "binary:logistic",
                "eval_metric": "logloss",
                "tree_method": "hist",
                "nthread": threads,
                "seed": seed,
                "verbosity": 0,
                **chosen,
            },
            _matrix(rows),
            rounds,
            evals=later,
            early_stopping_rounds=PATIENCE if later else None,
            verbose_eval=False,
        )
        helped = int(model.best_iteration) + 1 if later else rounds
        return Boosted(
            model,
            helped,
            lambda fitted, x: fitted.predict(
                xgboost.DMatrix(x, nthread=threads), iteration_range=(0, helped)
            ),
        )


def _matrix(rows: Rows) -> xgboost.DMatrix:
    return xgboost.DMatrix(rows.values, rows.target, weight=rows.weight)


def _with_threads(model: HistGradientBoostingClassifier, values: Values, threads: int) -> Values:
    with threadpool_limits(threads):
        return np.asarray(model.predict_proba(values)[:, 1])

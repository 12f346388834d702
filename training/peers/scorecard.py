"""A logistic scorecard, as banks make them: optimal binning, weight of evidence, logistic regression."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from optbinning import BinningProcess
from sklearn.linear_model import LogisticRegression

from features.declare import Values
from training.peers.recipe import Rows, Settings, Trial, inside

LEAST_IV = 0.01
"""Information value below which a column stays out, as is usual ("unpredictive" is below 0.02)."""


MOST_BINNED = 15_000
"""Rows from which bins are found: optimal binning costs minutes on more, and its edges hardly move."""


@dataclass(frozen=True, eq=False)
class Carded:
    """Fitted bins and points."""

    bins: BinningProcess
    points: LogisticRegression
    rounds: int = 0

    def share(self, values: Values) -> Values:
        """Expected shares of shape (n,)."""
        return inside(self.points.predict_proba(_evidence(self.bins, values))[:, 1])


class Scorecard:
    """Bins that keep to a rising or falling order where there is one; what is unknown is a bin of its own.

    Bins are found on at most MOST_BINNED rows, the points on all. Trials on the same rows share the bins of a number.
    """

    name = "scorecard"

    def __init__(self) -> None:
        self._of: Rows | None = None
        self._found: dict[int, BinningProcess] = {}

    def suggest(self, trial: Trial) -> Settings:
        """Most bins a column, penalty."""
        return {
            "bins": trial.suggest_int("bins", 5, 15, step=5),
            "strength": trial.suggest_float("strength", 1e-4, 10.0, log=True),
        }

    def fit(
        self, rows: Rows, settings: Settings, *, check: Rows | None = None, seed: int, threads: int = 1
    ) -> Carded:
        """See `Recipe.fit`; there are no rounds, so ``check`` is not looked at."""
        bins = self._bins(rows, settings["bins"], seed)
        points = LogisticRegression(C=settings["strength"], solver="newton-cholesky", max_iter=200)
        values, happened, weight = rows.doubled()
        points.fit(_evidence(bins, values), happened, sample_weight=weight)
        return Carded(bins, points)

    def _bins(self, rows: Rows, most: int, seed: int) -> BinningProcess:
        if self._of is not rows:
            self._of, self._found = rows, {}
        if most not in self._found:
            self._found[most] = _binned(*_thinned(rows, seed).doubled(), most=most)
        return self._found[most]


def _thinned(rows: Rows, seed: int) -> Rows:
    if len(rows) <= MOST_BINNED:
        return rows
    chosen = np.random.default_rng(seed).choice(len(rows), MOST_BINNED, replace=False)
    return rows.take(np.sort(chosen))


def _binned(values: Values, happened: Any, weight: Values, *, most: int) -> BinningProcess:
    names = [f"x{place}" for place in range(values.shape[1])]
    how = {"monotonic_trend": "auto_asc_desc", "solver": "cp"}
    bins = BinningProcess(
        names,
        max_n_prebins=20,
        max_n_bins=most,
        min_bin_size=0.02,
        selection_criteria={"iv": {"min": LEAST_IV}},
        binning_fit_params=dict.fromkeys(names, how),
    )
    with warnings.catch_warnings():
        # optbinning 1.0 writes its totals into a frame of another type (pandas 3)
        warnings.filterwarnings("ignore", message="Setting an item of incompatible dtype")
        bins.fit(values, happened, sample_weight=weight)
    return bins


def _evidence(bins: BinningProcess, values: Values) -> Values:
    return np.asarray(bins.transform(values, metric="woe", metric_missing="empirical"), dtype=np.float64)

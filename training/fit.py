"""The share model: LightGBM on a share between 0 and 1, the same text from the same rows and seed."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import Any, Protocol

import lightgbm
import numpy as np

from features.declare import Values

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How trees are grown. ``rounds`` is the most; ``choose_rounds`` finds how many help.

    Monotone constraints are kept by LightGBM's "basic" method without path smoothing only: with missing values in the
    rows, "intermediate", "advanced" and smoothing each let some trees turn over (LightGBM 4.7; ``training.leanings``
    looks at every tree).
    ``columns`` and ``rows`` are the part of each that a tree is shown.
    ``threads`` is part of the result: sums of floats depend on how rows are cut among threads.
    """

    rounds: int = 400
    leaves: int = 15
    rate: float = 0.05
    least_rows: int = 40
    l2: float = 5.0
    columns: float = 0.7
    rows: float = 1.0
    bins: int = 255
    threads: int = 1
    seed: int = 20170914

    @property
    def parameters(self) -> dict[str, Any]:
        """LightGBM's parameters: cross-entropy, no categorical splits, nothing that varies between runs."""
        return {
            "objective": "cross_entropy",
            "num_leaves": self.leaves,
            "learning_rate": self.rate,
            "min_data_in_leaf": self.least_rows,
            "lambda_l2": self.l2,
            "feature_fraction": self.columns,
            "bagging_fraction": self.rows,
            "bagging_freq": int(self.rows < 1),
            "max_bin": self.bins,
            "monotone_constraints_method": "basic",
            "zero_as_missing": False,
            "feature_pre_filter": False,
            "deterministic": True,
            "force_row_wise": True,
            "num_threads": self.threads,
            "seed": self.seed,
            "verbosity": -1,
        }

    def named(self) -> dict[str, Any]:
        """As logged with a run."""
        return asdict(self)


class Grow(Protocol):
    """Whoever grows trees as `fit` does, here or on a cluster (`operations.spark`)."""

    def __call__(
        self,
        values: Values,
        target: Values,
        weight: Values,
        *,
        names: Sequence[str],
        monotone: Sequence[int],
        settings: Settings,
        progress: Progress | None = None,
    ) -> str:
        """LightGBM's text."""
        ...


def fit(
    values: Values,
    target: Values,
    weight: Values,
    *,
    names: Sequence[str],
    monotone: Sequence[int],
    settings: Settings,
    progress: Progress | None = None,
    network: Mapping[str, Any] | None = None,
) -> str:
    """LightGBM's text of a model of ``target`` (shape (n,), 0 to 1) on values of shape (n, features), NaN unknown.

    ``network``: LightGBM's parameters of this process's place among several that each hold a part of the rows and get
    the same text, which names no machine. Raises ValueError for no rows, or a target outside [0, 1].
    """
    if network:
        lightgbm.register_logger(logging.getLogger(__name__))  # which keeps who met whom to itself
    rows = _dataset(values, target, weight, names, monotone, settings, network or {})
    booster = lightgbm.train(
        {**_parameters(settings, monotone), **(network or {})},
        rows,
        num_boost_round=settings.rounds,
        callbacks=[telling(progress, settings.rounds)] if progress else None,
    )
    text = str(booster.model_to_string())
    if network:
        booster.free_network()
        text = re.sub(r"^\[(machines|local_listen_port): .*\]\n", "", text, flags=re.MULTILINE)
    return text


def choose_rounds(
    earlier: tuple[Values, Values, Values],
    later: tuple[Values, Values, Values],
    *,
    names: Sequence[str],
    monotone: Sequence[int],
    settings: Settings,
    patience: int = 40,
) -> tuple[Settings, float]:
    """Settings with the rounds that help on later rows, and the cross-entropy reached there.

    ``earlier`` and ``later`` are (values, target, weight) of the training part alone, split by time.
    """
    rows = _dataset(*earlier, names, monotone, settings)
    check = lightgbm.Dataset(
        later[0], later[1], weight=later[2], reference=rows, feature_name=list(names), free_raw_data=False
    )
    reached: dict[str, dict[str, list[float]]] = {}
    booster = lightgbm.train(
        {**_parameters(settings, monotone), "metric": "cross_entropy"},
        rows,
        num_boost_round=settings.rounds,
        valid_sets=[check],
        valid_names=["later"],
        callbacks=[
            lightgbm.record_evaluation(reached),
            lightgbm.early_stopping(patience, verbose=False),
        ],
    )
    best = max(int(booster.best_iteration), 1)
    return replace(settings, rounds=best), float(reached["later"]["cross_entropy"][best - 1])


def importance(text: str) -> dict[str, float]:
    """Gain of each feature by name, weightiest first."""
    booster = lightgbm.Booster(model_str=text)
    gains = zip(booster.feature_name(), booster.feature_importance("gain"), strict=True)
    return dict(sorted(((name, float(gain)) for name, gain in gains), key=lambda pair: (-pair[1], pair[0])))


def _dataset(
    values: Values,
    target: Values,
    weight: Values,
    names: Sequence[str],
    monotone: Sequence[int],
    settings: Settings,
    network: Mapping[str, Any] = MappingProxyType({}),
) -> lightgbm.Dataset:
    if not len(target):
        raise ValueError("no rows to train on")
    if not ((target >= 0) & (target <= 1)).all():
        raise ValueError("the target must be a share between 0 and 1: drop rows that were not followed first")
    return lightgbm.Dataset(
        np.ascontiguousarray(values),
        target,
        weight=weight,
        feature_name=list(names),
        categorical_feature=[],
        params={**_parameters(settings, monotone), **network},
        free_raw_data=False,
    )


def _parameters(settings: Settings, monotone: Sequence[int]) -> dict[str, Any]:
    return {**settings.parameters, "monotone_constraints": list(monotone)}


def telling(progress: Progress, rounds: int) -> Callable[[Any], None]:
    """A callback of LightGBM that tells each tree."""

    def tell(environment: Any) -> None:
        progress("trees", environment.iteration + 1, rounds)

    return tell

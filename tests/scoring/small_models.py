"""Small LightGBM models and rows of every awkward kind, for the tests of trees and contributions."""

from __future__ import annotations

from dataclasses import dataclass

import lightgbm
import numpy as np
from hypothesis import reject
from hypothesis import strategies as st
from numpy.typing import NDArray

EDGE = float(np.float32(1e-35))
AWKWARD = np.array(
    [np.nan, np.inf, -np.inf, 0.0, -0.0, EDGE, -EDGE, 1e-36, -1e-36, 2e-35, -2e-35, 1e300, -1e300]
)


@dataclass(frozen=True, slots=True)
class Trained:
    """A model and rows to ask it about, seen in training and not."""

    booster: lightgbm.Booster
    rows: NDArray[np.float64]

    @property
    def text(self) -> str:
        return self.booster.model_to_string()

    def raw(self) -> NDArray[np.float64]:
        return self.booster.predict(self.rows, raw_score=True, num_threads=1)

    def contributions(self) -> NDArray[np.float64]:
        """(n, features + 1): pred_contrib, the expected value last."""
        return self.booster.predict(self.rows, pred_contrib=True, num_threads=1)


def train(
    X: NDArray[np.float64],
    y: NDArray[np.float64],
    *,
    trees: int = 5,
    categories: tuple[int, ...] = (),
    **params: object,
) -> lightgbm.Booster:
    """A model of a share in [0, 1], unless params say otherwise; ``categories`` are columns of whole numbers."""
    settings = {
        "objective": "cross_entropy",
        "num_threads": 1,
        "verbosity": -1,
        "min_data_in_leaf": 1,
        "min_sum_hessian_in_leaf": 1e-6,
        "min_data_in_bin": 1,
        "feature_pre_filter": False,
        **params,
    }
    data = lightgbm.Dataset(X, y, categorical_feature=list(categories), params={"verbosity": -1})
    return lightgbm.train(settings, data, trees)


def made_rows(rng: np.random.Generator, *, rows: int, features: int, awkward: float) -> NDArray[np.float64]:
    """Numbers on several scales, some columns in steps, one constant at times, a share of them awkward."""
    X = rng.normal(size=(rows, features)) * 10.0 ** rng.integers(-2, 7, size=features)
    steps = rng.random(features) < 0.4
    X[:, steps] = np.round(X[:, steps] / np.abs(X[:, steps]).max(axis=0) * 4)
    X[:, rng.random(features) < 0.1] = 7.0
    holes = rng.random(X.shape) < awkward
    return np.where(holes, rng.choice(AWKWARD, size=X.shape), X)


def made_shares(rng: np.random.Generator, X: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares that depend on the numbers and on which of them are missing."""
    known = np.clip(np.nan_to_num(X, posinf=3.0, neginf=-3.0), -3, 3)
    signal = known @ rng.normal(size=X.shape[1]) + np.isnan(X) @ rng.normal(size=X.shape[1])
    return 1 / (1 + np.exp(-signal - known[:, 0] * known[:, -1] + rng.normal(size=len(X))))


@st.composite
def trained_models(draw: st.DrawFn) -> Trained:
    """Deep, flat and one-leaf models over few features (asked again and again on a path) or many."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1), label="seed"))
    features = draw(st.sampled_from([3, 12, 12, 2, 1]), label="features")
    rows = draw(st.sampled_from([300, 300, 300, 60, 2]), label="rows")
    X = made_rows(
        rng, rows=rows, features=features, awkward=draw(st.sampled_from([0.16, 0.5, 0.0]), label="awkward")
    )
    settings = {
        "trees": draw(st.integers(1, 6), label="trees"),
        "num_leaves": draw(st.sampled_from([31, 64, 8, 3, 2]), label="leaves"),
        "zero_as_missing": draw(st.booleans(), label="zero_as_missing"),
        "use_missing": draw(st.booleans(), label="use_missing"),
        "max_bin": draw(st.sampled_from([255, 255, 16, 3]), label="max_bin"),
        "learning_rate": draw(st.sampled_from([0.05, 1.0]), label="learning_rate"),
        "extra_trees": draw(st.booleans(), label="extra_trees"),
        "boosting": draw(st.sampled_from(["gbdt", "dart"]), label="boosting"),
    }
    try:
        booster = train(X, made_shares(rng, X), **settings)
    except lightgbm.basic.LightGBMError:  # its own check of counts fails on a few made tables
        reject()
    unseen = made_rows(rng, rows=40, features=features, awkward=0.4)
    return Trained(booster=booster, rows=np.concatenate([X[:40], unseen]))


def plain_model(*, trees: int = 5, leaves: int = 8, features: int = 4, seed: int = 3) -> Trained:
    """A model with nothing awkward but missing numbers."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(400, features))
    X[rng.random(X.shape) < 0.16] = np.nan
    return Trained(booster=train(X, made_shares(rng, X), trees=trees, num_leaves=leaves), rows=X[:100])

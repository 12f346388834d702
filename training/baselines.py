"""What anyone would use: the mean alone, and a logistic regression on the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from sklearn.feature_selection import VarianceThreshold
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from features.declare import Values
from training.figures import logit

MONEY = ("CNY", "CNY/month")


class Peer(Protocol):
    """A fitted model that gives raw log-odds."""

    def raw(self, values: Values) -> Values:
        """Log-odds of shape (n,) of values of shape (n, features)."""
        ...


class MeanOnly:
    """The weighted mean of the training rows, for everyone."""

    def __init__(self, target: Values, weight: Values) -> None:
        self.share = float(weight @ target / weight.sum())

    def raw(self, values: Values) -> Values:
        """The same log-odds for every row."""
        return np.full(len(values), logit(np.array([self.share]))[0])


class Logistic:
    """Logistic regression of the share: amounts on a log scale, gaps filled by the median and marked, standardised.

    scikit-learn takes classes only: each row enters as a success of weight w·y and a failure of weight w·(1 − y),
    which has the same likelihood as the fractional logit (Papke & Wooldridge 1996).
    """

    def __init__(
        self, values: Values, target: Values, weight: Values, *, units: Sequence[str], strength: float = 0.1
    ) -> None:
        self.money = np.array([unit in MONEY for unit in units])
        weights = np.concatenate([weight * target, weight * (1 - target)])
        counts = weights > 0
        doubled = np.concatenate([self._scaled(values)] * 2)[counts]
        happened = np.repeat([1, 0], len(target))[counts]
        self.pipeline: Pipeline = make_pipeline(
            SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True),
            VarianceThreshold(),  # what is the same for all, such as a family that nobody was asked about
            StandardScaler(),
            FunctionTransformer(_within),
            LogisticRegression(C=strength, solver="newton-cholesky", max_iter=200),
        )
        self.pipeline.fit(doubled, happened, logisticregression__sample_weight=weights[counts])

    def raw(self, values: Values) -> Values:
        """Log-odds of shape (n,)."""
        return np.asarray(self.pipeline.decision_function(self._scaled(values)))

    def _scaled(self, values: Values) -> Values:
        return np.where(self.money, np.sign(values) * np.log1p(np.abs(values)), values)


def _within(standard: Values) -> Values:
    """Ten standard deviations at most: one strange row must not decide a line."""
    return np.clip(standard, -10.0, 10.0)

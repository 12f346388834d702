"""What a peer is: a recipe that can be tuned and fitted, and a fitted model that expects shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from features.declare import Values
from training.sample import Sample

INSIDE = (1e-4, 1 - 1e-4)
"""Expected shares are kept from exactly 0 and 1, which have no log-odds."""
PATIENCE = 20
"""Rounds without a gain on later rows after which a booster stops."""

Settings = Mapping[str, Any]


class Trial(Protocol):
    """What a recipe asks for its settings: Optuna's trial."""

    def suggest_float(
        self, name: str, low: float, high: float, *, step: float | None = None, log: bool = False
    ) -> float:
        """A number."""
        ...

    def suggest_int(self, name: str, low: int, high: int, *, step: int = 1, log: bool = False) -> int:
        """A whole number."""
        ...


@dataclass(frozen=True, eq=False)
class Rows:
    """What a peer sees: values of shape (n, columns) with NaN unknown, shares and weights of shape (n,).

    Columns that were the same for all training rows are gone: some libraries refuse them, and they tell nothing.
    """

    values: Values
    target: Values
    weight: Values

    def __len__(self) -> int:
        return len(self.target)

    def take(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> Rows:
        """The rows named."""
        return replace(
            self, values=self.values[chosen], target=self.target[chosen], weight=self.weight[chosen]
        )

    def doubled(self) -> tuple[Values, NDArray[np.int64], Values]:
        """(values, happened, weight): each row as a success of weight w·y and a failure of weight w·(1 − y).

        For libraries that learn classes only: the likelihood is that of the share (Papke & Wooldridge 1996).
        """
        weights = np.concatenate([self.weight * self.target, self.weight * (1 - self.target)])
        counts = weights > 0
        happened = np.repeat([1, 0], len(self))[counts]
        return np.concatenate([self.values] * 2)[counts], happened, weights[counts]


class Fitted(Protocol):
    """A fitted peer."""

    @property
    def rounds(self) -> int:
        """Trees that helped on later rows, 0 for a model without rounds."""
        ...

    def share(self, values: Values) -> Values:
        """Expected shares of shape (n,), inside (0, 1)."""
        ...


class Recipe(Protocol):
    """How a peer is made. ``fit`` stops early on ``check`` when it is given, else grows ``settings['rounds']``."""

    @property
    def name(self) -> str:
        """As shown in the table."""
        ...

    def suggest(self, trial: Trial) -> Settings:
        """Settings of a trial."""
        ...

    def fit(
        self, rows: Rows, settings: Settings, *, check: Rows | None = None, seed: int, threads: int = 1
    ) -> Fitted:
        """A model of the rows; the same rows, settings, seed and threads give the same model."""
        ...


def telling(values: Values) -> NDArray[np.bool_]:
    """Which columns hold at least two different known values."""
    known = ~np.isnan(values)
    low = np.where(known, values, np.inf).min(axis=0, initial=np.inf)
    high = np.where(known, values, -np.inf).max(axis=0, initial=-np.inf)
    return np.asarray(high > low)


def rows_of(sample: Sample, columns: NDArray[np.bool_]) -> Rows:
    """A sample's rows as peers see them."""
    return Rows(np.ascontiguousarray(sample.values[:, columns]), sample.target, sample.weight)


def inside(share: ArrayLike) -> Values:
    """Shares kept from exactly 0 and 1."""
    return np.asarray(np.clip(np.asarray(share, dtype=np.float64), *INSIDE))

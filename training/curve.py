"""The curve's training rows and fit: obligations closed and open, by every horizon that they were followed for.

A row is one obligation on one date, one horizon, one threshold: did the share performed by then exceed it? An
obligation still open adds the horizons that have passed. Of the thresholds a few are drawn for each horizon, evenly
over the marks; the rows of an obligation share the weight of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from features.catalogue import CATALOGUE
from features.declare import Catalogue, Values
from scoring.bundle import CurvePart
from scoring.curve import GRID, HORIZONS, MARKS
from training.fit import Progress, Settings, telling

CURVE = Settings(rounds=300, leaves=31, rate=0.08, least_rows=80)
DRAWN = 2
"""Thresholds drawn for each obligation, date and horizon."""
GRID_LEANS = (1, -1)
"""More is performed by a later day; a higher threshold is exceeded less often."""


@dataclass(frozen=True, eq=False)
class Cells:
    """Training rows of the curve: ``row`` of the values, horizon, threshold, whether exceeded, weight. All (n,)."""

    row: NDArray[np.int64]
    horizon: Values
    threshold: Values
    exceeded: Values
    weight: Values


def cells(shares: Values, weight: Values, *, seed: int, drawn: int = DRAWN) -> Cells:
    """Rows drawn from shares (n, 4), NaN where not followed, of obligations with weights (n,)."""
    row, place = np.nonzero(~np.isnan(shares))
    rng = np.random.default_rng(seed)
    first = rng.random(len(row))
    steps = np.arange(drawn) / drawn
    mark = ((((first[:, None] + steps) % 1.0) * len(MARKS)).astype(np.int64)).ravel()
    row, place = np.repeat(row, drawn), np.repeat(place, drawn)
    per_row = np.bincount(row, minlength=len(shares))
    threshold = np.array(MARKS)[mark]
    reached = shares[row, place]
    exceeded = np.where(mark == len(MARKS) - 1, reached >= MARKS[-1], reached > threshold)
    return Cells(
        row=row,
        horizon=np.array(HORIZONS, dtype=float)[place],
        threshold=threshold,
        exceeded=exceeded.astype(float),
        weight=weight[row] / np.maximum(per_row[row], 1),
    )


def small_curve(
    values: Values, shares: Values, weight: Values, *, catalogue: Catalogue = CATALOGUE
) -> CurvePart:
    """A curve of few trees, neither calibrated nor conformal: enough to answer, for towns on paper."""
    settings = Settings(rounds=20, leaves=7, rate=0.2, least_rows=15)
    found = cells(shares, weight, seed=1)
    return CurvePart(
        fit_curve(values, found, names=catalogue.names, monotone=catalogue.monotone, settings=settings)
    )


def fit_curve(
    values: Values,
    found: Cells,
    *,
    names: Sequence[str],
    monotone: Sequence[int],
    settings: Settings = CURVE,
    progress: Progress | None = None,
) -> str:
    """LightGBM's text of the curve, from values (n, features) and cells that point to them."""
    parameters = _parameters(settings, monotone)
    rows = _dataset(values, found, names, parameters)
    callbacks = [telling(progress, settings.rounds)] if progress else None
    booster = lightgbm.train(parameters, rows, num_boost_round=settings.rounds, callbacks=callbacks)
    return str(booster.model_to_string())


def choose_curve_rounds(
    earlier: tuple[Values, Cells],
    later: tuple[Values, Cells],
    *,
    names: Sequence[str],
    monotone: Sequence[int],
    settings: Settings,
    patience: int = 25,
) -> Settings:
    """Settings with the number of trees that helps on later rows; both are (values, cells)."""
    parameters = {**_parameters(settings, monotone), "metric": "cross_entropy"}
    rows = _dataset(*earlier, names, parameters)
    check = _dataset(*later, names, parameters, reference=rows)
    booster = lightgbm.train(
        parameters,
        rows,
        num_boost_round=settings.rounds,
        valid_sets=[check],
        callbacks=[lightgbm.early_stopping(patience, verbose=False)],
    )
    return replace(settings, rounds=max(int(booster.best_iteration), 1))


def _parameters(settings: Settings, monotone: Sequence[int]) -> dict[str, Any]:
    return {**settings.parameters, "monotone_constraints": [*monotone, *GRID_LEANS]}


def _dataset(
    values: Values,
    found: Cells,
    names: Sequence[str],
    parameters: dict[str, Any],
    *,
    reference: lightgbm.Dataset | None = None,
) -> lightgbm.Dataset:
    """Rows of the curve as 32-bit floats: half the room, and bins hardly notice."""
    wide = np.empty((len(found.row), values.shape[1] + len(GRID)), dtype=np.float32)
    wide[:, : values.shape[1]] = values[found.row]
    wide[:, -2], wide[:, -1] = found.horizon, found.threshold
    return lightgbm.Dataset(
        wide,
        found.exceeded,
        weight=found.weight,
        feature_name=[*names, *GRID],
        categorical_feature=[],
        params=parameters,
        reference=reference,
        free_raw_data=True,
    )

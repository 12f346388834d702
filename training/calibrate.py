"""Calibration on a later slice than training: slope and shift by weighted cross-entropy, slope above 0."""

from __future__ import annotations

import numpy as np

from features.declare import Values
from scoring.calibration import Calibration

FLATTEST = 0.05
"""The least slope: a slice in which the model's order turns over must not turn debtors' order over."""
_PRIOR = 1.0
"""Rows' worth of pull towards slope 1, shift 0: keeps a tiny or one-sided slice finite."""


def calibrate(raw: Values, outcome: Values, weight: Values) -> Calibration:
    """The map from raw log-odds to shares that fits the slice best. All of shape (n,); outcome 0 to 1.

    Newton's steps on weighted cross-entropy, with a prior of one row's weight. Raises ValueError for an empty slice.
    """
    if not len(raw):
        raise ValueError("no rows to calibrate on: the later slice is empty")
    design = np.column_stack([raw, np.ones(len(raw))])
    at = np.array([1.0, 0.0])
    for _ in range(50):
        share = Calibration(max(at[0], FLATTEST), at[1]).share(raw)
        gradient = design.T @ (weight * (outcome - share)) - _PRIOR * (at - [1.0, 0.0])
        curve = (design * (weight * share * (1 - share))[:, None]).T @ design + _PRIOR * np.eye(2)
        step = np.linalg.solve(curve, gradient)
        at = at + np.clip(step, -2.0, 2.0)
        if np.abs(step).max() < 1e-12:
            break
    if at[0] >= FLATTEST:
        return Calibration(float(at[0]), float(at[1]))
    return Calibration(FLATTEST, _shift(raw, outcome, weight))


def _shift(raw: Values, outcome: Values, weight: Values) -> float:
    """The shift that matches the mean at the flattest slope."""
    low, high = -50.0, 50.0
    mean = float(weight @ outcome / weight.sum())
    for _ in range(80):
        middle = (low + high) / 2
        if float(weight @ Calibration(FLATTEST, middle).share(raw) / weight.sum()) < mean:
            low = middle
        else:
            high = middle
    return (low + high) / 2

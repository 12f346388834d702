"""Whether compiled loops answer as plain ones do, of this model on this machine: asked before a night relies on it."""

from __future__ import annotations

import numpy as np

from features.declare import Values
from scoring import _kernel, loops
from scoring.bundle import Bundle
from scoring.cautious import lowest

EQUAL = 1e-9
"""How far answers may lie apart, of 1 or of their own size where that is more."""
ROWS = _kernel.FEW + 8
"""Made rows: more than are answered one by one."""


def prove(bundle: Bundle) -> loops.Refusal | None:
    """Ask compiled and plain loops the same; where they differ, plain ones answer in this process from here on.

    Rows are made of the model's own thresholds, where a comparison is closest to going wrong, and of nothing known.
    Returns why compiled loops are not used, if they are not.
    """
    if loops.refusal() is None:
        rows = _made_rows(bundle)
        compiled = _answers(bundle, rows)
        with loops.plain():
            plain = _answers(bundle, rows)
        for name, answer in plain.items():
            apart = np.abs(compiled[name] - answer) / np.maximum(1.0, np.abs(answer))
            if not (apart <= EQUAL).all():
                loops.refuse(loops.DIFFERS, f"{name} by {np.nanmax(apart):.1e}")
    return loops.refusal()


def _answers(bundle: Bundle, rows: Values) -> dict[str, Values]:
    raw, odds = bundle.trees.raw(rows), bundle.curve.raw(rows)
    return {
        "raw score": raw,
        "raw score of one row": bundle.trees.raw(rows[:1]),
        "contributions": bundle.explain.of(rows),
        "contributions of one row": bundle.explain.of(rows[:1]),
        "cautious score": lowest(bundle.trees, rows),
        "odds of the curve": odds,
        "curve": bundle.curve.tilted(odds, bundle.calibration.share(raw)).exceed,
    }


def _made_rows(bundle: Bundle) -> Values:
    rng = np.random.default_rng(0)
    tables = bundle.trees.tables
    rows = np.full((ROWS, len(bundle.names)), np.nan)
    for feature in np.unique(tables.feature):
        rows[:, feature] = rng.choice(tables.threshold[tables.feature == feature], ROWS)
    rows[rng.random(rows.shape) < 0.3] = np.nan
    return rows

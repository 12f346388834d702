"""Plots for the model card, as PNG. Labels are English: not every machine has a Chinese font."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure as Drawing

from features.declare import Values
from training.figures import bins_of

_INK, _SOFT = "#1f4e79", "#9aa7b4"


def calibration_plot(outcome: Values, expected: Values, weight: Values) -> bytes:
    """Mean outcome against mean expected share in ten bins of equal weight."""
    drawing = Drawing(figsize=(4.6, 4.2), layout="constrained")
    axes = drawing.subplots()
    curve = np.array(bins_of(outcome, expected, weight))
    axes.plot([0, 1], [0, 1], color=_SOFT, linewidth=1, linestyle="--", label="calibrated")
    axes.plot(curve[:, 0], curve[:, 1], color=_INK, marker="o", markersize=4, label="test rows, ten bins")
    axes.set(xlabel="expected share", ylabel="share that came true", xlim=(0, 1), ylim=(0, 1))
    axes.legend(frameon=False, loc="upper left")
    return _png(drawing)


def gain_plot(outcome: Values, expected: Mapping[str, Values], weight: Values) -> bytes:
    """Part of all performed share that lies in the first part of a queue, by each model that ranks."""
    drawing = Drawing(figsize=(4.6, 4.2), layout="constrained")
    axes = drawing.subplots()
    axes.plot([0, 1], [0, 1], color=_SOFT, linewidth=1, linestyle="--", label="no order")
    ranking = {name: share for name, share in expected.items() if np.ptp(share) > 0}
    for name, share in ranking.items():
        order = np.argsort(-share, kind="stable")
        held, won = weight[order].cumsum(), (weight * outcome)[order].cumsum()
        axes.plot(np.r_[0, held / held[-1]], np.r_[0, won / max(won[-1], 1e-12)], linewidth=1.4, label=name)
    axes.set(xlabel="part of the queue", ylabel="part of the share performed", xlim=(0, 1), ylim=(0, 1))
    axes.legend(frameon=False, loc="lower right")
    return _png(drawing)


def risk_plot(risk: Values, scored: float) -> bytes:
    """Brier score of the rows kept against their part, (2, n); a line where the floor on information stands."""
    drawing = Drawing(figsize=(4.6, 3.6), layout="constrained")
    axes = drawing.subplots()
    axes.plot(risk[0], risk[1], color=_INK, linewidth=1.4, label="least known dropped first")
    axes.axvline(scored, color=_SOFT, linewidth=1, linestyle="--", label="above the floor")
    axes.set(xlabel="part of rows with a score", ylabel="Brier score of them", xlim=(0, 1.02))
    axes.legend(frameon=False, loc="lower left")
    return _png(drawing)


def importance_plot(gains: Mapping[str, float], *, most: int = 20) -> bytes:
    """Gain of the weightiest features, as part of all gain."""
    chosen: Sequence[tuple[str, float]] = list(gains.items())[:most][::-1]
    total = sum(gains.values()) or 1.0
    drawing = Drawing(figsize=(6.4, 0.5 + 0.26 * max(len(chosen), 1)), layout="constrained")
    axes = drawing.subplots()
    axes.barh([name for name, _ in chosen], [gain / total for _, gain in chosen], color=_INK)
    axes.set(xlabel="part of the gain")
    axes.tick_params(axis="y", labelsize=8)
    return _png(drawing)


def _png(drawing: Drawing) -> bytes:
    held = io.BytesIO()
    drawing.savefig(held, format="png", dpi=110, metadata={"Software": None})
    return held.getvalue()

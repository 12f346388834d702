"""From samples to the bundle's curve: trees on open and closed obligations, slope, levels of likely sets."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import numpy as np

from features.declare import Values
from scoring.bundle import CurvePart
from scoring.curve import HEADLINE, HORIZONS, MARKS, CurveModel
from scoring.groups import kinds
from training.conformal import levels
from training.curve import cells, fit_curve
from training.fit import Settings
from training.leanings import refuse_crossed
from training.masking import draw_hidden, masked
from training.sample import Sample, joined

SLOPES = np.exp(np.linspace(np.log(0.5), np.log(2.0), 29))
"""Slopes tried on later rows."""


class Headline(Protocol):
    """A model of the expected share."""

    def share(self, values: Values) -> Values:
        """Expected shares (n,) of values (n, features)."""
        ...


def learn_curve(
    rows: Sample,
    later: Sample,
    headline: Headline,
    *,
    settings: Settings,
    copies: int | None,
    seed: int,
) -> CurvePart:
    """The curve learned from ``rows`` (by every horizon followed), tilted to ``headline`` and calibrated on later ones.

    ``copies`` None hides nothing, neither in training nor for the levels.
    """
    shown = rows if copies is None else _half_hidden(rows, seed)
    text = fit_curve(
        shown.values,
        cells(shown.shares, shown.weight, seed=seed),
        names=rows.catalogue.names,
        monotone=rows.catalogue.monotone,
        settings=replace(settings, seed=seed),
    )
    refuse_crossed(text, (*rows.catalogue.monotone, 1, -1))
    model = CurveModel.parse(text)
    checked = later if copies is None else joined(later, _hidden(later, seed + 2))
    share = headline.share(checked.values)
    raw = model.raw(checked.values)
    slope = best_slope(model, raw, share, checked)
    exceed = replace(model, slope=slope).tilted(raw, share).exceed[:, HORIZONS.index(HEADLINE)]
    found = levels(
        exceed,
        checked.target,
        checked.weight,
        band=checked.bands,
        kind=kinds(checked.values, checked.catalogue),
        seed=seed,
    )
    return CurvePart(text, slope, found)


def best_slope(model: CurveModel, raw: Values, share: Values, checked: Sample) -> float:
    """The slope with which the tilted curve has the least cross-entropy over the marks at twelve months."""
    exceeded = checked.target[:, None] > np.array(MARKS)[None, :]
    exceeded[:, -1] = checked.target >= MARKS[-1]
    losses = []
    for slope in SLOPES:
        curve = replace(model, slope=float(slope)).tilted(raw, share)
        chance = np.clip(curve.exceed[:, HORIZONS.index(HEADLINE)], 1e-9, 1 - 1e-9)
        loss = -np.where(exceeded, np.log(chance), np.log1p(-chance)).mean(axis=1)
        losses.append(float(checked.weight @ loss))
    return float(SLOPES[int(np.argmin(losses))])


def _half_hidden(rows: Sample, seed: int) -> Sample:
    """Half of the rows, drawn at random, with families hidden in place."""
    rng = np.random.default_rng(seed)
    hidden = draw_hidden(len(rows), rng) & (rng.random(len(rows)) < 0.5)[:, None]
    return replace(rows, values=masked(rows.values, hidden, rows.catalogue))


def _hidden(rows: Sample, seed: int) -> Sample:
    rng = np.random.default_rng(seed)
    return replace(rows, values=masked(rows.values, draw_hidden(len(rows), rng), rows.catalogue))

"""From samples to the bundle's curve: trees on open and closed obligations, slope, levels of likely sets."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import numpy as np

from features.declare import Values
from scoring.bundle import CurvePart
from scoring.curve import HORIZONS, MARKS, CurveModel, mean_weights
from scoring.groups import kinds
from scoring.hidden import masked, never_asked
from scoring.likely import room
from training.conformal import levels
from training.curve import GRID_LEANS, cells, choose_curve_rounds, fit_curve
from training.fit import Progress, Settings
from training.leanings import refuse_crossed
from training.masking import draw_hidden
from training.sample import Sample, joined
from training.splits import out_of_time

SLOPES = np.exp(np.linspace(np.log(0.5), np.log(2.0), 29))
"""Slopes tried on later rows."""
INNER = 0.25
"""Last part of the rows on which the number of trees is chosen."""


class Headline(Protocol):
    """A model of the expected share."""

    def share(self, values: Values) -> Values:
        """Expected shares (n,) of values (n, features)."""
        ...


def grow_curve(
    rows: Sample,
    *,
    settings: Settings,
    copies: int | None,
    seed: int,
    months: int,
    progress: Progress | None = None,
) -> CurvePart:
    """The curve's trees, learned by every horizon that ``rows`` were followed for; half of them with families hidden.

    ``copies`` None hides nothing. The number of trees is chosen on the later rows.
    """
    shown = rows if copies is None else _half_hidden(rows, seed)
    about = {"names": rows.catalogue.names, "monotone": rows.catalogue.monotone}
    parts = [shown.take(part) for part in out_of_time(rows.as_of, rows.party, fraction=INNER)]
    inner, check = ((part.values, cells(part.shares, part.weight, seed=seed)) for part in parts)
    best = choose_curve_rounds(inner, check, settings=replace(settings, seed=seed), **about)  # type: ignore[arg-type]
    text = fit_curve(
        shown.values,
        cells(shown.shares, shown.weight, seed=seed),
        settings=best,
        progress=progress,
        **about,  # type: ignore[arg-type]
    )
    refuse_crossed(text, (*rows.catalogue.monotone, *GRID_LEANS))
    return CurvePart(text, months=months)


def completed(model: CurveModel, rows: Sample) -> Sample:
    """Rows with the headline's share as target; where its day has not come, what the curve expects of it.

    Given the share performed by the last horizon that was followed, an obligation is taken to keep its place among its
    like: E[share | place], the place being what the curve at that horizon says of the share. So an obligation still
    open is neither dropped nor taken for a zero, and nothing performed in half the time speaks against it.
    """
    at = HORIZONS.index(model.months)
    target = rows.shares[:, at].copy()
    waiting = np.isnan(target)
    for place in range(at):
        followed = (
            waiting & ~np.isnan(rows.shares[:, place]) & np.isnan(rows.shares[:, place + 1 : at]).all(axis=1)
        )
        if followed.any():
            raw = model.raw(rows.values[followed])
            exceed = model.shifted(raw, np.zeros(len(raw))).exceed
            target[followed] = _kept_place(exceed[:, place], exceed[:, at], rows.shares[followed, place])
    later = np.isnan(target)
    if later.any():
        raw = model.raw(rows.values[later])
        target[later] = model.shifted(raw, np.zeros(len(raw))).mean(model.months)
    return replace(rows, target=np.clip(target, 0.0, 1.0))


def finish_curve(
    part: CurvePart, later: Sample, headline: Headline, *, copies: int | None, seed: int
) -> CurvePart:
    """Slope and levels of likely sets on later rows, as they came and with families hidden (``copies`` None: not)."""
    checked = later if copies is None else joined(later, _hidden(later, seed + 2))
    share, model = headline.share(checked.values), part.model
    raw = model.raw(checked.values)
    model = replace(model, slope=best_slope(model, raw, share, checked))
    at = HORIZONS.index(model.months)
    alone = never_asked(checked.values, checked.catalogue)
    found = levels(
        model.tilted(raw, share).exceed[:, at],
        room(model.curve(alone, headline.share(alone)).exceed[:, at]),
        checked.target,
        checked.weight,
        band=checked.bands,
        kind=kinds(checked.values, checked.catalogue),
    )
    return replace(part, slope=model.slope, levels=found)


def best_slope(model: CurveModel, raw: Values, share: Values, checked: Sample) -> float:
    """The slope with which the tilted curve has the least cross-entropy over the marks at the headline's months."""
    exceeded = checked.target[:, None] > np.array(MARKS)[None, :]
    exceeded[:, -1] = checked.target >= MARKS[-1]
    losses = []
    for slope in SLOPES:
        curve = replace(model, slope=float(slope)).tilted(raw, share)
        chance = np.clip(curve.exceed[:, HORIZONS.index(model.months)], 1e-9, 1 - 1e-9)
        loss = -np.where(exceeded, np.log(chance), np.log1p(-chance)).mean(axis=1)
        losses.append(float(checked.weight @ loss))
    return float(SLOPES[int(np.argmin(losses))])


def _kept_place(before: Values, then: Values, share: Values) -> Values:
    """E[share then] (n,) of obligations that had ``share`` (n,) before and keep their place.

    ``before`` and ``then``: P(share > mark), (n, marks). Whoever had nothing has any of the places of those with
    nothing: the mean of max(S_then − S_before(0), 0) ÷ (1 − S_before(0)) over shares.
    """
    nothing = np.maximum(then - before[:, :1], 0.0) @ mean_weights() / np.maximum(1.0 - before[:, 0], 1e-9)
    edges = np.array(MARKS)
    kept = np.array(
        [
            np.interp(-np.interp(had, edges, s_before), -s_then, edges, right=1.0)
            for had, s_before, s_then in zip(share, before, then, strict=True)
        ]
    )
    reached = np.where(share >= MARKS[-1], 1.0, np.maximum(kept, share))
    return np.where(share <= 0, nothing, reached)


def _half_hidden(rows: Sample, seed: int) -> Sample:
    """Half of the rows, drawn at random, with families hidden in place."""
    rng = np.random.default_rng(seed)
    hidden = draw_hidden(len(rows), rng) & (rng.random(len(rows)) < 0.5)[:, None]
    return replace(rows, values=masked(rows.values, hidden, rows.catalogue))


def _hidden(rows: Sample, seed: int) -> Sample:
    rng = np.random.default_rng(seed)
    return replace(rows, values=masked(rows.values, draw_hidden(len(rows), rng), rows.catalogue))

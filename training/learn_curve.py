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

    Given that ``low`` was performed by a horizon already followed, E[share | share ≥ low] = low + ∫ S(t) dt ÷ S(low)
    over t from low to 1: an obligation still open is neither dropped nor taken for a zero.
    """
    at = HORIZONS.index(model.months)
    known = ~np.isnan(rows.shares[:, at])
    target = rows.shares[:, at].copy()
    waiting = np.flatnonzero(~known)
    if len(waiting):
        raw = model.raw(rows.values[waiting])
        exceed = model.shifted(raw, np.zeros(len(raw))).exceed[:, at]
        low = np.nan_to_num(np.fmax.reduce(rows.shares[waiting, :at], axis=1, initial=0.0))
        target[waiting] = _beyond(exceed, low)
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


def _beyond(exceed: Values, low: Values) -> Values:
    """E[share | share ≥ low] (n,) of distributions (n, marks), linear between marks."""
    edges = np.array([*MARKS, 1.0])
    heights = np.concatenate([exceed, exceed[:, -1:]], axis=1)
    start = np.clip(low[:, None], edges[:-1], edges[1:])
    slope = (heights[:, 1:] - heights[:, :-1]) / (edges[1:] - edges[:-1])
    at_start = heights[:, :-1] + slope * (start - edges[:-1])
    area = ((edges[1:] - start) * (at_start + heights[:, 1:]) / 2).sum(axis=1)
    place = np.clip(np.searchsorted(edges, low, side="right") - 1, 0, len(MARKS) - 1)
    here = at_start[np.arange(len(low)), place]
    return np.where(low > 0, low + area / np.maximum(here, 1e-9), exceed @ mean_weights())


def _half_hidden(rows: Sample, seed: int) -> Sample:
    """Half of the rows, drawn at random, with families hidden in place."""
    rng = np.random.default_rng(seed)
    hidden = draw_hidden(len(rows), rng) & (rng.random(len(rows)) < 0.5)[:, None]
    return replace(rows, values=masked(rows.values, hidden, rows.catalogue))


def _hidden(rows: Sample, seed: int) -> Sample:
    rng = np.random.default_rng(seed)
    return replace(rows, values=masked(rows.values, draw_hidden(len(rows), rng), rows.catalogue))

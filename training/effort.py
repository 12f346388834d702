"""How diligent courts are, and what it brings: the reference effort of `scoring.ability`.

A court's effort is the mean, over its obligations three months after filing, of what the court had done by then: part
of the record families asked, measures taken, disclosure ordered, consumption restricted, each in standard deviations
between obligations; a court with few of them is drawn to the mean. What effort brings is one coefficient: a logistic
regression of the share at the headline's months on the court's effort, with the curve's own expectation as offset.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from features.declare import Values
from scoring.ability import Reference
from scoring.curve import HORIZONS, CurveModel
from scoring.groups import Names
from training.figures import logit
from training.sample import Sample
from vocabulary.families import ASKED
from vocabulary.states import QueryState

MOMENT = "three_months"
DONE = ("measures_count", "disclosure_ordered", "consumption_restricted")
DRAWN_TO_MEAN = 20.0
"""Obligations that the mean counts for in each court's effort."""
LEAST_COURTS = 8
QUARTER = 0.75


def reference_of(model: CurveModel, rows: Sample) -> Reference:
    """The reference effort, from the rows that the curve learned from; none where there are fewer than eight courts."""
    seen = rows.moment == MOMENT
    courts = np.unique(rows.court[seen])
    if len(courts) < LEAST_COURTS:
        return Reference()
    effort = _efforts(rows.take(seen))
    levels = np.array(list(effort.values()))
    found = Reference(effort, float(levels[levels >= np.quantile(levels, QUARTER)].mean()))
    slope, error = _brought(model, rows, effort)
    return replace(found, slope=max(slope, 0.0), error=error)


def _efforts(rows: Sample) -> dict[str, float]:
    place = {name: number for number, name in enumerate(rows.catalogue.names)}
    states = rows.values[:, [place[f"{family}_state"] for family in ASKED]]
    asked = (states >= QueryState.PENDING.step).mean(axis=1)
    done = np.column_stack([asked, np.nan_to_num(rows.values[:, [place[name] for name in DONE]])])
    spread = done.std(axis=0)
    level = ((done - done.mean(axis=0)) / np.where(spread > 0, spread, 1.0)).mean(axis=1)
    return {
        str(court): float(level[rows.court == court].sum() / ((rows.court == court).sum() + DRAWN_TO_MEAN))
        for court in np.unique(rows.court)
    }


def _brought(model: CurveModel, rows: Sample, effort: dict[str, float]) -> tuple[float, float]:
    """Log-odds that one unit of a court's effort adds, and its standard error clustered by court."""
    at = HORIZONS.index(model.months)
    known = rows.take(~np.isnan(rows.shares[:, at]))
    raw = model.raw(known.values)
    expected = logit(model.shifted(raw, np.zeros(len(raw))).mean(model.months))
    level = np.array([effort.get(str(court), 0.0) for court in known.court])
    design = np.column_stack([np.ones(len(level)), level])
    beta = np.zeros(2)
    for _ in range(25):
        share = 1 / (1 + np.exp(-(expected + design @ beta)))
        bend = (design * (known.weight * share * (1 - share))[:, None]).T @ design + 1e-9 * np.eye(2)
        beta = beta + np.linalg.solve(bend, design.T @ (known.weight * (known.shares[:, at] - share)))
    pulled = design * (known.weight * (known.shares[:, at] - share))[:, None]
    return float(beta[1]), _clustered_error(pulled, bend, known.court)


def _clustered_error(pulled: Values, bend: Values, court: Names) -> float:
    _, place = np.unique(court, return_inverse=True)
    sums = np.column_stack([np.bincount(place, column) for column in pulled.T])
    inside = np.linalg.inv(bend)
    return float(np.sqrt((inside @ (sums.T @ sums) @ inside)[1, 1]))

"""Ability: the share expected within twenty-four months if every court made the reference effort.

The score says what past effort would recover; ability takes effort out of it. The columns that record effort are set
to those of obligations in the more diligent quarter of courts, at a like time after filing, and the curve's mean at
24 months is averaged over them (standardisation, the g-formula of Robins, 1986). Ability stands beside the score and
is never part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from features.declare import Values
from scoring.curve import CurveModel

MONTHS = 24
SINCE_FILING = "days_since_filing"


@dataclass(frozen=True, slots=True)
class Reference:
    """Reference effort: ``rows`` of values of ``columns``, met at ``since`` days after filing.

    No columns mean that effort was not told apart: ability is then the curve's mean.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[float | None, ...], ...] = ()
    since: tuple[float, ...] = ()
    averaged: int = 8

    @classmethod
    def read(cls, about: dict[str, Sequence[object]]) -> Reference:
        """From the JSON that ``asdict`` gives."""
        return cls(
            columns=tuple(str(name) for name in about["columns"]),
            rows=tuple(tuple(row) for row in about["rows"]),  # type: ignore[arg-type]
            since=tuple(float(days) for days in about["since"]),  # type: ignore[arg-type]
            averaged=int(about["averaged"]),  # type: ignore[call-overload]
        )

    def efforts(self, days: float) -> Values:
        """The rows met nearest to ``days`` after filing, (averaged, columns)."""
        apart = np.abs(np.array(self.since) - (0.0 if np.isnan(days) else days))
        nearest = np.argsort(apart, kind="stable")[: self.averaged]
        return np.array([self.rows[place] for place in nearest], dtype=np.float64)


def ability(model: CurveModel, values: Values, tilt: Values, reference: Reference) -> Values:
    """Expected share within 24 months at the reference effort, (n,), of values (n, features).

    ``tilt`` (n,) is that of the obligation's own curve, so that ability and score speak of one and the same debtor.
    """
    if not reference.columns:
        return _mean(model, values, tilt)
    places = [model.names.index(name) for name in reference.columns]
    since = values[:, model.names.index(SINCE_FILING)]
    found = np.empty(len(values))
    for row, days in enumerate(since):
        efforts = reference.efforts(float(days))
        made = np.repeat(values[row : row + 1], len(efforts), axis=0)
        made[:, places] = efforts
        found[row] = _mean(model, made, np.full(len(made), tilt[row])).mean()
    return found


def _mean(model: CurveModel, values: Values, tilt: Values) -> Values:
    return model.shifted(model.raw(values), tilt).mean(MONTHS)

"""The cohort: obligations on the dates on which portraits are asked for, for training and monitoring alike.

First answers in (ten days after filing; on the filing day nearly nothing is known), three months, before a 终本
ruling, and resumption (ten days after a resumed case is filed). An obligation's rows share the weight of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from features.declare import Values

if TYPE_CHECKING:
    import pyarrow as pa

    from features.night import Records

MOMENTS = ("first_answers", "three_months", "before_round_end", "resumption")
AT_FILING = ("filing",)
"""The one moment of data sets whose facts are all known on the day itself."""

ANSWERS_AFTER = 10
"""Days from filing until the first answers of the online inquiry are in."""
RULING_AFTER = 10
"""Days from a judge's asking to the ruling that ends a round."""


def cohort(snapshot: Records, *, cutoff: date, moments: Sequence[str] = MOMENTS) -> pa.Table:
    """Obligations × dates up to ``cutoff``, ordered by as_of, case and party.

    Columns: party_id, case_id (int64), as_of (date32), moment, court, kind (of debtor: natural, organisation or
    unknown), cause, weight (float64, 1 ÷ rows of the obligation). Only obligations that the court knew on the date and
    whose case was open are taken; preservation cases have no title yet and are left out.
    Raises ValueError for an unknown moment.
    """
    unknown = sorted({*moments} - {*_DAYS})
    if unknown:
        raise ValueError(f"no moments [{', '.join(unknown)}]; there are: {', '.join(_DAYS)}")
    rows = snapshot.query(_sql(cutoff, moments))
    weight = weights_of(rows["party_id"].to_numpy(), rows["case_id"].to_numpy())
    return rows.append_column("weight", [weight])


def weights_of(party: NDArray[np.int64], case: NDArray[np.int64]) -> Values:
    """1 ÷ number of rows of the same obligation, of shape (n,)."""
    if not len(party):
        return np.zeros(0)
    pairs = np.column_stack([party, case])
    _, place, count = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(1.0 / count[place.reshape(-1)])


_DAYS = {
    "filing": ("filed_on", "true"),
    "first_answers": (f"filed_on + INTERVAL {ANSWERS_AFTER} DAY", "kind = 'first'"),
    "three_months": ("filed_on + INTERVAL 3 MONTH", "true"),
    "before_round_end": (
        f"greatest(closed_on - INTERVAL {RULING_AFTER} DAY, filed_on + INTERVAL 1 DAY)",
        "closing_mode = 'round_terminated'",
    ),
    "resumption": (f"filed_on + INTERVAL {ANSWERS_AFTER} DAY", "kind = 'resumed'"),
}
"""Moment → (its date, which cases have it)."""


def _sql(cutoff: date, moments: Sequence[str]) -> str:
    last = f"DATE '{cutoff.isoformat()}'"
    visible = (
        "r.known_at <= {day} AND (r.superseded_at IS NULL OR r.superseded_at > {day}) "
        "AND NOT coalesce(r.retracted, false)"
    )
    asked = " UNION ALL ".join(
        f"SELECT case_id, court, cause, first_known, closed_on, {place} AS place, '{moment}' AS moment, "
        f"CAST({_DAYS[moment][0]} AS DATE) AS as_of FROM standing WHERE {_DAYS[moment][1]}"
        for place, moment in enumerate(moments)
    )
    return f"""
    WITH versions AS (
        SELECT r.*, min(r.known_at) OVER (PARTITION BY r.case_id) AS first_known, row_number() OVER (
            PARTITION BY r.case_id ORDER BY r.happened_at DESC, r.known_at DESC, r.row_id DESC) AS newest
        FROM cases r WHERE {visible.format(day=last)} AND r.kind <> 'preservation'
    ), standing AS (
        SELECT * FROM versions WHERE newest = 1
    ), asked AS ({asked}),
    duties AS (
        SELECT a.*, r.party_id, row_number() OVER (PARTITION BY a.case_id, r.party_id, a.as_of ORDER BY a.place) AS nth
        FROM asked a JOIN obligors r ON r.case_id = a.case_id
        WHERE {visible.format(day="a.as_of")} AND a.as_of <= {last} AND a.first_known <= a.as_of
          AND (a.closed_on IS NULL OR a.closed_on > a.as_of)
    ), people AS (
        SELECT party_id, arg_max(kind, row(r.happened_at, r.known_at, r.row_id)) AS kind
        FROM parties r WHERE {visible.format(day=last)} GROUP BY party_id
    )
    SELECT d.party_id, d.case_id, d.as_of, d.moment, d.court, coalesce(p.kind, 'unknown') AS kind, d.cause
    FROM duties d LEFT JOIN people p USING (party_id)
    WHERE nth = 1 ORDER BY d.as_of, d.case_id, d.party_id"""

"""What the night keeps of the curve and the likely set: chances by twelve months, and the parts of the set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scoring.likely import Asked
from scoring.score import Scores

if TYPE_CHECKING:
    import pyarrow as pa


def asked_of(obligations: pa.Table) -> Asked:
    """Who is asked about, for the randomiser of likely sets: party_id, case_id, as_of of the rows."""
    return Asked(
        party=obligations["party_id"].to_numpy(),
        case=obligations["case_id"].to_numpy(),
        as_of=obligations["as_of"].to_numpy().astype("datetime64[D]"),
    )


def spread_of(scores: Scores) -> dict[str, Any]:
    """Columns by name: P(any), P(half), P(all) by twelve months; the likely set, NaN ends where it has no interval."""
    return {
        "any_12": scores.curve.any(),
        "half_12": scores.curve.half(),
        "all_12": scores.curve.all(),
        "likely_nothing": scores.likely.nothing,
        "likely_low": scores.likely.low,
        "likely_high": scores.likely.high,
        "likely_everything": scores.likely.everything,
    }

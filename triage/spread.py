"""What the night keeps of the curve and the likely set: chances by twelve months, and the parts of the set."""

from __future__ import annotations

from typing import Any

from scoring.score import Scores


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

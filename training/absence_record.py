"""A measurement of absence as a record: one JSON a court, from which the page is made."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from scoring.likely import COVERED
from training.absence import DRAWS, MOST_ECE, POINTS, SLOPE, ReadingFigures, keeps
from training.absence_data import Measurable
from training.absence_readings import LEAST_ROWS
from training.figures import Figure

Record = dict[str, Any]
DIGITS = 4


def recorded(
    found: Sequence[ReadingFigures],
    measurable: Measurable,
    *,
    name: str,
    title: str,
    notes: Sequence[str],
    seed: int,
) -> Record:
    """The record of one court's readings."""
    tested = measurable.tested
    return {
        "name": name,
        "title": title,
        "notes": list(notes),
        "bundle": measurable.bundle.digest,
        "catalogue": measurable.bundle.catalogue_digest,
        "tested": {
            "rows": len(tested),
            "debtors": len(np.unique(tested.party)),
            "courts": len(np.unique(tested.court)),
            "first": str(tested.as_of.min().astype("datetime64[D]")),
            "last": str(tested.as_of.max().astype("datetime64[D]")),
        },
        "asked": {
            "slope": SLOPE,
            "ece": MOST_ECE,
            "covered": COVERED,
            "points": POINTS,
            "least_rows": LEAST_ROWS,
            "draws": DRAWS,
            "seed": seed,
        },
        "readings": [_reading(one) for one in found],
    }


def keep(record: Record, folder: Path) -> Path:
    """Write the record as JSON and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{record['name']}.json"
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _reading(one: ReadingFigures) -> Record:
    return {
        "part": one.part,
        "which": one.which,
        "judged": one.judged,
        "rows": one.rows,
        "silent": one.silent,
        "score": round(100 * one.score, 2),
        "came_true": round(100 * one.came_true, 2),
        "slope": {**_figure(one.slope), "is": one.of_slope},
        "ece": {**_figure(one.ece), "chance": _rounded(one.chance), "is": one.of_ece},
        "covered": {
            group or "all": {
                **{key: _rounded(value) for key, value in asdict(each).items()},
                "allowed": _rounded(POINTS + 2 * each.error),
                "keeps": keeps(each),
            }
            for group, each in one.covered.items()
        },
    }


def _figure(figure: Figure) -> Record:
    return {name: _rounded(value) for name, value in asdict(figure).items()}


def _rounded(value: float) -> float | None:
    return round(float(value), DIGITS) if np.isfinite(value) else None

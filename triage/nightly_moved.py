"""Which obligations of a new queue a judge should hear of: those that are new, and those whose score or track moved."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from records.parameters import Parameters
from triage.nightly_content import NIGHT

Obligation = tuple[int, int]
_COLUMNS = ("party_id", "case_id", "score", "abstained", "track", "rank")


@dataclass(frozen=True, slots=True)
class Moved:
    """Obligations (debtor, case) to prepare, best ranks first, and how many were new or had moved in all."""

    chosen: tuple[Obligation, ...]
    new: int
    moved: int


def moved(folder: Path, last: Path | None, *, as_of: date, most: int) -> Moved:
    """The obligations of the queue in a folder that the last queue does not have, or has otherwise.

    A score has moved when it differs by at least nightly.yaml's moved_points, or when one of the two is none; a track
    when it is another (where queues have tracks). At most so many are chosen, by their rank in their court.
    """
    least = Parameters.read(NIGHT).number("moved_points", as_of)
    before, now = (_places(last) if last else {}), _places(folder)
    new = [each for each in now if each not in before]
    other = [each for each in now if each in before and _has_moved(before[each], now[each], least)]
    by_rank = sorted((*new, *other), key=lambda each: (now[each]["rank"], each))
    return Moved(tuple(by_rank[:most]), len(new), len(other))


def _places(folder: Path) -> dict[Obligation, dict[str, Any]]:
    """What stands in the queue, by obligation; what was scored without a rank is not in it."""
    import pyarrow.parquet as pq

    path = folder / "scores.parquet"
    if not path.exists():
        return {}
    held = [name for name in _COLUMNS if name in pq.read_schema(path).names]
    rows = pq.read_table(path, columns=held).to_pylist()
    return {(row["party_id"], row["case_id"]): row for row in rows if row["rank"] is not None}


def _has_moved(before: dict[str, Any], now: dict[str, Any], least: float) -> bool:
    if before["abstained"] != now["abstained"] or before.get("track") != now.get("track"):
        return True
    far = not math.isclose(before["score"], now["score"], abs_tol=least, rel_tol=0.0)
    return not now["abstained"] and far

"""Which obligations of a new queue a judge should hear of: those that are new, and those whose score or track moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from records.parameters import Parameters
from triage.nightly_content import NIGHT

if TYPE_CHECKING:
    import pyarrow as pa

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
    when it is another. At most so many are chosen, by their rank in their court.
    """
    least = Parameters.read(NIGHT).number("moved_points", as_of)
    now = _places(folder)
    if now is None:
        raise ValueError(f"[{folder.name}] is no queue of this version")
    both = _side_by_side(now, _places(last) if last else None)
    new = both["rank_before"].is_null().to_numpy()
    other = ~new & _has_moved(both, least)
    chosen = both.filter(new | other).slice(0, most)
    pairs = zip(chosen["party_id"].to_pylist(), chosen["case_id"].to_pylist(), strict=True)
    return Moved(tuple(pairs), int(np.count_nonzero(new)), int(np.count_nonzero(other)))


def _places(folder: Path) -> pa.Table | None:
    """What stands in the queue: what was scored without a rank is not in it. None for a queue of another form."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    path = folder / "scores.parquet"
    if not path.exists() or not set(_COLUMNS) <= set(pq.read_schema(path).names):
        return None
    table = pq.read_table(path, columns=list(_COLUMNS))
    return table.filter(pc.is_valid(table["rank"])).combine_chunks()


def _side_by_side(now: pa.Table, before: pa.Table | None) -> pa.Table:
    """Places of the new queue, best ranks first, each with what the last queue said of it (null: nothing)."""
    old = now.slice(0, 0) if before is None else before
    keys = ["party_id", "case_id"]
    both = now.join(old.rename_columns([*keys, *(f"{name}_before" for name in _COLUMNS[2:])]), keys)
    return both.sort_by([("rank", "ascending"), ("party_id", "ascending"), ("case_id", "ascending")])


def _has_moved(both: pa.Table, least: float) -> NDArray[np.bool_]:
    """For places that the last queue has."""
    import pyarrow.compute as pc

    otherwise = pc.or_(
        pc.not_equal(both["abstained"], both["abstained_before"]),
        pc.not_equal(both["track"], both["track_before"]),
    )
    far = pc.greater_equal(pc.abs(pc.subtract(both["score"], both["score_before"])), least)
    told = pc.or_(otherwise, pc.and_(far, pc.invert(both["abstained"])))
    found: NDArray[np.bool_] = pc.fill_null(told, False).to_numpy()
    return found

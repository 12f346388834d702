"""The last step of the night: tracks, promises and ranks of all slices, as ``scores.parquet`` and the queue's file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from records.parameters import Parameters
from triage import queue
from triage.deadlines import Clocks, clocks
from triage.plan.officers import officers_of
from triage.ranking_figures import Docket, docket
from triage.standing import Standing, standing
from triage.tracks.figures import policy
from triage.tracks.judge import NONE

if TYPE_CHECKING:
    import pyarrow as pa

    from records.snapshot import Snapshot

_MORE = (
    "expected_cautious",
    "promised",
    "timely",
    "hours",
    "worth",
    "rank",
    "track",
    "track_rank",
    "rule",
    "told",
    "work",
    "deadline",
    "deadline_kind",
    "pressing",
    "priority",
    "learning",
    "filed_on",
    "news_on",
    "capacity",
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Courts that have a queue, obligations of which too little is known for a score, and what the record keeps."""

    courts: int
    abstained: int
    record: Mapping[str, Any]


def publish_ranking(
    files: Sequence[Path],
    folder: Path,
    *,
    snapshot: Snapshot,
    as_of: date,
    table: Parameters | None = None,
) -> Ranked:
    """Write ``scores.parquet`` (slice after slice, with what the ranking adds) and the queue's file.

    A dormant obligation without news is in neither rank nor queue. Held at once: the figures that judge and rank,
    some 500 bytes an obligation, and one slice.
    """
    table = table or policy()
    held = docket(files, as_of=as_of, table=table)
    at = clocks(snapshot, held.ids, as_of=as_of, table=table)
    found = standing(held, at, as_of=as_of, table=table, weekly_hours=weekly_hours(snapshot, as_of))
    queue.write(folder, _places(files, folder / "scores.parquet", held, at, found))
    return Ranked(len(np.unique(held.court)), int(np.count_nonzero(held.abstained)), found.record)


def weekly_hours(snapshot: Snapshot, as_of: date) -> dict[str, float]:
    """Hours a week of each court's officers, as registered by the day."""
    hours: dict[str, float] = defaultdict(float)
    for officer in officers_of(snapshot, as_of):
        hours[officer.court] += officer.hours
    return hours


def _places(
    files: Sequence[Path], scores: Path, held: Docket, at: Clocks, found: Standing
) -> Iterator[tuple[object, ...]]:
    """Places slice by slice; on the way every slice is written out with what the ranking adds."""
    import pyarrow.parquet as pq

    draft = scores.with_name(f"{scores.name}.draft")
    writer, begin = None, 0
    for file in files:
        slim = [name for name in pq.read_schema(file).names if name not in held.dropped]
        plain = pq.read_table(file, columns=slim).replace_schema_metadata(None)
        here = slice(begin, begin + plain.num_rows)
        begin += plain.num_rows
        whole = _with_more(plain, held, at, found, here)
        writer = writer or pq.ParquetWriter(draft, whole.schema, compression="zstd")
        writer.write_table(whole)
        yield from _rows(whole, found.chosen[here] != NONE)
    if writer is not None:
        writer.close()
        draft.replace(scores)


def _with_more(plain: pa.Table, held: Docket, at: Clocks, found: Standing, here: slice) -> pa.Table:
    import pyarrow as pa

    left_out = found.chosen[here] == NONE
    columns: dict[str, Any] = {name: getattr(found, name)[here] for name in _MORE if hasattr(found, name)}
    columns["filed_on"] = at.filed[here]
    for name, column in columns.items():
        values = np.asarray(column)
        if values.dtype.kind == "M":
            made = pa.array(values.astype("datetime64[D]"), pa.date32())
        elif name in ("rank", "track_rank"):
            made = pa.array(values, mask=left_out)
        else:
            made = pa.array(values, pa.string() if values.dtype.kind in "OU" else None)
        plain = plain.append_column(name, made)
    return plain


def _rows(whole: pa.Table, queued: NDArray[np.bool_]) -> Iterator[tuple[object, ...]]:
    """Rows of the queue's file from the columns of a slice, in the order that `queue.write` wants."""
    import pyarrow as pa

    chosen = whole.filter(pa.array(queued))
    heard = ~chosen["abstained"].to_numpy()
    columns = {name: chosen[name] for name in chosen.column_names}
    columns["expected_money"] = columns["expected"]
    for name in ("as_of", "deadline", "filed_on", "news_on"):
        columns[name] = columns[name].cast(pa.string())
    lists = {name: columns[name].to_pylist() for name in ("rank", *queue.NAMES)}
    for name in ("score", "cautious"):
        lists[name] = [value if said else None for value, said in zip(lists[name], heard, strict=True)]
    return zip(*lists.values(), strict=True)

"""One slice of the night: features, score, cautious score, contributions and the weightiest reasons, kept as files.

Contributions are kept as multiples of 2⁻³⁰ of a point: 274 of them then add up to the score within 1.3e-7, well under
the promised 1e-6, and the empty low bytes take no room on disk, which 32-bit floats would pay for with 1e-5.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from features.catalogue import CATALOGUE
from features.declare import Values
from portraits.gaps import FLOOR
from scoring.bundle import Bundle
from scoring.contributions import KERNEL, Explains
from scoring.score import Scores, score
from triage.queue import Weighty, reasons_json
from triage.spread import spread_of
from triage.tracks.figures import NIGHT
from vocabulary.families import COVERING, coverage_band
from vocabulary.states import ANSWERED_STEPS, FRESH_STEPS

if TYPE_CHECKING:
    import pyarrow as pa

    from features.night import Published, Slice
    from records.snapshot import Snapshot

Progress = Callable[[str, int, int], None]
FORM = 3
"""To be raised when what a slice holds changes: slices of another form are not kept."""
ROWS = 32_768
"""Obligations of a slice: what is held at once is some 400 MB beside the engine's own limit."""
WEIGHTIEST = 3
GRAIN = 2.0**-30
_PLACE = {name: place for place, name in enumerate(CATALOGUE.names)}


@dataclass
class Steps:
    """Seconds of each step."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    began: str = field(default_factory=lambda: Steps.now())

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Count what happens inside for the step."""
        started = time.perf_counter()
        yield
        self.seconds[step] += time.perf_counter() - started

    def add(self, seconds: Mapping[str, float]) -> None:
        """Count what was measured elsewhere."""
        for step, taken in seconds.items():
            self.seconds[step] += taken

    @staticmethod
    def now() -> str:
        """The moment, UTC, as ISO 8601."""
        return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Scored:
    """Files of scores in order of debtors, what an earlier run had finished of them, and what all of them took.

    ``explained``: how many slices were explained by whom (`Explains.by`).
    """

    files: tuple[Path, ...]
    kept: int
    seconds: Mapping[str, float]
    started: str
    digest: str
    explained: Mapping[str, int]


def score_slices(
    snapshot: Snapshot,
    bundle: Bundle,
    obligations: pa.Table,
    folder: Path,
    *,
    rows: int,
    threads: int = 2,
    progress: Progress | None = None,
    explain: Explains | None = None,
) -> Scored:
    """Score obligations (the columns of `nightly.open_obligations`) slice by slice below a folder.

    ``slices/scores-*.parquet``: the obligations with score, cautious, expected (CNY), band, abstained, reasons, and the
    columns NIGHT that tracks read; ``contributions/part-*.parquet``: the ids, one column a feature in points, and base.
    A slice is done when its scores are there. ``explain``: who tells the contributions, if not the bundle's kernel.
    """
    from features.night import slices

    total, found, began = -(-obligations.num_rows // rows) or 1, [], Steps.now()
    for each in slices(obligations, rows=rows):
        inputs = inputs_of(snapshot, bundle, each)
        kept = finished(folder, each.number, inputs)
        if not kept:
            told = _within(progress, each, total)
            score_slice(snapshot, bundle, each, folder, threads=threads, progress=told, explain=explain)
        found.append((each.digest, kept))
    return gathered(folder, found, began=began)


def finished(folder: Path, number: int, inputs: str) -> bool:
    """Whether the slice's files are there, made from these inputs (`inputs_of`)."""
    from features.night import made_from

    return all(made_from(file) == inputs for file in _files(folder, number))


def inputs_of(records: Published, bundle: Bundle, each: Slice) -> str:
    """Digest of all that a slice's files are made from."""
    made_of = f"{FORM} {records.digest} {bundle.digest} {bundle.catalogue_digest}"
    return hashlib.sha256(f"{made_of} {_digest(each)}".encode()).hexdigest()


def gathered(folder: Path, found: Sequence[tuple[str, bool]], *, began: str) -> Scored:
    """All slices of a folder, which are there by now; what belongs to none of them is removed.

    ``found``: of each slice in order its digest, and whether an earlier run had finished it.
    """
    import pyarrow.parquet as pq

    places = [_files(folder, number) for number in range(len(found))]
    for left in {*folder.glob("slices/*"), *folder.glob("contributions/*")} - {*chain(*places)}:
        left.unlink()
    took, started, explained = Steps(), began, Counter[str]()
    for scores, _ in places:
        told = json.loads(pq.read_schema(scores).metadata[b"took"])
        took.add(told["seconds"])
        explained[told.get("explained", KERNEL)] += 1  # slices of an older version do not say
        started = min(started, told["started"])
    return Scored(
        files=tuple(scores for scores, _ in places),
        kept=sum(kept for _, kept in found),
        seconds=took.seconds,
        started=started,
        digest=hashlib.sha256("".join(digest for digest, _ in found).encode()).hexdigest(),
        explained=explained,
    )


def score_slice(
    records: Published,
    bundle: Bundle,
    each: Slice,
    folder: Path,
    *,
    threads: int,
    progress: Progress | None = None,
    explain: Explains | None = None,
) -> None:
    """Score one slice into its two files below the folder; the scores come last and say that it is done."""
    from features.night import build, matrix, write_whole

    steps, inputs = Steps(), inputs_of(records, bundle, each)
    scores, points = _files(folder, each.number)
    for file in (scores, points):
        file.parent.mkdir(parents=True, exist_ok=True)
    with steps.timed("features"):
        values = matrix(build(records, each.rows, progress=progress, rows=max(1, each.rows.num_rows)))
    with steps.timed("scores and contributions"):
        found = score(bundle, values, threads=threads, explain=explain)
    with steps.timed("reasons"):
        table = _scored(each.rows, values, found)
    with steps.timed("writing"):
        write_whole(
            _explained(each.rows, found),
            points,
            inputs=inputs,
            use_dictionary=False,
            column_encoding=dict.fromkeys(CATALOGUE.names, "BYTE_STREAM_SPLIT"),
        )
    by = (explain or bundle.explain).by
    took = json.dumps({"started": steps.began, "seconds": steps.seconds, "explained": by})
    write_whole(table.replace_schema_metadata({"took": took}), scores, inputs=inputs)


def _scored(obligations: pa.Table, values: Values, scores: Scores) -> pa.Table:
    import pyarrow as pa

    covered = np.mean([np.isin(values[:, _PLACE[f"{code}_state"]], FRESH_STEPS) for code in COVERING], axis=0)
    heard = np.any([np.isin(values[:, _PLACE[f"{code}_state"]], ANSWERED_STEPS) for code in FLOOR], axis=0)
    columns = {
        "score": scores.score,
        "cautious": scores.cautious,
        "expected": np.round(obligations["outstanding"].to_numpy() * scores.score / 100, 2),
        "band": [coverage_band(float(share)) for share in covered],
        "abstained": ~heard,
        **spread_of(scores),
        "reasons": _weightiest(values, scores.contributions),
    }
    for name, column in columns.items():
        kind = pa.string() if name in ("band", "reasons") else None
        obligations = obligations.append_column(name, pa.array(column, kind))
    for name in NIGHT:
        obligations = obligations.append_column(name, pa.array(values[:, _PLACE[name]]))
    return obligations


def _weightiest(values: Values, contributions: Values) -> list[str]:
    """The features that weigh most, weightiest first and by the catalogue's order where they weigh the same."""
    weights, rows = np.abs(contributions), np.arange(len(values))
    chosen = []
    for _ in range(WEIGHTIEST):
        chosen.append(np.argmax(weights, axis=1))
        weights[rows, chosen[-1]] = -1.0
    places = np.column_stack(chosen)
    known, points = np.take_along_axis(values, places, 1), np.take_along_axis(contributions, places, 1)
    return [
        reasons_json(
            Weighty(CATALOGUE.names[place], None if np.isnan(value) else value, round(point, 6))
            for place, value, point in zip(*of_one, strict=True)
        )
        for of_one in zip(places.tolist(), known.tolist(), points.tolist(), strict=True)
    ]


def _explained(obligations: pa.Table, scores: Scores) -> pa.Table:
    import pyarrow as pa

    coarse = np.round(scores.contributions / GRAIN) * GRAIN
    ids = {name: obligations[name] for name in ("party_id", "case_id", "as_of")}
    base = {"base": np.full(obligations.num_rows, scores.base)}
    return pa.table({**ids, **base, **{name: coarse[:, place] for name, place in _PLACE.items()}})


def _files(folder: Path, number: int) -> tuple[Path, Path]:
    return (
        folder / "slices" / f"scores-{number:05d}.parquet",
        folder / "contributions" / f"part-{number:05d}.parquet",
    )


def _digest(each: Slice) -> str:
    """Of all that the slice's obligations bring: ids, court, number, money."""
    content = hashlib.sha256(each.digest.encode())
    for name in ("court", "case_number"):
        content.update(json.dumps(each.rows[name].to_pylist()).encode())
    for name in ("case_owed", "outstanding"):
        content.update(np.ascontiguousarray(each.rows[name].to_numpy()).tobytes())
    return content.hexdigest()


def _within(progress: Progress | None, each: Slice, total: int) -> Progress | None:
    """Progress of one slice told as that of the whole."""
    if progress is None:
        return None
    return lambda label, done, steps: progress(label, each.number * steps + done, total * steps)

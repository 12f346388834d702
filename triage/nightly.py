"""The nightly run: profile and score every open obligation as of a date, and publish the ranked queue."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from features.absence import SPEAKS
from features.catalogue import CATALOGUE
from features.declare import Values
from features.night import build, matrix
from features.phrases import sentence
from portraits.gaps import FLOOR
from records.snapshot import Snapshot
from scoring.bundle import Bundle
from scoring.outcomes import outcomes
from scoring.score import Scores, score
from triage.queue import Place, write
from vocabulary.families import COVERING, coverage_band
from vocabulary.states import QueryState
from vocabulary.text import Text

Progress = Callable[[str, int, int], None]
ANSWERED = tuple(state.code for state in QueryState if state.answered)
FRESH = tuple(state.code for state in QueryState if state.fresh)
assert set(ANSWERED) <= set(SPEAKS)

_OPEN = """
    WITH visible AS (
        SELECT * FROM cases WHERE known_at <= $day AND (superseded_at IS NULL OR superseded_at > $day)
            AND NOT coalesce(retracted, false)
    ), standing AS (
        SELECT *, row_number() OVER (PARTITION BY case_id ORDER BY happened_at DESC, known_at DESC, row_id DESC)
            AS newest FROM visible
    ), debtors AS (
        SELECT DISTINCT case_id, party_id FROM obligors
        WHERE known_at <= $day AND (superseded_at IS NULL OR superseded_at > $day) AND NOT coalesce(retracted, false)
    )
    SELECT party_id, case_id, $day AS as_of, court, coalesce(case_number, '') AS case_number
    FROM standing JOIN debtors USING (case_id)
    WHERE newest = 1 AND closed_on IS NULL AND kind <> 'preservation' ORDER BY party_id, case_id"""


def open_obligations(snapshot: Snapshot, as_of: date) -> pa.Table:
    """Open obligations known on a date with something owed, by debtor.

    Columns: party_id, case_id, as_of, court, case_number, case_owed, outstanding (CNY).
    """
    found = snapshot.query(_OPEN, day=as_of)
    owed = outcomes(snapshot, found, cutoff=as_of)
    for name in ("case_owed", "outstanding"):
        found = found.append_column(name, owed[name])
    return found.filter(pc.field("outstanding") > 0)


def run(
    snapshot: Snapshot, bundle: Bundle, *, as_of: date, root: Path, progress: Progress | None = None
) -> Path:
    """Publish the queue as of a date under ``root`` and return its folder; an equal run gives the same folder again."""
    name = f"queue-{as_of.isoformat()}-{snapshot.digest[:12]}-{bundle.digest[:12]}"
    if not (root / name).exists():
        root.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(dir=root, prefix=".staged-"))
        _fill(staged, snapshot, bundle, as_of, progress)
        os.replace(staged, root / name)
    _point(root, name)
    return root / name


def current(root: Path) -> Path | None:
    """Folder of the queue published last; None before the first."""
    try:
        return root / str(json.loads((root / "current.json").read_text())["queue"])
    except OSError:
        return None


def _fill(folder: Path, snapshot: Snapshot, bundle: Bundle, as_of: date, progress: Progress | None) -> None:
    obligations = open_obligations(snapshot, as_of)
    profiles = build(snapshot, obligations, progress=progress)
    values = matrix(profiles)
    scores = score(bundle, values, threads=2)
    try:
        pq.write_table(_scored(obligations, scores), folder / "scores.parquet", compression="zstd")
        write(folder, _places(obligations, values, scores))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _scored(obligations: pa.Table, scores: Scores) -> pa.Table:
    table = obligations.append_column("score", pa.array(scores.score))
    table = table.append_column("cautious", pa.array(scores.cautious))
    for place, name in enumerate(CATALOGUE.names):
        table = table.append_column(f"points_{name}", pa.array(scores.contributions[:, place]))
    return table


def _places(obligations: pa.Table, values: Values, scores: Scores) -> Iterator[Place]:
    rows = obligations.to_pylist()
    names = {name: place for place, name in enumerate(CATALOGUE.names)}
    covered = np.mean([np.isin(values[:, names[f"{code}_state"]], FRESH) for code in COVERING], axis=0)
    heard = np.any([np.isin(values[:, names[f"{code}_state"]], ANSWERED) for code in FLOOR], axis=0)
    cut = _cut(rows, scores)
    for at, row in enumerate(rows):
        reason = _strongest(values[at], scores.contributions[at])
        yield Place(
            court=row["court"],
            case_id=row["case_id"],
            party_id=row["party_id"],
            case_number=row["case_number"],
            as_of=row["as_of"].isoformat(),
            outstanding=row["outstanding"],
            score=float(scores.score[at]) if heard[at] else None,
            cautious=float(scores.cautious[at]) if heard[at] else None,
            expected_money=round(row["outstanding"] * float(scores.score[at]) / 100, 2),
            expected_cautious=round(row["outstanding"] * float(scores.cautious[at]) / 100 * cut[at], 2),
            band=coverage_band(float(covered[at])),
            abstained=not bool(heard[at]),
            reason_zh=reason.zh,
            reason_en=reason.en,
        )


def _cut(rows: list[dict[str, object]], scores: Scores) -> Values:
    """Factor of each obligation so that the debtors of one case are together promised at most what it lacks."""
    owed = np.array([float(row["outstanding"]) for row in rows])  # type: ignore[arg-type]
    lacks = np.array([float(row["case_owed"]) for row in rows])  # type: ignore[arg-type]
    _, case = np.unique(np.array([row["case_id"] for row in rows], dtype=np.int64), return_inverse=True)
    promised = np.bincount(case, weights=owed * scores.cautious / 100)[case]
    return np.minimum(1.0, lacks / np.maximum(promised, 0.01))


def _strongest(values: Values, contributions: Values) -> Text:
    place = int(np.argmax(np.abs(contributions)))
    return sentence(CATALOGUE[CATALOGUE.names[place]], float(values[place]), None)


def _point(root: Path, name: str) -> None:
    staged = root / f".current.{os.getpid()}"
    staged.write_text(json.dumps({"queue": name}) + "\n")
    os.replace(staged, root / "current.json")

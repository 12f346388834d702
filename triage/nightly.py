"""The nightly run: profile and score every open obligation as of a date, explain each, and publish the ranked queue.

Work goes in slices of neighbouring debtors (features → score → cautious → contributions → weightiest reasons), each
kept as soon as it is done, so that a run that was killed goes on where it stood; ranking needs all and comes last.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scoring.bundle import Bundle
from scoring.outcomes import outcomes
from triage.ranking import publish_ranking
from triage.slices import ROWS, Steps, score_slices

if TYPE_CHECKING:
    import pyarrow as pa

    from records.snapshot import Snapshot

Progress = Callable[[str, int, int], None]
RUN = "run.json"

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
    WHERE newest = 1 {which} ORDER BY party_id, case_id"""
_STILL_OPEN = "AND closed_on IS NULL AND kind <> 'preservation'"


def open_obligations(snapshot: Snapshot, as_of: date, *, closed_too: bool = False) -> pa.Table:
    """Open obligations known on a date with something owed, by debtor.

    Columns: party_id, case_id, as_of, court, case_number, case_owed, outstanding (CNY). ``closed_too``: those of
    closed cases and of preservation as well, owed or not: for measuring the run, not for a queue.
    """
    import pyarrow.compute as pc

    found = snapshot.query(_OPEN.format(which="" if closed_too else _STILL_OPEN), day=as_of)
    owed = outcomes(snapshot, found, cutoff=as_of)
    for name in ("case_owed", "outstanding"):
        found = found.append_column(name, owed[name])
    return found if closed_too else found.filter(pc.field("outstanding") > 0)


def run(
    snapshot: Snapshot,
    bundle: Bundle,
    *,
    as_of: date,
    root: Path,
    progress: Progress | None = None,
    rows: int = ROWS,
    obligations: pa.Table | None = None,
) -> Path:
    """Publish the queue as of a date under ``root`` and return its folder; an equal run gives the same folder again.

    The folder holds ``queue.sqlite``, ``scores.parquet``, ``contributions/*.parquet`` and ``run.json``. A run that
    was killed is started again by the same call and keeps the slices (of ``rows`` obligations) that were finished; a
    second run below the same root waits, and what a killed run of another night left is removed.
    ``obligations``: others than the open ones, in the shape of `open_obligations`.
    """
    name = f"queue-{as_of.isoformat()}-{snapshot.digest[:12]}-{bundle.digest[:12]}"
    root.mkdir(parents=True, exist_ok=True)
    with _alone(root):
        _clear(root, name)
        if not (root / name / RUN).exists():
            staged = root / f".staged-{name}"
            staged.mkdir(exist_ok=True)
            _fill(staged, snapshot, bundle, as_of, obligations, progress, rows)
            shutil.rmtree(root / name, ignore_errors=True)
            os.replace(staged, root / name)
        _point(root, name)
    return root / name


def current(root: Path) -> Path | None:
    """Folder of the queue published last; None before the first."""
    try:
        return root / str(json.loads((root / "current.json").read_text())["queue"])
    except OSError:
        return None


def _fill(
    folder: Path,
    snapshot: Snapshot,
    bundle: Bundle,
    as_of: date,
    obligations: pa.Table | None,
    progress: Progress | None,
    rows: int,
) -> None:
    steps = Steps()
    with steps.timed("obligations"):
        asked = open_obligations(snapshot, as_of) if obligations is None else obligations
    done = score_slices(
        snapshot, bundle, asked, folder, rows=rows, threads=snapshot.limits.threads, progress=progress
    )
    with steps.timed("ranking"):
        ranked = publish_ranking(done.files, folder)
    steps.add(done.seconds)
    record = {
        "as_of": as_of.isoformat(),
        "started": min(done.started, steps.began),
        "finished": steps.now(),
        "obligations": asked.num_rows,
        "without_a_score": ranked.abstained,
        "courts": ranked.courts,
        "slices": len(done.files),
        "kept_of_an_earlier_run": done.kept,
        "seconds": steps.seconds,
        "digests": {
            "snapshot": snapshot.digest,
            "bundle": bundle.digest,
            "catalogue": bundle.catalogue_digest,
            "obligations": done.digest,
        },
    }
    shutil.rmtree(folder / "slices")
    (folder / RUN).write_text(json.dumps(record, indent=1) + "\n")


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One run below a root at a time. The lock falls with the process that holds it, however that ends."""
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _clear(root: Path, name: str) -> None:
    """Remove what killed runs of other nights left behind."""
    for left in root.glob(".staged-*"):
        if left.name != f".staged-{name}":
            shutil.rmtree(left)


def _point(root: Path, name: str) -> None:
    staged = root / f".current.{os.getpid()}"
    staged.write_text(json.dumps({"queue": name}) + "\n")
    os.replace(staged, root / "current.json")

"""The nightly run: profile and score every open obligation as of a date, explain each, and publish the ranked queue.

Cases of the last 48 hours come first, then whatever changed since the last queue, then the rest. Work goes in slices
of neighbouring debtors (features → score → cautious → contributions → weightiest reasons), each kept as soon as it is
done, so that a run that was killed goes on where it stood; ranking needs all and comes last. A second run of one date
takes from the last queue what rests on the same rows (`nightly_content`) and makes the rest anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from scoring.bundle import Bundle
from scoring.outcomes import outcomes
from triage.donors_kept import keep_donors
from triage.kpis.keep import keep
from triage.nightly_content import basis, content, recent
from triage.nightly_kept import POINTS, RUN, SLICES, Earlier, Kept, Places, link, stands
from triage.plan.officers import officers_of, write_officers
from triage.ranking import publish_ranking
from triage.slices import ROWS, Scored, Steps, score_slices
from triage.tracks.dormant import dormant_with_news
from triage.tracks.figures import policy

if TYPE_CHECKING:
    import pyarrow as pa

    from records.snapshot import Snapshot

Progress = Callable[[str, int, int], None]
Prepare = Callable[[Path, Path | None], None]
ORDER = ("recent", "changed", "rest")
_PARTS = ".parts"


class Scoring(Protocol):
    """Whatever scores obligations slice by slice below a folder, `triage.slices.score_slices` above all."""

    def __call__(
        self,
        snapshot: Snapshot,
        bundle: Bundle,
        obligations: pa.Table,
        folder: Path,
        *,
        rows: int,
        threads: int,
        progress: Progress | None,
    ) -> Scored:
        """Files of scores below ``folder/slices`` and of contributions, by the same names, below it."""
        ...


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


def queued_obligations(snapshot: Snapshot, as_of: date) -> pa.Table:
    """What the queue is made of: open obligations, and dormant ones of which property has come to light since."""
    import pyarrow as pa

    both = pa.concat_tables([open_obligations(snapshot, as_of), dormant_with_news(snapshot, as_of)])
    return both.sort_by([("party_id", "ascending"), ("case_id", "ascending")]).combine_chunks()


@dataclass(frozen=True, slots=True)
class Way:
    """How a night is gone: by whom slices are scored and how large they are, and what comes before publishing.

    ``whole``: nothing is taken from the last queue, even where it is of the same records. ``prepare`` is called with
    the folder that is about to be published and the one it follows (None for the first); what it raises keeps the
    queue from being published.
    """

    rows: int = ROWS
    whole: bool = False
    scoring: Scoring = score_slices
    prepare: Prepare | None = None


def run(
    snapshot: Snapshot,
    bundle: Bundle,
    *,
    as_of: date,
    root: Path,
    progress: Progress | None = None,
    obligations: pa.Table | None = None,
    way: Way | None = None,
) -> Path:
    """Publish the queue as of a date under ``root`` and return its folder; an equal run gives the same folder again.

    The folder holds ``queue.sqlite``, ``scores.parquet``, ``contributions/*.parquet``, ``run.json``, and in ``slices``
    what the next run of the date may take over. A run that was killed is started again by the same call and keeps the
    slices that were finished; a second run below the same root waits, and what a killed run of another night left is
    removed. Other figures of triage, or another form, make the queue of equal records anew.
    ``obligations``: others than the open ones, in the shape of `open_obligations`.
    """
    name = f"queue-{as_of.isoformat()}-{snapshot.digest[:12]}-{bundle.digest[:12]}"
    gone = way or Way()
    root.mkdir(parents=True, exist_ok=True)
    with alone(root):
        _clear(root, name)
        if gone.whole or not stands(root / name, _made_by(bundle)):
            staged = root / f".staged-{name}"
            staged.mkdir(exist_ok=True)
            last = current(root)
            asked = queued_obligations(snapshot, as_of) if obligations is None else obligations
            _Night(snapshot, bundle, as_of, asked, gone, progress).fill(staged, Earlier.of(last))
            if gone.prepare:
                gone.prepare(staged, last)
            shutil.rmtree(staged / _PARTS, ignore_errors=True)
            _in_place_of(root / name, staged)
        _point(root, name)
    return root / name


def current(root: Path) -> Path | None:
    """Folder of the queue published last; None before the first."""
    try:
        return root / str(json.loads((root / "current.json").read_text())["queue"])
    except OSError:
        return None


@dataclass(frozen=True)
class _Night:
    """One night's work on the obligations asked."""

    snapshot: Snapshot
    bundle: Bundle
    as_of: date
    obligations: pa.Table
    way: Way
    progress: Progress | None

    def fill(self, folder: Path, earlier: Earlier | None) -> None:
        """Everything that the queue's folder holds; what an earlier attempt finished there stays."""
        steps = Steps()
        for part in (SLICES, POINTS):
            (folder / part).mkdir(parents=True, exist_ok=True)
        with steps.timed("what changed"):
            asked = self.obligations.append_column(
                "content", content(self.snapshot, self.obligations, self.as_of)
            )
            matched = earlier.matched(self.snapshot, asked) if earlier else None
        kept = Kept.nothing()
        may_keep = earlier and not self.way.whole and earlier.answers(self.as_of, basis(self.bundle))
        if earlier and matched is not None and may_keep:
            with steps.timed("taken over"):
                kept = earlier.keep(matched, folder)
        parts = self._in_order(asked, matched, kept)
        done = [self._scored(part, asked.take(places), folder) for part, places in parts.items()]
        files = [*kept.files, *(file for each in done for file in _gathered(folder, each))]
        _remove_others(folder, files)
        with steps.timed("ranking"):
            ranked = publish_ranking(files, folder, snapshot=self.snapshot, as_of=self.as_of)
        with steps.timed("key figures"):
            keep(folder, self.snapshot, as_of=self.as_of)
            write_officers(folder, officers_of(self.snapshot, self.as_of))
        with steps.timed("donors"):
            keep_donors(folder, self.snapshot, as_of=self.as_of)
        for each in done:
            steps.add(each.seconds)
        record = {
            "as_of": self.as_of.isoformat(),
            "started": min([steps.began, *(each.started for each in done)]),
            "finished": steps.now(),
            "obligations": asked.num_rows,
            "without_a_score": ranked.abstained,
            "courts": ranked.courts,
            "queue": dict(ranked.record),
            "slices": sum(len(each.files) for each in done),
            "kept_of_an_earlier_run": sum(each.kept for each in done),
            "kept_of_the_last_queue": len(kept.places),
            "made_anew": {part: len(places) for part, places in parts.items()},
            "explained": dict(sum((Counter(each.explained) for each in done), Counter())),
            "seconds": dict(steps.seconds),
            "digests": {
                "snapshot": self.snapshot.digest,
                "bundle": self.bundle.digest,
                "catalogue": self.bundle.catalogue_digest,
                **_made_by(self.bundle),
                "obligations": _digest(asked),
            },
        }
        (folder / RUN).write_text(json.dumps(record, indent=1) + "\n")

    def _in_order(self, asked: pa.Table, matched: pa.Table | None, kept: Kept) -> dict[str, Places]:
        """Places of the obligations to be made anew, by what comes first."""
        rank = np.full(asked.num_rows, ORDER.index("changed" if matched is not None else "rest"))
        if matched is not None:
            same = matched["same"].to_numpy()
            rank[matched["n"].to_numpy()[same]] = ORDER.index("rest")
        cases = recent(self.snapshot, self.as_of)["case_id"].to_numpy()
        rank[np.isin(asked["case_id"].to_numpy(), cases)] = ORDER.index("recent")
        rank[kept.places] = len(ORDER)
        found = {part: np.flatnonzero(rank == number) for number, part in enumerate(ORDER)}
        some = {part: places for part, places in found.items() if len(places)}
        return some or ({} if len(kept.places) else {"rest": found["rest"]})

    def _scored(self, part: str, asked: pa.Table, folder: Path) -> Scored:
        below = folder / _PARTS / part
        below.mkdir(parents=True, exist_ok=True)
        return self.way.scoring(
            self.snapshot,
            self.bundle,
            asked,
            below,
            rows=self.way.rows,
            threads=self.snapshot.limits.threads,
            progress=_within(self.progress, part),
        )


def _gathered(folder: Path, done: Scored) -> list[Path]:
    """The files of a part beside those of the others, under the part's name."""
    files = []
    for number, scores in enumerate(done.files):
        part = scores.parent.parent
        points = part / POINTS / scores.name.replace("scores-", "part-")
        name = f"{part.name}-{number:05d}.parquet"
        link(points, folder / POINTS / name)
        link(scores, folder / SLICES / name)
        files.append(folder / SLICES / name)
    return files


def _remove_others(folder: Path, files: list[Path]) -> None:
    """What an attempt left that other records were then the newest for."""
    names = {file.name for file in files}
    for part in (SLICES, POINTS):
        for file in (folder / part).iterdir():
            if file.name not in names:
                file.unlink()


def _digest(asked: pa.Table) -> str:
    ordered = asked.sort_by([("party_id", "ascending"), ("case_id", "ascending")])
    told = hashlib.sha256()
    for name in ("party_id", "case_id"):
        told.update(ordered[name].to_numpy().tobytes())
    told.update("".join(ordered["content"].to_pylist()).encode())
    return told.hexdigest()


def _within(progress: Progress | None, part: str) -> Progress | None:
    """Progress of a part, told with its name."""
    if progress is None:
        return None
    return lambda label, done, total: progress(f"{part}: {label}", done, total)


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """One run below a root at a time. The lock falls with the process that holds it, however that ends."""
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _clear(root: Path, name: str) -> None:
    """Remove what killed runs of other nights left behind."""
    for left in root.glob(".staged-*"):
        if left.name != f".staged-{name}":
            shutil.rmtree(left)


def _made_by(bundle: Bundle) -> dict[str, str]:
    """Digests of what a queue follows from, beside records and date."""
    return {"basis": basis(bundle), "policy": policy().digest}


def _in_place_of(folder: Path, staged: Path) -> None:
    """Publish a folder; one of the same name is out of the way for the moment of two renamings."""
    old = folder.with_name(f".staged-old-{folder.name}")
    if folder.exists():
        os.replace(folder, old)
    os.replace(staged, folder)
    shutil.rmtree(old, ignore_errors=True)


def _point(root: Path, name: str) -> None:
    staged = root / f".current.{os.getpid()}"
    staged.write_text(json.dumps({"queue": name}) + "\n")
    os.replace(staged, root / "current.json")

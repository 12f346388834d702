"""The nightly run: the same queue however it is cut, killed or repeated, with reasons that add up."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from features.catalogue import CATALOGUE
from features.night import build, matrix
from features.phrases import sentence
from records.snapshot import Snapshot
from scoring.bundle import Bundle
from scoring.score import score
from triage import nightly, queue
from triage.nightly import Way, current, open_obligations, run

ROOT = Path(__file__).resolve().parents[2]
KEPT = 1e-6
"""What contributions on disk promise: they add up to the score within this, in points."""


@pytest.fixture(scope="module")
def asked(snapshot: Snapshot) -> pa.Table:
    """All obligations of the town on its last day, closed ones too."""
    assert snapshot.newest is not None
    return open_obligations(snapshot, snapshot.newest, closed_too=True)


@pytest.fixture(scope="module")
def whole(snapshot: Snapshot, bundle: Bundle, asked: pa.Table, place: Path) -> Path:
    """The folder of a run in one slice."""
    return _run(snapshot, bundle, asked, place / "whole", rows=10_000)


@pytest.mark.parametrize("rows", [13, 64])
def test_the_queue_is_the_same_however_the_run_is_cut(
    snapshot: Snapshot, bundle: Bundle, asked: pa.Table, whole: Path, tmp_path: Path, rows: int
) -> None:
    cut = _run(snapshot, bundle, asked, tmp_path, rows=rows)
    assert _places(cut) == _places(whole)
    assert _scores(cut).equals(_scores(whole))
    made = json.loads((cut / "run.json").read_text())["made_anew"]
    assert len(list((cut / "contributions").iterdir())) == sum(-(-some // rows) for some in made.values())
    np.testing.assert_allclose(_points(cut), _points(whole), rtol=0, atol=2e-9)


def test_a_killed_run_goes_on_and_ends_as_if_nothing_had_happened(
    bundle: Bundle, whole: Path, place: Path, tmp_path: Path
) -> None:
    queues = tmp_path / "queues"
    killed = _killed_after(2, place, queues)
    assert killed >= 2
    assert current(queues) is None
    _in_a_process(place, queues).communicate(timeout=300)
    finished = current(queues)
    assert finished is not None
    record = json.loads((finished / "run.json").read_text())
    assert record["kept_of_an_earlier_run"] >= 2
    assert _places(finished) == _places(whole)
    assert _scores(finished).equals(_scores(whole))
    assert not list(queues.glob(".staged-*"))


def test_what_a_killed_run_of_another_night_left_is_removed(
    snapshot: Snapshot, bundle: Bundle, asked: pa.Table, tmp_path: Path
) -> None:
    left = tmp_path / ".staged-queue-2001-01-01-aaaaaaaaaaaa-bbbbbbbbbbbb"
    (left / "slices").mkdir(parents=True)
    folder = _run(snapshot, bundle, asked.slice(0, 5), tmp_path, rows=10)
    assert {path.name for path in tmp_path.iterdir()} == {folder.name, "current.json", ".lock"}


def test_an_equal_run_changes_nothing(
    snapshot: Snapshot, bundle: Bundle, asked: pa.Table, tmp_path: Path
) -> None:
    first = _run(snapshot, bundle, asked, tmp_path, rows=100)
    before = {file: file.stat().st_mtime_ns for file in first.rglob("*")}
    assert _run(snapshot, bundle, asked, tmp_path, rows=50) == first == current(tmp_path)
    assert {file: file.stat().st_mtime_ns for file in first.rglob("*")} == before


def test_an_equal_run_under_other_figures_of_triage_makes_the_queue_anew(
    snapshot: Snapshot, bundle: Bundle, asked: pa.Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _run(snapshot, bundle, asked.slice(0, 9), tmp_path, rows=100)
    before = _scores(first)
    monkeypatch.setattr(nightly, "_made_by", lambda bundle: {"basis": "the same", "policy": "another"})
    again = _run(snapshot, bundle, asked.slice(0, 9), tmp_path, rows=100)
    assert (again, json.loads((again / "run.json").read_text())["digests"]["policy"]) == (first, "another")
    assert _scores(again).equals(before)


def test_a_whole_night_is_made_anew_where_its_queue_stands(
    snapshot: Snapshot, bundle: Bundle, asked: pa.Table, tmp_path: Path
) -> None:
    first = _run(snapshot, bundle, asked.slice(0, 9), tmp_path, rows=100)
    before = _scores(first), (first / "run.json").stat().st_mtime_ns
    again = _run(snapshot, bundle, asked.slice(0, 9), tmp_path, rows=100, whole=True)
    record = json.loads((again / "run.json").read_text())
    assert (again, sum(record["made_anew"].values())) == (first, 9)
    assert _scores(again).equals(before[0])
    assert (again / "run.json").stat().st_mtime_ns > before[1]


def test_contributions_on_disk_add_up_to_the_score(whole: Path) -> None:
    kept = _contributions(whole)
    together = kept["base"].to_numpy() + _points(whole).sum(axis=1)
    scores = _scores(whole).sort_by([("party_id", "ascending"), ("case_id", "ascending")])
    np.testing.assert_allclose(together, scores["score"].to_numpy(), rtol=0, atol=KEPT)


def test_scores_and_reasons_are_those_of_the_profile(
    snapshot: Snapshot, bundle: Bundle, asked: pa.Table, whole: Path
) -> None:
    values = matrix(build(snapshot, asked))
    found = score(bundle, values)
    rows = {(row["party_id"], row["case_id"]): row for row in _scores(whole).to_pylist()}
    for at, one in enumerate(asked.to_pylist()[:40]):
        row = rows[one["party_id"], one["case_id"]]
        assert (row["score"], row["cautious"]) == (found.score[at], found.cautious[at])
        weighty = json.loads(row["reasons"])
        heaviest = np.sort(np.abs(found.contributions[at]))[::-1][:3]
        np.testing.assert_allclose([abs(each["points"]) for each in weighty], heaviest, atol=1e-6)
        for each in weighty:
            value = values[at, CATALOGUE.names.index(each["feature"])]
            assert each["value"] == (None if np.isnan(value) else value)


def test_the_debtors_of_one_case_are_not_promised_more_than_it_lacks(whole: Path) -> None:
    by_case: dict[int, float] = {}
    lacks: dict[int, float] = {}
    for row in _scores(whole).to_pylist():
        by_case[row["case_id"]] = by_case.get(row["case_id"], 0.0) + row["expected_cautious"]
        lacks[row["case_id"]] = row["case_owed"]
    assert all(promised <= lacks[case] + 0.02 for case, promised in by_case.items())


def test_ranks_of_a_court_run_from_one_by_worth(whole: Path) -> None:
    for court, count in queue.courts(whole):
        total, places = queue.read(whole, court=court, most=count)
        assert (total, [rank for rank, _ in places]) == (count, list(range(1, count + 1)))
        worth = [place.worth for _, place in places]
        assert worth == sorted(worth, reverse=True)


def test_a_reason_is_worded_when_it_is_read(whole: Path) -> None:
    court, _ = queue.courts(whole)[0]
    place = queue.read(whole, court=court)[1][0][1]
    strongest = place.weighty[0]
    words = sentence(
        CATALOGUE[strongest.feature], np.nan if strongest.value is None else strongest.value, None
    )
    assert (place.reason_zh, place.reason_en) == (words.zh, words.en)


def test_a_reason_whose_feature_is_gone_is_shown_by_its_code() -> None:
    assert queue.Weighty("no_longer_declared", 1.0, 2.0).words.en == "no_longer_declared"


def test_the_open_queue_holds_open_cases_with_something_owed(
    snapshot: Snapshot, bundle: Bundle, tmp_path: Path
) -> None:
    assert snapshot.newest is not None
    folder = run(snapshot, bundle, as_of=snapshot.newest, root=tmp_path)
    assert sum(count for _, count in queue.courts(folder)) > 0
    assert pc.all(pc.greater(_scores(folder)["outstanding"], 0)).as_py()


def test_a_run_without_obligations_publishes_an_empty_queue(
    snapshot: Snapshot, bundle: Bundle, asked: pa.Table, tmp_path: Path
) -> None:
    folder = _run(snapshot, bundle, asked.slice(0, 0), tmp_path, rows=10)
    assert (queue.courts(folder), _scores(folder).num_rows) == ([], 0)


def test_the_record_of_a_run_says_on_what_it_stands_and_what_it_took(
    snapshot: Snapshot, bundle: Bundle, asked: pa.Table, whole: Path
) -> None:
    record = json.loads((whole / "run.json").read_text())
    assert record["digests"]["snapshot"] == snapshot.digest
    assert record["digests"]["bundle"] == bundle.digest
    assert record["digests"]["catalogue"] == CATALOGUE.digest
    assert record["obligations"] == asked.num_rows
    assert record["started"] <= record["finished"]
    steps = {
        "what changed",
        "features",
        "scores and contributions",
        "reasons",
        "writing",
        "ranking",
        "key figures",
        "donors",
    }
    assert set(record["seconds"]) == steps


def _run(
    snapshot: Snapshot, bundle: Bundle, asked: pa.Table, root: Path, *, rows: int, whole: bool = False
) -> Path:
    assert snapshot.newest is not None
    return run(
        snapshot, bundle, as_of=snapshot.newest, root=root, obligations=asked, way=Way(rows=rows, whole=whole)
    )


def _places(folder: Path) -> list[Any]:
    return [queue.read(folder, court=court, most=count) for court, count in queue.courts(folder)]


def _scores(folder: Path) -> pa.Table:
    return pq.read_table(folder / "scores.parquet").sort_by(
        [("party_id", "ascending"), ("case_id", "ascending")]
    )


def _contributions(folder: Path) -> pa.Table:
    kept = ds.dataset(folder / "contributions").to_table()
    return kept.sort_by([("party_id", "ascending"), ("case_id", "ascending")])


def _points(folder: Path) -> np.ndarray:
    kept = _contributions(folder)
    return np.column_stack([kept[name].to_numpy() for name in CATALOGUE.names])


_IN_A_PROCESS = """
import sys
from pathlib import Path
from records.snapshot import Snapshot
from scoring import bundle
from triage.nightly import Way, open_obligations, run
place, queues = map(Path, sys.argv[1:])
snapshot = Snapshot.current(place / "snapshots")
asked = open_obligations(snapshot, snapshot.newest, closed_too=True)
run(snapshot, bundle.read(place / "bundle"), as_of=snapshot.newest, root=queues, obligations=asked, way=Way(rows=20))
"""


def _in_a_process(place: Path, queues: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _IN_A_PROCESS, str(place), str(queues)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def _killed_after(slices: int, place: Path, queues: Path) -> int:
    """Start a run in a process of its own and kill it -9 when so many slices are done; how many were."""
    process = _in_a_process(place, queues)
    while len(done := list(queues.glob(".staged-*/.parts/*/slices/*.parquet"))) < slices:
        assert process.poll() is None, "the run ended before it could be killed"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=60) == -signal.SIGKILL
    return len(done)

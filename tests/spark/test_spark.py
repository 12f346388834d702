"""On Spark a night's table, its queue and a model are as one machine makes them; what is missing is said plainly."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.catalogue import CATALOGUE
from features.night import IDS, build, matrix
from operations import spark_problems
from operations.spark import GrowOnSpark, OnSpark, profile_on_spark, session
from records.load import load
from records.publish import publish
from records.snapshot import Snapshot
from records.store import Store
from scoring.bundle import Bundle
from scoring.trees import Trees
from simulation import simulate
from training.fit import Settings, fit
from triage.nightly import Way, open_obligations, run
from triage.slices import Scored, score_slices
from vocabulary.problems import PortraitError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.jvm
CASES = 20_000


def test_twenty_thousand_cases_give_the_table_of_the_night_engine(
    spark: SparkSession, model: Bundle, tmp_path: Path
) -> None:
    """Features, score, cautious score, contributions and all else of every obligation, within 1e-9."""
    simulate(cases=CASES, seed=23, out=tmp_path / "files")
    with Store.open(tmp_path / "store.duckdb", b"a secret of the tests") as store:
        load(store, tmp_path / "files")
        snapshot = Snapshot.open(publish(store, tmp_path / "snapshots"))
    assert snapshot.newest is not None
    obligations = open_obligations(snapshot, snapshot.newest, closed_too=True)
    assert obligations.num_rows > CASES

    here, there = (
        scoring(snapshot, model, obligations, tmp_path / name, rows=6_000, threads=1, progress=None)
        for name, scoring in {"here": score_slices, "there": OnSpark(spark)}.items()
    )
    snapshot.close()

    ours, theirs = _tables(here), _tables(there)
    for one, other in zip(ours, theirs, strict=True):
        _same(one, other)
    told = {name for table in ours for name in table.column_names}
    assert told >= {*CATALOGUE.names, "score", "cautious", "base"}


def test_profiles_as_of_dates_of_their_own_are_the_night_engines(
    spark: SparkSession, snapshot: Snapshot, tmp_path: Path
) -> None:
    """With what else the obligations bring: a training's target and weight."""
    asked = snapshot.query(
        """SELECT party_id, case_id, CAST(min(happened_at) + CAST(hash(party_id) % 600 AS INTEGER) AS DATE) AS as_of,
            (hash(case_id) % 101) / 100 AS target
        FROM obligors GROUP BY party_id, case_id ORDER BY hash(party_id, case_id)"""
    )
    files = profile_on_spark(spark, snapshot, asked, tmp_path / "profiles", rows=200)
    found = pa.concat_tables([pq.read_table(file) for file in files])
    ordered = asked.sort_by([(name, "ascending") for name in IDS])
    assert len(files) > 2
    assert found.select([*IDS, "target"]).equals(ordered)
    np.testing.assert_array_equal(matrix(found), matrix(build(snapshot, ordered)))


def test_a_night_on_spark_publishes_the_queue_of_one_machine(
    spark: SparkSession, snapshot: Snapshot, model: Bundle, tmp_path: Path
) -> None:
    assert snapshot.newest is not None
    here, there = (
        run(snapshot, model, as_of=snapshot.newest, root=tmp_path / name, way=Way(rows=120, scoring=scoring))
        for name, scoring in {"here": score_slices, "there": OnSpark(spark)}.items()
    )
    _same(pq.read_table(here / "scores.parquet"), pq.read_table(there / "scores.parquet"))
    ours, theirs = (json.loads((folder / "run.json").read_text()) for folder in (here, there))
    assert ours["digests"] == theirs["digests"]
    assert ours["obligations"] == theirs["obligations"] > 0


def test_what_a_broken_run_finished_is_kept(
    spark: SparkSession, snapshot: Snapshot, model: Bundle, obligations: pa.Table, tmp_path: Path
) -> None:
    def score() -> Scored:
        return OnSpark(spark)(
            snapshot,
            model,
            obligations,
            tmp_path,
            rows=100,
            threads=1,
            progress=lambda *said: told.append(said),
        )

    told: list[tuple[str, int, int]] = []
    first = score()
    assert (first.kept, told[-1]) == (0, ("buckets", len(first.files), len(first.files)))
    (tmp_path / "contributions" / "part-00002.parquet").unlink()
    written = {file: file.stat().st_mtime_ns for file in first.files}
    again = score()
    assert again.kept == len(first.files) - 1
    assert [file.stat().st_mtime_ns != written[file] for file in again.files].index(True) == 2
    assert again.digest == first.digest
    assert {each.name for each in tmp_path.iterdir()} == {"slices", "contributions"}


def test_of_nobody_there_is_an_empty_table(
    spark: SparkSession, snapshot: Snapshot, model: Bundle, obligations: pa.Table, tmp_path: Path
) -> None:
    done = OnSpark(spark)(
        snapshot, model, obligations.slice(0, 0), tmp_path, rows=100, threads=1, progress=None
    )
    assert [pq.read_metadata(file).num_rows for file in done.files] == [0]


def test_a_worker_that_cannot_go_on_says_why_and_what_to_do(
    spark: SparkSession, snapshot: Snapshot, model: Bundle, obligations: pa.Table, tmp_path: Path
) -> None:
    shutil.copytree(model.path, tmp_path / "bundle")
    changed = Bundle(**{**_fields(model), "path": tmp_path / "bundle"})
    (tmp_path / "bundle" / "card.md").write_text("changed afterwards")
    with pytest.raises(PortraitError) as refused:
        OnSpark(spark)(snapshot, changed, obligations, tmp_path, rows=300, threads=1, progress=None)
    problem = refused.value.problem
    assert problem.code == "spark.failed"
    assert "[card.md] differs from its digest" in problem.detail.en
    assert "again" in problem.next_step.en


def test_trees_grown_in_a_barrier_stage_answer_as_those_of_one_machine(
    spark: SparkSession, tmp_path: Path
) -> None:
    """Not the same model: each worker finds bins on its own rows. As close to the truth, and to each other."""
    rng = np.random.default_rng(4)
    values = rng.normal(size=(3_000, 8))
    values[rng.random(values.shape) < 0.15] = np.nan
    truth = 1 / (1 + np.exp(-np.nan_to_num(values) @ rng.normal(size=8)))
    about = {
        "names": [f"f{place}" for place in range(8)],
        "monotone": [1, *[0] * 7],
        "settings": Settings(rounds=40, leaves=7, rate=0.1),
    }
    weight = np.ones(len(truth))
    here = fit(values, truth, weight, **about)  # type: ignore[arg-type]
    grow = GrowOnSpark(spark, tmp_path)
    there = grow(values, truth, weight, **about)  # type: ignore[arg-type]

    ours, theirs = (1 / (1 + np.exp(-Trees.parse(text).raw(values))) for text in (here, there))
    assert np.abs(ours - theirs).mean() < 0.02
    assert np.abs(theirs - truth).mean() < 1.1 * np.abs(ours - truth).mean()
    assert "tree_learner: data" in there
    assert "127.0.0.1" not in there
    assert list(tmp_path.iterdir()) == []


def test_rows_that_cannot_be_learned_from_trouble_no_worker(spark: SparkSession, tmp_path: Path) -> None:
    about = {"names": ["f"], "monotone": [0], "settings": Settings()}
    with pytest.raises(ValueError, match="between 0 and 1"):
        GrowOnSpark(spark, tmp_path)(np.ones((2, 1)), np.array([0.5, 1.5]), np.ones(2), **about)  # type: ignore[arg-type]


def test_without_java_the_next_step_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(PortraitError) as refused:
        spark_problems.refuse_without_java()
    assert refused.value.problem.code == "spark.java_missing"
    assert "openjdk-17-jre-headless" in refused.value.problem.next_step.zh


@pytest.mark.parametrize(
    ("version", "runs"), [("1.8.0_392", False), ("17.0.9", True), ("21", True), ("25.0.1", False)]
)
def test_only_a_java_that_spark_runs_on_will_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str, runs: bool
) -> None:
    binary = tmp_path / "bin" / "java"
    binary.parent.mkdir()
    binary.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025-01-01' >&2\n")
    binary.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    if runs:
        spark_problems.refuse_without_java()
    else:
        with pytest.raises(PortraitError, match=r"java_missing.*17"):
            spark_problems.refuse_without_java()


def test_without_pyspark_the_next_step_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with (
        pytest.raises(PortraitError, match=r"spark\.missing.*make setup|spark\.missing.*\[spark\]"),
        session("local[2]"),
    ):
        pass


def _tables(done: Scored) -> tuple[pa.Table, pa.Table]:
    """Scores and contributions of all slices."""
    points = [
        file.parent.parent / "contributions" / file.name.replace("scores", "part") for file in done.files
    ]
    scores, contributions = (
        pa.concat_tables([pq.read_table(file) for file in each]) for each in (done.files, points)
    )
    return scores, contributions


def _same(one: pa.Table, other: pa.Table) -> None:
    """Every column: numbers within 1e-9, unknown where unknown, everything else the same."""
    assert one.schema.equals(other.schema)
    for name in one.column_names:
        if pa.types.is_floating(one[name].type):
            np.testing.assert_allclose(
                other[name].to_numpy(), one[name].to_numpy(), rtol=0, atol=1e-9, err_msg=name
            )
        else:
            assert one[name].equals(other[name]), name


def _fields(model: Bundle) -> dict[str, object]:
    from dataclasses import fields

    return {each.name: getattr(model, each.name) for each in fields(model) if each.init}

"""Spark: a night's work, or a training, spread over many machines. The only file that knows Spark.

Spark distributes, nothing else: buckets of debtors (`operations.buckets`) are worked on by the night engine and the
scoring of one machine (`operations.bucket_work`), inside ``mapInArrow``. What is made is the same table.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from features.declare import Values
from features.night import slices
from operations import buckets, spark_problems
from operations.bucket_work import Profiling, Scoring, Work, opened, profiles
from operations.spread_training import Growth, free_port, refuse_unfit, write_rows
from records.snapshot import Snapshot
from records.store import Limits
from scoring.bundle import Bundle
from training.fit import Settings
from triage.slices import ROWS, Scored, Steps, finished, gathered, inputs_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Progress = Callable[[str, int, int], None]
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.speculation": "false",  # tasks write files
    "spark.sql.adaptive.enabled": "false",  # a bucket is a partition
    "spark.sql.execution.arrow.maxRecordsPerBatch": "8",  # a record is a piece of a table, of megabytes
}
"""What the work needs; a cluster's own settings (memory, cores) come from spark-defaults.conf."""
_MOMENT = 0.5


@contextmanager
def session(master: str) -> Iterator[SparkSession]:
    """A session on a master (``local[2]``, ``spark://…``, ``yarn``); one that is there already is used and stays.

    Raises PortraitError `spark.missing` without PySpark, `spark.java_missing` without Java 17 or 21, `spark.no_session`
    when Spark does not start.
    """
    try:
        with _quiet():
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
    except ImportError:
        raise spark_problems.missing() from None
    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    spark_problems.refuse_without_java()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = dict(SETTINGS)
    if master.startswith("local"):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    builder = SparkSession.builder.master(master).appName("portrait")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        with _quiet():
            started = builder.getOrCreate()
    except (PySparkException, OSError) as error:
        raise spark_problems.no_session(master, error) from error
    try:
        yield started
    finally:
        started.stop()


@contextmanager
def on_spark(master: str) -> Iterator[OnSpark]:
    """A cluster that scores slices, for as long as the block lasts. Raises PortraitError of `session`."""
    with session(master) as spark:
        yield OnSpark(spark)


@dataclass(frozen=True, slots=True)
class OnSpark:
    """Scores slices on a cluster: takes the place of `triage.slices.score_slices` in a night (`nightly.Way`).

    Snapshot, bundle and folder lie where every node sees them under the same path. The list of open obligations and
    the ranking stay with the driver.
    """

    spark: SparkSession

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
        """The same files as `score_slices` writes, and the same account; ``threads`` says nothing here.

        Slices that an earlier, broken run finished stay. Raises PortraitError `spark.failed` when a worker gave up.
        """
        began, kept, digests = Steps.now(), [], []
        for each in slices(obligations, rows=rows):
            kept.append(finished(folder, each.number, inputs_of(snapshot, bundle, each)))
            digests.append(each.digest)
        todo = [number for number, done in enumerate(kept) if not done]
        if todo:
            work = Scoring(bundle.path.resolve(), bundle.digest, folder.resolve())
            with _told(progress, folder / "slices", len(kept)):
                over_buckets(self.spark, snapshot, obligations, work, rows=rows, todo=todo, room=folder)
        return gathered(folder, list(zip(digests, kept, strict=True)), began=began)


def profile_on_spark(
    spark: SparkSession, snapshot: Snapshot, obligations: pa.Table, folder: Path, *, rows: int = ROWS
) -> list[Path]:
    """Profiles of obligations, each as of its own date, as Parquet files below a shared folder, sorted by debtor.

    Columns: the ids, a float64 column a feature, and whatever else the obligations bring (a target, a weight).
    """
    count = max(1, -(-obligations.num_rows // rows))
    over_buckets(
        spark,
        snapshot,
        obligations,
        Profiling(folder.resolve()),
        rows=rows,
        todo=range(count),
        room=folder,
    )
    return [profiles(folder, number) for number in range(count)]


@dataclass(frozen=True, slots=True)
class GrowOnSpark:
    """Grows trees on a cluster: takes the place of `training.fit.fit` (`train.Plan`).

    Each of ``workers`` tasks (as many as run at once unless given) holds its part of the rows, and they exchange sums
    by LightGBM's own sockets. ``room``: a shared folder. The model differs a little from that of one machine: bins are
    found by each worker on its own rows.
    """

    spark: SparkSession
    room: Path
    workers: int = 0

    def __call__(
        self,
        values: Values,
        target: Values,
        weight: Values,
        *,
        names: Sequence[str],
        monotone: Sequence[int],
        settings: Settings,
        progress: Progress | None = None,
    ) -> str:
        """As `fit`: LightGBM's text. Raises ValueError for rows that cannot be learned from, and `spark.failed`."""
        refuse_unfit(target)
        self.room.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self.room, prefix=".rows-") as shared:
            file = Path(shared).resolve() / "rows.parquet"
            write_rows(file, values, target, weight, names=names, parts=4 * self._seats)
            return self.of_files([file], names=names, monotone=monotone, settings=settings)

    def of_files(
        self, files: Sequence[Path], *, names: Sequence[str], monotone: Sequence[int], settings: Settings
    ) -> str:
        """The same of rows that lie in shared Parquet files (`profile_on_spark`), with target and weight."""
        plan = Growth(tuple(files), tuple(names), tuple(monotone), settings)
        with _quiet(), _failing():
            seats = self.spark.range(0, self._seats, 1, self._seats)
            grown = seats.mapInArrow(partial(_grow, plan), "model string", barrier=True).toArrow()
        return str(grown["model"][0].as_py())

    @property
    def _seats(self) -> int:
        return self.workers or self.spark.sparkContext.defaultParallelism


def _grow(plan: Growth, numbers: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """One seat of a barrier stage: agree on who is where, grow together, and let the first tell the model."""
    from pyspark import BarrierTaskContext

    context = BarrierTaskContext.get()
    host = context.getTaskInfos()[context.partitionId()].address.rsplit(":", 1)[0]
    with free_port() as port:
        machines = context.allGather(f"{host}:{port}")
    text = plan.grow(context.partitionId(), machines)
    if context.partitionId() == 0:
        yield _batch(model=pa.array([text]))


def over_buckets(
    spark: SparkSession,
    snapshot: Snapshot,
    obligations: pa.Table,
    work: Work,
    *,
    rows: int,
    todo: Sequence[int],
    room: Path,
) -> None:
    """Do the work on every bucket (of ``rows`` obligations) named in ``todo``; ``room``: a shared folder, for a while.

    First the tables that are read by case are cut by bucket, a task a million rows; Spark carries the pieces; then
    comes a task a bucket. Raises PortraitError `spark.failed`.
    """
    parts = buckets.parts(snapshot)
    room.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=room, prefix=".shared-") as shared:
        place = Path(shared).resolve()
        buckets.lay_out(obligations, place, rows=rows, wanted=todo)
        job = _Job(snapshot.path, snapshot.digest, snapshot.limits, place, tuple(parts), tuple(todo), work)
        with _quiet(), _failing():
            pieces = (
                spark.range(0, len(parts), 1, max(1, len(parts)))
                .mapInArrow(job.cut, "number int, name string, rows binary")
                .repartitionById(len(todo), "number")
            )
            done = pieces.mapInArrow(job.work_on, "bucket int").toArrow()
    assert done.num_rows == len(todo)


@dataclass(frozen=True, slots=True)
class _Job:
    """What the workers are told; it travels to them."""

    snapshot: Path
    digest: str
    limits: Limits
    room: Path
    parts: tuple[buckets.Part, ...]
    todo: tuple[int, ...]
    work: Work

    def cut(self, numbers: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Parts by number → pieces: the bucket's place in ``todo``, the table, its rows."""
        place = {bucket: number for number, bucket in enumerate(self.todo)}
        for batch in numbers:
            for number in batch.column(0).to_pylist():
                for piece in buckets.cut(self._snapshot(), self.parts[number], self.room):
                    yield _batch(
                        number=pa.array([place[piece.bucket]], pa.int32()),
                        name=pa.array([piece.table]),
                        rows=pa.array([piece.rows], pa.binary()),
                    )

    def work_on(self, pieces: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The pieces of one bucket → its number, when the work is done."""
        from pyspark import TaskContext

        context = TaskContext.get()
        assert context is not None
        bucket = self.todo[context.partitionId()]
        brought = buckets.brought(
            (name, rows)
            for batch in pieces
            for name, rows in zip(batch.column(1).to_pylist(), batch.column(2).to_pylist(), strict=True)
        )
        asked = buckets.asked_of(self.room, bucket)
        self.work(buckets.Bucket(self._snapshot(), asked, brought), asked)
        yield _batch(bucket=pa.array([bucket], pa.int32()))

    def _snapshot(self) -> Snapshot:
        return opened(self.snapshot, self.digest, self.limits)


def _batch(**columns: pa.Array) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(columns)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without PySpark's warning of pandas 3: no pandas is used."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        yield


@contextmanager
def _failing() -> Iterator[None]:
    """What a worker could not do becomes a problem with a next step."""
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise spark_problems.failed(error) from error


@contextmanager
def _told(progress: Progress | None, folder: Path, total: int) -> Iterator[None]:
    """Tell how many files of a folder are there, while others write them."""
    if progress is None:
        yield
        return
    over = threading.Event()

    def tell() -> None:
        while not over.wait(_MOMENT):
            progress("buckets", len(list(folder.glob("*.parquet"))), total)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()
    progress("buckets", total, total)

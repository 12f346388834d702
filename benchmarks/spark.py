"""A night on Spark: what a core does in a second, whether many do as many times more, and what a nation would take.

    python -m benchmarks.spark [--cases N] [--rows N] [--master local[2]] [--folder DIR] [--json FILE]

Rates are taken in this process, on one thread, in processor time, bucket after bucket and step after step, as a worker
works: other work on the machine does not count. Then Spark does all buckets, on the wall. The court is simulated,
loaded and published below the folder (one that is there stays); the bundle has 600 trees of 31 leaves.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.court import bundle as large_bundle
from benchmarks.court import court
from benchmarks.facts import keep, peak_mb
from features.night import build, matrix
from operations import buckets
from operations.spark import OnSpark, session
from records.contracts import TABLES
from records.snapshot import Snapshot
from records.store import Limits
from scoring import bundle as bundles
from scoring.bundle import Bundle
from scoring.contributions import warm
from scoring.score import score
from triage.nightly import open_obligations

NATION = {"cases": 10_000_000, "rows": 650_000_000}
"""A nation's year, as the project's goal puts it."""
CORES = (16, 64, 256)


@dataclass
class Spent:
    """Processor seconds by step."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @contextmanager
    def on(self, step: str) -> Iterator[None]:
        """Count what happens inside."""
        began = time.process_time()
        yield
        self.seconds[step] += time.process_time() - began


def main() -> None:
    """Make the court, take the rates, run Spark, show."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as spare:
        folder = asked.folder or Path(spare)
        root = court(asked.cases, folder / f"t{asked.cases}")
        model = bundles.read(large_bundle(root, folder / "bundle"))
        snapshot = Snapshot.current(root, limits=Limits(memory="2GB", threads=1))
        assert snapshot.newest is not None
        obligations = open_obligations(snapshot, snapshot.newest, closed_too=True)
        size = {
            "cases": asked.cases,
            "obligations": obligations.num_rows,
            "rows": sum(snapshot.rows(table) for table in TABLES),
            "bucket": asked.rows,
        }
        seconds, size["carried"] = one_core(snapshot, model, obligations, rows=asked.rows)
        peak = peak_mb()
        spread = on_spark(snapshot, model, obligations, rows=asked.rows, master=asked.master)
    told = {"size": size, "processor_seconds": seconds, "peak_mb": peak, "spark": spread}
    told["nation"] = nation(size, seconds)
    show(told)
    keep(told, asked.json)


def one_core(
    snapshot: Snapshot, model: Bundle, obligations: pa.Table, *, rows: int
) -> tuple[dict[str, float], int]:
    """Processor seconds of each step over all buckets, on one thread; and the bytes that travel to the buckets."""
    warm()
    spent, count = Spent(), -(-obligations.num_rows // rows)
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        pieces: list[buckets.Piece] = []
        with spent.on("cutting the tables read by case"):
            buckets.lay_out(obligations, room, rows=rows, wanted=range(count))
            for part in buckets.parts(snapshot):
                pieces += buckets.cut(snapshot, part, room)
        for number in range(count):
            with spent.on("cutting the tables read by case"):
                own = ((each.table, each.rows) for each in pieces if each.bucket == number)
                asked = buckets.asked_of(room, number)
                bucket = buckets.Bucket(snapshot, asked, buckets.brought(own))
            with spent.on("features"):
                values = matrix(build(bucket, asked.rows, rows=rows))
            with spent.on("contributions"):
                model.explain.of(values)
            with spent.on("scores"):
                score(model, values)
    seconds = dict(spent.seconds)
    seconds["scores"] -= seconds["contributions"]  # score() makes them, too
    return seconds, sum(len(each.rows) for each in pieces)


def on_spark(
    snapshot: Snapshot, model: Bundle, obligations: pa.Table, *, rows: int, master: str
) -> dict[str, Any]:
    """Seconds on the wall: the session's start, a first run with cold workers, a second one with warm ones."""
    began = time.perf_counter()
    with session(master) as spark, tempfile.TemporaryDirectory() as room:
        told: dict[str, Any] = {"master": master, "session": time.perf_counter() - began}
        for run in ("cold", "warm"):
            folder = Path(room) / run
            folder.mkdir()
            began = time.perf_counter()
            done = OnSpark(spark)(snapshot, model, obligations, folder, rows=rows, threads=1, progress=None)
            told[run] = time.perf_counter() - began
            told[f"{run}, buckets alone"] = sum(done.seconds.values())
    return told


def nation(size: dict[str, int], seconds: dict[str, float]) -> dict[str, Any]:
    """The rates carried over to a nation: an extrapolation, straight lines through one point."""
    times = max(NATION["cases"] / size["cases"], NATION["rows"] / size["rows"])
    hours = {step: taken * times / 3600 for step, taken in seconds.items()}
    return {
        "times": times,
        "obligations": round(size["obligations"] * times),
        "core_hours": hours,
        "minutes_by_cores": {cores: sum(hours.values()) * 60 / cores for cores in CORES},
    }


def show(told: dict[str, Any]) -> None:
    """The tables."""
    size, seconds, spread, wide = (told[name] for name in ("size", "processor_seconds", "spark", "nation"))
    print(
        f"{size['cases']:,} cases, {size['obligations']:,} obligations, {size['rows']:,} rows; "
        f"buckets of {size['bucket']:,} obligations; peak of one process {told['peak_mb']:.0f} MB; "
        f"{size['carried'] / 1e6:.1f} MB travel to the buckets\n"
    )
    print("| on one core | processor, s | obligations/s | rows/s | core-hours for a nation |")
    print("|---|---|---|---|---|")
    whole = {**seconds, "together": sum(seconds.values())}
    for step, taken in whole.items():
        hours = wide["core_hours"].get(step, sum(wide["core_hours"].values()))
        rates = (size[each] / max(taken, 1e-9) for each in ("obligations", "rows"))
        print(f"| {step} | {taken:.2f} | {' | '.join(f'{rate:,.0f}' for rate in rates)} | {hours:.2f} |")
    print(f"\n{spread['master']}: session {spread['session']:.1f} s; all buckets", end=" ")
    print(", ".join(f"{name} {spread[name]:.1f} s" for name in spread if name not in ("master", "session")))
    print(
        f"\nA nation (extrapolated {wide['times']:,.0f}-fold, {wide['obligations']:,} obligations):", end=" "
    )
    print(
        ", ".join(f"{cores} cores {minutes:.1f} min" for cores, minutes in wide["minutes_by_cores"].items())
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=20_000, help="size of the court (default 20,000)")
    parser.add_argument("--rows", type=int, default=6_000, help="obligations of a bucket (default 6,000)")
    parser.add_argument("--master", default="local[2]", help="Spark's master (default local[2])")
    parser.add_argument("--folder", type=Path, help="where the court is made and kept (default: nowhere)")
    parser.add_argument("--json", type=Path, help="keep the figures in this file too")
    return parser.parse_args()


if __name__ == "__main__":
    main()

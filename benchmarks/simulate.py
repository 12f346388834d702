"""The synthetic court at the size of a province: time, memory, rows, and the published figures beside its own.

    python -m benchmarks.simulate [--cases 707861] [--seed 7] [--workers 2] [--out DIR] [--document]

Prints seconds and peak memory of the parent and of the largest worker, then the table "published vs simulated" and
the invariants, each of which should be 0. With ``--document`` the generated parts of docs/simulation.md are rewritten
from this run. Ends with an error when a figure is off or an invariant is broken.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

from simulation import simulate
from simulation.calibration import Row, as_markdown, compare
from simulation.document import effects_table, replaced
from simulation.invariants import broken
from simulation.sensitivity import as_markdown as sensitivity_table
from simulation.sensitivity import sensitivity
from simulation.truth import unable_share

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "simulation.md"


def main() -> int:
    """Run, print, compare; 1 when something is off."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        out = asked.out or Path(folder) / "court"
        table, wrong, measured = _measured(asked.cases, asked.seed, asked.workers, out)
    print(measured)
    print(as_markdown(table))
    print(wrong)
    if asked.document:
        _document(table, measured)
    return int(any(wrong.values()) or not all(row.holds for row in table))


def _measured(cases: int, seed: int, workers: int, out: Path) -> tuple[list[Row], dict[str, int], str]:
    started = time.perf_counter()
    report = simulate(cases=cases, seed=seed, out=out, workers=workers, progress=_progress)
    seconds = time.perf_counter() - started
    own, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    size = sum(path.stat().st_size for path in out.iterdir())
    measured = (
        f"{cases:,} cases (seed {seed}, {workers} workers): {report.total:,} rows, {size / 1e6:,.0f} MB in "
        f"{seconds:,.0f} s ({own.ru_utime + theirs.ru_utime:,.0f} s of processor time); peak memory "
        f"{own.ru_maxrss / 1024:,.0f} MB for the writer and {theirs.ru_maxrss / 1024:,.0f} MB for the largest worker."
    )
    return compare(out, unable=unable_share(cases=cases, seed=seed)), broken(out), measured


def _document(table: list[Row], measured: str) -> None:
    replaced(
        DOCUMENT,
        {
            "published": f"{measured}\n\n{as_markdown(table)}",
            "effects": effects_table(),
            "sensitivity": sensitivity_table(sensitivity()),
        },
    )


def _progress(done: int, total: int) -> None:
    print(f"\r{done:,} of {total:,} cases", end="\n" if done == total else "", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=707_861)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--document", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

"""How long the serving process takes to be ready and how much it holds, and how long ``portrait --help`` takes.

    python -m benchmarks.start --snapshots DIR --bundle DIR [--rounds N] [--json FILE]

Ready is: modules loaded, state migrated, bundle read, kernel warm. Medians after one round that fills the caches.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.facts import keep, peak_mb

GOALS = {"serving ready, s": 1.5, "serving holds, MB": 256, "portrait --help, s": 0.3}


def main() -> None:
    """Start, stop, show."""
    asked = _arguments()
    if asked.serve:
        _serve(asked.snapshots, asked.bundle, asked.serve)
        return
    taken: dict[str, list[float]] = {
        name: []
        for name in (
            "serving ready, s",
            "serving ready, processor s",
            "serving holds, MB",
            "portrait --help, s",
            "portrait --help, processor s",
            "python itself, s",
        )
    }
    with tempfile.TemporaryDirectory() as home:
        for _ in range(asked.rounds + 1):
            words = ["-m", "benchmarks.start", "--serve", home]
            words += ["--snapshots", str(asked.snapshots), "--bundle", str(asked.bundle)]
            wall, processor, said = _run(words)
            taken["serving ready, s"].append(wall)
            taken["serving ready, processor s"].append(processor)
            taken["serving holds, MB"].append(json.loads(said)["peak_mb"])
            wall, processor, _ = _run(["-m", "operations.cli", "--help"])
            taken["portrait --help, s"].append(wall)
            taken["portrait --help, processor s"].append(processor)
            taken["python itself, s"].append(_run(["-c", "pass"])[0])
    figures = {name: median(spent[1:]) for name, spent in taken.items()}
    print("| start | figure | goal |\n|---|---|---|")
    for name, figure in figures.items():
        print(f"| {name} | {figure:.2f} | {f'< {GOALS[name]}' if name in GOALS else ''} |")
    keep({"start": figures}, asked.json)


def _serve(snapshots: Path, bundle: Path, home: Path) -> None:
    """Be ready to serve, and say how much is held."""
    from pydantic import SecretStr

    from scoring.shelf import Shelf
    from serving.app import create
    from serving.desk import Desk
    from serving.figures import Figures
    from serving.settings import ServingSettings

    shelf = Shelf(home / "shelf")
    if not (home / "shelf" / "champion.json").exists():
        shelf.point(shelf.put(bundle))
    settings = ServingSettings(
        snapshots=snapshots,
        shelf=home / "shelf",
        queues=home / "queues",
        state_url=f"sqlite:///{home / 'state.sqlite'}",
        secret=SecretStr("a secret for measuring only, of no other use"),
    )
    create(settings)
    desk = Desk.open(settings, Figures())
    print(json.dumps({"peak_mb": peak_mb()}))
    desk.close()


def _run(words: list[str]) -> tuple[float, float, str]:
    """Seconds on the wall and of the processor, and the last line said."""
    before, wall = os.times(), time.perf_counter()
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True)
    wall, after = time.perf_counter() - wall, os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, processor, (done.stdout.splitlines() or [""])[-1]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--snapshots", type=Path, required=True, help="root of published snapshots")
    parser.add_argument("--bundle", type=Path, required=True, help="a bundle's folder")
    parser.add_argument("--rounds", type=int, default=5, help="starts that count (default 5)")
    parser.add_argument("--json", type=Path, help="keep the figures in this file too")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()

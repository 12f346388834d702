"""The queue against first-in-first-out, claim size, score alone and the oracle, in one command.

    python -m benchmarks.backtest [--seeds 20] [--cases 3000] [--part 0.5] [--effects 1.0] [--room DIR] [--json FILE]
    python -m benchmarks.backtest --document FILE...   # the tables of kept runs into docs/triage.md

A town a seed; the bundle is trained on another court's past. A run that was stopped goes on where it stood.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

from benchmarks.backtest.document import write
from benchmarks.backtest.policies import FIRST_IN, POLICIES
from benchmarks.backtest.run import Worked, work
from benchmarks.backtest.table import fewer_vulnerable, ratio, table
from benchmarks.backtest.town import taught
from benchmarks.facts import machine
from simulation.work import EFFECTS, Effects


def main() -> None:
    """Work the towns, keep what came of each, show the table."""
    asked = _arguments()
    if asked.document:
        write(asked.document)
        return
    with tempfile.TemporaryDirectory() as scratch:
        room = asked.room or Path(scratch)
        room.mkdir(parents=True, exist_ok=True)
        worked = _all(asked, room)
    print(table(worked))
    for peer in (each.name for each in POLICIES[1:]):
        print(f"queue × {peer}: {ratio(worked, POLICIES[0].name, peer)}")
    print(f"vulnerable claims in time, fewer than {FIRST_IN}: {fewer_vulnerable(worked, POLICIES[0].name)}")
    if asked.json:
        told = {name: getattr(asked, name) for name in ("seeds", "cases", "part", "effects")}
        kept = {"asked": told, "worked": [asdict(each) for each in worked], "machine": machine()}
        asked.json.write_text(json.dumps(kept, indent=1) + "\n")


def _all(asked: argparse.Namespace, room: Path) -> list[Worked]:
    bundle = taught(room / "teacher")
    kept = room / f"worked-{asked.cases}-{asked.part}-{asked.effects}-{bundle.digest[:12]}.jsonl"
    worked = [Worked(**json.loads(line)) for line in kept.read_text().splitlines()] if kept.exists() else []
    done = {(each.seed, each.policy) for each in worked}
    for seed in range(1, asked.seeds + 1):
        missing = [each for each in POLICIES if (seed, each.name) not in done]
        if not missing:
            continue
        found = work(
            missing,
            cases=asked.cases,
            seed=seed,
            part=asked.part,
            bundle=bundle,
            room=room / "town",
            effects=scaled(asked.effects),
        )
        with kept.open("a") as file:
            file.writelines(json.dumps(asdict(each)) + "\n" for each in found)
        worked += found
        print(
            f"seed {seed}: " + ", ".join(f"{each.policy} {each.money / 1e4:,.0f}" for each in found),
            flush=True,
        )
    order = [each.name for each in POLICIES]
    return sorted(
        (each for each in worked if each.seed <= asked.seeds),
        key=lambda each: (each.seed, order.index(each.policy)),
    )


def scaled(factor: float) -> Effects:
    """The effects of work times a factor: pressure, what an order adds, what comes to light."""
    return {
        kind: replace(
            effect,
            pressure=effect.pressure * factor,
            standing=effect.standing * factor,
            reveals=min(1.0, effect.reveals * factor),
        )
        for kind, effect in EFFECTS.items()
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=20, help="towns (default 20)")
    parser.add_argument(
        "--cases", type=int, default=3000, help="cases of a town over six years (default 3000)"
    )
    parser.add_argument("--part", type=float, default=0.5, help="of the hours spent by habit (default 0.5)")
    parser.add_argument("--effects", type=float, default=1.0, help="effects of work times this (default 1)")
    parser.add_argument("--room", type=Path, help="folder to keep the bundle and finished towns in")
    parser.add_argument("--json", type=Path, help="keep the figures in this file too")
    parser.add_argument("--document", type=Path, nargs="+", help="write docs/triage.md from kept files")
    return parser.parse_args()


if __name__ == "__main__":
    main()

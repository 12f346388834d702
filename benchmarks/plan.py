"""A week's plan at the size that is promised: 2,000 cases for 33 officers, with and without time for the solver.

python -m benchmarks.plan [--cases N] [--officers N] [--document] [--json FILE]
"""

from __future__ import annotations

import argparse
import time
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.facts import keep
from triage.plan import Officer, Task, plan_week
from triage.plan.officers import TEAMS
from triage.tracks.figures import policy
from triage.work import hours_of_work, team_of_work

WEEK = date(2026, 1, 5)
SEED = 20_260_105
DOCUMENT = Path(__file__).parents[1] / "docs" / "triage.md"
_BEGIN, _END = "<!-- begin plan -->", "<!-- end plan -->"


def main() -> None:
    """Plan twice, show the table."""
    asked = _arguments()
    tasks, officers = made(asked.cases, asked.officers)
    rows = []
    for name, seconds in (("HiGHS", None), ("at most a second a team", 0.0)):
        began = time.perf_counter()
        plan = plan_week(tasks, officers, court="A", week=WEEK, seconds=seconds)
        took = time.perf_counter() - began
        rows.append((name, took, plan.money, plan.gap, len(plan.assignments), len(plan.broken)))
    lines = ["| plan | seconds | expected, CNY | gap to the bound | tasks | duties that cannot be kept |"]
    lines += ["|---|---|---|---|---|---|"]
    lines += [f"| {n} | {s:.1f} | {m:,.0f} | {g:.3%} | {t:,} | {b} |" for n, s, m, g, t, b in rows]
    print("\n".join(lines))
    if asked.document:
        before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(_BEGIN)
        after = rest.partition(_END)[2]
        shown = "\n".join(lines)
        DOCUMENT.write_text(f"{before}{_BEGIN}\n\n{shown}\n\n{_END}{after}", encoding="utf-8")
    keep({"plan": rows}, asked.json)


def made(cases: int, staff: int) -> tuple[list[Task], list[Officer]]:
    """Tasks of all kinds of work, money over four orders of magnitude, one in twenty due; officers in six teams."""
    rng = np.random.default_rng(SEED)
    hours, teams = hours_of_work(policy(), WEEK), team_of_work(policy(), WEEK)
    kinds = rng.choice(sorted(hours), cases)
    money = np.round(np.exp(rng.normal(7, 2, cases)), 2)
    due, kin = rng.random(cases) < 0.05, rng.random(cases) < 0.08
    tasks = [
        Task(
            n,
            n,
            "",
            kind,
            teams[kind],
            hours[kind],
            float(money[n]),
            due=bool(due[n]),
            livelihood=bool(kin[n]),
        )
        for n, kind in enumerate(kinds.tolist())
    ]
    names = list(TEAMS)
    weekly = rng.choice([30.0, 34.0, 36.0, 38.0, 40.0], staff)
    return tasks, [Officer(n, "A", names[n % len(names)], float(weekly[n])) for n in range(staff)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=2_000)
    parser.add_argument("--officers", type=int, default=33)
    parser.add_argument("--document", action="store_true", help="write the table into docs/triage.md")
    parser.add_argument("--json", type=Path, help="keep the figures in this file too")
    return parser.parse_args()


if __name__ == "__main__":
    main()

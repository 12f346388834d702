"""The night engine beside hand-written SQL, Polars, pandas and a bare scan, and how its cost grows, in one run.

    python -m benchmarks.night --courts 1000 10000 100000 [--folder DIR] [--rounds N] [--json FILE] [--plot FILE]

Courts are simulated, loaded and published below the folder (those that are there stay); the last is measured in full,
all of them for growth. Every case runs in a process of its own, interleaved over the rounds; medians are shown. Where
other work runs on the machine, read the processor time: it counts all threads.
"""

from __future__ import annotations

import argparse
import tempfile
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.court import bundle, court
from benchmarks.facts import alone, keep

PAIRS = {
    "hand": ("generated", 1.2),
    "polars": ("ours of the peers' features", None),
    "pandas, 1/10": ("ours of the peers' features, 1/10", None),
    "scan": ("build", None),
}
"""Each peer, what of ours it is beside, and how many times its cost ours may be (None: for Polars and pandas less)."""


def main() -> None:
    """Make the courts, time, show."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as spare:
        folder = asked.folder or Path(spare)
        roots = {cases: court(cases, folder / f"t{cases}") for cases in asked.courts}
        largest = roots[max(roots)]
        model = bundle(roots[min(roots, key=lambda cases: abs(cases - 20_000))], folder / "bundle")
        limits = ("--threads", str(asked.threads), "--memory", asked.memory)
        compared = alone("benchmarks.night_cases", "compared", str(largest), *limits)
        cases = [case for case in (*PAIRS, *(ours for ours, _ in PAIRS.values())) if _there(case)]
        figures = _rounds(cases, largest, limits, asked.rounds)
        growth = {n: _rounds(["build"], root, limits, asked.rounds)["build"] for n, root in roots.items()}
        night = alone("benchmarks.night_cases", "night", str(largest), "--bundle", str(model), *limits)
    told = {"compared": compared, "figures": figures, "growth": growth, "night": night}
    show(told)
    keep(
        {**told, **{name: getattr(asked, name) for name in ("courts", "rounds", "threads", "memory")}},
        asked.json,
    )
    if asked.plot:
        plot(growth, asked.plot)


def show(told: dict[str, Any]) -> None:
    """The table."""
    figures, compared, growth, night = (told[name] for name in ("figures", "compared", "growth", "night"))
    print(f"| {'seconds':34} | wall | processor | peak, MB | ours ÷ peer (processor) |")
    print("|---|---|---|---|---|")
    for name, figure in figures.items():
        ratio = ""
        if name in PAIRS:
            ours, most = PAIRS[name]
            if ours in figures:
                ratio = f"{figures[ours]['processor'] / figure['processor']:.2f}"
                ratio += f" (goal ≤ {most})" if most else ""
        print(
            f"| {name:34} | {figure['wall']:.2f} | {figure['processor']:.2f} | {figure['peak_mb']:.0f} | {ratio} |"
        )
    if not _there("polars"):
        print("\nPolars is not installed here (it is in requirements/dev.lock): left out.")
    print(
        f"\n{compared['columns']} columns, ours and by hand: largest relative difference {compared['worst']:.1e}"
    )
    print(
        "\n| cases | obligations | rows | processor, s | µs an obligation | peak, MB |\n|---|---|---|---|---|---|"
    )
    for cases, one in growth.items():
        each = one["processor"] / one["obligations"] * 1e6
        print(
            f"| {cases:,} | {one['obligations']:,} | {one['rows']:,} | {one['processor']:.2f} | {each:.0f} "
            f"| {one['peak_mb']:.0f} |"
        )
    print(
        f"\nThe whole night, {night['obligations']:,} obligations: {night['wall']:.1f} s "
        f"({night['processor']:.1f} s of processor), peak {night['peak_mb']:.0f} MB, "
        f"{night['bytes'] / 1e6:.0f} MB written"
    )
    print("  " + ", ".join(f"{step} {seconds:.1f} s" for step, seconds in night["seconds"].items()))


def plot(growth: dict[int, dict[str, Any]], path: Path) -> None:
    """Cost over obligations, both on logarithmic axes, beside the straight line through the largest."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    sizes = [one["obligations"] for one in growth.values()]
    spent = [one["processor"] for one in growth.values()]
    figure, axes = plt.subplots(figsize=(5, 3.5))
    axes.loglog(sizes, spent, marker="o", label="night features")
    axes.loglog(sizes, [spent[-1] * size / sizes[-1] for size in sizes], linestyle=":", label="linear")
    axes.set_xlabel("obligations")
    axes.set_ylabel("processor, s")
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def _rounds(cases: list[str], root: Path, limits: tuple[str, ...], rounds: int) -> dict[str, dict[str, Any]]:
    taken: dict[str, list[dict[str, Any]]] = {case: [] for case in cases}
    for _ in range(rounds):
        for case in cases:
            taken[case].append(alone("benchmarks.night_cases", case, str(root), *limits))
    return {
        case: {
            **runs[0],
            **{name: median(run[name] for run in runs) for name in ("wall", "processor", "peak_mb")},
        }
        for case, runs in taken.items()
    }


def _there(case: str) -> bool:
    return case != "polars" or find_spec("polars") is not None


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--courts", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="sizes, in cases"
    )
    parser.add_argument("--folder", type=Path, help="where courts are made and kept (default: nowhere)")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds (default 3)")
    parser.add_argument("--threads", type=int, default=2, help="threads of the engine (default 2)")
    parser.add_argument("--memory", default="2GB", help="memory of the engine (default 2GB)")
    parser.add_argument("--json", type=Path, help="keep the figures in this file too")
    parser.add_argument("--plot", type=Path, help="draw the growth into this file (SVG)")
    return parser.parse_args()


if __name__ == "__main__":
    main()

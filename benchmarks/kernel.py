"""Explanations and predictions of one model, ours beside LightGBM's, shap's and XGBoost's, in one run.

    python -m benchmarks.kernel [--json FILE] [--rounds N]

A model of 600 trees x 31 leaves over 150 features, 16 % of the cells missing, 20,000 training rows. Every figure is
the median of interleaved rounds, in microseconds a row, so that a busy moment of the machine falls on all of them;
the processor time beside it is steadier where other work runs on the machine, and counts all threads.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import lightgbm
import numpy as np
from numpy.typing import NDArray

from scoring import loops
from scoring.contributions import Contributions, warm
from scoring.trees import Trees

TREES, LEAVES, FEATURES, ROWS, MISSING = 600, 31, 150, 20_000, 0.16
BATCH, PLAIN, THEIRS, ALONE = 1_024, 128, 16, 8
"""Rows asked about at once, of us and of the slow peers, and one after the other."""
GOALS = {"ours, batch, 1 thread": 20.0, "ours, batch, 2 threads": 30.0, "ours, one row": 8.0}
ORACLE = {"batch": "LightGBM pred_contrib, batch, 1 thread", "one row": "LightGBM pred_contrib, one row"}


@dataclass(frozen=True, slots=True)
class Case:
    """Something timed: what it does, to how many rows."""

    name: str
    rows: int
    run: Callable[[], object]


def main() -> None:
    """Train, time, show."""
    asked = _arguments()
    X, y = made_court()
    booster = lightgbm.train(
        {"objective": "cross_entropy", "num_leaves": LEAVES, "verbosity": -1, "num_threads": 1},
        lightgbm.Dataset(X, y),
        TREES,
    )
    trees = Trees.parse(booster.model_to_string())
    cases = [*explaining(booster, trees, X), *peers(booster, X, y), *predicting(booster, trees, X)]
    figures = timed(cases, rounds=asked.rounds)
    facts = {"difference": differences(booster, trees, X), "start": starts(), "machine": machine()}
    show(figures, facts)
    if asked.json:
        kept = {name: asdict(figure) for name, figure in figures.items()}
        asked.json.write_text(json.dumps({"microseconds_a_row": kept, **facts}, indent=2) + "\n")


def made_court() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Rows (20,000 x 150) with holes, and shares that depend on them."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(ROWS, FEATURES))
    X[rng.random(X.shape) < MISSING] = np.nan
    seen = np.nan_to_num(X)
    signal = seen @ rng.normal(size=FEATURES) * 0.15 + seen[:, 0] * seen[:, 1] - 0.3
    return X, 1 / (1 + np.exp(-signal))


def explaining(booster: lightgbm.Booster, trees: Trees, X: NDArray[np.float64]) -> list[Case]:
    """pred_contrib and ours, many rows and one."""
    ours = Contributions(trees)
    warm()
    few, many, alone = X[:THEIRS], X[:BATCH], [X[i : i + 1] for i in range(ALONE)]
    return [
        Case(ORACLE["batch"], THEIRS, lambda: booster.predict(few, pred_contrib=True, num_threads=1)),
        Case(
            "LightGBM pred_contrib, batch, 2 threads",
            THEIRS,
            lambda: booster.predict(few, pred_contrib=True, num_threads=2),
        ),
        Case("ours, batch, 1 thread", BATCH, lambda: ours.of(many)),
        Case("ours, batch, 2 threads", BATCH, lambda: ours.of(many, threads=2)),
        Case(
            ORACLE["one row"],
            ALONE,
            lambda: [booster.predict(row, pred_contrib=True, num_threads=1) for row in alone],
        ),
        Case("ours, one row", ALONE, lambda: [ours.of(row) for row in alone]),
        Case("ours in plain numpy, batch, 1 thread", PLAIN, lambda: _plainly(ours, [X[:PLAIN]])),
        Case("ours in plain numpy, one row", ALONE, lambda: _plainly(ours, alone)),
    ]


def _plainly(ours: Contributions, asked: list[NDArray[np.float64]]) -> None:
    """As where nothing can be compiled."""
    with loops.plain():
        for rows in asked:
            ours.of(rows)


def peers(booster: lightgbm.Booster, X: NDArray[np.float64], y: NDArray[np.float64]) -> list[Case]:
    """Shap, and XGBoost with a model of the same size; each where it is installed."""
    few, cases = X[:THEIRS], []
    if find_spec("shap"):
        import shap

        explainer = shap.TreeExplainer(booster)
        cases.append(Case("shap.TreeExplainer, batch", THEIRS, lambda: explainer.shap_values(few)))
    if find_spec("xgboost"):
        import xgboost

        grown = {"max_leaves": LEAVES, "max_depth": 0, "grow_policy": "lossguide", "eta": 0.1, "nthread": 1}
        model = xgboost.train({**grown, "objective": "reg:logistic"}, xgboost.DMatrix(X, y), TREES)
        asked = xgboost.DMatrix(few)
        cases.append(
            Case(
                "XGBoost pred_contribs, batch, 1 thread",
                THEIRS,
                lambda: model.predict(asked, pred_contribs=True),
            )
        )
    return cases


def predicting(booster: lightgbm.Booster, trees: Trees, X: NDArray[np.float64]) -> list[Case]:
    """Raw scores, LightGBM's and ours."""
    many, alone = X[:BATCH], [X[i : i + 1] for i in range(ALONE)]
    return [
        Case(
            "LightGBM predict, batch, 1 thread",
            BATCH,
            lambda: booster.predict(many, raw_score=True, num_threads=1),
        ),
        Case("our raw score, batch, 1 thread", BATCH, lambda: trees.raw(many)),
        Case(
            "LightGBM predict, one row",
            ALONE,
            lambda: [booster.predict(row, raw_score=True, num_threads=1) for row in alone],
        ),
        Case("our raw score, one row", ALONE, lambda: [trees.raw(row) for row in alone]),
    ]


@dataclass(frozen=True, slots=True)
class Figure:
    """Microseconds a row, by the clock on the wall and of processor time over all threads."""

    wall: float
    processor: float


def timed(cases: list[Case], *, rounds: int) -> dict[str, Figure]:
    """What each case takes; all cases once a round, the first round thrown away."""
    taken: dict[str, list[Figure]] = {case.name: [] for case in cases}
    for _ in range(rounds + 1):
        for case in cases:
            wall, processor = time.perf_counter(), time.process_time()
            case.run()
            wall, processor = time.perf_counter() - wall, time.process_time() - processor
            taken[case.name].append(Figure(wall / case.rows * 1e6, processor / case.rows * 1e6))
    return {
        name: Figure(median(one.wall for one in figures[1:]), median(one.processor for one in figures[1:]))
        for name, figures in taken.items()
    }


def differences(booster: lightgbm.Booster, trees: Trees, X: NDArray[np.float64]) -> dict[str, float]:
    """The largest difference to pred_contrib, of the sums to the raw score, and of raw scores to LightGBM's."""
    few, ours = X[:THEIRS], Contributions(trees)
    theirs, batch = booster.predict(few, pred_contrib=True), ours.of(few)
    alone = np.concatenate([ours.of(few[i : i + 1]) for i in range(THEIRS)])
    return {
        "batch to pred_contrib": float(np.abs(batch - theirs[:, :-1]).max()),
        "one row to pred_contrib": float(np.abs(alone - theirs[:, :-1]).max()),
        "sum to raw - expected": float(np.abs(batch.sum(axis=1) - (trees.raw(few) - trees.expected)).max()),
        "raw score to LightGBM": float(np.abs(trees.raw(X) - booster.predict(X, raw_score=True)).max()),
    }


def starts() -> dict[str, float]:
    """Seconds until a new process is warm: with nothing kept, and with loops that an earlier process kept."""
    code = (
        "import time; began = time.perf_counter(); from scoring.contributions import warm; "
        "loaded = time.perf_counter(); warm(); print(loaded - began, time.perf_counter() - loaded)"
    )
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "NUMBA_CACHE_DIR": folder}
        ask = [sys.executable, "-c", code]
        answers = [
            subprocess.run(ask, env=env, capture_output=True, text=True, check=True).stdout for _ in range(4)
        ]
    spent = [tuple(map(float, answer.split())) for answer in answers]
    return {
        "import": median(load for load, _ in spent[1:]),
        "warm() when nothing is kept": spent[0][1],
        "warm() when loops are kept": median(ready for _, ready in spent[1:]),
    }


def machine() -> dict[str, str]:
    """What the figures were taken on."""
    kinds = [
        line.partition(":")[2].strip() for line in _read("/proc/cpuinfo") if line.startswith("model name")
    ]
    return {
        "processor": kinds[0] if kinds else platform.processor(),
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        **{name: version(name) for name in ("lightgbm", "numba", "numpy")},
    }


def show(figures: dict[str, Figure], facts: dict[str, dict[str, float] | dict[str, str]]) -> None:
    """The table, with each figure's ratio to pred_contrib on one thread in the same mode."""
    print(f"{TREES} trees x {LEAVES} leaves, {FEATURES} features, {MISSING:.0%} missing\n")
    print(f"{'microseconds a row':42}{'wall':>9}{'ratio':>8}{'processor':>11}{'ratio':>8}{'goal':>7}")
    for name, figure in figures.items():
        oracle = figures[ORACLE["one row" if "one row" in name else "batch"]]
        ratios = oracle.wall / figure.wall, oracle.processor / figure.processor
        goal = f"{GOALS[name]:.0f}x" if name in GOALS else ""
        print(
            f"{name:42}{figure.wall:>9.1f}{ratios[0]:>7.1f}x{figure.processor:>11.1f}{ratios[1]:>7.1f}x{goal:>7}"
        )
    for title, numbers in facts.items():
        print(f"\n{title}")
        for name, number in numbers.items():
            print(f"  {name:42}{number:>12.3g}" if isinstance(number, float) else f"  {name:42}{number:>12}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, help="keep the figures in this file too")
    parser.add_argument("--rounds", type=int, default=15, help="interleaved rounds (default 15)")
    return parser.parse_args()


def _read(path: str) -> list[str]:
    place = Path(path)
    return place.read_text().splitlines() if place.exists() else []


if __name__ == "__main__":
    main()

"""A comparison run as a record: one JSON a data set, from which the page is made, with the machine it ran on."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from training.compare import MEAN, ORACLE, OURS, STACK, Compared, compared, peers
from training.compare_data import DataSet
from training.compare_kept import Entrant
from training.compare_open import CLOSED, OPEN_TOO, OpenCases, compare_open
from training.compare_ours import portrait
from training.figures import DRAWS, Comparison, Figure
from training.fit import Progress
from training.peers.recipe import Recipe, Settings
from training.peers.tuning import Budget
from training.sample import Sample
from training.train import Plan

DECIDING = ("crps", "gini", "r2", "brier_any", "auc_any", "brier_all", "auc_all")
OF_ORACLE = ("gini", "crps", "money_20")
_LIBRARIES = ("catboost", "lightgbm", "optbinning", "optuna", "scikit-learn", "xgboost-cpu", "xgboost")

Record = dict[str, Any]
Ours = Callable[[Mapping[str, Sample], Budget, Progress | None], Sequence[Entrant]]


def recorded(
    data: DataSet,
    *,
    budget: Budget,
    stacked: bool = True,
    recipes: Sequence[Recipe] | None = None,
    ours: Ours | None = None,
    known: Mapping[str, Settings] | None = None,
    draws: int = DRAWS,
    room: Path | None = None,
    progress: Progress | None = None,
) -> Record:
    """Run the comparison on a data set, and on its courts apart with the settings then known; the record of both.

    ``known``: settings by model found by an earlier run of the same rows and budget; those models are not tuned anew.
    ``room``: where fitted models are kept, so that a run cut off goes on.
    """
    enter = ours or (lambda sides, budget, progress: portrait(sides, budget, progress, plan=data.plan))
    chosen = tuple(peers() if recipes is None else recipes)
    found = compared(
        data.sides,
        enter,
        budget=budget,
        recipes=chosen,
        stacked=stacked,
        known=known,
        foresight=data.foresight,
        draws=draws,
        room=room,
        progress=progress,
    )
    record: Record = {
        "name": data.name,
        "title": data.title,
        "notes": list(data.notes),
        "budget": {"trials": budget.trials, "rows": budget.rows, "seed": budget.seed, "draws": draws},
        "sides": data.spans,
        "models": {entrant.name: _entrant(entrant) for entrant in found.entrants},
        "figures": _figures(found.on_test),
        "ahead": _ahead(found.on_test),
        "of_stack": _parts(found.on_test, STACK, DECIDING[:3]) if stacked else {},
        "oracle": _oracle(found),
        "apart": {},
        "open": {},
        "machine": machine(),
    }
    if data.apart:
        record["apart"] = _apart(data, enter, chosen, budget, settings_of(record), draws, room, progress)
    if data.followed is not None:
        record["open"] = _open(data.followed, data.plan, budget, draws, progress)
    return record


def settings_of(record: Record) -> dict[str, Settings]:
    """Settings by model name as a record holds them, the stack's members as ``stack: name``."""
    found = {name: model["settings"] for name, model in record["models"].items() if name != STACK}
    members = record["models"].get(STACK, {}).get("settings", {})
    return {**found, **{f"{STACK}: {name}": each for name, each in members.items() if name != "weights"}}


def machine() -> dict[str, Any]:
    """Processor, cores, load and versions."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if "model name" in line]
    return {
        "processor": models[0] if models else platform.processor(),
        "cores": os.cpu_count(),
        "load": [round(each, 1) for each in os.getloadavg()],
        "python": platform.python_version(),
        "versions": {name: found for name in _LIBRARIES if (found := _version(name))},
    }


def keep(record: Record, folder: Path) -> Path:
    """Write the record as JSON and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{record['name']}.json"
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _apart(
    data: DataSet,
    enter: Ours,
    recipes: Sequence[Recipe],
    budget: Budget,
    known: Mapping[str, Settings],
    draws: int,
    room: Path | None,
    progress: Progress | None,
) -> Record:
    found = compared(
        data.apart,
        enter,
        budget=budget,
        recipes=recipes,
        stacked=False,
        known=known,
        draws=draws,
        room=room,
        progress=progress,
    )
    return {
        "courts": len(np.unique(data.apart["test"].court)),
        "counts": dict(found.counts),
        "figures": _figures(found.on_test),
        "ahead": _ahead(found.on_test),
    }


def _open(found: OpenCases, plan: Plan, budget: Budget, draws: int, progress: Progress | None) -> Record:
    comparison = compare_open(found, plan, seed=budget.seed, draws=draws, progress=progress)
    return {
        "edge": str(found.edge),
        "rows": {OPEN_TOO: len(found.train), CLOSED: int(found.closed.sum()), "test": len(found.test)},
        "figures": _figures(comparison),
        "ahead": {
            "crps": _plain(comparison.difference("crps", CLOSED, OPEN_TOO)),
            "gini": _plain(comparison.difference("gini", OPEN_TOO, CLOSED)),
        },
    }


def _oracle(found: Compared) -> Record:
    if found.with_oracle is None:
        return {}
    models = [name for name in found.with_oracle.of if name not in (MEAN, ORACLE)]
    return {
        "rows": found.oracle_rows,
        "figures": _figures(found.with_oracle),
        "reached": {
            name: {
                figure: _plain(found.with_oracle.part(figure, name, least=MEAN, most=ORACLE))
                for figure in OF_ORACLE
            }
            for name in models
        },
    }


def _parts(comparison: Comparison, most: str, figures: Sequence[str]) -> Record:
    return {name: _plain(comparison.part(name, OURS, least=MEAN, most=most)) for name in figures}


def _ahead(comparison: Comparison) -> Record:
    """How far we are ahead of each other model: their loss less ours, our Gini or R² or AUC less theirs."""
    return {
        name: {
            figure: _plain(
                comparison.difference(figure, name, OURS)
                if figure in ("crps", "brier_any", "brier_all")
                else comparison.difference(figure, OURS, name)
            )
            for figure in DECIDING
        }
        for name in comparison.of
        if name != OURS
    }


def _figures(comparison: Comparison) -> Record:
    return {
        model: {name: _plain(figure) for name, figure in figures.items()}
        for model, figures in comparison.of.items()
    }


def _entrant(entrant: Entrant) -> Record:
    return {
        "trials": entrant.trials,
        "seconds": round(entrant.seconds, 1),
        "settings": dict(entrant.settings),
    }


def _plain(figure: Figure) -> list[float | None]:
    return [None if np.isnan(value) else round(value, 6) for value in (figure.value, figure.low, figure.high)]


def _version(name: str) -> str:
    try:
        return version(name)
    except ModuleNotFoundError:
        return ""

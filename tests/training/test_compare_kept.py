"""A comparison that was cut off goes on: what was fitted is found again, and only what is missing is made."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from records.snapshot import Snapshot
from tests.training.conftest import QUICK
from training import compare as comparing
from training.compare import STACK, compared, mean_only
from training.compare_data import DataSet, court
from training.compare_kept import Entrant, Kept
from training.fit import Progress
from training.peers import tuning
from training.peers.boosters import XGBoost
from training.peers.tuning import Budget
from training.peers.two_stage import TwoStage
from training.sample import Sample

BUDGET = Budget(trials=1, rows=300)


@pytest.fixture(scope="module")
def data(town: Snapshot) -> DataSet:
    return court(town, name="town", title="A town", plan=QUICK)


def by_mean(sides: object, budget: Budget, progress: Progress | None) -> tuple[Entrant, Entrant]:
    found = mean_only(sides)  # type: ignore[arg-type]
    return replace(found, name="portrait"), replace(found, name="portrait, share alone")


def test_a_run_cut_off_in_its_stack_finds_every_model_and_setting_that_was_ready(
    data: DataSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipes = (XGBoost(), TwoStage())
    first = tuning.searched

    def cut_off(recipe: object, *others: object) -> dict[str, object]:
        if isinstance(recipe, TwoStage):
            raise KeyboardInterrupt
        return first(recipe, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(comparing, "searched", cut_off)
    with pytest.raises(KeyboardInterrupt):
        compared(data.sides, by_mean, budget=BUDGET, recipes=recipes, draws=5, room=tmp_path)
    monkeypatch.undo()
    (place,) = tmp_path.glob("kept-*/stack-*.json")
    place.write_text(json.dumps(json.loads(place.read_text()) | {"seconds": 1e6}))
    sought: list[str] = []

    def seek(recipe: XGBoost | TwoStage, *others: object) -> dict[str, object]:
        sought.append(recipe.name)
        return first(recipe, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(comparing, "searched", seek)
    monkeypatch.setattr(comparing, "entered", pytest.fail)
    found = compared(data.sides, by_mean, budget=BUDGET, recipes=recipes, draws=5, room=tmp_path)
    monkeypatch.undo()
    whole = compared(data.sides, by_mean, budget=BUDGET, recipes=recipes, draws=5)

    assert sought == ["two-stage"]
    assert [entrant.name for entrant in found.entrants] == [entrant.name for entrant in whole.entrants]
    for one, other in zip(found.entrants, whole.entrants, strict=True):
        np.testing.assert_array_equal(one.answer.share, other.answer.share)
        np.testing.assert_array_equal(one.answer.exceed, other.answer.exceed)
        assert (one.settings, one.trials) == (other.settings, other.trials)
    assert found.entrants[-2].name == STACK
    assert found.entrants[-2].seconds > 1e6, "what the first run took counts"


def test_other_rows_another_budget_or_settings_told_beforehand_are_kept_elsewhere(
    data: DataSet, tmp_path: Path
) -> None:
    fewer: dict[str, Sample] = {**data.sides, "test": data.sides["test"].take(np.arange(10))}

    places = {
        Kept.of(tmp_path, sides, budget).folder
        for sides in (data.sides, fewer)
        for budget in (BUDGET, replace(BUDGET, trials=2))
    }
    assert len(places) == 4
    assert Kept.of(tmp_path, data.sides, replace(BUDGET, threads=2)).folder in places
    told = {"XGBoost": {"eta": 0.1}}
    assert Kept.of(tmp_path, data.sides, BUDGET, told).folder not in places
    assert Kept.of(tmp_path, data.sides, BUDGET, {}).folder in places
    assert Kept.of(None, data.sides, BUDGET).folder is None

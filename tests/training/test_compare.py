"""The comparison on a town: all models on the same rows, kept as a record, shown as a page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from records.snapshot import Snapshot
from scoring.curve import MARKS
from tests.training.conftest import QUICK
from training.compare import MEAN, ORACLE, OURS, OURS_MEAN, STACK, compared
from training.compare_data import DataSet, at_random, court, courts_apart, drawn_hours
from training.compare_figures import Answer, Outcome, measured
from training.compare_open import CLOSED, OPEN_TOO
from training.compare_oracle import foresight
from training.compare_ours import portrait
from training.compare_page import write_page
from training.compare_record import Record, keep, recorded, settings_of
from training.fit import Settings
from training.peers.boosters import XGBoost
from training.peers.spread import exceeding
from training.peers.tuning import Budget
from training.peers.two_stage import TwoStage
from vocabulary.problems import PortraitError

SMALL = Budget(trials=1, rows=400)
PLAN = replace(QUICK, curve=Settings(rounds=30, leaves=7, rate=0.1, least_rows=20))


@pytest.fixture(scope="module")
def data(town: Snapshot) -> DataSet:
    found = court(town, name="town", title="A town", notes=("1,500 cases.",), plan=PLAN)
    seven = {
        name: replace(rows, court=np.array([f"SX00{party % 7}" for party in rows.party]))
        for name, rows in found.sides.items()
    }
    found, tested = replace(found, sides=seven, apart=courts_apart(seven)), found.sides["test"]
    truth = pa.table(
        {
            "party_id": tested.party[::-1],
            "case_id": tested.case[::-1],
            "as_of": pa.array(tested.as_of[::-1]),
            "open": np.arange(len(tested)) > 0,
            "share_12": pa.array([[share] * 4 for share in tested.target[::-1]]),
        }
    )
    return replace(found, foresight=foresight(truth, tested))


@pytest.fixture(scope="module")
def record(data: DataSet) -> Record:
    return recorded(data, budget=SMALL, recipes=(XGBoost(), TwoStage()), draws=40)


def test_all_models_stand_in_one_table_and_ours_knows_more_than_the_mean(record: Record) -> None:
    assert list(record["figures"]) == [OURS, OURS_MEAN, "XGBoost", "two-stage", STACK, MEAN]
    assert record["ahead"][MEAN]["crps"][1] > 0
    assert record["figures"][MEAN]["gini"][0] == pytest.approx(0.0)
    assert record["figures"][OURS]["gini"] == record["figures"][OURS_MEAN]["gini"]


def test_the_stack_had_ten_times_the_trials_of_each_of_its_members(record: Record) -> None:
    assert record["models"]["XGBoost"]["trials"] == 1
    assert record["models"][STACK]["trials"] == 20
    assert set(record["of_stack"]) == {"crps", "gini", "r2"}


def test_an_oracle_that_knows_what_came_has_nothing_to_gain_and_the_closed_row_is_left_out(
    record: Record, data: DataSet
) -> None:
    oracle = record["oracle"]

    assert oracle["rows"] == len(data.sides["test"]) - 1
    assert oracle["figures"][ORACLE]["crps"][0] < 0.01  # what lies between two marks is not told apart
    assert oracle["figures"][ORACLE]["gini"][0] == pytest.approx(1.0)
    assert 0 < oracle["reached"][OURS]["crps"][0] < 1


def test_no_row_of_a_court_held_out_is_learned_from(data: DataSet, record: Record) -> None:
    held = np.unique(data.apart["test"].court)

    assert record["apart"]["courts"] == len(held) > 0
    assert not np.isin(data.apart["train"].court, held).any()
    assert not np.isin(data.apart["calibrate"].court, held).any()
    assert list(record["apart"]["figures"]) == [OURS, OURS_MEAN, "XGBoost", "two-stage", MEAN]


def test_closed_cases_alone_are_fewer_and_the_day_of_closing_was_known_on_the_edge(
    data: DataSet, record: Record
) -> None:
    found = data.followed
    assert found is not None

    assert 0 < found.closed.sum() < len(found.train)
    assert found.train.as_of.max() <= np.datetime64(found.edge) < found.test.as_of.min()
    assert not np.isin(found.test.party, found.train.party).any()
    assert set(record["open"]["figures"]) == {OPEN_TOO, CLOSED}


def test_settings_found_before_are_not_tuned_anew_and_give_the_same_figures(
    data: DataSet, record: Record
) -> None:
    again = recorded(
        replace(data, apart={}, foresight=None, followed=None),
        budget=SMALL,
        recipes=(XGBoost(),),
        stacked=False,
        known=settings_of(record),
        draws=40,
    )

    assert again["models"]["XGBoost"]["trials"] == 0
    assert again["figures"]["XGBoost"] == record["figures"]["XGBoost"]
    assert again["figures"][OURS] == record["figures"][OURS]


def test_the_page_is_made_from_the_records_that_were_kept(record: Record, tmp_path: Path) -> None:
    kept = keep(record, tmp_path / "comparison")
    page = write_page(tmp_path).read_text(encoding="utf-8")

    assert json.loads(kept.read_text(encoding="utf-8")) == record
    for words in (
        "## A town",
        "- 1,500 cases.",
        "**portrait**",
        "two-stage",
        "### Out of court",
        "### Do open cases help?",
        "The oracle itself",
    ):
        assert words in page
    assert "nan" not in page.replace("finance", "")


def test_a_model_that_knows_the_outcome_is_refused(data: DataSet) -> None:
    with pytest.raises(PortraitError, match="leak_suspected"):
        compared(
            data.sides,
            lambda sides, budget, progress: portrait(sides, budget, plan=replace(PLAN, most_r2=0.01)),
            budget=SMALL,
            recipes=(),
        )


def made(share: list[float], expected: list[float]) -> tuple[Outcome, Answer]:
    size = len(share)
    outcome = Outcome(np.array(share), np.arange(1.0, size + 1), np.ones(size), np.arange(size))
    return outcome, Answer(np.array(expected), exceeding(np.array(expected)).astype(float))


def test_money_captured_is_what_lies_at_the_head_of_the_queue() -> None:
    # Owed 1, 2, 3, 4; paid 1, 0, 3, 0. Expected money 0.9, 0.2, 0.3, 2: the first half holds the fourth and the first.
    outcome, answer = made([1.0, 0.0, 1.0, 0.0], [0.9, 0.1, 0.1, 0.5])
    found = measured(outcome, {"one": answer}, draws=2).of["one"]

    assert found["money_50"].value == pytest.approx(1 / 4)
    assert found["money_20"].value == 0.0


def test_who_foresees_every_share_has_no_loss_and_reaches_all_of_the_way() -> None:
    outcome, perfect = made([0.0, 1.0, 0.0, 1.0], [0.0, 1.0, 0.0, 1.0])
    blind = Answer(np.full(4, 0.5), np.full((4, len(MARKS)), 0.5))
    found = measured(outcome, {"perfect": perfect, "blind": blind}, draws=20)

    assert found.of["perfect"]["crps"].value == pytest.approx(0.0)
    assert found.of["blind"]["crps"].value == pytest.approx(0.25)
    assert found.part("crps", "perfect", least="blind", most="perfect").value == 1.0
    assert found.part("crps", "blind", least="blind", most="perfect").value == 0.0


def test_an_answer_for_other_rows_is_refused() -> None:
    outcome, answer = made([0.0, 1.0], [0.0, 1.0])

    with pytest.raises(ValueError, match="must answer 2 rows"):
        measured(outcome, {"one": Answer(answer.share[:1], answer.exceed[:1])})


def test_sides_drawn_by_debtor_share_none_and_an_hour_splits_a_day(data: DataSet) -> None:
    rows = data.sides["train"]
    sides = at_random(rows, seed=1)

    assert sum(len(side) for side in sides.values()) == len(rows)
    assert not np.isin(sides["train"].party, sides["test"].party).any()
    one_day = replace(rows, as_of=np.full(len(rows), np.datetime64("2005-09-30")))
    hours = drawn_hours(one_day, seed=1).as_of
    assert len(np.unique(hours)) > len(rows) // 2
    assert (hours.astype("datetime64[D]") == np.datetime64("2005-09-30")).all()


def test_where_all_rows_are_of_one_court_no_court_is_held_out(data: DataSet) -> None:
    alone = {name: replace(rows, court=np.full(len(rows), "SX001")) for name, rows in data.sides.items()}

    assert courts_apart(alone) == {}

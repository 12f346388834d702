"""Labels read otherwise: each way changes what it names, leaves the test rows alone, and its figures are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
import typer

from operations.sensitivity import read_campaign
from records.snapshot import Snapshot
from scoring.cohort import cohort
from scoring.outcomes import DISPUTED, outcomes
from tests.training.conftest import QUICK
from training.curve import CURVE
from training.fit import Settings
from training.label_readings import (
    AS_IT_IS,
    CAMPAIGNS,
    READINGS,
    TOLD,
    Campaign,
    Sides,
    chance_of_being_seen,
    read_sides,
    usual,
    weights_of,
)
from training.round_end import RoundEnd
from training.sample import Sample
from training.sensitivity import learned_from, sensitivity
from training.sensitivity_page import MEANING, page
from training.sides import OPEN, newest, samples
from training.splits import SIDES, time_split

TINY = replace(QUICK, grid=(Settings(leaves=4, rate=0.1, rounds=15),), curve=replace(CURVE, rounds=15))
HUNDRED_DAYS = (Campaign("SX002", date(2022, 3, 1), date(2022, 6, 8)),)


@pytest.fixture(scope="module")
def sides(town: Snapshot) -> Sides:
    return read_sides(town, TINY, HUNDRED_DAYS)[0]


def same(first: Sample, second: Sample) -> bool:
    return all(
        np.array_equal(getattr(first, name), getattr(second, name), equal_nan=True)
        for name in ("party", "case", "target", "weight", "shares", "values")
    )


def ids(rows: Sample) -> set[tuple[int, int, str]]:
    return set(zip(rows.party.tolist(), rows.case.tolist(), rows.as_of.astype(str).tolist(), strict=True))


def test_as_it_is_the_rows_are_those_of_training(town: Snapshot, sides: Sides) -> None:
    rows, last = cohort(town, cutoff=newest(town)), newest(town)
    split = time_split(
        rows["as_of"].to_numpy().astype("datetime64[D]"), rows["party_id"].to_numpy(), months=12, cutoff=last
    )
    trained = samples(town, rows, split, TINY)[0]

    assert all(same(usual(sides)[side], trained[side]) for side in (*SIDES, OPEN))


@pytest.mark.parametrize("name", [name for name in READINGS if name != AS_IT_IS])
def test_every_reading_changes_what_is_learned_and_never_what_is_measured(sides: Sides, name: str) -> None:
    read, ever = READINGS[name](sides), usual(sides)

    assert same(read["test"], ever["test"])
    assert not same(read[OPEN], ever[OPEN])


@pytest.mark.parametrize("name", [name for name in TOLD if name != AS_IT_IS])
def test_test_rows_read_otherwise_are_other_rows_weights_or_outcomes(sides: Sides, name: str) -> None:
    assert not same(TOLD[name](sides)["test"], usual(sides)["test"])


def test_doubtful_labels_are_dropped_halved_or_counted_in_full(sides: Sides) -> None:
    dropped, full = (READINGS[f"doubtful labels {how}"](sides)[OPEN] for how in ("dropped", "in full"))
    ever = usual(sides)[OPEN]
    doubtful = ever.quality == DISPUTED

    assert doubtful.sum() > 3
    assert set(ever.weight[doubtful]) == {0.5}
    assert set(full.weight) == {1.0}
    assert ids(dropped) == ids(ever.take(~doubtful))


def test_withdrawn_cases_come_back_with_what_was_paid(sides: Sides) -> None:
    kept, ever = READINGS["withdrawals kept"](sides)[OPEN], usual(sides)[OPEN]
    back = sides[OPEN].rows.take(sides[OPEN].withdrawn)

    assert ids(ever) < ids(kept)
    assert ids(kept) - ids(ever) <= ids(back)


def test_rows_of_a_campaign_are_those_of_its_court_whose_year_meets_it(sides: Sides) -> None:
    whole, left = sides[OPEN], READINGS[CAMPAIGNS](sides)[OPEN]
    struck = whole.rows.take(whole.campaign)

    assert set(struck.court) == {"SX002"}
    assert struck.as_of.min() >= np.datetime64("2021-03-01")
    assert struck.as_of.max() < np.datetime64("2022-06-08")
    assert not ids(left) & ids(struck)
    assert ids(left) == ids(usual(sides)[OPEN]) - ids(struck)


def test_what_comes_after_a_round_ended_does_not_count_and_the_rest_stays(
    town: Snapshot, sides: Sides
) -> None:
    ever, ended = usual(sides)["train"], READINGS["终本 as an end"](sides)["train"]

    assert ids(ever) == ids(ended)
    assert (ended.target <= ever.target + 1e-12).all()
    assert (ended.target < ever.target).any()
    closed = town.query(
        "SELECT DISTINCT case_id FROM cases WHERE closing_mode = 'round_terminated' AND superseded_at IS NULL"
    )["case_id"].to_numpy()
    assert np.isin(ever.case[ended.target < ever.target], closed).all()


def test_the_town_itself_is_not_changed_by_a_look_at_its_round_ends(town: Snapshot, sides: Sides) -> None:
    rows = usual(sides)["train"]
    asked = pa.table({"party_id": rows.party, "case_id": rows.case, "as_of": pa.array(rows.as_of)})
    before, ended, again = (
        outcomes(records, asked, cutoff=date(2024, 1, 1))["share_life"].to_numpy()
        for records in (town, RoundEnd(town), town)
    )

    assert not np.array_equal(before, ended, equal_nan=True)
    assert np.array_equal(before, again, equal_nan=True)


class TestWeightsOfCensoring:
    def test_who_is_seldom_followed_counts_for_more(self, sides: Sides) -> None:
        """Half of the organisations are made to be hidden: those that are seen stand for both halves."""
        whole = sides[OPEN]
        firms = whole.rows.kind == "organisation"
        turn = np.arange(len(firms)) % 4 > 0
        read = replace(whole, seen=np.where(firms, turn & whole.seen, whole.seen))
        chance = chance_of_being_seen(read)
        seen = read.seen & ~read.withdrawn
        weight = weights_of(chance[seen], read.rows.quality[seen], doubted=1.0)

        assert weight[firms[seen]].mean() > weight[~firms[seen]].mean() * 1.1
        assert weight.mean() == pytest.approx(1.0)

    def test_weights_give_back_the_mix_of_all_rows(self, sides: Sides) -> None:
        whole = sides[OPEN]
        seen = whole.seen & ~whole.withdrawn
        weight = weights_of(chance_of_being_seen(whole)[seen], whole.rows.quality[seen], doubted=1.0)
        wanted = (whole.rows.moment == "first_answers").mean()
        plain = (whole.rows.moment[seen] == "first_answers").mean()
        weighed = np.average(whole.rows.moment[seen] == "first_answers", weights=weight)

        assert abs(weighed - wanted) <= abs(plain - wanted) + 0.005

    def test_no_row_counts_without_bound(self) -> None:
        weight = weights_of(np.array([1e-9, 0.5, 0.5]), np.full(3, 2))

        assert weight[0] / weight[1] == pytest.approx(5.0)


def test_the_table_tells_every_reading_with_its_difference(town: Snapshot) -> None:
    report = sensitivity(town, campaigns=HUNDRED_DAYS, plan=TINY, draws=30)
    written = page(report, ["Written by a test."])

    assert list(report.learned.of) == list(READINGS)
    assert set(MEANING) == {*READINGS, *TOLD} - {AS_IT_IS}
    assert all(f"| {name} | {report.rows[name]:,} |" in written for name in READINGS)
    assert report.learned.difference("crps", AS_IT_IS, AS_IT_IS).value == 0
    assert report.told_rows["withdrawals kept"] > report.told_rows[AS_IT_IS]
    assert report.came_true["终本 as an end"] < report.came_true[AS_IT_IS]
    assert "nan" not in written


def test_a_reading_learned_twice_answers_the_same(sides: Sides) -> None:
    parts = usual(sides)
    first, second = (learned_from(parts, TINY)(parts["test"].values).share for _ in range(2))

    assert np.array_equal(first, second)


def test_a_campaign_is_told_by_court_and_days() -> None:
    assert read_campaign("SX002:2022-03-01:2022-06-08") == HUNDRED_DAYS[0]
    with pytest.raises(typer.BadParameter, match="COURT"):
        read_campaign("SX002:2022-03-01")

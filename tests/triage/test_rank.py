"""The rank's formula: the worked example of docs/ranking.md, floors, boosts, and the lot for learning."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.learning import drawn, lots, week_cost
from triage.rank import ranks, timely, worth
from triage.tracks.figures import policy

DAY = date(2026, 6, 30)
DOCS = Path(__file__).resolve().parents[2] / "docs" / "ranking.md"


def example() -> list[dict[str, str]]:
    """The rows of the worked example."""
    lines = DOCS.read_text(encoding="utf-8").split("<!-- example -->")[1].splitlines()
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    head, _, *rows = table
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_worked_example_of_the_documents_holds() -> None:
    rows = example()
    assert len(rows) == 5

    def column(name: str) -> np.ndarray:
        return np.array([float(re.sub("[,–]", "", row[name]) or "nan") for row in rows])

    fen = np.column_stack([column(name) for name in ("now", "slow", "things", "income", "beyond")]) * 100
    money = timely(fen.astype(np.int64), days_left=column("days left"), as_of=DAY, table=policy())
    np.testing.assert_allclose(money, column("timely"), atol=0.5)
    tags = {"": 0, "wages": 1, "alimony": 2, "injury": 3, "relief": 4}
    found = worth(
        group=np.zeros(len(rows), np.int64),
        money=money,
        hours=column("hours"),
        priority=np.array([tags[row["tag"].replace("–", "")] for row in rows], float),
        boost=column("boost"),
        as_of=DAY,
        table=policy(),
    )
    np.testing.assert_allclose(found.own, column("own"), atol=0.5)
    np.testing.assert_allclose(found.worth, column("worth"), atol=0.5)
    place = ranks(
        np.zeros(len(rows), np.int64), found.worth, np.arange(len(rows)), np.zeros(len(rows), np.int64)
    )
    assert place.tolist() == column("rank").tolist()


def test_a_small_wage_claim_is_not_buried() -> None:
    money = np.array([9_000.0, 7_000, 6_000, 5_000, 4_000, 3_000, 2_000, 40])
    tag = np.array([0.0] * 7 + [1.0])
    found = _worth(money, priority=tag)
    place = ranks(np.zeros(8, np.int64), found, np.arange(8), np.zeros(8, np.int64))
    assert place[-1] <= 3


def test_a_pressing_deadline_is_worth_a_place_of_the_top_tenth() -> None:
    money = np.array([1_000.0] * 9 + [1.0])
    found = _worth(money, boost=np.array([0.0] * 9 + [1.0]))
    assert found[-1] > found[0]


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=30), st.integers(0, 10**6))
def test_more_money_never_ranks_a_place_lower(money: list[float], more: int) -> None:
    before = np.round(np.array(money), 2)
    after = before.copy()
    after[0] += more
    ids = np.arange(len(before))
    places = [
        ranks(np.zeros(len(before), np.int64), _worth(each), ids, np.zeros(len(before), np.int64))[0]
        for each in (before, after)
    ]
    assert places[1] <= places[0]


def test_each_court_and_track_counts_from_one() -> None:
    group = np.array([1, 2, 1, 2, 2])
    place = ranks(group, np.array([5.0, 1, 9, 3, 3]), np.array([1, 2, 3, 5, 4]), np.zeros(5, np.int64))
    assert place.tolist() == [2, 3, 1, 2, 1]


def test_money_counts_as_far_as_it_can_arrive() -> None:
    layers = np.array([[100_00, 0, 0, 0, 0], [0, 0, 100_00, 0, 0], [0, 0, 0, 100_00, 0]])
    money = timely(layers, days_left=np.array([365.25 / 2] * 3), as_of=DAY, table=policy())
    assert money.tolist() == [100, 60, 50]
    past = timely(layers, days_left=np.array([-400.0] * 3), as_of=DAY, table=policy())
    assert past[0] == 100
    assert 0 < past[2] < 50


def test_the_lot_is_the_same_all_week_and_another_the_next() -> None:
    cases, debtors = np.arange(50_000) % 20_000, np.arange(50_000)
    monday, sunday, later = (
        drawn(cases, debtors, week_of=day, share=0.02)
        for day in (date(2026, 6, 29), date(2026, 7, 5), date(2026, 7, 6))
    )
    assert (monday == sunday).all()
    assert (monday & later).mean() == pytest.approx(0.02 * 0.02, abs=0.0005)
    assert monday.mean() == pytest.approx(0.02, abs=0.003)


def test_the_lot_looks_at_nothing_but_the_obligation_and_the_week() -> None:
    found = lots(np.arange(10_000), np.arange(10_000)[::-1], 202627)
    assert np.histogram(found, bins=10, range=(0, 1))[0].min() > 850
    assert lots(np.array([17]), np.array([9_982]), 202627)[0] == found[17]


def test_the_slices_cost_is_the_money_that_its_hours_would_have_brought() -> None:
    money, hours = np.array([100.0, 80, 60, 10]), np.ones(4)
    learning = np.array([False, False, False, True])
    cost = week_cost(worth=money, money=money, hours=hours, learning=learning, weekly_hours=2)
    assert cost == 80 - 10
    assert week_cost(worth=money, money=money, hours=hours, learning=learning, weekly_hours=9) == 0


def _worth(
    money: np.ndarray, *, priority: np.ndarray | None = None, boost: np.ndarray | None = None
) -> np.ndarray:
    nothing = np.zeros(len(money))
    return worth(
        group=np.zeros(len(money), np.int64),
        money=money,
        hours=np.ones(len(money)),
        priority=nothing if priority is None else priority,
        boost=nothing if boost is None else boost,
        as_of=DAY,
        table=policy(),
    ).worth

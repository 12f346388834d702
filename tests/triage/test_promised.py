"""A debtor's money is promised once: never more than their capacity, never more than a case lacks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from records.snapshot import Snapshot
from scoring.bundle import Bundle
from triage.nightly import open_obligations, run
from triage.promised import Promised, promise

YUAN = st.floats(0, 5e9, allow_nan=False)


@st.composite
def dockets(draw: st.DrawFn) -> dict[str, np.ndarray]:
    """Obligations of a few debtors in a few cases, with any money."""
    size = draw(st.integers(1, 14))
    numbers = st.integers(1, 4)

    def column(of: st.SearchStrategy[float]) -> np.ndarray:
        return np.array(draw(st.lists(of, min_size=size, max_size=size)), float)

    case = column(numbers).astype(np.int64)
    lacks = {number: draw(YUAN) for number in range(1, 5)}
    return {
        "party": column(numbers).astype(np.int64),
        "case": case,
        "owed": column(YUAN),
        "lacks": np.array([lacks[number] for number in case]),
        "share": column(st.floats(0, 1)),
        "layers": np.column_stack([column(YUAN) for _ in range(4)]),
        "sealed": column(st.sampled_from([0.0, 1.0])),
        "days_since_filing": column(st.floats(0, 3000)),
        "dormant": column(st.sampled_from([0.0, 1.0])) > 0,
    }


@given(dockets())
def test_no_debtor_is_promised_more_than_their_capacity(docket: dict[str, np.ndarray]) -> None:
    found = promise(**docket)
    for debtor in np.unique(docket["party"]):
        rows = docket["party"] == debtor
        assert len(set(found.capacity[rows].tolist())) == 1
        assert found.money[rows].sum() <= found.capacity[rows][0]
    for case in np.unique(docket["case"]):
        rows = docket["case"] == case
        assert found.money[rows].sum() <= int(docket["lacks"][rows][0] * 100 + 1)
    assert (found.money >= 0).all()
    assert (found.money <= docket["owed"] * 100 + 1).all()
    assert (found.of_layer.sum(axis=1) == found.money).all(), "every fen is of one kind"


def test_one_flat_is_not_promised_nine_times() -> None:
    found = _promised(owed=[100_000] * 9, share=[0.6] * 9, things=60_000)
    assert found.money.tolist() == [6_000_000] + [0] * 8


def test_who_has_sealed_comes_first_then_who_filed_first() -> None:
    found = _promised(owed=[100, 100, 100], share=[1, 1, 1], free=150, sealed=[0, 1, 0], days=[30, 5, 90])
    assert found.money.tolist() == [0, 10_000, 5_000]
    assert found.free_left.tolist() == [0, 10_000, 5_000]


def test_a_dormant_case_comes_after_the_open_ones() -> None:
    found = _promised(owed=[100, 100], share=[1, 1], free=100, days=[900, 5], dormant=[True, False])
    assert found.money.tolist() == [0, 10_000]


def test_free_money_counts_in_full_whatever_the_score() -> None:
    found = _promised(owed=[1_000], share=[0.1], free=700)
    assert found.money.tolist() == [70_000]


def test_of_a_debtor_without_records_the_largest_expectation_is_promised_once() -> None:
    found = _promised(owed=[1_000, 5_000, 2_000], share=[0.2, 0.2, 0.2], days=[90, 60, 30])
    assert found.capacity.tolist() == [100_000] * 3
    assert found.money.tolist() == [20_000, 80_000, 0]


def test_two_debtors_of_one_case_are_together_promised_what_it_lacks() -> None:
    found = promise(
        party=np.array([1, 2]),
        case=np.array([7, 7]),
        owed=np.array([1_000.0, 1_000.0]),
        lacks=np.array([1_000.0, 1_000.0]),
        share=np.array([0.9, 0.6]),
        layers=np.zeros((2, 4)),
        sealed=np.zeros(2),
        days_since_filing=np.zeros(2),
        dormant=np.zeros(2, bool),
    )
    assert found.money.tolist() == [60_000, 40_000]


def test_over_a_whole_town_no_debtor_is_promised_more_than_their_capacity(
    snapshot: Snapshot, bundle: Bundle, tmp_path: Path
) -> None:
    assert snapshot.newest is not None
    asked = open_obligations(snapshot, snapshot.newest, closed_too=True)
    folder = run(snapshot, bundle, as_of=snapshot.newest, root=tmp_path, obligations=asked)
    rows = pq.read_table(folder / "scores.parquet").to_pandas()
    assert len(rows) > 20
    by_debtor = rows.groupby("party_id")
    assert (by_debtor["promised"].sum() <= by_debtor["capacity"].max() + 0.005).all()
    by_case = rows.groupby("case_id")
    assert (by_case["promised"].sum() <= by_case["case_owed"].max() + 0.005).all()


def _promised(
    *,
    owed: list[float],
    share: list[float],
    free: float = 0,
    things: float = 0,
    sealed: list[float] | None = None,
    days: list[float] | None = None,
    dormant: list[bool] | None = None,
) -> Promised:
    """One debtor with so many cases."""
    size = len(owed)
    return promise(
        party=np.ones(size, np.int64),
        case=np.arange(size),
        owed=np.array(owed, float),
        lacks=np.array(owed, float),
        share=np.array(share, float),
        layers=np.tile([free, 0.0, things, 0.0], (size, 1)),
        sealed=np.array(sealed or [0.0] * size),
        days_since_filing=np.array(days or [10.0] * size),
        dormant=np.array(dormant or [False] * size),
    )

"""On which dates a portrait is asked for, and which rows a model learns from."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from scoring.cohort import cohort, weights_of
from tests.scoring.small_court import SmallCourt

CUTOFF = date(2024, 12, 31)


def asked(court: SmallCourt, cutoff: date = CUTOFF) -> dict[str, date]:
    with court.open() as rows:
        return {row["moment"]: row["as_of"] for row in cohort(rows, cutoff=cutoff).to_pylist()}


def test_a_case_whose_round_ends_is_asked_about_three_times() -> None:
    court = SmallCourt().case().debtor()
    court.case(on=date(2023, 6, 30), closed_on=date(2023, 6, 30), closing_mode="round_terminated")

    assert asked(court) == {
        "first_answers": date(2023, 1, 11),
        "three_months": date(2023, 4, 1),
        "before_round_end": date(2023, 6, 20),
    }


def test_a_resumed_case_is_asked_about_at_resumption() -> None:
    court = SmallCourt().case(kind="resumed", predecessor_case_id=9).debtor()

    assert asked(court) == {"resumption": date(2023, 1, 11), "three_months": date(2023, 4, 1)}


def test_nothing_is_asked_about_a_closed_case_nor_after_the_cut_off() -> None:
    court = (
        SmallCourt()
        .case()
        .debtor()
        .case(on=date(2023, 2, 1), closed_on=date(2023, 2, 1), closing_mode="performed")
    )

    assert asked(court) == {"first_answers": date(2023, 1, 11)}
    assert asked(SmallCourt().case().debtor(), cutoff=date(2023, 2, 1)) == {
        "first_answers": date(2023, 1, 11)
    }


def test_a_preservation_case_has_no_title_to_perform() -> None:
    assert asked(SmallCourt().case(kind="preservation").debtor()) == {}


def test_a_debtor_added_later_is_not_asked_about_before() -> None:
    court = SmallCourt().case().debtor(5).debtor(6, on=date(2023, 3, 1))
    with court.open() as rows:
        found = cohort(rows, cutoff=CUTOFF).to_pylist()

    assert [(row["party_id"], row["moment"]) for row in found] == [
        (5, "first_answers"),
        (5, "three_months"),
        (6, "three_months"),
    ]
    assert [row["weight"] for row in found] == [0.5, 0.5, 1.0]


def test_the_kind_of_debtor_and_the_court_travel_with_the_row() -> None:
    court = SmallCourt().case().debtor().row("parties", on=date(2023, 1, 1), party_id=5, kind="organisation")
    with court.open() as rows:
        found = cohort(rows, cutoff=CUTOFF).to_pylist()[0]

    assert (found["kind"], found["court"], found["cause"]) == ("organisation", "A", "private_loan")


def test_an_unknown_moment_is_refused_and_the_known_ones_are_named() -> None:
    with (
        SmallCourt().open() as rows,
        pytest.raises(ValueError, match=r"no moments \[midnight\].*first_answers"),
    ):
        cohort(rows, cutoff=CUTOFF, moments=("midnight",))


def test_the_rows_of_an_obligation_weigh_one_together() -> None:
    party, case = np.array([5, 5, 5, 6]), np.array([1, 1, 2, 1])

    assert weights_of(party, case).tolist() == [0.5, 0.5, 1.0, 1.0]

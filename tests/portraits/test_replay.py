"""Comparing a kept answer with its recomputation: identical, within a thousand-millionth, or different and where."""

from __future__ import annotations

import copy
import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portraits.replay import TOLERANCE, Verdict, compare, worst
from records.dossier import Dossier, Row
from tests.law.cases import DAY, dossier
from tests.law.ledgers import CLAIM

KEPT: dict[str, Any] = {
    "id": "aa",
    "score": 41.7,
    "abstained": False,
    "snapshot": "s1",
    "contributions": [
        {"family": "deposits", "contribution": 12.5},
        {"family": "income", "contribution": -3.0},
    ],
    "ledger": {"available": 5200000000.0, "figures": "f1"},
}


def changed(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """The answer with one field changed."""
    again = copy.deepcopy(KEPT)
    place: Any = again
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return again


def test_the_same_answer_is_identical() -> None:
    told = compare(KEPT, json.loads(json.dumps(KEPT)))
    assert (told.verdict, told.differences, told.stands_on, told.since) == (Verdict.IDENTICAL, (), (), ())


def test_the_last_digits_of_a_number_are_within() -> None:
    told = compare(KEPT, changed(("score",), 41.7 + 3e-8))
    assert (told.verdict, told.differences) == (Verdict.WITHIN, ())


def test_a_large_sum_of_money_is_measured_by_its_own_size() -> None:
    assert compare(KEPT, changed(("ledger", "available"), 5200000001.0)).verdict is Verdict.WITHIN
    assert compare(KEPT, changed(("ledger", "available"), 5200000100.0)).verdict is Verdict.DIFFERS


def test_a_difference_says_where_and_what() -> None:
    told = compare(KEPT, changed(("contributions", 1, "contribution"), -2.0))

    assert told.verdict is Verdict.DIFFERS
    (only,) = told.differences
    assert (only.path, only.kept, only.again) == ("contributions[income].contribution", -3.0, -2.0)


def test_an_item_more_or_less_in_a_list_differs() -> None:
    shorter = changed(("contributions",), KEPT["contributions"][:1])
    assert compare(KEPT, shorter).differences[0].path == "contributions[income]"
    assert compare(shorter, KEPT).verdict is Verdict.DIFFERS


def test_one_more_in_front_does_not_make_all_that_follow_differ() -> None:
    more = changed(("contributions",), [{"family": "equity", "contribution": 20.0}, *KEPT["contributions"]])
    assert [each.path for each in compare(KEPT, more).differences] == ["contributions[equity]"]


def test_another_order_is_a_difference() -> None:
    turned = changed(("contributions",), KEPT["contributions"][::-1])
    (only,) = compare(KEPT, turned).differences
    assert (only.path, only.kept, only.again) == (
        "contributions.order",
        "deposits, income",
        "income, deposits",
    )


def test_no_and_nought_are_not_one() -> None:
    assert compare(KEPT, changed(("abstained",), 0)).verdict is Verdict.DIFFERS


def test_another_name_for_what_it_stands_on_is_no_difference_of_what_is_said() -> None:
    again = changed(("snapshot",), "s2")
    again["ledger"]["figures"] = "f2"
    told = compare(KEPT, again)

    assert told.verdict is Verdict.IDENTICAL
    assert [each.path for each in told.stands_on] == ["snapshot", "ledger.figures"]


def test_what_answers_have_learned_to_say_since_is_no_difference() -> None:
    told = compare(KEPT, {**KEPT, "likely": [10.0, 60.0]})
    assert (told.verdict, told.since) == (Verdict.IDENTICAL, ("likely",))


def test_what_answers_no_longer_say_is_a_difference() -> None:
    less = {name: value for name, value in KEPT.items() if name != "score"}
    assert compare(KEPT, less).differences[0].missing == "again"


@given(
    kept=st.floats(allow_nan=False, allow_infinity=False, width=32),
    away=st.floats(min_value=-1e-6, max_value=1e-6),
)
def test_within_means_within_the_tolerance_of_the_number_kept(kept: float, away: float) -> None:
    again = kept + away * max(1.0, abs(kept))
    near = abs(kept - again) <= TOLERANCE * max(1.0, abs(kept))
    told = compare({"score": kept}, {"score": again}).verdict
    assert told is (Verdict.IDENTICAL if kept == again else Verdict.WITHIN if near else Verdict.DIFFERS)


def test_the_worst_of_several_attempts_counts() -> None:
    assert worst([Verdict.IDENTICAL, Verdict.DIFFERS, Verdict.WITHIN]) is Verdict.DIFFERS


BALANCE = """
deposits
account_id | balance | available | on
1          | 800     | 800       | -60d
2          | 300     | 300       | -20d
payments
case_id | amount | channel   | on
100     | 50     | voluntary | -30d
"""


@given(
    late=st.lists(
        st.tuples(
            st.sampled_from(("deposits", "payments", "queries")), st.integers(1, 400), st.integers(0, 900)
        ),
        max_size=6,
    ),
    ended=st.sets(st.integers(0, 1)),
    after=st.integers(1, 500),
)
def test_rows_that_arrive_late_are_not_in_the_dossier_of_the_earlier_day(
    late: list[tuple[str, int, int]], ended: set[int], after: int
) -> None:
    """Whatever became known later, whenever it happened, and whichever row it took the place of."""
    then = dossier(CLAIM + BALANCE)
    party = {name: list(rows) for name, rows in then.party.items()}
    for place in ended:
        row = party["deposits"][place]
        party["deposits"][place] = {**row, "superseded_at": DAY + timedelta(days=after)}
    for number, (table, known, happened) in enumerate(late):
        party.setdefault(table, []).append(_late(then, table, number, known, happened))

    now = Dossier.assemble(
        party_id=then.party_id, case_id=then.case_id, as_of=DAY, party=party, case=then.case
    )
    assert now == then


def _late(then: Dossier, table: str, number: int, known: int, happened: int) -> Row:
    """A row like those held, that became known after the day and may have happened long before."""
    like: Row = next(iter(then.rows(table)), {"party_id": then.party_id, "family": "deposits"})
    return {
        **like,
        "row_id": 10_000 + number,
        "known_at": DAY + timedelta(days=known),
        "happened_at": DAY - timedelta(days=happened),
    }


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_words(verdict: Verdict) -> None:
    assert verdict.label.zh
    assert verdict.label.en

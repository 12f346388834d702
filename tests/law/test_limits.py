"""The limit of the claim, the fee, what is not known, and a judge's edits: worked examples."""

from __future__ import annotations

import pytest

from portraits.ledger import Step
from tests.law.ledgers import edit, ledger, step, year
from vocabulary.problems import PortraitError
from vocabulary.states import QueryState

FLAT = """
real_property
thing_id | appraised_value | use        | co_ownership | share
5        | 1,000,000       | commercial | sole         | 1
"""


def test_procedure_law_253_never_more_than_the_claim_with_its_delay_interest() -> None:
    """10,000 owed, 60 days late: 10,105 today; a year on 425 days late: 10,743.75."""
    told = ledger(
        """
        titles
        title_id | principal | performance_deadline
        7        | 10,000    | 2025-05-01
        deposits
        account_id | nature   | balance | available
        1          | ordinary | 500,000 | 500,000
        """
    )

    assert told.owed.now.mid == 10_105_00
    assert told.available.now.high == 10_105_00
    assert told.available.year.high == 10_000_00 + round(10_000_00 * 0.000175 * 425)


@pytest.mark.parametrize(
    ("claim", "fee"),
    [(8_000, 50), (100_000, 1_400), (1_000_000, 12_400), (6_000_000, 57_400), (12_000_000, 79_400)],
)
def test_fees_14_the_enforcement_fee_rises_in_steps_and_comes_off_first(claim: int, fee: int) -> None:
    told = ledger(
        f"""
        titles
        title_id | principal | performance_deadline
        7        | {claim}   | 2026-12-31
        deposits
        account_id | nature   | balance    | available
        1          | ordinary | 90,000,000 | 90,000,000
        """
    )

    assert step(told, Step.FEE) == (-fee, -fee, -fee)


def test_families_not_asked_are_listed_and_never_counted_as_nothing() -> None:
    told = ledger(
        """
        queries
        receipt_id | family   | source   | asked_at   | answered_at | status
        1          | deposits | national | 2025-06-01 | 2025-06-02  | empty
        2          | vehicles | national | 2025-06-01 |             | pending
        """
    )
    known = {each.family: each.state for each in told.not_known}

    assert "deposits" not in known
    assert known["vehicles"] is QueryState.PENDING
    assert known["real_property"] is QueryState.NOT_ASKED
    assert known["income"] is QueryState.NOT_ASKED


def test_a_judge_replaces_a_figure_the_steps_after_it_follow_and_the_original_is_kept() -> None:
    told = ledger(FLAT, edits=(edit("real_property:5/found", 600_000),))
    line = told.edited[0]

    assert year(told, "real_property:5") == pytest.approx((422_400, 451_200, 470_400), abs=1)
    assert line.original is not None
    assert line.original.year.mid == 1_000_000_00
    assert line.edit is not None
    assert line.edit.reason == "new appraisal in the file"


def test_an_edit_can_add_a_step_that_the_rules_did_not_take() -> None:
    told = ledger(FLAT, edits=(edit("real_property:5/costs", -200_000),))

    assert step(told, Step.COSTS) == (-200_000, -200_000, -200_000)


def test_an_edit_without_a_reason_is_refused_and_one_that_names_no_line_is_returned() -> None:
    with pytest.raises(PortraitError, match="edit_without_reason"):
        ledger(FLAT, edits=(edit("real_property:5/found", 1, reason=" "),))

    assert ledger(FLAT, edits=(edit("vehicles:9/found", 1),)).unused_edits


def test_the_limit_of_the_claim_is_not_a_judges_to_lift() -> None:
    with pytest.raises(PortraitError, match="limit_is_law"):
        ledger(FLAT, edits=(edit("debtor/limit", 0),))

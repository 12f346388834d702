"""Money, holdings, income and living costs: worked examples, a table of records in, figures in yuan out."""

from __future__ import annotations

import pytest

from portraits.ledger import Amounts, Step
from tests.law.ledgers import ledger, now, rules, step, year


def test_procedure_law_253_free_deposits_can_be_taken_today() -> None:
    told = ledger(
        """
        deposits
        account_id | nature   | balance | available
        1          | ordinary | 50,000  | 50,000
        """
    )

    assert now(told, "deposits:1") == (50_000, 50_000, 50_000)


def test_sealing_26_what_another_court_has_frozen_can_only_be_queued_for() -> None:
    told = ledger(
        """
        deposits
        account_id | nature   | balance | available
        1          | ordinary | 50,000  | 12,000
        """
    )

    assert now(told, "deposits:1") == (12_000, 12_000, 12_000)
    assert "frozen_by_others" in rules(told)


def test_a_freeze_that_bank_and_register_both_report_is_taken_once() -> None:
    told = ledger(
        """
        deposits
        account_id | nature   | balance | available
        1          | ordinary | 50,000  | 12,000
        encumbrances
        thing_id | on_family | kind   | holder   | holder_case_id | secured | effective_on
        1        | deposits  | freeze | court B  | 200            | 38,000  | 2025-02-01
        """
    )

    assert now(told, "deposits:1") == (12_000, 12_000, 12_000)


@pytest.mark.parametrize("nature", ["migrant_wages", "escrow", "relief"])
def test_special_accounts_are_left_out(nature: str) -> None:
    """农民工工资条例 Art. 33; 法〔2022〕12号; 查封规定 Art. 3."""
    told = ledger(
        f"""
        deposits
        account_id | nature   | balance | available
        1          | {nature} | 80,000  | 80,000
        """
    )

    assert now(told, "deposits:1") == (0, 0, 0)
    assert told.available == Amounts()


def test_housing_fund_the_deduction_is_a_range_where_the_ground_for_withdrawal_is_not_met() -> None:
    """60,000 in the fund, no ground to draw it: nothing, half, all, as provinces differ; with a ground, all of it."""
    told = ledger(
        """
        housing_fund
        holding_id | value  | rule
        1          | 60,000 | retirement_only
        2          | 60,000 | free
        """
    )

    assert now(told, "housing_fund:1") == (0, 30_000, 60_000)
    assert now(told, "housing_fund:2") == (60_000, 60_000, 60_000)
    assert "fund_withdrawal" in rules(told)


def test_insurance_law_47_a_policy_counts_by_its_cash_value_not_its_sum_insured() -> None:
    told = ledger(
        """
        insurance
        holding_id | value   | cash_value | rule
        1          | 500,000 | 40,000     | surrender
        """
    )

    assert now(told, "insurance:1") == (0, 20_000, 40_000)
    assert step(told, Step.PRICE) == (-460_000, -460_000, -460_000)


def test_a_product_that_is_not_due_counts_within_the_year_and_not_today() -> None:
    told = ledger(
        """
        wealth_products
        holding_id | value   | rule
        1          | 100,000 | term
        2          | 100,000 | restricted
        """
    )

    assert now(told, "wealth_products:1") == (0, 0, 0)
    assert year(told, "wealth_products:1") == (100_000, 100_000, 100_000)
    assert year(told, "wealth_products:2") == (0, 0, 100_000)


WAGES = """
income
on         | kind | monthly_amount
2025-02-28 | wage | 6,000
2025-03-31 | wage | 6,000
2025-04-30 | wage | 6,000
2025-05-31 | wage | 6,000
2025-06-30 | wage | 6,000
civil_status
on         | dependants
2025-06-01 | 1
"""


def test_procedure_law_254_wages_count_over_the_year_less_living_costs_for_the_debtor_and_dependants() -> (
    None
):
    """6,000 a month; two people at 800 each (example standard): 72,000 a year less twelve months' living costs."""
    told = ledger(WAGES)

    assert now(told, "income:wage") == (0, 0, 0)
    assert year(told, "income:wage") == (72_000, 72_000, 72_000)
    assert step(told, Step.LIVING) == (-2 * 800 * 9, -2 * 800 * 11, -2 * 800 * 11)


def test_sealing_3_living_costs_are_left_once_per_debtor_and_not_once_per_account() -> None:
    told = ledger(
        """
        deposits
        account_id | nature   | balance | available
        1          | ordinary | 3,000   | 3,000
        2          | payroll  | 3,000   | 3,000
        civil_status
        dependants
        0
        """
    )

    assert sum(line.step is Step.LIVING for line in told.lines) == 1
    assert step(told, Step.LIVING) == (-2_400, -800, -800)


def test_reply_on_pensions_a_pension_is_income_and_living_costs_stay() -> None:
    told = ledger(
        """
        income
        on         | kind    | monthly_amount
        2025-05-31 | pension | 3,000
        2025-06-30 | pension | 3,000
        civil_status
        dependants
        0
        """
    )

    assert year(told, "income:pension") == (36_000, 36_000, 36_000)
    assert "pension_taken" in rules(told)


def test_dependants_not_asked_for_widen_the_range() -> None:
    known, unknown = ledger(WAGES), ledger(WAGES[: WAGES.index("civil_status")])

    assert step(unknown, Step.LIVING)[0] < step(known, Step.LIVING)[0]
    assert step(unknown, Step.LIVING)[2] > step(known, Step.LIVING)[2]

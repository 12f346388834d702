"""Conduct: worked examples on 法释〔2024〕13号 and 财产调查规定 Art. 6: rows in, dated facts out, and no judgement."""

from __future__ import annotations

from datetime import date

import pytest

from portraits.conduct import CONDUCT, ConductRule, Fact, ability, facts
from portraits.figures import figures
from records.contracts import TABLES
from tests.law.cases import DAY, dossier
from tests.law.ledgers import ledger

SUIT = """
titles
title_id | principal | sued_on    | effective_on
7        | 500,000   | 2023-09-01 | 2024-01-05
obligors
case_id | role      | served_on
100     | principal | 2024-02-01
"""


def found(text: str, name: str, *, natural: bool = True) -> list[Fact]:
    return [
        fact for fact in facts(dossier(SUIT + text, natural=natural), figures=figures()) if fact.rule == name
    ]


def test_refusal_3_1_a_flat_worth_700_000_sold_to_a_relative_for_10_000_after_the_suit() -> None:
    case = """
        transfers
        on         | thing_id | kind          | price  | appraised_value | relation
        2024-03-01 | 5        | real_property | 10,000 | 700,000         | kin
        real_property
        on         | thing_id | appraised_value | use      | transferred_on
        2024-04-01 | 5        | 700,000         | dwelling | 2024-03-01
        """
    (fact,) = found(case, "undervalue_transfer")

    assert fact.on == date(2024, 3, 1)
    assert fact.says.zh == "2024-03-01将价值700,000.00元的不动产以10,000.00元转让给亲属，为其价值的1.4%"
    assert fact.says.en.startswith(
        "On 2024-03-01 real property worth ¥700,000.00 went to a relative for ¥10,000.00"
    )
    assert [row.table for row in fact.rows] == ["transfers"]

    assert ledger(case).available.year.high == 0, "what was registered to another is not in the ledger"


def test_two_facts_of_one_rule_on_one_day_stand_side_by_side() -> None:
    case = """
        transfers
        on         | thing_id | kind          | price  | appraised_value | relation
        2024-03-01 | 5        | real_property | 10,000 | 700,000         | kin
        2024-03-01 | 6        | real_property | 20,000 | 900,000         | kin
        """

    assert [fact.on for fact in found(case, "undervalue_transfer")] == [date(2024, 3, 1)] * 2


def test_contracts_42_the_line_of_70_percent_holds_for_strangers_and_not_for_kin() -> None:
    case = """
        transfers
        on         | thing_id | kind          | price   | appraised_value | relation
        2024-03-01 | 5        | real_property | 700,000 | 1,000,000       | none
        2024-03-02 | 6        | real_property | 699,999 | 1,000,000       | none
        2024-03-03 | 7        | real_property | 900,000 | 1,000,000       | kin
        """

    assert [fact.on.day for fact in found(case, "undervalue_transfer")] == [2, 3]


def test_a_cheap_transfer_before_the_suit_is_no_fact_of_this_kind() -> None:
    case = """
        transfers
        on         | thing_id | kind          | price  | appraised_value | relation
        2023-08-31 | 5        | real_property | 10,000 | 700,000         | kin
        """

    assert not found(case, "undervalue_transfer")


def test_refusal_3_1_a_claim_waived_for_nothing() -> None:
    case = """
        transfers
        on         | kind  | price | appraised_value | relation
        2024-06-01 | claim | 0     | 80,000          | linked
        """

    assert found(case, "gratuitous_transfer")[0].amount == 80_000_00


def test_refusal_6_property_moved_after_the_suit_and_before_the_judgment_took_effect() -> None:
    case = """
        transfers
        on         | kind    | price  | appraised_value | relation
        2023-10-01 | vehicle | 90,000 | 90,000          | kin
        2023-10-02 | vehicle | 90,000 | 90,000          | none
        2024-01-05 | vehicle | 1,000  | 90,000          | kin
        """

    assert [fact.on for fact in found(case, "transfer_before_judgment")] == [date(2023, 10, 1)]


def test_investigation_6_1_transfers_since_a_year_before_the_notice_have_to_be_disclosed() -> None:
    case = """
        transfers
        on         | kind    | price  | appraised_value | relation
        2023-01-31 | vehicle | 90,000 | 90,000          | none
        2023-02-01 | vehicle | 90,000 | 90,000          | none
        """

    assert [fact.on for fact in found(case, "reportable_transfer")] == [date(2023, 2, 1)]


def test_investigation_6_2_security_created_since_a_year_before_the_notice() -> None:
    case = """
        encumbrances
        thing_id | on_family     | kind     | holder | secured | registered_on
        5        | real_property | mortgage | bank   | 300,000 | 2023-12-01
        6        | real_property | mortgage | bank   | 300,000 | 2020-12-01
        """

    assert [fact.amount for fact in found(case, "reportable_burden")] == [300_000_00]


def test_investigation_6_4_a_large_sum_paid_out_before_and_after_the_notice() -> None:
    """A claim of 500,000: the line is 50,000 (policy). More than a year before the notice nothing is looked at."""
    case = """
        account_flows
        on         | account_id | direction | kind     | amount
        2023-01-15 | 1          | out       | transfer | 90,000
        2023-12-15 | 1          | out       | transfer | 60,000
        2024-03-15 | 1          | out       | cash     | 50,000
        2024-03-16 | 1          | out       | cash     | 49,999
        """
    before, after = found(case, "large_outflow")

    assert (before.amount, after.amount) == (60_000_00, 50_000_00)
    assert "执行通知前一年内" in before.says.zh
    assert "after the enforcement notice" in after.says.en


def test_investigation_6_5_money_that_came_in_and_went_straight_out() -> None:
    case = """
        account_flows
        on         | account_id | direction | kind     | amount
        2024-05-01 | 1          | in        | business | 100,000
        2024-05-02 | 1          | out       | transfer | 60,000
        2024-05-03 | 1          | out       | transfer | 25,000
        2024-05-10 | 1          | in        | business | 100,000
        2024-05-20 | 1          | out       | transfer | 90,000
        """
    (fact,) = found(case, "fast_in_fast_out")

    assert fact.on == date(2024, 5, 1)
    assert len(fact.rows) == 3
    assert "85%" in fact.says.en


RESTRICTED = """
measures
on         | case_id | kind                    | lifted_on
2024-03-01 | 100     | consumption_restriction | 2024-09-01
restricted_consumption
on         | kind            | amount
2024-02-29 | flight          | 2,000
2024-03-01 | flight          | 2,000
2024-08-31 | high_speed_rail | 500
2024-09-01 | hotel_star      | 900
"""


def test_refusal_3_4_and_consumption_3_a_flight_under_a_restriction() -> None:
    """The order holds from its day until the day on which it was lifted."""
    assert [fact.on for fact in found(RESTRICTED, "restricted_consumption")] == [
        date(2024, 3, 1),
        date(2024, 8, 31),
    ]


def test_a_restriction_of_another_court_counts_as_well() -> None:
    case = """
        litigation
        on         | kind              | from_on    | to_on
        2024-03-01 | consumption_order | 2024-03-01 | 2025-03-01
        restricted_consumption
        on         | kind   | amount
        2024-04-01 | travel | 3,000
        """
    (fact,) = found(case, "restricted_consumption")

    assert {row.table for row in fact.rows} == {"restricted_consumption", "litigation"}


def test_investigation_9_disclosed_less_than_found() -> None:
    case = """
        declarations
        on         | case_id | family   | declared_value | found_value
        2024-03-01 | 100     | deposits | 500            | 80,000
        2024-03-01 | 100     | vehicles | 90,000         | 100,000
        """
    (fact,) = found(case, "declared_not_found")

    assert fact.amount == 79_500_00
    assert fact.says.zh == "2024-03-01申报银行存款500.00元，查明80,000.00元，相差79,500.00元"


def test_investigation_9_no_disclosure_in_spite_of_an_order() -> None:
    order = "measures\non | case_id | kind\n2024-02-01 | 100 | disclosure_order\n"
    answer = "declarations\non | case_id | family | declared_value\n2024-02-08 | 100 | deposits | 500\n"

    assert len(found(order, "no_disclosure")) == 1
    assert not found(order + answer, "no_disclosure")


def test_investigation_9_silence_is_counted_until_the_case_closed_and_no_longer() -> None:
    order = "measures\non | case_id | kind\n2024-02-01 | 100 | disclosure_order\n"
    head = "cases\ncase_id | court | kind | cause | filed_on | closed_on\n"
    closed = head + "100 | 3202 | first | other | 2024-01-10 | {}\n"

    (fact,) = found(order + closed.format("2024-05-01"), "no_disclosure")
    assert fact.says.zh == "2024-02-01发出报告财产令，至2024-05-01结案90日仍无财产报告"
    assert "90 days later" in fact.says.en
    assert not found(order + closed.format("2024-02-05"), "no_disclosure")


def test_refusal_3_4_a_detention_after_which_nothing_was_paid() -> None:
    detained = "measures\non | case_id | kind\n2024-05-01 | 100 | detention\n"
    paid = "payments\non | case_id | amount | channel\n2024-05-20 | 100 | 1,000 | voluntary\n"
    taken = "payments\non | case_id | amount | channel\n2024-05-20 | 100 | 1,000 | deducted\n"

    assert len(found(detained, "sanction_without_effect")) == 1
    assert len(found(detained + taken, "sanction_without_effect")) == 1
    assert not found(detained + paid, "sanction_without_effect")


EMPTIED = """
account_flows
on         | account_id | direction | kind     | amount
2023-12-01 | 1          | in        | business | 1,000,000
2023-12-09 | 1          | out       | transfer | 950,000
deposits
on         | account_id | balance | available
2024-02-01 | 1          | 50,000  | 50,000
"""


def test_adding_parties_22_a_firm_emptied_after_the_suit() -> None:
    (fact,) = found(EMPTIED, "firm_emptied", natural=False)

    assert "95%" in fact.says.en
    assert {row.table for row in fact.rows} == {"account_flows", "deposits"}
    assert not found(EMPTIED, "firm_emptied", natural=True)


def test_adding_parties_17_21_22_a_firm_closed_its_shares_moved_its_capital_unpaid() -> None:
    case = """
        registrations
        on         | company_id | role | status       | change | subscribed | paid_in
        2023-11-01 | 88         | self | active       | share  | 1,000,000  | 200,000
        2024-03-01 | 88         | self | deregistered | status | 1,000,000  | 200,000
        """

    assert len(found(case, "firm_changed", natural=False)) == 1
    assert len(found(case, "firm_closed", natural=False)) == 1
    assert found(case, "capital_not_paid", natural=False)[0].amount == 800_000_00


def test_refusal_5_no_ability_after_full_asking_is_not_the_same_as_ability_not_known() -> None:
    asked = "queries\nreceipt_id | family | source | asked_at | answered_at | status\n" + "".join(
        f"{number} | {family} | national | 2025-06-01 | 2025-06-02 | empty\n"
        for number, family in enumerate(
            (
                "deposits",
                "securities",
                "wealth_products",
                "insurance",
                "housing_fund",
                "platform_balances",
                "real_property",
                "vehicles",
                "equity",
                "income",
            ),
            start=1,
        )
    )
    money = "deposits\naccount_id | nature | balance | available\n1 | ordinary | 900,000 | 900,000\n"

    assert ability(ledger(money)).reading == "unperformed"
    assert ability(ledger(money), settled=True).reading == "nothing_owed"
    assert ability(ledger(asked)).answer == "none_found"
    assert ability(ledger("")).answer == "not_known"
    assert ability(ledger(money)).answer == "part"


def test_facts_are_in_the_order_of_days_and_know_nothing_of_tomorrow() -> None:
    told = facts(dossier(SUIT + RESTRICTED + EMPTIED), figures=figures())
    earlier = facts(dossier(SUIT + RESTRICTED + EMPTIED, as_of=date(2024, 3, 1)), figures=figures())

    assert [fact.on for fact in told] == sorted(fact.on for fact in told)
    assert max(fact.on for fact in earlier) <= date(2024, 3, 1)
    assert date(2024, 3, 1) < DAY


@pytest.mark.parametrize("rule", CONDUCT, ids=lambda rule: rule.name)
def test_a_conduct_rule_names_its_articles_its_tables_and_the_source_of_its_thresholds(
    rule: ConductRule,
) -> None:
    assert rule.articles
    assert all(table in TABLES for table in rule.tables)
    assert all(figures().on(name, DAY).source for name in rule.thresholds)
    assert rule.label.zh
    assert rule.label.en


def test_conduct_rules_are_named_once() -> None:
    assert len({rule.name for rule in CONDUCT}) == len(CONDUCT)

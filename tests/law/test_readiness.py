"""终本 in worked cases: what is met, what is missing since when, the five years after, and what revives a case."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from portraits.figures import figures
from portraits.readiness import Met, PeriodState, Readiness, in_force, readiness, rules
from portraits.readiness.rules import FILE
from tests.law.cases import DAY, dossier
from tests.law.ledgers import SURE
from vocabulary.problems import PortraitError

CLAIM = """
titles
title_id | principal | performance_deadline
7        | 50,000    | 2023-12-31
"""
PREPARED = (
    CLAIM
    + """
measures
case_id | kind                    | on
100     | notice                  | 2024-01-12
100     | disclosure_order        | 2024-01-12
100     | consumption_restriction | 2024-02-20
100     | dishonest_listing       | 2024-02-20
100     | summons                 | 2024-03-01
100     | search                  | 2024-03-05
100     | settlement_talk         | 2025-06-20
declarations
case_id | family   | declared_value | on
100     | deposits | 0              | 2024-01-20
"""
)
EVERYTHING_EMPTY = """
queries
receipt_id | family            | source   | asked_at   | answered_at | status | on
501        | deposits          | national | 2025-06-15 | 2025-06-15  | empty  | 2025-06-15
502        | securities        | national | 2025-06-15 | 2025-06-15  | empty  | 2025-06-15
503        | wealth_products   | national | 2025-06-15 | 2025-06-15  | empty  | 2025-06-15
504        | platform_balances | national | 2025-06-15 | 2025-06-15  | empty  | 2025-06-15
505        | insurance         | national | 2025-06-15 | 2025-06-15  | empty  | 2025-06-15
506        | housing_fund      | local    | 2025-06-15 | 2025-06-15  | empty  | 2025-06-15
507        | real_property     | national | 2025-06-15 | 2025-06-15  | empty  | 2025-06-15
508        | vehicles          | national | 2025-06-15 | 2025-06-15  | empty  | 2025-06-15
509        | equity            | national | 2025-06-15 | 2025-06-15  | empty  | 2025-06-15
510        | registrations     | national | 2025-06-15 | 2025-06-15  | empty  | 2025-06-15
511        | income            | local    | 2025-06-15 | 2025-06-15  | empty  | 2025-06-15
512        | civil_status      | local    | 2025-06-15 | 2025-06-15  | found  | 2025-06-15
"""


def ready(text: str, *, as_of: date = DAY, natural: bool = True) -> Readiness:
    return readiness([dossier(text, as_of=as_of, natural=natural)], figures=figures(), haircuts=SURE)


def state(told: Readiness, name: str) -> tuple[Met, date | None]:
    condition = next(each for each in told.conditions if each.rule.name == name)
    return condition.state, condition.since


def says(told: Readiness, name: str) -> str:
    condition = next(each for each in told.conditions if each.rule.name == name)
    return condition.found[0].says.zh


def test_everything_done_and_nothing_found_leaves_only_what_no_record_holds() -> None:
    told = ready(PREPARED + EVERYTHING_EMPTY)

    open_ones = {each.rule.name for each in told.conditions if each.state is not Met.MET}
    assert open_ones == {"consent_or_panel", "item_2_central_bank", "item_10", "item_12"}
    assert state(told, "item_10") == (Met.NOT_MET, None), "no ruling yet"
    assert told.counted("statutory")[Met.NOT_MET] == 0
    assert not told.ready, "the signature or the panel is for the file to show"


def test_a_case_filed_two_months_ago_is_too_young() -> None:
    told = ready(PREPARED, as_of=date(2024, 3, 10))
    assert state(told, "three_months") == (Met.NOT_MET, date(2024, 1, 10))
    assert says(told, "three_months") == "最早于2024-04-11满足"


def test_on_the_day_three_months_are_over_it_is_not_yet_and_the_day_after_it_is() -> None:
    assert state(ready(PREPARED, as_of=date(2024, 4, 10)), "three_months")[0] is Met.NOT_MET
    assert state(ready(PREPARED, as_of=date(2024, 4, 11)), "three_months")[0] is Met.MET


def test_without_an_order_to_disclose_it_has_been_missing_since_the_filing() -> None:
    told = ready(CLAIM)
    assert state(told, "disclosure_order") == (Met.NOT_MET, date(2024, 1, 10))
    assert state(told, "notice") == (Met.NOT_MET, date(2024, 1, 10))


def test_a_restriction_that_was_lifted_is_missing_since_that_day() -> None:
    told = ready(
        CLAIM
        + """
measures
case_id | kind                    | lifted_on  | on
100     | consumption_restriction | 2025-03-03 | 2024-02-20
"""
    )
    assert state(told, "consumption_restriction") == (Met.NOT_MET, date(2025, 3, 3))


def test_no_listing_is_not_known_and_not_a_failure() -> None:
    """Whether the grounds of listing are met is the court's to say (失信规定 Art. 1)."""
    assert state(ready(CLAIM), "dishonest_listing")[0] is Met.UNKNOWN


def test_a_minor_is_never_listed() -> None:
    told = ready(CLAIM + "\nparties\nkind | vulnerability\nnatural | minor\n")
    assert state(told, "dishonest_listing")[0] is Met.MET


def test_an_answer_past_its_shelf_life_is_missing_since_it_expired() -> None:
    """Deposits keep 92 days: answered on 1 March, fresh to 1 June, missing since 2 June."""
    older = EVERYTHING_EMPTY.replace(
        "501        | deposits          | national | 2025-06-15 | 2025-06-15  | empty  | 2025-06-15",
        "501        | deposits          | national | 2025-03-01 | 2025-03-01  | empty  | 2025-03-01",
    )
    told = ready(PREPARED + older)
    assert state(told, "network_queries") == (Met.NOT_MET, date(2025, 6, 2))
    assert says(told, "network_queries") == "未查询或已过期：银行存款"


def test_a_query_of_three_months_and_a_day_still_counts_for_item_2() -> None:
    def answered_on(day: str) -> Met:
        return state(ready(PREPARED + EVERYTHING_EMPTY.replace("2025-06-15", day)), "item_2")[0]

    assert answered_on("2025-03-29") is Met.MET
    assert answered_on("2025-03-28") is Met.NOT_MET


def test_a_query_by_hand_is_no_national_query() -> None:
    by_hand = EVERYTHING_EMPTY.replace("national", "manual")
    told = ready(PREPARED + by_hand)
    assert state(told, "item_2")[0] is Met.NOT_MET
    assert state(told, "network_queries")[0] is Met.MET


def test_the_housing_fund_is_asked_of_persons_only() -> None:
    without = "\n".join(line for line in EVERYTHING_EMPTY.splitlines() if "housing_fund" not in line)
    assert state(ready(PREPARED + without), "item_4")[0] is Met.NOT_MET
    assert state(ready(PREPARED + without, natural=False), "item_4")[0] is Met.MET


def test_a_clue_that_nobody_checked_stands_in_the_way_since_it_came() -> None:
    clue = """
clues
case_id | author      | family   | confidence | on
100     | grid_worker | vehicles | middle     | 2025-05-05
"""
    told = ready(PREPARED + EVERYTHING_EMPTY + clue)
    assert state(told, "clues_checked") == (Met.NOT_MET, date(2025, 5, 5))
    assert state(told, "item_5")[0] is Met.NOT_MET
    checked = clue.replace("confidence | on", "confidence | verified_on | on").replace(
        "middle     | 2025-05-05", "middle | 2025-05-09 | 2025-05-05"
    )
    assert state(ready(PREPARED + EVERYTHING_EMPTY + checked), "clues_checked")[0] is Met.MET


def test_a_flat_that_could_be_sold_stands_in_the_way() -> None:
    flat = """
real_property
thing_id | use        | appraised_value | co_ownership | on
9        | commercial | 700,000         | sole         | 2025-06-15
"""
    told = ready(PREPARED + EVERYTHING_EMPTY + flat)
    assert state(told, "nothing_to_take") == (Met.NOT_MET, date(2025, 6, 15))


def test_a_family_that_was_never_asked_leaves_it_unknown_whether_there_is_anything_to_take() -> None:
    without = "\n".join(line for line in EVERYTHING_EMPTY.splitlines() if "income" not in line)
    assert state(ready(PREPARED + without), "nothing_to_take")[0] is Met.UNKNOWN


@pytest.mark.parametrize(("balance", "expected"), [("9,900", Met.NOT_MET), ("2,500", Met.NOT_MET)])
def test_a_deposit_of_a_thousand_or_more_has_to_be_taken(balance: str, expected: Met) -> None:
    told = ready(PREPARED + EVERYTHING_EMPTY + _account(balance))
    assert state(told, "item_6")[0] is expected


def test_a_small_deposit_may_be_left_by_item_6_though_not_by_the_provisions() -> None:
    """900 yuan are below 1,000 and below a twentieth of 50,000; a firm has no living costs to be left with."""
    told = ready(PREPARED + EVERYTHING_EMPTY + _account("900"), natural=False)
    assert state(told, "item_6")[0] is Met.MET
    assert state(told, "nothing_to_take")[0] is Met.NOT_MET


def _account(balance: str) -> str:
    return f"\ndeposits\naccount_id | balance | available | on\n1 | {balance} | {balance} | 2025-06-15\n"


def test_a_termination_is_per_case_and_waits_for_every_debtor() -> None:
    first = dossier(PREPARED + EVERYTHING_EMPTY)
    second = dossier(CLAIM, party=2)
    told = readiness([first, second], figures=figures(), haircuts=SURE)

    condition = next(each for each in told.conditions if each.rule.name == "network_queries")
    assert [(each.debtor, each.state) for each in condition.found] == [(1, Met.MET), (2, Met.NOT_MET)]
    assert condition.state is Met.NOT_MET
    assert told.debtors == (1, 2)


TERMINATED = (
    PREPARED
    + """
cases
court | kind  | cause | filed_on   | closed_on  | closing_mode     | on
3202  | first | other | 2024-01-10 | 2024-12-20 | round_terminated | 2024-12-20
"""
)


def asked_on(day: str, number: int) -> str:
    return (
        "\nqueries\nreceipt_id | family | source | asked_at | answered_at | status | on\n"
        f"{number} | deposits | national | {day} | {day} | empty | {day}\n"
    )


def test_after_the_ruling_there_are_ten_queries_in_five_years() -> None:
    after = ready(TERMINATED).after
    assert after is not None
    assert after.ruled_on == date(2024, 12, 20)
    assert [each.due for each in after.periods][:2] == [date(2025, 6, 20), date(2025, 12, 20)]
    assert (len(after.periods), after.until) == (10, date(2029, 12, 20))


def test_a_half_year_without_a_query_is_overdue() -> None:
    after = ready(TERMINATED).after
    assert after is not None
    assert [each.number for each in after.overdue] == [1]
    assert after.next_due == date(2025, 12, 20)


def test_a_query_in_time_and_one_made_late() -> None:
    after = ready(TERMINATED + asked_on("2025-05-02", 801), as_of=date(2026, 3, 1)).after
    assert after is not None
    assert [each.state for each in after.periods[:3]] == [
        PeriodState.ASKED,
        PeriodState.OVERDUE,
        PeriodState.NEXT,
    ]

    late = ready(
        TERMINATED + asked_on("2025-05-02", 801) + asked_on("2026-01-15", 802), as_of=date(2026, 3, 1)
    ).after
    assert late is not None
    assert [each.state for each in late.periods[:3]] == [
        PeriodState.ASKED,
        PeriodState.LATE,
        PeriodState.ASKED,
    ]
    assert late.next_due == date(2026, 12, 20)


def test_a_query_about_one_of_two_debtors_is_none_for_the_case() -> None:
    both = [
        dossier(TERMINATED + asked_on("2025-05-02", 801)),
        dossier(TERMINATED, party=2),
    ]
    after = readiness(both, figures=figures(), haircuts=SURE).after
    assert after is not None
    assert after.periods[0].state is PeriodState.OVERDUE


def test_nothing_new_no_flag() -> None:
    after = ready(TERMINATED + asked_on("2025-05-02", 801)).after
    assert after is not None
    assert not after.revive


def test_a_deposit_found_and_a_clue_after_the_ruling_raise_the_flag() -> None:
    news = """
queries
receipt_id | family   | source   | asked_at   | answered_at | status | on
802        | deposits | national | 2025-06-02 | 2025-06-02  | found  | 2025-06-02
deposits
account_id | balance | available | receipt_id | on
1          | 80,000  | 80,000    | 802        | 2025-06-02
clues
case_id | author | family   | confidence | on
100     | reward | vehicles | high       | 2025-04-01
"""
    after = ready(TERMINATED + news).after
    assert after is not None
    assert after.revive
    assert [(each.on, each.rows[0].table) for each in after.facts] == [
        (date(2025, 4, 1), "clues"),
        (date(2025, 6, 2), "deposits"),
    ]


def test_property_known_before_the_ruling_is_no_new_fact() -> None:
    old = "\ndeposits\naccount_id | balance | available | on\n1 | 80,000 | 80,000 | 2024-11-02\n"
    after = ready(TERMINATED + old).after
    assert after is not None
    assert not after.revive


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_every_rule_names_its_source_and_its_first_day(rule) -> None:  # type: ignore[no-untyped-def]
    assert len(rule.source) > 20
    assert date(1949, 10, 1) < rule.in_force_from <= date(2026, 1, 1)
    assert all((rule.says.zh, rule.says.en, rule.item.zh, rule.item.en))
    assert ("unofficial" in rule.source) is (rule.kind == "unofficial")


def test_the_twelve_items_and_the_conditions_of_the_provisions_are_there() -> None:
    items = {rule.name for rule in rules() if rule.kind == "unofficial"}
    assert {f"item_{number}" for number in range(1, 13)} <= items
    assert len([rule for rule in rules() if rule.kind == "statutory"]) >= 9


ONE = """rules:
- name: notice
  kind: statutory
  item: {zh: 一, en: one}
  source: "a document, Art. 1"
  in_force_from: 2016-12-01
  scope: debtor
  says: {zh: 通知, en: notice}
  check: notified
"""


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ('  source: "a document, Art. 1"\n', ""),
        ('  source: "a document, Art. 1"\n', '  source: ""\n'),
        ("  in_force_from: 2016-12-01\n", ""),
        ("  in_force_from: 2016-12-01\n", "  in_force_from: soon\n"),
        ("  check: notified\n", "  check: guessed\n"),
        ("  kind: statutory\n", "  kind: felt\n"),
    ],
)
def test_a_rule_without_source_date_or_check_is_refused_by_name(
    tmp_path: Path, line: str, instead: str
) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(ONE.replace(line, instead), encoding="utf-8")
    with pytest.raises(PortraitError) as refused:
        rules(path)
    assert refused.value.problem.code == "readiness.malformed"
    assert refused.value.problem.values["rule"] == "notice"


def test_a_court_changes_a_rule_from_a_day_on(tmp_path: Path) -> None:
    later = ONE.replace("2016-12-01", "2025-01-01").replace(
        "check: notified", "check: measure\n  with: {any_of: [search]}"
    )
    path = tmp_path / "rules.yaml"
    path.write_text(ONE + later.removeprefix("rules:\n"), encoding="utf-8")

    assert [rule.check for rule in in_force(rules(path), date(2024, 12, 31))] == ["notified"]
    assert [rule.check for rule in in_force(rules(path), date(2025, 1, 1))] == ["measure"]
    assert in_force(rules(path), date(2016, 11, 30)) == ()


def test_a_rule_that_has_ended_is_not_asked_any_more(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(ONE + "  in_force_to: 2024-12-31\n", encoding="utf-8")
    assert in_force(rules(path), date(2024, 12, 31)) != ()
    assert in_force(rules(path), date(2024, 12, 31) + timedelta(days=1)) == ()


def test_the_rules_shipped_are_read_from_the_file_that_a_court_edits() -> None:
    assert FILE.name == "rules.yaml"
    assert rules(FILE) == rules()

"""Tracks, case by case: what the night knows of an obligation, and the track that is proposed with its reason."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from portraits.gaps import FIRST_ASKED
from triage.tracks import TRACKS, judge
from triage.tracks.figures import NIGHT, figures, missing_families, policy
from triage.tracks.rules import RULES, AnyOf, Check, Rule
from triage.work import WORK, hours_of_work, team_of_work
from vocabulary.states import QueryState

DAY = date(2026, 6, 30)
EMPTY, NOT_ASKED = float(QueryState.EMPTY.step), float(QueryState.NOT_ASKED.step)
PLAIN: dict[str, float] = {
    "score": 10, "abstained": 0, "dormant": 0, "free_left": 0, "free_share": 0, "things_left": 0, "news_money": 0,
    "known_year": 0, "debts": 50_000, "cases_open": 1, "debt_ratio": 50_000, "families_missing": 0, "missing": 0,
    "sealed_here": 0, "bankrupt": 0, "firm": 0, "conduct_facts": 0, "income_year": 0, "paid_6m": 0, "clues_open": 0,
    "priority": 0, "days_since_filing": 200, "notice_served": 1, "disclosure_ordered": 1, "consumption_restricted": 1,
}  # fmt: skip
CASES: tuple[tuple[str, dict[str, float], str, str], ...] = (
    ("A deposit covers a third of the debt", {"free_left": 9_000, "free_share": 0.35}, "fast", "free_money"),
    ("A large deposit against a very large debt", {"free_left": 25_000, "free_share": 0.01}, "fast", "free_money"),
    ("Three yuan on an account", {"free_left": 3, "free_share": 1.0}, "round_end", "round_may_end"),
    ("A flat found and not sealed", {"things_left": 400_000}, "preserve", "unsealed_property"),
    ("The same flat, sealed here", {"things_left": 400_000, "sealed_here": 1}, "complex", "sealed_property"),
    ("A gift to a cousin after the suit", {"conduct_facts": 1}, "complex", "conduct"),
    ("A wage above living costs", {"income_year": 24_000}, "ordinary", "income"),
    ("Pays by himself, a little every month", {"paid_6m": 1_200}, "ordinary", "paying"),
    ("Nobody has answered anything", {"abstained": 1, "families_missing": 6, "missing": 3}, "ask_first",
     "nothing_answered"),
    ("Nothing found, vehicles not asked", {"families_missing": 1, "missing": 16}, "ask_first", "not_all_asked"),
    ("A firm with four cases and no assets", {"firm": 1, "cases_open": 4, "debts": 9e6, "debt_ratio": 9e6},
     "bankruptcy", "insolvent_firm"),
    ("A firm with one case and no assets", {"firm": 1}, "round_end", "round_may_end"),
    ("Unpaid wages, nothing found after full asking", {"priority": 1}, "relief", "hardship"),
    ("All conditions for ending the round", {}, "round_end", "round_may_end"),
    ("Two months since filing", {"days_since_filing": 60}, "ordinary", "steps_missing"),
    ("No restriction on consumption yet", {"consumption_restricted": 0}, "ordinary", "steps_missing"),
    ("A lead that nobody has checked", {"clues_open": 1}, "ordinary", "steps_missing"),
    ("The model still expects half", {"score": 50}, "ordinary", "steps_missing"),
    ("Money came in after the round was ended", {"dormant": 1, "news_money": 8_000}, "resume", "news_after_round"),
)  # fmt: skip


@pytest.mark.parametrize(("title", "known", "track", "rule"), CASES, ids=[each[0] for each in CASES])
def test_what_is_known_proposes_the_track(title: str, known: dict[str, float], track: str, rule: str) -> None:
    found = _judged([known])[0]
    assert found >= 0, title
    assert (RULES[found].track.code, RULES[found].code) == (track, rule)


def test_a_dormant_case_without_news_is_no_work_of_today() -> None:
    assert _judged([{"dormant": 1, "free_left": 9_000, "free_share": 1.0}]) == [judge.NONE]


EARNS = {"income_year": 30_000.0, "known_year": 30_000.0}


def test_a_round_does_not_end_while_another_debtor_of_the_case_could_pay() -> None:
    alone, together = _judged([{}]), _judged([{}, EARNS], case=[5, 5])
    assert RULES[alone[0]].code == "round_may_end"
    assert [RULES[place].code for place in together] == ["steps_missing", "income"]


def test_every_rule_has_words_a_source_known_work_and_thresholds_in_force() -> None:
    hours, teams, table = hours_of_work(policy(), DAY), team_of_work(policy(), DAY), policy()
    assert set(hours) == set(teams) == set(WORK)
    for rule in RULES:
        assert rule.source
        assert rule.work
        assert set(rule.work) <= set(WORK)
        for test in rule.tests:
            for each in test.tests if isinstance(test, AnyOf) else (test,):
                assert isinstance(each, Check)
                assert isinstance(each.threshold, float) or table.number(each.threshold, DAY) >= 0
    assert {rule.track for rule in RULES} == set(TRACKS)
    assert not RULES[-1].tests, "the last rule takes what is left"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_reason_is_filled_in_both_languages(rule: Rule) -> None:
    place = RULES.index(rule)
    values = judge.told(_columns([PLAIN]), np.array([place]))[0]
    words = judge.reason(RULES[place].code, [float(each) for each in values[1:-1].split(",") if each])
    assert "{" not in words.zh + words.en


def test_free_money_is_what_is_left_after_a_month_of_living() -> None:
    night = _night(deposit_available_latest=5_000, dependants=1, platform_cash=200)
    assert figures(night, as_of=DAY)["free_now"].tolist() == [5_200 - 2 * 800]


def test_a_firm_keeps_no_living_costs() -> None:
    night = _night(deposit_available_latest=5_000, organisation=1)
    assert figures(night, as_of=DAY)["free_now"].tolist() == [5_000]


def test_the_only_dwelling_the_mortgage_and_seals_of_others_are_left_out() -> None:
    night = _night(
        property_value=900_000, sole_dwelling_value=400_000, property_mortgage=150_000, property_sealed_before=100_000
    )  # fmt: skip
    assert figures(night, as_of=DAY)["things"].tolist() == [250_000 * 0.6]


def test_income_counts_above_the_living_costs_of_all_who_are_kept() -> None:
    night = _night(wage_monthly_12m=5_000, dependants=2, dividend_12m=300)
    assert figures(night, as_of=DAY)["income_year"].tolist() == [12 * (5_000 - 3 * 800) + 300]


def test_what_was_not_asked_is_named_in_the_order_of_asking() -> None:
    night = _night(vehicles_state=NOT_ASKED, deposits_state=NOT_ASKED, insurance_state=NOT_ASKED)
    found = figures(night, as_of=DAY)
    assert missing_families(int(found["missing"][0])) == ("deposits", "vehicles")
    assert found["families_missing"].tolist() == [2]


def _judged(known: list[dict[str, float]], case: list[int] | None = None) -> list[int]:
    cases = np.array(case or range(len(known)))
    columns = _columns([PLAIN | each for each in known])
    found: list[int] = judge.judge(columns, cases, as_of=DAY, table=policy()).tolist()
    return found


def _columns(rows: list[dict[str, float]]) -> dict[str, np.ndarray]:
    return {name: np.array([row[name] for row in rows], float) for name in PLAIN}


def _night(**known: float) -> dict[str, np.ndarray]:
    """One obligation of which everything was asked and nothing found, but for what is said."""
    empty = dict.fromkeys(NIGHT, np.nan) | {f"{family}_state": EMPTY for family in FIRST_ASKED}
    found = empty | known
    if "vehicle_net" not in known:
        found["vehicle_net"] = 0.0
    return {name: np.array([float(value)]) for name, value in found.items()}

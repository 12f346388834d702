"""Interest for delayed performance: worked examples on 法释〔2014〕8号, article by article."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portraits.figures import figures
from portraits.interest import Adjudged, Paid, Period, delay_interest
from portraits.owed import owed_on
from tests.law.cases import dossier

FIGURES = figures()


def yuan(amount: float) -> int:
    return round(amount * 100)


def test_article_1_ten_thousand_late_by_sixty_days_adds_105() -> None:
    """Title of 30 June 2015, three days to pay: the time ends on 3 July; paid on 1 September, sixty days late."""
    told = delay_interest(
        Adjudged(yuan(10_000), deadline=date(2015, 7, 3)), [], on=date(2015, 9, 1), figures=FIGURES
    )

    assert told.stretches[0].days == 60
    assert told.interest_left == yuan(105)
    assert told.owed == yuan(10_105)


def test_article_1_general_interest_bears_no_added_interest_but_costs_and_penalty_do() -> None:
    adjudged = Adjudged(
        yuan(100_000),
        general_interest=yuan(20_000),
        costs=yuan(2_000),
        penalty=yuan(8_000),
        deadline=date(2024, 1, 1),
    )
    told = delay_interest(adjudged, [], on=date(2024, 4, 10), figures=FIGURES)

    assert told.stretches[0].base == yuan(110_000)
    assert told.interest_left == yuan(110_000 * 0.000175 * 100)
    assert told.owed == yuan(130_000 + 1_925)


def test_article_2_without_a_deadline_interest_runs_from_the_day_the_title_took_effect() -> None:
    case = dossier(
        """
        titles
        title_id | principal | effective_on
        7        | 10,000    | 2025-05-01
        """
    )

    assert owed_on(case, date(2025, 6, 30), figures=FIGURES).high == yuan(10_000 + 10_000 * 0.000175 * 60)


def test_article_2_on_the_last_day_for_performance_nothing_is_late() -> None:
    adjudged = Adjudged(yuan(10_000), deadline=date(2025, 6, 30))

    assert delay_interest(adjudged, [], on=date(2025, 6, 30), figures=FIGURES).owed == yuan(10_000)
    assert delay_interest(adjudged, [], on=date(2025, 7, 1), figures=FIGURES).owed == yuan(10_001.75)


def test_article_3_each_payment_lowers_the_base_from_its_own_day_on() -> None:
    """20,000 paid after 50 days, 30,000 deducted after another 50: 100 days in all."""
    adjudged = Adjudged(yuan(100_000), deadline=date(2024, 1, 1))
    payments = [Paid(date(2024, 2, 20), yuan(20_000)), Paid(date(2024, 4, 10), yuan(30_000))]
    told = delay_interest(adjudged, payments, on=date(2024, 5, 30), figures=FIGURES)

    assert [(each.days, each.base // 100) for each in told.stretches] == [
        (50, 100_000),
        (50, 80_000),
        (50, 50_000),
    ]
    assert told.interest_left == yuan((100_000 + 80_000 + 50_000) * 50 * 0.000175)


def test_article_3_days_of_a_stay_for_review_that_the_debtor_did_not_ask_for_do_not_count() -> None:
    adjudged = Adjudged(yuan(10_000), deadline=date(2024, 1, 1))
    stay = Period(date(2024, 2, 1), date(2024, 3, 1))
    told = delay_interest(adjudged, [], on=date(2024, 4, 10), figures=FIGURES, excluded=[stay, stay])

    assert told.stretches[0].excluded == 30
    assert told.interest_left == yuan(10_000 * 70 * 0.000175)


def test_article_3_the_register_does_not_say_who_asked_for_the_stay_so_two_figures_are_given() -> None:
    case = dossier(
        """
        titles
        title_id | principal | performance_deadline
        7        | 10,000    | 2025-03-22
        suspensions
        kind      | from_on    | to_on
        stay      | 2025-04-01 | 2025-04-30
        appraisal | 2025-05-01 | 2025-05-31
        """
    )
    owed = owed_on(case, date(2025, 6, 30), figures=FIGURES)

    assert owed.high == yuan(10_000 + 175)
    assert owed.low == yuan(10_000 + 10_000 * 70 * 0.000175)


def test_article_4_money_pays_the_adjudged_debt_first_and_the_added_interest_last() -> None:
    """100 days late on 100,000: 1,750 of added interest. 101,000 comes in: the debt is gone, 750 is left."""
    adjudged = Adjudged(yuan(100_000), deadline=date(2024, 1, 1))
    told = delay_interest(
        adjudged, [Paid(date(2024, 4, 10), yuan(101_000))], on=date(2024, 12, 31), figures=FIGURES
    )

    assert told.adjudged_left == 0
    assert told.interest_paid == yuan(1_000)
    assert told.owed == yuan(750)


def test_civil_code_561_a_payment_covers_costs_then_general_interest_then_the_principal() -> None:
    adjudged = Adjudged(
        yuan(100_000), general_interest=yuan(10_000), costs=yuan(2_000), deadline=date(2024, 1, 1)
    )
    told = delay_interest(
        adjudged, [Paid(date(2024, 1, 1), yuan(12_000))], on=date(2024, 1, 11), figures=FIGURES
    )

    assert told.stretches[0].base == yuan(100_000)


def test_article_7_time_before_august_2014_follows_the_earlier_rule_and_time_after_it_the_new() -> None:
    """Late since 2 July 2014: 29 days to 31 July at twice 6.00 % of a 360-day year, 30 days of August at 0.0175 %."""
    adjudged = Adjudged(yuan(360_000), deadline=date(2014, 7, 2))
    told = delay_interest(adjudged, [], on=date(2014, 8, 30), figures=FIGURES)

    assert [each.days for each in told.stretches] == [29, 30]
    assert told.interest_left == yuan(360_000 * 0.12 / 360 * 29 + 360_000 * 0.000175 * 30)


def test_reply_of_2009_an_older_payment_is_shared_between_debt_and_interest_in_proportion() -> None:
    """A year late at 2 × 6.00 % on 36,000: 360 days, 4,320 of interest. 20,160 pays half of each."""
    adjudged = Adjudged(yuan(36_000), deadline=date(2013, 1, 1))
    told = delay_interest(
        adjudged, [Paid(date(2013, 12, 27), yuan(20_160))], on=date(2013, 12, 27), figures=FIGURES
    )

    assert told.adjudged_left == yuan(18_000)
    assert told.interest_left == yuan(2_160)


def test_a_guarantor_owes_no_more_than_the_cap_whatever_the_claim_has_grown_to() -> None:
    case = dossier(
        """
        titles
        title_id | principal | performance_deadline
        7        | 100,000   | 2024-01-01
        obligors
        case_id | role            | liability_cap
        100     | joint_guarantor | 40,000
        """
    )

    assert owed_on(case, date(2025, 6, 30), figures=FIGURES).high == yuan(40_000)


@given(
    principal=st.integers(0, 10**10),
    general=st.integers(0, 10**9),
    paid=st.lists(st.tuples(st.integers(0, 900), st.integers(0, 10**10)), max_size=6),
    days=st.integers(0, 1000),
)
def test_nothing_is_lost_and_nothing_grows_backwards(
    principal: int, general: int, paid: list[tuple[int, int]], days: int
) -> None:
    start = date(2020, 1, 1)
    payments = [Paid(date.fromordinal(start.toordinal() + on), amount) for on, amount in paid]
    adjudged = Adjudged(principal, general_interest=general, deadline=start)
    on = date.fromordinal(start.toordinal() + days)
    told = delay_interest(adjudged, payments, on=on, figures=FIGURES)
    credited = sum(each.amount for each in payments if each.on <= on)

    assert min(told.adjudged_left, told.interest_left, told.overpaid) >= 0
    assert adjudged.total - told.adjudged_left + told.interest_paid + told.overpaid == credited
    assert told.interest_paid == 0 or told.adjudged_left == 0
    assert told.accrued <= round(principal * 0.000175 * days) + 1


@pytest.mark.parametrize("name", list(FIGURES))
def test_every_figure_names_its_source_and_its_first_day(name: str) -> None:
    for value in FIGURES.dated[name]:
        assert len(value.source) > 12
        assert value.in_force_from >= date(1900, 1, 1)
        assert value.unit

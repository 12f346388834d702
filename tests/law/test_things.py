"""Things sold: mortgages, seals in force, co-owners, price and costs: worked examples."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portraits.figures import figures
from portraits.ledger import Step, capacity
from scoring.haircuts import Prior, fit_haircuts
from tests.law.cases import DAY, dossier
from tests.law.ledgers import CERTAIN, CLAIM, ledger, now, rules, step, year
from vocabulary.dates import months_after

FLAT = """
real_property
thing_id | appraised_value | use        | co_ownership | share
5        | 1,000,000       | commercial | sole         | 1
"""


def test_a_shop_is_worth_its_price_at_auction_less_costs_within_the_year_and_nothing_today() -> None:
    """A million appraised, sold at 80 %, costs 12 / 6 / 2 % (examples)."""
    told = ledger(FLAT)

    assert now(told, "real_property:5") == (0, 0, 0)
    assert year(told, "real_property:5") == pytest.approx((704_000, 752_000, 784_000), abs=1)
    assert [line.step for line in told.assets[0].lines] == [
        Step.FOUND,
        Step.TO_BE_SOLD,
        Step.PRICE,
        Step.COSTS,
    ]


def test_online_auction_10_and_26_no_flat_opens_below_56_percent_of_its_appraisal() -> None:
    """70 % in the first round, a fifth less in the second: the cautious price stays above it whatever the lots say."""
    cheap = {key: Prior(chance=1 - 1e-12, share=0.3, spread=1e-9, weight=1e15) for key in CERTAIN}
    haircuts = fit_haircuts([], fitted_on=DAY, priors=cheap)
    told = capacity(dossier(CLAIM + FLAT), figures=figures(), haircuts=haircuts)

    assert step(told, Step.PRICE)[0] == -440_000


def test_enforcement_work_31_the_mortgagee_is_paid_first() -> None:
    told = ledger(
        FLAT
        + """
        encumbrances
        thing_id | on_family     | kind     | holder | secured | registered_on
        5        | real_property | mortgage | bank   | 500,000 | 2020-01-01
        """
    )

    assert year(told, "real_property:5") == pytest.approx((204_000, 252_000, 284_000), abs=1)


def test_auction_6_where_prior_rights_reach_the_appraisal_the_thing_counts_zero() -> None:
    told = ledger(
        FLAT
        + """
        encumbrances
        thing_id | on_family     | kind     | holder | secured | registered_on
        5        | real_property | mortgage | bank   | 950,000 | 2020-01-01
        """
    )

    assert year(told, "real_property:5") == (0, 0, 0)
    assert "no_benefit" in rules(told)


def test_sealing_24_a_mortgage_registered_after_this_cases_seal_does_not_beat_it() -> None:
    told = ledger(
        FLAT
        + """
        encumbrances
        thing_id | on_family     | kind     | holder     | holder_case_id | secured   | effective_on | registered_on
        5        | real_property | seal     | this court | 100            | 1,000,000 | 2024-06-01   | 2024-06-01
        5        | real_property | mortgage | bank       |                | 500,000   | 2024-09-01   | 2024-09-01
        """
    )

    assert year(told, "real_property:5") == pytest.approx((704_000, 752_000, 784_000), abs=1)
    assert told.assets[0].notes


def test_enforcement_work_55_an_earlier_seal_of_another_court_comes_first_and_takes_no_more_than_its_claim() -> (
    None
):
    told = ledger(
        FLAT
        + """
        encumbrances
        thing_id | on_family     | kind | holder     | holder_case_id | secured | effective_on | rank
        5        | real_property | seal | court B    | 200            | 100,000 | 2024-01-01   | 1
        5        | real_property | seal | this court | 100            | 900,000 | 2024-06-01   | 2
        5        | real_property | seal | court C    | 300            | 100,000 | 2024-09-01   | 3
        """
    )

    assert year(told, "real_property:5") == pytest.approx((604_000, 652_000, 684_000), abs=1)


@pytest.mark.parametrize(
    ("family", "asset", "months"),
    [("real_property", FLAT, 36), ("vehicles", None, 24), ("deposits", None, 12)],
)
def test_interpretation_485_seals_lapse_after_one_two_and_three_years(
    family: str, asset: str | None, months: int
) -> None:
    """On the day before the term ends the earlier seal stands; on the day itself, not renewed, it is gone."""
    tables = {
        "real_property": FLAT,
        "vehicles": "vehicles\nthing_id | appraised_value | located\n5 | 1,000,000 | yes\n",
        "deposits": "deposits\naccount_id | nature | balance | available\n5 | ordinary | 1,000,000 | 1,000,000\n",
    }
    text = tables[family] + (
        "encumbrances\nthing_id | on_family | kind | holder | holder_case_id | secured | effective_on\n"
        f"5 | {family} | {'freeze' if family == 'deposits' else 'seal'} | court B | 200 | 400,000 | 2024-03-01\n"
    )
    free = months_after(date(2024, 3, 1), months)

    assert "earlier_seal" in rules(ledger(text, as_of=free - timedelta(days=1)))
    assert "earlier_seal" not in rules(ledger(text, as_of=free))


def test_sealing_26_when_the_first_seal_lapses_the_queued_one_moves_up() -> None:
    """The other court sealed on 1 June 2022 and did not renew: on 31 May 2025 it is first, on 1 June 2025 we are."""
    text = (
        FLAT
        + """
        encumbrances
        thing_id | on_family     | kind | holder     | holder_case_id | secured   | effective_on | rank
        5        | real_property | seal | court B    | 200            | 2,000,000 | 2022-06-01   | 1
        5        | real_property | seal | this court | 100            | 1,000,000 | 2024-06-01   | 2
        """
    )

    assert year(ledger(text, as_of=date(2025, 5, 31)), "real_property:5") == (0, 0, 0)
    assert year(ledger(text, as_of=date(2025, 6, 1)), "real_property:5") == pytest.approx(
        (704_000, 752_000, 784_000), abs=1
    )


def test_enforcement_work_56_a_preservation_ahead_is_held_back_until_that_suit_ends() -> None:
    told = ledger(
        FLAT
        + """
        encumbrances
        thing_id | on_family     | kind | holder  | holder_case_id | secured | effective_on | preservation
        5        | real_property | seal | court B | 200            | 300,000 | 2024-01-01   | yes
        """
    )

    assert year(told, "real_property:5") == pytest.approx((404_000, 452_000, 784_000), abs=1)
    assert "preservation_reserved" in rules(told)


def test_a_seal_whose_amount_is_not_in_the_record_takes_all_half_or_nothing() -> None:
    told = ledger(
        FLAT
        + """
        encumbrances
        thing_id | on_family     | kind | holder  | holder_case_id | effective_on
        5        | real_property | seal | court B | 200            | 2024-01-01
        """
    )

    assert year(told, "real_property:5") == pytest.approx((0, 376_000, 784_000), abs=1)


def test_sealing_12_by_shares_only_the_debtors_share_counts() -> None:
    told = ledger(FLAT.replace("sole         | 1", "by_shares    | 0.25"))

    assert year(told, "real_property:5") == pytest.approx((176_000, 188_000, 196_000), abs=1)


def test_civil_code_1062_spousal_property_is_half_and_the_whole_in_the_favourable_reading() -> None:
    told = ledger(FLAT.replace("sole         | 1", "spousal      | 0.5"))

    assert step(told, Step.OWNERSHIP) == (-500_000, -500_000, 0)
    assert year(told, "real_property:5") == pytest.approx((352_000, 376_000, 784_000), abs=1)


def test_civil_code_309_joint_owners_without_shares_are_held_to_have_equal_ones() -> None:
    told = ledger(FLAT.replace("sole         | 1", "joint        |  "))

    assert step(told, Step.OWNERSHIP)[1:] == (-500_000, -500_000)

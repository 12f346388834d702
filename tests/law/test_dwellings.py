"""The dwelling, things that left, vehicles not at hand, equity: worked examples."""

from __future__ import annotations

import pytest

from tests.law.ledgers import ledger, rules, year

DWELLING = """
real_property
thing_id | appraised_value | use      | sole_dwelling | co_ownership
5        | 1,000,000       | dwelling | yes           | sole
civil_status
dependants
2
"""
RENT = 20 * 15 * 12 * 3  # example rent x example area x months x people


def test_sealing_4_and_objections_20_a_sole_dwelling_is_zero_or_its_price_less_five_to_eight_years_rent() -> (
    None
):
    told = ledger(DWELLING)

    assert year(told, "real_property:5") == pytest.approx((0, 752_000 - 8 * RENT, 784_000 - 5 * RENT), abs=1)
    assert "sole_dwelling" in rules(told)


def test_mortgaged_dwellings_1_the_claims_own_mortgage_outranks_the_protection() -> None:
    told = ledger(
        DWELLING
        + """
        encumbrances
        thing_id | on_family     | kind     | holder    | holder_case_id | secured | registered_on
        5        | real_property | mortgage | applicant | 100            | 600,000 | 2020-01-01
        """
    )

    assert year(told, "real_property:5") == pytest.approx(
        (600_000, 752_000 - 8 * RENT, 784_000 - 5 * RENT), abs=1
    )


def test_mortgaged_dwellings_6_a_household_in_hardship_is_not_evicted_even_then() -> None:
    told = ledger(
        DWELLING
        + """
        parties
        kind    | vulnerability
        natural | hardship
        encumbrances
        thing_id | on_family     | kind     | holder    | holder_case_id | secured | registered_on
        5        | real_property | mortgage | applicant | 100            | 600,000 | 2020-01-01
        """
    )

    assert year(told, "real_property:5")[0] == 0


def test_objections_20_who_gave_another_dwelling_away_after_the_title_cannot_plead_the_sole_one() -> None:
    told = ledger(
        DWELLING
        + """
        titles
        title_id | principal  | effective_on | performance_deadline
        7        | 10,000,000 | 2024-01-01   | 2026-12-31
        transfers
        on         | thing_id | kind          | price   | appraised_value | relation
        2024-05-01 | 6        | real_property | 900,000 | 900,000         | kin
        """
    )

    assert year(told, "real_property:5")[2] == pytest.approx(784_000, abs=1)


def test_a_firm_has_no_dwelling_and_no_living_costs() -> None:
    told = ledger(DWELLING, natural=False)

    assert year(told, "real_property:5") == pytest.approx((704_000, 752_000, 784_000), abs=1)
    assert "living_costs" not in rules(told)


def test_sealing_23_what_was_registered_to_another_is_gone() -> None:
    told = ledger(
        """
        real_property
        thing_id | appraised_value | use        | transferred_on
        5        | 700,000         | commercial | 2024-05-01
        """
    )

    assert year(told, "real_property:5") == (0, 0, 0)
    assert "transferred" in rules(told)


def test_sealing_24_a_transfer_after_this_cases_seal_does_not_stand_against_the_applicant() -> None:
    told = ledger(
        """
        real_property
        thing_id | appraised_value | use        | transferred_on
        5        | 1,000,000       | commercial | 2024-05-01
        encumbrances
        thing_id | on_family     | kind | holder     | holder_case_id | secured   | effective_on
        5        | real_property | seal | this court | 100            | 1,000,000 | 2024-02-01
        """
    )

    assert year(told, "real_property:5") == pytest.approx((0, 752_000, 784_000), abs=1)


def test_investigation_16_a_vehicle_sealed_on_paper_but_not_at_hand() -> None:
    told = ledger(
        """
        vehicles
        thing_id | appraised_value | located
        5        | 100,000         | no
        6        | 100,000         | yes
        """
    )

    assert year(told, "vehicles:5")[:2] == (0, 0)
    assert year(told, "vehicles:6") == pytest.approx((72_000, 76_000, 78_400), abs=1)


def test_equity_2_the_shares_may_be_taken_and_never_the_companys_own_property() -> None:
    """A flat that the register gives to the company is not in the shareholder's ledger; the share is."""
    told = ledger(
        """
        equity
        thing_id | appraised_value | share | company_id
        5        | 1,000,000       | 0.3   | 88
        """
    )

    assert [asset.key for asset in told.assets] == ["equity:5"]
    assert year(told, "equity:5") == pytest.approx((1_000_000 * 0.3 * 0.8 * 0.92, 230_400, 237_600), abs=1)
    assert "equity_only" in rules(told)

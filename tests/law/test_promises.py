"""Capacity spent once: one debtor with many creditors, worked examples on who is paid before whom."""

from __future__ import annotations

from datetime import date

import pytest

from portraits.law.rule import Cited
from portraits.ledger.lines import Pot
from portraits.ledger.seals import Lien
from portraits.promises import EstatePot, Obligation, Promises, Regime, estate, promise
from tests.law.ledgers import ledger
from vocabulary.text import Text

YEAR = 4  # the middle reading within 12 months


def pot(worth: int, *liens: Lien, key: str = "flat", exempt: int = 0) -> EstatePot:
    """An asset that brings ``worth`` yuan in every reading."""
    return EstatePot(key, Text(zh=key, en=key), Pot((worth * 100,) * 6, (exempt * 100,) * 6, liens=liens))


def seal(
    case: int | None, on: str | None, amount: int | None, *, rank: int | None = None, preserved: bool = False
) -> Lien:
    return _lien(False, case, on, amount, rank, preserved)


def mortgage(case: int | None, on: str, amount: int) -> Lien:
    return _lien(True, case, on, amount, None, False)


def _lien(
    security: bool, case: int | None, on: str | None, amount: int | None, rank: int | None, preserved: bool
) -> Lien:
    since = None if on is None else date.fromisoformat(on)
    money = None if amount is None else amount * 100
    return Lien(security, case, "", money, since, rank, preserved, None, (Cited("encumbrances", case or 0),))


def owed(
    case: int, amount: int, *, title: int | None = None, applied: bool | None = None, fee: int = 0
) -> Obligation:
    return Obligation(case, (amount * 100,) * 6, title, applied, fee * 100)


def paid(told: Promises) -> dict[int, float]:
    return {case: part.amounts.six[YEAR] / 100 for case, part in told.by_case.items()}


def test_interpretation_508_costs_then_the_mortgage_then_ordinary_creditors() -> None:
    """A flat that brings 1,000,000: fees 30,000; the mortgagee 600,000; the one ordinary creditor has the rest."""
    told = promise(
        [pot(1_000_000, mortgage(1, "2020-01-01", 600_000), seal(2, "2024-01-01", 900_000))],
        [owed(1, 600_000, fee=10_000), owed(2, 900_000, fee=20_000)],
        firm=False,
    )

    assert told.fees.year.mid == 30_000_00
    assert paid(told) == {1: 600_000, 2: 370_000}


def test_a_debtor_with_nine_cases_the_same_flat_is_promised_once() -> None:
    """Nine creditors of 200,000 each have sealed one flat of 700,000: three are paid, the fourth in part, five not."""
    seals = [seal(case, f"2024-0{case}-01", 200_000, rank=case) for case in range(1, 10)]
    told = promise(
        [pot(700_000, *seals)], [owed(case, 200_000, applied=False) for case in range(1, 10)], firm=False
    )

    assert list(paid(told).values()) == [200_000, 200_000, 200_000, 100_000, 0, 0, 0, 0, 0]
    assert told.promised.year.mid == 700_000_00
    assert sum(paid(told).values()) == 700_000


def test_interpretation_508_the_same_nine_share_in_proportion_once_they_applied() -> None:
    seals = [seal(case, f"2024-0{case}-01", 200_000, rank=case) for case in range(1, 10)]
    told = promise(
        [pot(700_000, *seals)], [owed(case, 200_000, applied=True) for case in range(1, 10)], firm=False
    )

    assert told.regime is Regime.PRO_RATA
    assert set(paid(told).values()) == {77_777.77, 77_777.78}
    assert told.promised.year.mid == 700_000_00


def test_where_applications_are_not_known_both_extremes_are_shown() -> None:
    seals = [seal(1, "2024-01-01", 300_000), seal(2, "2024-02-01", 300_000)]
    told = promise([pot(300_000, *seals)], [owed(1, 300_000), owed(2, 300_000)], firm=False)

    assert told.regime is Regime.BY_SEALS
    assert paid(told) == {1: 300_000, 2: 0}
    assert told.by_case[1].least[1] == 150_000_00
    assert told.by_case[2].most[1] == 150_000_00
    assert told.notes


def test_enforcement_work_55_where_assets_suffice_the_order_of_seals_stands_and_all_are_paid() -> None:
    told = promise(
        [pot(900_000, seal(1, "2024-01-01", 300_000))],
        [owed(1, 300_000), owed(2, 300_000, applied=True)],
        firm=False,
    )

    assert told.regime is Regime.BY_SEALS
    assert paid(told) == {1: 300_000, 2: 300_000}


def test_the_fitness_clubs_278_applicants_of_one_title_are_paid_in_proportion() -> None:
    """278 members of a closed club with claims of 1,001 to 1,278; 60,000 on its account, sealed in the first case."""
    members = [owed(case, 1_000 + case, title=9) for case in range(1, 279)]
    told = promise([pot(60_000, seal(1, "2024-01-01", 1_001), key="account")], members, firm=True)
    shares = paid(told)
    total = sum(1_000 + case for case in range(1, 279))

    assert round(sum(shares.values()), 2) == 60_000
    assert told.promised.year.mid == 60_000_00
    assert shares[278] == pytest.approx(60_000 * 1_278 / total, abs=6)
    assert all(share > 0 for share in shares.values())


def test_the_fitness_clubs_278_cases_of_their_own_never_promise_the_account_twice() -> None:
    members = [owed(case, 1_000 + case) for case in range(1, 279)]
    told = promise([pot(60_000, key="account")], members, firm=True)

    assert told.promised.year.mid == 60_000_00
    assert told.by_case[1].least[1] == 0
    assert told.by_case[1].most[1] == 1_001_00


def test_interpretation_514_and_511_a_firm_pays_by_seals_and_is_hinted_at_bankruptcy() -> None:
    seals = [seal(1, "2024-01-01", 300_000), seal(2, "2024-02-01", 300_000)]
    told = promise(
        [pot(400_000, *seals)], [owed(1, 300_000, applied=True), owed(2, 300_000, applied=True)], firm=True
    )

    assert told.regime is Regime.FIRM_BY_SEALS
    assert paid(told) == {1: 300_000, 2: 100_000}
    assert "破产" in told.notes[0].zh


def test_sealing_24_a_mortgage_made_between_two_seals_stands_between_them() -> None:
    told = promise(
        [
            pot(
                500_000,
                seal(1, "2024-01-01", 200_000),
                mortgage(3, "2024-02-01", 200_000),
                seal(2, "2024-03-01", 300_000),
            )
        ],
        [owed(1, 200_000), owed(2, 300_000), owed(3, 200_000)],
        firm=True,
    )

    assert paid(told) == {1: 200_000, 2: 100_000, 3: 200_000}


def test_enforcement_work_55_2_two_mortgages_in_the_order_in_which_they_arose() -> None:
    told = promise(
        [pot(500_000, mortgage(2, "2022-01-01", 400_000), mortgage(1, "2020-01-01", 300_000))],
        [owed(1, 300_000), owed(2, 400_000)],
        firm=True,
    )

    assert paid(told) == {1: 300_000, 2: 200_000}


def test_enforcement_work_56_what_a_preservation_ahead_asks_for_is_reserved() -> None:
    told = promise(
        [pot(500_000, seal(77, "2023-01-01", 350_000, preserved=True), seal(1, "2024-01-01", 500_000))],
        [owed(1, 500_000)],
        firm=True,
    )

    assert told.reserved.year.mid == 350_000_00
    assert paid(told) == {1: 150_000}
    assert told.by_case[1].amounts.year.high == 500_000_00


def test_seals_of_one_day_without_a_rank_are_a_tie_and_both_extremes_are_shown() -> None:
    seals = [seal(1, "2024-01-01", 300_000), seal(2, "2024-01-01", 300_000)]
    told = promise([pot(300_000, *seals)], [owed(1, 300_000), owed(2, 300_000)], firm=True)

    assert paid(told) == {1: 150_000, 2: 150_000}
    assert (told.by_case[1].least[1], told.by_case[1].most[1]) == (0, 300_000_00)


def test_the_exempt_part_of_a_dwelling_is_no_ordinary_creditors_but_the_mortgagees() -> None:
    flat = pot(500_000, mortgage(1, "2020-01-01", 450_000), exempt=100_000)
    told = promise([flat], [owed(1, 450_000), owed(2, 500_000)], firm=False)

    assert paid(told) == {1: 450_000, 2: 0}


def test_the_claims_priority_tag_for_processing_is_no_rank_of_payment() -> None:
    """A wage claim is handled first, and paid in its place: nothing in an obligation carries the tag."""
    told = promise(
        [pot(100_000, seal(1, "2024-01-01", 100_000))], [owed(1, 100_000), owed(2, 100_000)], firm=True
    )

    assert paid(told) == {1: 100_000, 2: 0}
    assert "priority" not in Obligation.__slots__


def test_the_estate_of_a_debtor_leaves_living_costs_once_and_keeps_the_freezes_of_known_cases() -> None:
    told = ledger(
        """
        deposits
        account_id | nature   | balance | available
        1          | ordinary | 50,000  | 10,000
        encumbrances
        thing_id | on_family | kind   | holder  | holder_case_id | secured | effective_on
        1        | deposits  | freeze | court B | 200            | 40,000  | 2025-02-01
        civil_status
        dependants
        0
        """
    )
    pots = estate(told)
    shared = promise(pots, [owed(100, 100_000), owed(200, 40_000)], firm=False)

    assert pots[0].worth[1] == 49_200_00
    assert shared.by_case[200].amounts.now.mid == 40_000_00
    assert shared.by_case[100].amounts.now.mid == 9_200_00

"""Money to expect once other cases and other debtors are served: worked examples, small tables in, figures out."""

from __future__ import annotations

from datetime import date

from portraits.figures import figures
from portraits.ledger import capacity
from portraits.promises import Debtor, Expected, Spending, around, expected, spending
from records.dossier import Dossier
from tests.law.cases import dossier
from tests.law.ledgers import SURE

TWO_CASES = """
obligors
case_id | role
100     | principal
200     | principal
deposits
on         | account_id | nature   | balance | available
2025-03-01 | 1          | ordinary | 100,000 | 20,000
encumbrances
thing_id | on_family | kind   | holder  | holder_case_id | secured | effective_on
1        | deposits  | freeze | court B | 200            | 80,000  | 2025-02-01
titles
title_id | principal | performance_deadline
{title}  | 80,000    | 2026-12-31
"""


def firm(text: str, *, party: int = 1, case: int = 100) -> Dossier:
    """A firm, of which nothing stays for living costs."""
    return dossier(text, party=party, case=case, natural=False)


def shared(own: Dossier, *others: Dossier) -> Spending:
    def fetch(party: int, case: int, _day: date) -> Dossier:
        return next(each for each in (own, *others) if each.case_id == case and party in (0, each.party_id))

    near = around(own, fetch)
    ledger = capacity(own, figures=figures(), haircuts=SURE)
    return spending(ledger, near, figures=figures(), haircuts=SURE)


def told(each: Expected) -> tuple[float, ...]:
    return tuple(part / 100 for part in (each.alone, each.spent, each.joint, each.money))


def test_sealing_26_a_courts_own_freeze_is_not_anothers_but_in_the_cautious_reading() -> None:
    """The bank told a colleague that 80,000 of 100,000 are frozen: by case 200 itself, asked about now."""
    ledgers = [
        capacity(firm(TWO_CASES.format(title=case), case=case), figures=figures(), haircuts=SURE)
        for case in (100, 200)
    ]
    free = [told.assets[0].available.now for told in ledgers]

    assert (free[0].low, free[0].mid) == (20_000_00, 20_000_00)
    assert (free[1].low, free[1].mid, free[1].high) == (20_000_00, 100_000_00, 100_000_00)


def test_a_debtor_with_one_case_is_expected_to_bring_outstanding_times_share() -> None:
    alone = shared(firm("titles\ntitle_id | principal | performance_deadline\n7 | 80,000 | 2026-12-31\n"))

    assert told(expected(alone, owed=80_000_00, points={1: 25.0}, claim=80_000_00)) == (20_000, 0, 0, 20_000)


def test_what_another_case_froze_first_is_not_expected_twice() -> None:
    """100,000 on the account, 80,000 of it frozen for case 200: of 70,000 expected, what is left after it remains."""
    own, other = (firm(TWO_CASES.format(title=case), case=case) for case in (100, 200))
    spent = shared(own, other)
    here = spent.means.here.amounts.year.mid

    assert [case.case_id for case in spent.means.cases] == [100, 200]
    assert spent.means.cases[1].promised.amounts.year.mid == 80_000_00
    assert here == 100_000_00 - 80_000_00 - spent.means.promises.fees.year.mid
    assert expected(spent, owed=80_000_00, points={1: 87.5}, claim=80_000_00).money < 70_000_00


def test_the_case_that_froze_first_keeps_what_it_expects() -> None:
    own, other = (firm(TWO_CASES.format(title=case), case=case) for case in (200, 100))

    assert told(expected(shared(own, other), owed=80_000_00, points={1: 50.0}, claim=80_000_00)) == (
        40_000,
        0,
        0,
        40_000,
    )


def chain() -> Spending:
    """A principal, a guarantor joint with them, and a general guarantor capped at 30,000."""
    rows = (
        "obligors\nparty_id | case_id | role | liability_cap\n1 | 100 | principal |\n"
        "2 | 100 | joint_guarantor |\n3 | 100 | general_guarantor | 30,000\n"
    )
    title = "titles\ntitle_id | principal | performance_deadline\n7 | 100,000 | 2026-12-31\n"
    return shared(*(firm(rows + title, party=party) for party in (1, 2, 3)))


def test_civil_code_688_a_joint_guarantor_and_the_principal_are_expected_to_bring_the_claim_once() -> None:
    """Both could bring 80,000 of 100,000: 50,000 are expected of each."""
    told_of = expected(chain(), owed=100_000_00, points={1: 80.0, 2: 80.0, 3: 0.0}, claim=100_000_00)

    assert told(told_of) == (80_000, 0, 30_000, 50_000)


def test_civil_code_687_a_general_guarantor_brings_what_the_others_leave_and_no_more_than_the_cap() -> None:
    own = chain()
    third = Spending(
        own.others[1], (own.means, own.others[0]), own.claim, own.group[2:] + own.group[:2], own.policy
    )

    assert told(expected(third, owed=30_000_00, points={1: 40.0, 2: 40.0, 3: 90.0}, claim=100_000_00)) == (
        27_000,
        0,
        7_000,
        20_000,
    )


def test_of_a_debtor_of_whom_too_little_is_known_nothing_is_expected_and_nothing_taken() -> None:
    told_of = expected(chain(), owed=100_000_00, points={1: 60.0, 2: None, 3: None}, claim=100_000_00)

    assert told(told_of) == (60_000, 0, 0, 60_000)


def test_a_closed_case_of_the_debtor_asks_for_nothing() -> None:
    closed = (
        "cases\ncase_id | court | kind | cause | filed_on | closed_on\n"
        "200 | 3202 | first | other | 2024-01-10 | 2025-01-10\n"
    )
    own = firm(TWO_CASES.format(title=100))
    near = around(own, lambda party, case, _day: firm(closed, party=party, case=case))

    assert near.debtor == Debtor(own, ())

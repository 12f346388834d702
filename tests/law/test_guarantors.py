"""One claim among its debtors: guarantors before and after the principal, caps, and never more than the claim."""

from __future__ import annotations

from portraits.ledger.lines import Six
from portraits.promises import GroupShare, Member, group


def even(yuan: int) -> Six:
    """The same in every reading."""
    fen = yuan * 100
    return (fen, fen, fen, fen, fen, fen)


def later(yuan: int) -> Six:
    """Only within the year: a thing still to be sold."""
    return (0, 0, 0, yuan * 100, yuan * 100, yuan * 100)


def mids(shares: tuple[GroupShare, ...]) -> list[tuple[int, int]]:
    return [(each.amounts.now.mid // 100, each.amounts.year.mid // 100) for each in shares]


def test_a_guarantor_chain_of_three_principal_joint_and_general_guarantor() -> None:
    """1,000,000 owed. The principal has 400,000; A, joint, capped at 300,000, has 900,000; B, general, has 900,000."""
    chain = [
        Member(1, "principal", even(400_000)),
        Member(2, "joint_guarantor", even(900_000), cap=300_000_00),
        Member(3, "general_guarantor", even(900_000)),
    ]
    shares = group(even(1_000_000), chain, policy="principal_first")

    assert mids(shares) == [(400_000, 400_000), (300_000, 300_000), (300_000, 300_000)]
    assert [rule.name for rule in shares[1].rules] == ["joint_guarantee", "guarantee_cap"]
    assert sum(each.amounts.year.mid for each in shares) == 1_000_000_00


def test_civil_code_687_a_general_guarantor_waits_while_the_principal_still_has_something_to_sell() -> None:
    members = [Member(1, "principal", later(600_000)), Member(3, "general_guarantor", even(900_000))]
    shares = group(even(1_000_000), members, policy="together")

    assert mids(shares) == [(0, 600_000), (0, 400_000)]


def test_civil_code_688_a_joint_guarantor_stands_beside_the_principal_unless_the_court_says_otherwise() -> (
    None
):
    members = [Member(1, "principal", even(600_000)), Member(2, "joint_guarantor", even(600_000))]

    assert mids(group(even(600_000), members, policy="together")) == [(300_000, 300_000), (300_000, 300_000)]
    assert mids(group(even(600_000), members, policy="principal_first")) == [(600_000, 600_000), (0, 0)]


def test_over_a_joint_group_no_more_than_the_claim_and_the_rest_is_free_for_others() -> None:
    members = [Member(party, "principal", even(500_000)) for party in (1, 2, 3)]
    shares = group(even(600_000), members, policy="together")

    assert sum(each.amounts.year.mid for each in shares) == 600_000_00
    assert sum(each.spare.year.mid for each in shares) == 900_000_00


def test_adding_parties_26_an_added_shareholder_answers_within_the_unpaid_capital_and_not_twice() -> None:
    members = [Member(1, "principal", even(0)), Member(4, "added", even(900_000), cap=200_000_00)]
    shares = group(even(1_000_000), members, policy="together")

    assert mids(shares) == [(0, 0), (200_000, 200_000)]
    assert shares[1].rules[0].name == "not_twice"


def test_the_order_of_liability_counts_inside_a_level() -> None:
    members = [Member(1, "principal", even(300_000), order=2), Member(2, "principal", even(300_000), order=1)]

    assert mids(group(even(400_000), members, policy="together")) == [(100_000, 100_000), (300_000, 300_000)]

"""Money to expect of one debtor for one case: outstanding × share, less what other cases and other debtors take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portraits.ledger.lines import Six
from portraits.promises.guarantors import Member, group
from portraits.promises.means import Means, Spending


@dataclass(frozen=True, slots=True)
class Expected:
    """Whole fen within twelve months. ``money`` = ``alone`` − ``spent`` − ``joint``.

    ``alone`` is outstanding × share; ``spent`` what of it rested on property that the debtor's other open cases come
    to first; ``joint`` what the other debtors of the claim are expected to bring of it.
    """

    alone: int
    spent: int
    joint: int

    @property
    def money(self) -> int:
        """What is left to expect."""
        return self.alone - self.spent - self.joint


def expected(spending: Spending, *, owed: int, points: Mapping[int, float | None], claim: int) -> Expected:
    """What to expect for the case asked about.

    ``owed`` in fen from each debtor (a cap kept), ``claim`` what the case lacks; ``points`` the score of each debtor by
    party, None for one of whom too little is known: nothing is expected of them, so they take nothing of the claim.
    Money expected beyond the property found is left as the model has it: only what is found can be promised twice.
    """
    own = spending.means
    alone = _alone(owed, points.get(own.party_id))
    spent = _spent(alone, own)
    if not spending.group:
        return Expected(alone, spent, max(alone - spent - claim, 0))
    members = []
    for debtor, each in zip(spending.group, (own, *spending.others), strict=True):
        theirs = owed if each is own else claim if debtor.cap is None else min(claim, debtor.cap)
        share = _alone(theirs, points.get(each.party_id))
        members.append(Member(each.party_id, debtor.role, _all(share - _spent(share, each)), debtor.cap))
    part = group(_all(claim), members, policy=spending.policy)[0].amounts.year.mid
    return Expected(alone, spent, alone - spent - part)


def _alone(owed: int, points: float | None) -> int:
    return 0 if points is None else round(owed * points / 100)


def _spent(alone: int, means: Means) -> int:
    """Of what rests on found property, the part that other cases of the debtor come to first."""
    return max(min(alone, means.alone.year.mid) - means.here.amounts.year.mid, 0)


def _all(amount: int) -> Six:
    return (amount,) * 6

"""One claim among its debtors: the principal first for general guarantors, caps kept, never more than the claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from portraits.law.order import GENERAL_GUARANTEE, GUARANTEE_CAP, JOINT_GUARANTEE, NOT_TWICE
from portraits.law.rule import Rule
from portraits.ledger.lines import Amounts, Six
from portraits.promises.shares import share_out

Role = Literal["principal", "added", "joint_guarantor", "general_guarantor"]
Policy = Literal["together", "principal_first"]


@dataclass(frozen=True, slots=True)
class Member:
    """A debtor of the claim: what their own assets promise to this case, the cap of their liability in fen."""

    party_id: int
    role: Role
    capacity: Six
    cap: int | None = None
    order: int | None = None


@dataclass(frozen=True, slots=True)
class GroupShare:
    """What one debtor of the group is expected to bring. ``spare`` is capacity that this claim does not need."""

    party_id: int
    amounts: Amounts
    spare: Amounts
    rules: tuple[Rule, ...]


def group(claim: Six, members: Sequence[Member], *, policy: Policy) -> tuple[GroupShare, ...]:
    """Share one claim (fen, six readings) among its debtors, in the order given.

    Levels: principals and added parties; joint guarantors with them (``together``) or after them (``principal_first``,
    a court's policy, `figures` name `joint_guarantors`); general guarantors last, and in the readings of today only
    where nothing of the principal is still to be realised within the year (民法典 687). Inside a level the order of
    liability counts where it is given, else capacity.
    """
    parts = [[0] * 6 for _ in members]
    for place in range(6):
        left = claim[place]
        for level in _levels(members, policy):
            for rank in sorted({members[i].order or 0 for i in level}):
                chosen = [i for i in level if (members[i].order or 0) == rank]
                able = [_able(members, i, place) for i in chosen]
                for i, part in zip(chosen, share_out(left, able), strict=True):
                    parts[i][place] = part
                left -= sum(parts[i][place] for i in chosen)
    return tuple(_share(member, parts[i]) for i, member in enumerate(members))


def _levels(members: Sequence[Member], policy: Policy) -> list[list[int]]:
    level = {
        "principal": 0,
        "added": 0,
        "joint_guarantor": 0 if policy == "together" else 1,
        "general_guarantor": 2,
    }
    places = [[i for i, member in enumerate(members) if level[member.role] == each] for each in range(3)]
    return [place for place in places if place]


def _able(members: Sequence[Member], i: int, place: int) -> int:
    member = members[i]
    waits = member.role == "general_guarantor" and place < 3
    if waits and any(
        each.role == "principal" and each.capacity[place + 3] > each.capacity[place] for each in members
    ):
        return 0
    able = max(member.capacity[place], 0)
    return able if member.cap is None else min(able, member.cap)


def _share(member: Member, part: list[int]) -> GroupShare:
    spare = [max(able - used, 0) for able, used in zip(member.capacity, part, strict=True)]
    by_role: dict[Role, tuple[Rule, ...]] = {
        "joint_guarantor": (JOINT_GUARANTEE,),
        "general_guarantor": (GENERAL_GUARANTEE,),
        "added": (NOT_TWICE,),
        "principal": (),
    }
    capped = (GUARANTEE_CAP,) if member.cap is not None else ()
    return GroupShare(member.party_id, Amounts.of(part), Amounts.of(spare), by_role[member.role] + capped)

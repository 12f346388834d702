"""What one debtor's means bring to each of their open cases, and what each debtor of a claim brings to it."""

from __future__ import annotations

from dataclasses import dataclass

from portraits.claim import claim_of, newest
from portraits.figures import three
from portraits.ledger import Amounts, Ledger, capacity
from portraits.ledger.closing import owed
from portraits.promises.allocate import Promised, Promises, promise
from portraits.promises.around import Around, Debtor
from portraits.promises.estate import EstatePot, Obligation, asking, estate, obligation
from portraits.promises.guarantors import GroupShare, Member, Policy, Role, group
from records.dossier import Dossier, Row
from records.parameters import Parameters
from scoring.haircuts import Haircuts

MOST_RANGED = 20
"""With more open cases than these, least and most are looked for in the case asked about only."""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """One open case of the debtor and its part of the means. ``here``: the case asked about."""

    case_id: int
    court: str
    case_number: str | None
    role: str
    here: bool
    owed: Amounts
    promised: Promised


@dataclass(frozen=True, slots=True)
class Means:
    """One debtor's means among all their open cases. ``alone``: what the case asked about had as the only one."""

    party_id: int
    pots: tuple[EstatePot, ...]
    promises: Promises
    cases: tuple[OpenCase, ...]
    alone: Amounts

    @property
    def here(self) -> Promised:
        """What is promised to the case asked about."""
        return next(case.promised for case in self.cases if case.here)


@dataclass(frozen=True, slots=True)
class JointDebtor:
    """A debtor of the claim: what their means promise to it, and their part of it beside the others'.

    ``cap`` is what is left of their liability, in fen.
    """

    party_id: int
    role: Role
    cap: int | None
    promised: Amounts
    share: GroupShare


@dataclass(frozen=True, slots=True)
class Spending:
    """The debtor's means among their cases (``means``), and the claim among its debtors, the one asked about first.

    ``others`` are the means of the other debtors, in the order of ``group`` after the first. ``group`` is empty where
    the debtor stands alone. ``claim`` is the whole case's, without anybody's cap.
    """

    means: Means
    others: tuple[Means, ...]
    claim: Amounts
    group: tuple[JointDebtor, ...]
    policy: Policy


def spending(ledger: Ledger, near: Around, *, figures: Parameters, haircuts: Haircuts) -> Spending:
    """Every open case's part of the debtor's means, and every debtor's part of the case's claim.

    ``ledger`` is the debtor's own, with its edits; the other debtors' are made by rule. Seals, securities and living
    costs count once a debtor; the sum over the debtors is never above the claim.
    """
    own = means(near.debtor, ledger, figures=figures)
    ledgers = [capacity(other.dossier, figures=figures, haircuts=haircuts) for other in near.others]
    others = tuple(
        means(other, each, figures=figures) for other, each in zip(near.others, ledgers, strict=True)
    )
    policy: Policy = figures.on("joint_guarantors", ledger.as_of).value
    claim, _ = owed(near.debtor.dossier, figures, capped=False)
    members = [
        _member(debtor.dossier, each.here.amounts)
        for debtor, each in zip((near.debtor, *near.others), (own, *others), strict=True)
    ]
    shares = group(claim.six, members, policy=policy) if others else ()
    return Spending(
        means=own,
        others=others,
        claim=claim,
        group=tuple(
            JointDebtor(member.party_id, member.role, member.cap, Amounts.of(member.capacity), share)
            for member, share in zip(members if others else (), shares, strict=True)
        ),
        policy=policy,
    )


def means(debtor: Debtor, ledger: Ledger, *, figures: Parameters) -> Means:
    """One debtor's means, from a ledger of theirs, among the case of the ledger and all their other open cases."""
    dossier = debtor.dossier
    pots = estate(ledger)
    mine = obligation(dossier, ledger)
    asked = [mine, *(asking(each, pots, figures=figures) for each in debtor.elsewhere)]
    asked = [mine, *(each for each in asked[1:] if each.owed[4])]
    firm = _firm(dossier)
    unknown = three(figures, "unknown_claim_share", dossier.as_of)
    sought = None if len(asked) <= MOST_RANGED else {dossier.case_id}
    known = bool(ledger.assets) or not ledger.not_known
    shared = promise(pots, asked, firm=firm, unknown=unknown, extremes=sought, known=known)
    only = shared if len(asked) == 1 else promise(pots, [mine], firm=firm, unknown=unknown, extremes=())
    by_case = {each.case_id: each for each in (dossier, *debtor.elsewhere)}
    return Means(
        party_id=dossier.party_id,
        pots=pots,
        promises=shared,
        cases=tuple(_open_case(by_case[each.case_id], each, shared, dossier.case_id) for each in asked),
        alone=only.by_case[dossier.case_id].amounts,
    )


def _open_case(dossier: Dossier, asked: Obligation, shared: Promises, here: int) -> OpenCase:
    case = newest(dossier.rows("cases", "case"), "case_id")[0]
    return OpenCase(
        case_id=asked.case_id,
        court=case["court"],
        case_number=case.get("case_number"),
        role=_role(dossier),
        here=asked.case_id == here,
        owed=Amounts.of(asked.owed),
        promised=shared.by_case[asked.case_id],
    )


def _member(dossier: Dossier, promised: Amounts) -> Member:
    order = _liability(dossier).get("liability_order")
    return Member(dossier.party_id, _role(dossier), promised.six, claim_of(dossier).most, order)


def _liability(dossier: Dossier) -> Row:
    rows = [row for row in dossier.rows("obligors") if row["case_id"] == dossier.case_id]
    return rows[-1] if rows else {}


def _role(dossier: Dossier) -> Role:
    role: Role = _liability(dossier).get("role") or "principal"
    return role


def _firm(dossier: Dossier) -> bool:
    parties = newest(dossier.rows("parties"), "party_id")
    return bool(parties) and parties[0].get("kind") == "organisation"

"""Who stands where in line for one asset: tiers, each paid before the next, its members in proportion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from portraits.law.order import BY_SEALS, FIRM_BY_SEALS, ONE_TITLE, PARTICIPATION, PRO_RATA, SECURITY_FIRST
from portraits.law.rule import Rule
from portraits.ledger.seals import Lien
from portraits.promises.estate import Obligation
from vocabulary.text import Text


class Regime(Enum):
    """How ordinary creditors are paid."""

    FIRM_BY_SEALS = "firm_by_seals"
    BY_SEALS = "by_seals"
    PRO_RATA = "pro_rata"

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The articles that say so."""
        return _REGIMES[self][0]

    @property
    def label(self) -> Text:
        """Words for the page."""
        return _REGIMES[self][1]


_REGIMES = {
    Regime.FIRM_BY_SEALS: (
        (FIRM_BY_SEALS,),
        Text(zh="企业法人，按查封先后", en="a firm: by the order of seals"),
    ),
    Regime.BY_SEALS: ((BY_SEALS, ONE_TITLE), Text(zh="按查封先后", en="by the order of seals")),
    Regime.PRO_RATA: (
        (PARTICIPATION, PRO_RATA),
        Text(zh="参与分配，按比例", en="participation, in proportion"),
    ),
}


@dataclass(frozen=True, slots=True)
class Claimant:
    """One who asks for a pot: an obligation of ours by its case, or a holder outside. ``most`` in fen, None unknown."""

    case_id: int
    outside: bool
    most: int | None
    preservation: bool = False


@dataclass(frozen=True, slots=True)
class Tier:
    """Paid after all tiers before it. ``tied``: the record does not say who of its members comes first."""

    claimants: tuple[Claimant, ...]
    rule: Rule
    security: bool = False
    tied: bool = False


def tiers(liens: Sequence[Lien], obligations: Mapping[int, Obligation], regime: Regime) -> list[Tier]:
    """The line for one asset.

    Securities come before every seal that is not older than they are (查封规定 Art. 24(1)), older securities first;
    then seals in force by rank or day, or all ordinary creditors together; last those without a seal on this asset.
    """
    securities = sorted((lien for lien in liens if lien.security), key=lambda lien: lien.since or date.min)
    seals = sorted((lien for lien in liens if not lien.security), key=_turn(liens))
    if regime is Regime.PRO_RATA:
        return _together(securities, seals, obligations)
    line = _by_seals(seals, obligations)
    line = _with_securities(line, securities, obligations)
    return [tier for _, tier in line] + _last(obligations)


def _by_seals(seals: Sequence[Lien], obligations: Mapping[int, Obligation]) -> list[tuple[date | None, Tier]]:
    line: list[tuple[date | None, Tier]] = []
    placed: set[int] = set()
    for group, tied in _groups(seals):
        claimants: list[Claimant] = []
        for lien in group:
            if lien.case_id is None or lien.case_id not in placed:
                claimants += _with_title(lien, obligations, placed)
                placed |= {one.case_id for one in claimants}
        if claimants:
            days = [each.since for each in group if each.since is not None]
            rule = ONE_TITLE if len(claimants) > len(group) else BY_SEALS
            line.append(
                (min(days) if days else None, Tier(tuple(claimants), rule, tied=tied and len(claimants) > 1))
            )
    return line


def _groups(seals: Sequence[Lien]) -> list[tuple[list[Lien], bool]]:
    """Seals in turn; those whose order the record does not give stand together."""
    ranked = all(seal.rank is not None for seal in seals)
    groups: dict[object, list[Lien]] = {}
    for seal in seals:
        groups.setdefault(seal.rank if ranked else seal.since, []).append(seal)
    if not ranked and None in groups and len(groups) > 1:
        return [(list(seals), True)]  # one seal without a day: its place among all others is not known
    return [(group, len(group) > 1) for group in groups.values()]


def _with_title(lien: Lien, obligations: Mapping[int, Obligation], placed: set[int]) -> list[Claimant]:
    """A seal's own case, and with it the other creditors of its title, who share its place."""
    own = obligations.get(lien.case_id) if lien.case_id is not None else None
    if own is None:
        return [Claimant(_name(lien), True, lien.amount, lien.preservation)]
    mates = [
        each
        for each in obligations.values()
        if each.title_id is not None
        and each.title_id == own.title_id
        and each.case_id != own.case_id
        and each.case_id not in placed
    ]
    return [Claimant(own.case_id, False, lien.amount)] + [
        Claimant(each.case_id, False, None) for each in mates
    ]


def _with_securities(
    line: list[tuple[date | None, Tier]], securities: Sequence[Lien], obligations: Mapping[int, Obligation]
) -> list[tuple[date | None, Tier]]:
    """Each security goes behind the seals older than itself and the securities before it, ahead of all the rest."""
    placed = list(line)
    at_least = 0
    for lien in securities:
        older = [
            place + 1
            for place, (day, tier) in enumerate(placed)
            if not tier.security and day is not None and lien.since is not None and day < lien.since
        ]
        at_least = max([at_least, *older])
        placed.insert(at_least, (lien.since, _secured(lien, obligations)))
        at_least += 1
    return placed


def _together(
    securities: Sequence[Lien], seals: Sequence[Lien], obligations: Mapping[int, Obligation]
) -> list[Tier]:
    """Securities that no seal precedes, then everybody in proportion, then who did not apply."""
    days = [seal.since for seal in seals if seal.since is not None]
    first = min(days) if days else None
    prior = [lien for lien in securities if first is None or lien.since is None or lien.since <= first]
    late = [lien for lien in securities if lien not in prior]
    sealed = {seal.case_id for seal in seals}
    joined = [each for each in obligations.values() if each.applied is not False or each.case_id in sealed]
    outside = {_name(seal): seal for seal in seals if seal.case_id not in obligations}.values()
    pool = [Claimant(each.case_id, False, None) for each in joined]
    pool += [Claimant(_name(lien), True, lien.amount, lien.preservation) for lien in outside]
    rest = [each for each in obligations.values() if each not in joined]
    line = [_secured(lien, obligations) for lien in prior]
    line += [Tier(tuple(pool), PRO_RATA)] if pool else []
    line += [_secured(lien, obligations) for lien in late]
    return line + (
        [Tier(tuple(Claimant(each.case_id, False, None) for each in rest), PRO_RATA)] if rest else []
    )


def _secured(lien: Lien, obligations: Mapping[int, Obligation]) -> Tier:
    outside = lien.case_id is None or lien.case_id not in obligations
    return Tier((Claimant(_name(lien), outside, lien.amount),), SECURITY_FIRST, security=True)


def _name(lien: Lien) -> int:
    """The case of a lien, or a number below zero for a holder without one."""
    return lien.case_id if lien.case_id is not None else -1 - lien.rows[0].row_id


def _last(obligations: Mapping[int, Obligation]) -> list[Tier]:
    """Obligations without a seal here, and what seals do not cover, come last; who of them seals first is not known."""
    rest = tuple(Claimant(each.case_id, False, None) for each in obligations.values())
    return [Tier(rest, BY_SEALS, tied=len(rest) > 1)] if rest else []


def _turn(liens: Sequence[Lien]) -> Callable[[Lien], tuple[int | date, ...]]:
    if all(lien.rank is not None for lien in liens if not lien.security):
        return lambda lien: (lien.rank or 0, lien.since or date.min, lien.rows[0].row_id)
    return lambda lien: (lien.since or date.min, lien.rank or 0, lien.rows[0].row_id)

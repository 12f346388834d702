"""One debtor's capacity among all their open obligations, asset by asset, so that nothing is promised twice.

Per asset: costs (already off the price) → securities → ordinary creditors, by seals in force or, for natural persons
and other organisations whose assets do not suffice and whose titled creditors applied, in proportion (民诉解释 508).
What a promise is worth is the price times the chance of a sale; a claim met from one asset asks less of the next.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from portraits.figures import Three
from portraits.law.order import BANKRUPTCY_HINT, COSTS_THEN_PRIORITY, INSOLVENCY
from portraits.law.rule import Rule
from portraits.ledger.lines import Amounts, added
from portraits.promises.estate import EstatePot, Obligation
from portraits.promises.order import Claimant, Regime, Tier, tiers
from portraits.promises.shares import in_turn, share_out
from vocabulary.text import Text

MID = (1, 4)  # places of the middle readings: now, within 12 months
_HINT = Text(
    zh="债务合计{owed}元，已查明的可供执行财产约{worth}元，不足清偿：可征询是否移送破产审查（{hint}；{test}）",
    en="Debts of ¥{owed} against about ¥{worth} of known assets: ask whether to send the firm to "
    "bankruptcy ({hint}; {test})",
)
_NOT_KNOWN = Text(
    zh="财产不足清偿，是否有债权人申请参与分配不明：同时给出按查封先后与按比例两种结果",
    en="Assets do not suffice and applications for distribution are not known: both by seals and in proportion",
)


@dataclass(frozen=True, slots=True)
class Share:
    """What one obligation is promised from one asset, under which rule.

    ``turn`` is its place in the line for the asset, from 1; ``case_id`` below zero is a holder without a case known.
    """

    pot: str
    case_id: int
    rule: Rule
    amounts: Amounts
    turn: int


@dataclass(frozen=True, slots=True)
class Promised:
    """One obligation's part. ``amounts`` add up over the obligations and never exceed the capacity.

    ``least`` and ``most`` are (now, within 12 months) in the middle reading under the other lawful orders: extremes of
    each obligation for itself, which do not add up.
    """

    amounts: Amounts
    least: tuple[int, int]
    most: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Promises:
    """The sharing of one debtor's capacity. ``capacity`` = promised + reserved + fees + left, reading by reading.

    ``reserved`` goes to holders outside the obligations given, by asset in ``held``; ``left`` stays with the debtor,
    exempt parts included.
    """

    regime: Regime
    capacity: Amounts
    by_case: Mapping[int, Promised]
    shares: tuple[Share, ...]
    held: tuple[Share, ...]
    reserved: Amounts
    fees: Amounts
    left: Amounts
    notes: tuple[Text, ...]
    rules: tuple[Rule, ...]

    @property
    def promised(self) -> Amounts:
        """Everything promised to the obligations."""
        return added(each.amounts for each in self.by_case.values())


def promise(
    pots: Sequence[EstatePot],
    obligations: Sequence[Obligation],
    *,
    firm: bool,
    unknown: Three = (1.0, 0.5, 0.0),
    extremes: Collection[int] | None = None,
    known: bool = True,
) -> Promises:
    """Share the pots of one debtor among their open obligations.

    ``firm``: a legal person (企业法人). ``unknown``: part of an asset that a lien of unknown amount takes, by reading
    (figures `unknown_claim_share`). ``extremes`` names the cases whose least and most are looked for, all when None:
    for a debtor with hundreds of cases they cost two sharings a case, and for the others are the stated promise.
    Without ``known`` (nothing was found and families are still open) a firm is not called insolvent: no answer is not
    no property.
    """
    asked = {each.case_id: each for each in sorted(obligations, key=lambda each: each.case_id)}
    worth = [sum(pot.worth[place] for pot in pots) for place in range(6)]
    owed = sum(each.owed[MID[1]] for each in asked.values())
    short = owed > worth[MID[1]]
    regimes = _regimes(asked, firm=firm, short=short)
    run = _Run(pots, asked, regimes[0], unknown, (0, 1, 2, 3, 4, 5))
    sought = set(asked) if extremes is None else set(extremes)
    ranges = _extremes(pots, asked, regimes, unknown, run, sought)
    notes = []
    if firm and short and known:
        notes.append(
            _HINT.fill(
                owed=f"{owed / 100:,.0f}",
                worth=f"{worth[MID[1]] / 100:,.0f}",
                hint=BANKRUPTCY_HINT.cited,
                test=INSOLVENCY.cited,
            )
        )
    if len(regimes) > 1:
        notes.append(_NOT_KNOWN)
    return Promises(
        regime=regimes[0],
        capacity=Amounts.of(worth),
        by_case={case: Promised(Amounts.of(run.paid[case]), *ranges[case]) for case in asked},
        shares=run.shares(),
        held=run.shares(outside=True),
        reserved=Amounts.of(run.reserved),
        fees=Amounts.of(run.fees),
        left=Amounts.of(run.left),
        notes=tuple(notes),
        rules=(COSTS_THEN_PRIORITY, *regimes[0].rules),
    )


def _regimes(asked: Mapping[int, Obligation], *, firm: bool, short: bool) -> list[Regime]:
    """The regime that holds, and after it the other one where the record does not say."""
    if firm:
        return [Regime.FIRM_BY_SEALS]
    said = {each.applied for each in asked.values()}
    if not short or len(asked) < 2 or said <= {False}:
        return [Regime.BY_SEALS]
    return [Regime.PRO_RATA] if True in said else [Regime.BY_SEALS, Regime.PRO_RATA]


class _Run:
    """One sharing under one regime; ``favoured`` comes first in ties, ``slighted`` last."""

    def __init__(
        self,
        pots: Sequence[EstatePot],
        asked: Mapping[int, Obligation],
        regime: Regime,
        unknown: Three,
        places: Sequence[int],
        *,
        favoured: int | None = None,
        slighted: int | None = None,
    ) -> None:
        self.asked, self.unknown = asked, unknown
        self.favoured, self.slighted = favoured, slighted
        self.paid = {case: [0] * 6 for case in asked}
        self.reserved, self.fees, self.left = [0] * 6, [0] * 6, [0] * 6
        self.tied = False
        self._shares: dict[tuple[str, int, int], tuple[Rule, bool, list[int]]] = {}
        lines = [(pot, tiers(pot.pot.liens, asked, regime)) for pot in pots]
        for place in places:
            remaining = {case: each.owed[place] for case, each in asked.items()}
            fee = sum(each.fee for each in asked.values())
            for pot, line in lines:
                fee = self._pot(pot, line, place, remaining, fee)

    def shares(self, *, outside: bool = False) -> tuple[Share, ...]:
        """Every part of every obligation, or of every holder outside them, asset by asset in the order of the line."""
        places = {pot: place for place, (pot, _, _) in reversed(list(enumerate(self._shares)))}
        return tuple(
            Share(pot, case, rule, Amounts.of(six), turn)
            for (pot, turn, case), (rule, beyond, six) in sorted(
                self._shares.items(), key=lambda each: (places[each[0][0]], each[0][1:])
            )
            if beyond is outside and any(six)
        )

    def _pot(
        self, pot: EstatePot, line: Sequence[Tier], place: int, remaining: dict[int, int], fee: int
    ) -> int:
        chance, worth = pot.pot.chance[place], pot.worth[place]
        off = min(fee, worth)
        self.fees[place] += off
        left, spent = worth - off, 0
        kept = min(int(pot.pot.exempt[place] * chance), left)
        for turn, tier in enumerate(line, 1):
            room = left - spent if tier.security else max(left - spent - kept, 0)
            demands = [self._demand(one, pot, tier, place, remaining, room) for one in tier.claimants]
            for one, part in zip(tier.claimants, self._parts(tier, room, demands), strict=True):
                spent += part
                self._give((pot.key, turn, one.case_id), one, tier.rule, place, part)
                if not one.outside:
                    remaining[one.case_id] -= part
        self.left[place] += left - spent
        return fee - off

    def _demand(
        self, one: Claimant, pot: EstatePot, tier: Tier, place: int, remaining: Mapping[int, int], room: int
    ) -> int:
        chance = pot.pot.chance[place]
        burden = pot.pot.burden[place] if tier.security else 1.0
        if one.outside:
            if one.preservation and place % 3 == 2:
                return 0
            return (
                int(room * self.unknown[place % 3]) if one.most is None else int(one.most * burden * chance)
            )
        most = room if one.most is None else int(one.most * burden * chance)
        return max(min(most, remaining[one.case_id]), 0)

    def _parts(self, tier: Tier, room: int, demands: list[int]) -> list[int]:
        if not tier.tied:
            return share_out(room, demands)
        self.tied = self.tied or sum(demands) > room
        cases = [one.case_id for one in tier.claimants]
        if self.favoured in cases or self.slighted in cases:
            order = sorted(
                range(len(cases)), key=lambda i: (cases[i] == self.slighted, cases[i] != self.favoured, i)
            )
            parts = dict(zip(order, in_turn(room, [demands[i] for i in order]), strict=True))
            return [parts[i] for i in range(len(cases))]
        return share_out(room, demands)

    def _give(self, where: tuple[str, int, int], one: Claimant, rule: Rule, place: int, part: int) -> None:
        taken = self.reserved if one.outside else self.paid[one.case_id]
        taken[place] += part
        if part:
            self._shares.setdefault(where, (rule, one.outside, [0] * 6))[2][place] += part


def _extremes(
    pots: Sequence[EstatePot],
    asked: Mapping[int, Obligation],
    regimes: Sequence[Regime],
    unknown: Three,
    run: _Run,
    sought: Collection[int],
) -> dict[int, tuple[tuple[int, int], tuple[int, int]]]:
    """(least, most) of each obligation over the lawful orders, in the middle reading."""
    found = {case: [_middle(run.paid[case])] for case in asked}
    for regime in regimes:
        stated = run if regime is regimes[0] else _Run(pots, asked, regime, unknown, MID)
        for case in sought:
            found[case].append(_middle(stated.paid[case]))
            if stated.tied:
                first = _Run(pots, asked, regime, unknown, MID, favoured=case)
                last = _Run(pots, asked, regime, unknown, MID, slighted=case)
                found[case] += [_middle(first.paid[case]), _middle(last.paid[case])]
    return {case: (_least(values), _most(values)) for case, values in found.items()}


def _middle(six: Sequence[int]) -> tuple[int, int]:
    return (six[MID[0]], six[MID[1]])


def _least(values: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return (min(value[0] for value in values), min(value[1] for value in values))


def _most(values: Sequence[tuple[int, int]]) -> tuple[int, int]:
    return (max(value[0] for value in values), max(value[1] for value in values))

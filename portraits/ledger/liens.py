"""What others take before this case: prior securities, earlier seals; what came too late does not count."""

from __future__ import annotations

from portraits.law.order import (
    BURDEN_AFTER_SEAL,
    EARLIER_SEAL,
    PRESERVATION_RESERVED,
    SECURITY_FIRST,
    SEVERAL_SECURITIES,
)
from portraits.ledger.lines import Step
from portraits.ledger.seals import Lien, before
from portraits.ledger.waterfall import Waterfall, both
from vocabulary.text import Text

_SECURITY = Text(zh="优先债权{amount}，先受清偿", en="A prior right to {amount} is paid first")
_SEAL = Text(zh="在先查封、冻结{amount}", en="An earlier seal or freeze for {amount}")
_PRESERVED = Text(
    zh="在先保全查封{amount}，尚无执行依据，先行预留", en="An earlier preservation for {amount}, held back"
)
_UNORDERED = Text(
    zh="查封先后不明，{amount}在保守读数中扣除", en="Order not known: {amount} is taken in the cautious one"
)
_LATE = Text(
    zh="本案查封后设定的担保不得对抗申请执行人，未扣除：{rule}",
    en="A security made after this case's seal does not stand against the applicant, not deducted: {rule}",
)


class Others:
    """The liens on one asset as this case meets them. ``part`` is the debtor's share of the thing, by reading."""

    def __init__(self, liens: tuple[Lien, ...], case_id: int, unknown: tuple[float, float, float]) -> None:
        self.all = liens
        self.own = [lien for lien in liens if lien.case_id == case_id]
        self.own_seals = [lien for lien in self.own if not lien.security]
        self.own_securities = [lien for lien in self.own if lien.security]
        self.others = [lien for lien in liens if lien.case_id != case_id]
        self.unknown = unknown

    @property
    def prior(self) -> list[Lien]:
        """Securities of others that stand against this case."""
        return [lien for lien in self.others if lien.security and not self._too_late(lien)]

    @property
    def secured_here(self) -> int:
        """What this case's own securities carry before any ordinary creditor."""
        return sum(lien.amount or 0 for lien in self.own_securities)

    @property
    def notes(self) -> tuple[Text, ...]:
        """Said of securities that came too late."""
        late = any(lien.security and self._too_late(lien) for lien in self.others)
        return (_LATE.fill(rule=BURDEN_AFTER_SEAL.cited),) if late else ()

    def take_securities(self, fall: Waterfall, parts: tuple[float, ...]) -> None:
        """Deduct prior securities, in the order in which they arose."""
        rule = SEVERAL_SECURITIES if len(self.prior) > 1 else SECURITY_FIRST
        for lien in self.prior:
            fall.take(Step.PRIORITY, rule, _said(_SECURITY, lien), self._wanted(lien, fall, parts), lien.rows)

    def take_seals(self, fall: Waterfall) -> None:
        """Deduct earlier seals of others, out of what this case's own securities do not carry."""
        for lien in self.others:
            if lien.security:
                continue
            earlier = before(lien, self.own_seals)
            if earlier is False:
                continue
            rule = PRESERVATION_RESERVED if lien.preservation else EARLIER_SEAL
            why = _UNORDERED if earlier is None else _PRESERVED if lien.preservation else _SEAL
            wanted = self._wanted(lien, fall, (1.0,) * 6)
            free = [max(left - self.secured_here, 0) for left in fall.left]
            if lien.preservation or earlier is None:
                wanted = [0 if place % 3 == 2 else each for place, each in enumerate(wanted)]
            fall.take(
                Step.EARLIER_SEAL,
                rule,
                _said(why, lien),
                [min(want, room) for want, room in zip(wanted, free, strict=True)],
                lien.rows,
            )

    def _too_late(self, lien: Lien) -> bool:
        """Made after this case's first seal, or behind this case's own security."""
        firsts = [own.since for own in self.own if own.since is not None]
        return lien.since is not None and bool(firsts) and lien.since > min(firsts)

    def _wanted(self, lien: Lien, fall: Waterfall, parts: tuple[float, ...]) -> list[float]:
        if lien.amount is None:
            return [left * share for left, share in zip(fall.left, both(self.unknown), strict=True)]
        return [lien.amount * part for part in parts]


def _said(text: Text, lien: Lien) -> Text:
    if lien.amount is None:
        return text.fill(amount=Text(zh="（数额不明）", en="(amount not known)"))
    return text.fill(amount=f"¥{lien.amount / 100:,.2f}")

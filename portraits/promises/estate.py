"""What is shared, and among whom: the pots of a debtor's assets, the open obligations that ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portraits.claim import newest
from portraits.ledger.closing import enforcement_fee, owed
from portraits.ledger.lines import NOTHING, Amounts, Ledger, Pot, Six, Step
from records.dossier import Dossier
from records.parameters import Parameters
from vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class EstatePot:
    """One asset to be shared; living costs already left out of money."""

    key: str
    label: Text
    pot: Pot

    @property
    def worth(self) -> Six:
        """What the pot is expected to bring, in fen: price times chance of a sale."""
        low, mid, high, year_low, year_mid, year_high = (
            int(price * chance) for price, chance in zip(self.pot.price, self.pot.chance, strict=True)
        )
        return (low, mid, high, year_low, year_mid, year_high)

    @property
    def amounts(self) -> Amounts:
        """`worth`, named."""
        return Amounts.of(self.worth)


@dataclass(frozen=True, slots=True)
class Obligation:
    """One open obligation of the debtor. Amounts in fen.

    ``applied``: whether the creditor holds a title and applied for distribution in time; None when not known.
    Creditors of one title share its place (``title_id``). ``fee`` comes off the assets before any creditor.
    """

    case_id: int
    owed: Six
    title_id: int | None = None
    applied: bool | None = None
    fee: int = 0


def estate(ledger: Ledger) -> tuple[EstatePot, ...]:
    """The pots of a debtor, money first, from the ledger of any of their cases on the day."""
    living = [-each for each in _living(ledger)]
    pots = []
    for asset in sorted(ledger.assets, key=lambda asset: (not asset.is_money, asset.key)):
        pot = asset.pot
        if asset.is_money:
            taken = [min(price, left) for price, left in zip(pot.price, living, strict=True)]
            living = [left - part for left, part in zip(living, taken, strict=True)]
            price = tuple(price - part for price, part in zip(pot.price, taken, strict=True))
            pot = Pot(_six(price), pot.exempt, pot.chance, pot.burden, pot.liens)
        pots.append(EstatePot(asset.key, asset.label, pot))
    return tuple(pots)


def obligation(dossier: Dossier, ledger: Ledger, *, applied: bool | None = None) -> Obligation:
    """The dossier's own obligation as it asks for the debtor's assets: what is owed, its title, its fee.

    The fee is that of the obligation's own ledger, as if it were alone.
    """
    return Obligation(
        case_id=dossier.case_id,
        owed=ledger.owed.six,
        title_id=_title(dossier),
        applied=applied,
        fee=-sum(line.amounts.year.mid for line in ledger.closing if line.step is Step.FEE),
    )


def asking(dossier: Dossier, pots: Sequence[EstatePot], *, figures: Parameters) -> Obligation:
    """An obligation of the debtor in another case, without a ledger of its own: all cases share the same pots.

    Whether its creditor applied for distribution is in no record. The fee is that of enforcing it out of all pots.
    """
    limit, _ = owed(dossier, figures)
    worth = sum(pot.worth[4] for pot in pots)
    fee = enforcement_fee(min(limit.year.mid, worth), figures, dossier.as_of)
    return Obligation(dossier.case_id, limit.six, _title(dossier), None, fee)


def _title(dossier: Dossier) -> int | None:
    titles = newest(dossier.rows("titles", "case"), "title_id")
    return titles[0]["title_id"] if len(titles) == 1 else None


def _living(ledger: Ledger) -> Six:
    lines = [line.amounts.six for line in ledger.closing if line.step is Step.LIVING]
    return lines[0] if lines else NOTHING


def _six(values: Sequence[int]) -> Six:
    a, b, c, d, e, f = values
    return (a, b, c, d, e, f)

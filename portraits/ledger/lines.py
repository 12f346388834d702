"""The shapes of the ledger: amounts in three readings and two times, lines with rules and rows, edits kept beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from portraits.law.rule import Cited, Rule
from portraits.ledger.seals import Lien
from vocabulary.states import QueryState
from vocabulary.text import Text

Six = tuple[int, int, int, int, int, int]
"""Fen: now low, mid, high; within 12 months low, mid, high."""
NOTHING: Six = (0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Span:
    """An amount in fen, read cautiously (low), as expected (mid), favourably (high)."""

    low: int = 0
    mid: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Amounts:
    """What can be taken today (``now``), and within twelve months, that included (``year``)."""

    now: Span = field(default_factory=Span)
    year: Span = field(default_factory=Span)

    @classmethod
    def of(cls, six: Sequence[int]) -> Amounts:
        """Amounts of six numbers."""
        return cls(Span(*six[:3]), Span(*six[3:]))

    @property
    def six(self) -> Six:
        """The six numbers."""
        now, year = self.now, self.year
        return (now.low, now.mid, now.high, year.low, year.mid, year.high)


def added(parts: Iterable[Amounts]) -> Amounts:
    """The sum, reading by reading."""
    total = [0] * 6
    for part in parts:
        total = [a + b for a, b in zip(total, part.six, strict=True)]
    return Amounts.of(total)


class Step(Enum):
    """The steps of the ledger, in their order."""

    FOUND = "found"
    GONE = "gone"
    EXCLUDED = "excluded"
    OWNERSHIP = "ownership"
    TO_BE_SOLD = "to_be_sold"
    PRICE = "price"
    COSTS = "costs"
    NO_BENEFIT = "no_benefit"
    PRIORITY = "priority"
    EARLIER_SEAL = "earlier_seal"
    EXEMPT = "exempt"
    MAY_NOT_SELL = "may_not_sell"
    LIVING = "living"
    FEE = "fee"
    LIMIT = "limit"

    @property
    def label(self) -> Text:
        """Words for the page."""
        return _STEPS[self]


_STEPS = {
    Step.FOUND: Text(zh="查明价值", en="found"),
    Step.GONE: Text(zh="已转出", en="transferred"),
    Step.EXCLUDED: Text(zh="不得执行", en="excluded"),
    Step.OWNERSHIP: Text(zh="共有份额", en="co-ownership"),
    Step.TO_BE_SOLD: Text(zh="待变价或到期", en="to be sold or to fall due"),
    Step.PRICE: Text(zh="变价折扣", en="price at realisation"),
    Step.COSTS: Text(zh="变价税费", en="costs and taxes of realisation"),
    Step.NO_BENEFIT: Text(zh="无益拍卖", en="auction without benefit"),
    Step.PRIORITY: Text(zh="优先受偿", en="priority rights"),
    Step.EARLIER_SEAL: Text(zh="在先查封、冻结", en="earlier seals and freezes"),
    Step.EXEMPT: Text(zh="豁免与保留", en="exempt part"),
    Step.MAY_NOT_SELL: Text(zh="可能流拍", en="may not sell"),
    Step.LIVING: Text(zh="必需生活费用", en="necessary living costs"),
    Step.FEE: Text(zh="执行申请费", en="enforcement fee"),
    Step.LIMIT: Text(zh="以债权为限", en="limit of the claim"),
}


@dataclass(frozen=True, slots=True)
class Edit:
    """A judge's figure for one line, with the reason. ``key`` is `Line.key`; amounts carry the line's sign.

    ``id`` is the name under which the edit is kept, empty where it is not.
    """

    key: str
    amounts: Amounts
    reason: str
    author: str
    edited_on: date
    id: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One step of one asset. Deductions are below zero. ``original`` is the figure by rule when an edit replaced it."""

    key: str
    step: Step
    rule: Rule
    why: Text
    amounts: Amounts
    rows: tuple[Cited, ...] = ()
    original: Amounts | None = None
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Pot:
    """What an asset brings before creditors, for sharing it among them.

    ``price`` net of costs if sold; ``exempt`` stays with the debtor out of what securities leave; ``chance`` of a sale;
    ``burden`` is the part of a security that the debtor's share of the thing bears.
    """

    price: Six
    exempt: Six = NOTHING
    chance: tuple[float, ...] = (1.0,) * 6
    burden: tuple[float, ...] = (1.0,) * 6
    liens: tuple[Lien, ...] = ()


@dataclass(frozen=True, slots=True)
class AssetLedger:
    """One asset from its found value to what may be taken: `available` is the sum of the lines."""

    key: str
    family: str
    label: Text
    state: QueryState
    lines: tuple[Line, ...]
    available: Amounts
    pot: Pot
    is_money: bool = False
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class NotKnown:
    """A family whose silence means nothing: never counted as zero. ``held``: rows were counted though not fresh."""

    family: str
    label: Text
    state: QueryState
    age_days: int | None
    held: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of a debtor in a case. `available` = sum of all lines, and never above what is owed."""

    as_of: date
    assets: tuple[AssetLedger, ...]
    closing: tuple[Line, ...]
    available: Amounts
    owed: Amounts
    not_known: tuple[NotKnown, ...]
    unused_edits: tuple[Edit, ...]
    figures: str
    haircuts: str

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, assets first."""
        return (*(line for asset in self.assets for line in asset.lines), *self.closing)

    @property
    def edited(self) -> tuple[Line, ...]:
        """Lines that a judge's edit changed."""
        return tuple(line for line in self.lines if line.edit is not None)

"""The shapes of a change: where a portrait stands, the parts of the way from one to the next, the rows of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from portraits.law.rule import Cited
from portraits.ledger import Amounts
from portraits.portrait import Portrait
from vocabulary.text import Text


class PartOf(Enum):
    """What can move a portrait, in the order in which the way is gone."""

    MODEL = "model"
    TIME = "time"
    LAW = "law"
    EXPIRED = "expired"
    RECORDS = "records"
    EDITS = "edits"
    NOT_REPRODUCED = "not_reproduced"

    @property
    def label(self) -> Text:
        """Words for the page."""
        return _LABELS[self][0]

    @property
    def means(self) -> Text:
        """What the part holds."""
        return _LABELS[self][1]


ORDER = tuple(PartOf)
_LABELS = {
    PartOf.MODEL: (
        Text(zh="模型变更", en="model change"),
        Text(
            zh="原日期、原记录，改用新模型计算；模型不参与可供执行财产的计算",
            en="The earlier day and records under the later model; the money does not depend on a model",
        ),
    ),
    PartOf.TIME: (
        Text(zh="时间推移", en="time passed"),
        Text(
            zh="同样的记录，日期推后：期间、账龄、迟延利息、查封到期",
            en="The same records on the later day: windows and ages move, interest grows, seals lapse",
        ),
    ),
    PartOf.LAW: (
        Text(zh="法律参数与变价折扣", en="figures of law and haircuts"),
        Text(
            zh="其间施行或修改的参数，以及当月的拍卖折扣；不影响分数",
            en="Figures that came into force or were changed, and the month's prices at auction; no part of the score",
        ),
    ),
    PartOf.EXPIRED: (
        Text(zh="答复过期", en="expired answers"),
        Text(
            zh="其间超过有效期、且未重新得到答复的查询；已计入的财产不因此减少",
            en="Answers that went past their shelf life and were not renewed; property that was counted stays counted",
        ),
    ),
    PartOf.RECORDS: (
        Text(zh="新记录", en="new records"),
        Text(zh="其间得知、更正或关联的记录", en="Records learned, corrected or linked in between"),
    ),
    PartOf.EDITS: (
        Text(zh="法官修改", en="edits by the judge"),
        Text(
            zh="对可供执行财产各项的修改；不影响分数",
            en="Figures that a judge set in the ledger; no part of the score",
        ),
    ),
    PartOf.NOT_REPRODUCED: (
        Text(zh="未能重算的部分", en="not reproduced"),
        Text(
            zh="保存的答复与重新计算不一致，见“重放”",
            en="The later answer as kept differs from its recomputation: see the replay",
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Asset:
    """What may be taken of one asset, or a closing line of the ledger."""

    label: Text
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a portrait stands: all that a change between two of them is told by.

    ``score`` is None when the service abstained; ``contributions`` are by feature, in points; money is in fen.
    """

    as_of: date
    score: float | None
    base: float
    contributions: Mapping[str, float]
    assets: Mapping[str, Asset]
    available: Amounts
    bundle: str

    @classmethod
    def of(cls, portrait: Portrait) -> Stand:
        """Where a portrait stands."""
        reasons = [reason for group in portrait.groups for reason in group.reasons]
        ledger = portrait.ledger
        assets = {each.key: Asset(each.label, each.available) for each in ledger.assets}
        assets |= {line.key: Asset(line.step.label, line.amounts) for line in ledger.closing}
        return cls(
            as_of=portrait.as_of,
            score=portrait.score,
            base=portrait.base,
            contributions={reason.feature: reason.contribution for reason in reasons},
            assets=assets,
            available=ledger.available,
            bundle=portrait.bundle,
        )


@dataclass(frozen=True, slots=True)
class FeatureMove:
    """What one feature added to a part, in points: its value before and after, rows that came in and that went out.

    ``before`` and ``after`` are words; ``family`` is the record family whose receipts decide what silence means.
    """

    feature: str
    family: str
    label: Text
    points: float
    before: Text
    after: Text
    came: tuple[Cited, ...]
    went: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class MoneyMove:
    """What one asset, or a closing line, added to a part, in fen, with the rows newly and no longer cited."""

    key: str
    label: Text
    amounts: Amounts
    came: tuple[Cited, ...]
    went: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class NewRows:
    """Rows of one table learned in between, and rows that they took the place of or took back."""

    table: str
    family: str
    came: tuple[Cited, ...]
    went: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the way: features and ``base`` add up to ``points``, assets to ``available``.

    ``points`` is None when one of the two portraits has no score. ``expired`` are families, with their receipts.
    """

    of: PartOf
    points: float | None
    base: float
    features: tuple[FeatureMove, ...]
    available: Amounts
    money: tuple[MoneyMove, ...]
    rows: tuple[NewRows, ...] = ()
    expired: Mapping[str, tuple[Cited, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """The way from an earlier portrait to a later one: the parts, in order, add up to what lies between them."""

    earlier: Stand
    later: Stand
    parts: tuple[Part, ...]

    @property
    def points(self) -> float | None:
        """How far the score moved; None when one of the two has none."""
        one, other = self.earlier.score, self.later.score
        return None if one is None or other is None else other - one

    @property
    def available(self) -> Amounts:
        """How far the money moved that may lawfully be taken, reading by reading."""
        return less(self.later.available, self.earlier.available)

    def part(self, of: PartOf) -> Part | None:
        """A part by name; None when nothing was left for it."""
        return next((part for part in self.parts if part.of is of), None)


def less(one: Amounts, other: Amounts) -> Amounts:
    """The difference, reading by reading."""
    return Amounts.of([a - b for a, b in zip(one.six, other.six, strict=True)])

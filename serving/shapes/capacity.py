"""What may lawfully be taken from a debtor, and the answer about ability, as the API carries them. Money is CNY."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from portraits.conduct import Ability
from portraits.ledger import AssetLedger, Ledger, Line, NotKnown
from portraits.portrait import Portrait
from serving.shapes.amounts import AmountsShape
from serving.shapes.common import AsOf, Digest, Shape, Words, Yuan
from serving.shapes.edits import LineEditShape
from serving.shapes.law import CitedShape, RuleShape
from vocabulary.families import FAMILIES

_SPAN = {"low": 41000.0, "mid": 52000.0, "high": 52000.0}
_AMOUNTS = {"now": _SPAN, "year": _SPAN}
_RULE = {
    "name": "money_found",
    "cited": {"zh": "《中华人民共和国民事诉讼法》第二百五十三条", "en": "Civil Procedure Law, Art. 253"},
    "in_force_from": "2024-01-01",
    "says": {"zh": "存款可以扣划", "en": "deposits may be transferred"},
}


class LineShape(Shape):
    """One step of one asset: a deduction is below zero."""

    key: str = Field(
        description="name of the line: its records are at `records?of=`", examples=["deposits:31/found"]
    )
    step: str = Field(examples=["found"])
    label: Words = Field(examples=[{"zh": "查明价值", "en": "found"}])
    rule: RuleShape = Field(examples=[_RULE])
    why: Words = Field(
        description="why this figure, for this asset", examples=[{"zh": "账户余额", "en": "balance"}]
    )
    amounts: AmountsShape = Field(examples=[_AMOUNTS])
    rows: list[CitedShape] = Field(
        description="rows of the records behind the line; none where it rests on the lines before",
        examples=[[{"table": "deposits", "row_id": "00c3b5a1e8f2d974"}]],
    )
    by_rule: AmountsShape | None = Field(
        default=None, description="the rule's own figure, where a judge's edit stands", examples=[None]
    )
    edit: LineEditShape | None = Field(
        default=None, description="the judge's edit that stands in its place", examples=[None]
    )

    @classmethod
    def of(cls, line: Line) -> LineShape:
        """The shape of a line."""
        return cls.model_construct(
            key=line.key,
            step=line.step.value,
            label=Words.of(line.step.label),
            rule=RuleShape.of(line.rule),
            why=Words.of(line.why),
            amounts=AmountsShape.of(line.amounts),
            rows=[CitedShape.of(row) for row in line.rows],
            by_rule=None if line.original is None else AmountsShape.of(line.original),
            edit=None if line.edit is None else LineEditShape.of(line.edit),
        )


class AssetShape(Shape):
    """One asset: its lines add up to ``available``."""

    key: str = Field(examples=["deposits:31"])
    family: str = Field(examples=["deposits"])
    label: Words = Field(examples=[{"zh": "银行账户 31", "en": "account 31"}])
    state: str = Field(description="query state of the family", examples=["found"])
    state_label: Words = Field(examples=[{"zh": "已查询，有记录", "en": "found"}])
    lines: list[LineShape] = Field(examples=[[]])
    available: AmountsShape = Field(examples=[_AMOUNTS])
    notes: list[Words] = Field(description="what to mind about this asset", examples=[[]])

    @classmethod
    def of(cls, asset: AssetLedger) -> AssetShape:
        """The shape of an asset."""
        return cls.model_construct(
            key=asset.key,
            family=asset.family,
            label=Words.of(asset.label),
            state=asset.state.value,
            state_label=Words.of(asset.state.label),
            lines=[LineShape.of(line) for line in asset.lines],
            available=AmountsShape.of(asset.available),
            notes=[Words.of(note) for note in asset.notes],
        )


class NotKnownShape(Shape):
    """A family of property without a fresh answer: not known, which is never zero."""

    family: str = Field(examples=["real_property"])
    label: Words = Field(examples=[{"zh": "不动产", "en": "real property"}])
    state: str = Field(examples=["not_asked"])
    state_label: Words = Field(examples=[{"zh": "未查询", "en": "not asked"}])
    age_days: int | None = Field(description="days since the newest answer", examples=[None])
    held: bool = Field(description="rows of it are counted, though not fresh", examples=[False])

    @classmethod
    def of(cls, each: NotKnown) -> NotKnownShape:
        """The shape of a family not known."""
        return cls(
            family=each.family,
            label=Words.of(each.label),
            state=each.state.value,
            state_label=Words.of(each.state.label),
            age_days=each.age_days,
            held=each.held,
        )


class LedgerShape(Shape):
    """What may lawfully be taken: all lines add up to ``available``, never above ``owed``. No part of the score."""

    assets: list[AssetShape] = Field(examples=[[]])
    closing: list[LineShape] = Field(
        description="after all assets: living costs, the fee, the limit of the claim", examples=[[]]
    )
    available: AmountsShape = Field(examples=[_AMOUNTS])
    owed: AmountsShape = Field(
        description="the claim with its interest for delayed performance, today and in twelve months",
        examples=[_AMOUNTS],
    )
    not_known: list[NotKnownShape] = Field(description="families that are not known", examples=[[]])
    unused_edits: list[str] = Field(
        default=[], description="lines that a judge edited and this ledger does not have", examples=[[]]
    )
    figures: Digest = Field(description="SHA-256 of the dated figures of law and court")
    haircuts: Digest = Field(description="SHA-256 of the fitted prices and chances of a sale")
    haircuts_on: AsOf = Field(description="auctions known by this day were counted")
    haircuts_lots: int = Field(description="lots counted; with none, declared examples", examples=[412])
    haircuts_source: str = Field(examples=["auctions known on the day of fitting"])

    @classmethod
    def of(cls, portrait: Portrait) -> LedgerShape:
        """The shape of a portrait's ledger."""
        ledger: Ledger = portrait.ledger
        return cls.model_construct(
            assets=[AssetShape.of(asset) for asset in ledger.assets],
            closing=[LineShape.of(line) for line in ledger.closing],
            available=AmountsShape.of(ledger.available),
            owed=AmountsShape.of(ledger.owed),
            not_known=[NotKnownShape.of(each) for each in ledger.not_known],
            unused_edits=[edit.key for edit in ledger.unused_edits],
            figures=ledger.figures,
            haircuts=ledger.haircuts,
            haircuts_on=portrait.haircuts.fitted_on.isoformat(),
            haircuts_lots=portrait.haircuts.lots,
            haircuts_source=portrait.haircuts.source,
        )


class OpenFamily(Shape):
    """A family of property that leaves the answer open."""

    family: str = Field(examples=["real_property"])
    label: Words = Field(examples=[{"zh": "不动产", "en": "real property"}])


class AbilityShape(Shape):
    """One of three answers that are never one: no ability after full asking, not known, able and not yet performed."""

    reading: Literal["no_ability", "unknown", "unperformed", "nothing_owed"] = Field(examples=["unperformed"])
    reading_says: Words = Field(examples=[{"zh": "有履行能力，尚未履行", "en": "Able, not yet performed"}])
    extent: Literal["whole", "part", "none_found", "not_known"] = Field(examples=["part"])
    extent_says: Words = Field(examples=[{"zh": "有部分履行能力", "en": "Able to perform in part"}])
    available: Yuan = Field(description="within twelve months, middle reading", examples=[52000.0])
    owed: Yuan = Field(description="with interest for delayed performance", examples=[125000.5])
    performed: Yuan = Field(description="credited from this debtor so far", examples=[5000.0])
    open_families: list[OpenFamily] = Field(
        description="families of property without a fresh answer", examples=[[]]
    )
    rule: RuleShape = Field(examples=[_RULE])

    @classmethod
    def of(cls, portrait: Portrait) -> AbilityShape:
        """The shape of a portrait's answer."""
        told: Ability = portrait.ability
        return cls(
            reading=told.reading,
            reading_says=Words.of(told.reading_says),
            extent=told.answer,
            extent_says=Words.of(told.says),
            available=portrait.ledger.available.year.mid / 100,
            owed=portrait.ledger.owed.year.mid / 100,
            performed=portrait.claim.credited_by_debtor / 100,
            open_families=[
                OpenFamily(family=code, label=Words.of(FAMILIES[code].label)) for code in told.open_families
            ],
            rule=RuleShape.of(told.rule),
        )

"""A portrait as the API carries it, and the question that asks for one."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from portraits.claim import Claim
from portraits.gaps import Standing
from portraits.node import named
from portraits.portrait import Portrait, Subject
from scoring.reasons import Group, Reason
from serving.purposes import Purpose
from serving.shapes.capacity import AbilityShape, LedgerShape
from serving.shapes.clues import ClueShape
from serving.shapes.common import AsOf, Digest, Key, Points, Shape, Words, Yuan
from serving.shapes.conduct import FactShape, facts_shape
from serving.shapes.outlook import OutlookShape
from serving.shapes.promises import ExpectedShape, PromisesShape
from vocabulary.families import BAND_LABELS, FAMILIES
from vocabulary.identity import shown_key
from vocabulary.text import Text

Band = Literal["low", "middle", "high"]
ABSTAINED = Text(
    zh="信息不足：存款、不动产和收入均未得到答复，不给出分数。",
    en="Too little is known: neither deposits, nor real property, nor income was ever answered. No score is given.",
)


class Question(BaseModel):
    """Whose ability to pay, in which case, as of when, and what for."""

    model_config = ConfigDict(extra="forbid")

    case: str = Field(
        min_length=1,
        max_length=64,
        description="the case: its shown key, or its number (案号)",
        examples=["（2025）苏0281执1234号"],
    )
    debtor: str = Field(
        min_length=1,
        max_length=32,
        description="the debtor's shown key; never an ID number",
        examples=["100234"],
    )
    as_of: date | None = Field(
        default=None,
        description="what the court knew on this Shanghai date; today when missing, never later",
        examples=["2026-06-30"],
    )
    purpose: Purpose = Field(description="what the records are read for", examples=["enforcement_measure"])


class SubjectShape(Shape):
    """Whom and which case the portrait is about; the name is masked."""

    debtor: Key
    case: Key
    case_number: str = Field(examples=["（2025）苏0281执1234号"])
    court: str = Field(examples=["SX001"])
    name: str = Field(description="masked", examples=["李**"])
    kind: str = Field(description="natural or organisation", examples=["natural"])
    role: str = Field(description="role in the case", examples=["principal"])
    node: str | None = Field(description="node of the process", examples=["asset_control"])
    node_place: int | None = Field(
        default=None, description="its place among the eleven, 1 first", ge=1, le=11, examples=[3]
    )
    node_label: Words | None = Field(
        default=None, description="its name", examples=[{"zh": "财产控制", "en": "asset control"}]
    )

    @classmethod
    def of(cls, subject: Subject) -> SubjectShape:
        """The shape of a subject."""
        node = named(subject.node)
        told = {name: getattr(subject, name) for name in subject.__dataclass_fields__}
        return cls(
            **told,
            node_place=node.place if node else None,
            node_label=Words.of(node.label) if node else None,
        )


class ReasonShape(Shape):
    """What one feature adds to the score, and why."""

    feature: str = Field(examples=["deposit_available_latest"])
    label: Words = Field(examples=[{"zh": "可扣划存款余额", "en": "Deposits free to deduct"}])
    contribution: Points
    value: float | None = Field(description="in the feature's unit; null when not known", examples=[52000.0])
    shown: Words = Field(examples=[{"zh": "5.2万元", "en": "¥52,000"}])
    sentence: Words = Field(
        examples=[
            {"zh": "可扣划存款5.2万元，高于80%的同类被执行人", "en": "¥52,000 of deposits are free to deduct"}
        ]
    )
    standing: float | None = Field(
        description="share of comparable debtors with a lower value", examples=[0.8]
    )

    @classmethod
    def of(cls, reason: Reason) -> ReasonShape:
        """The shape of a reason."""
        return cls.model_construct(
            feature=reason.feature,
            label=Words.of(reason.label),
            contribution=reason.contribution,
            value=reason.value,
            shown=Words.of(reason.shown),
            sentence=Words.of(reason.sentence),
            standing=reason.standing,
        )


class GroupShape(Shape):
    """What one record family adds to the score: the sum of its features."""

    family: str = Field(examples=["deposits"])
    label: Words = Field(examples=[{"zh": "银行存款", "en": "deposits"}])
    contribution: Points
    reasons: list[ReasonShape] = Field(examples=[[]])

    @classmethod
    def of(cls, group: Group) -> GroupShape:
        """The shape of a group."""
        return cls(
            family=group.family,
            label=Words.of(group.label),
            contribution=group.contribution,
            reasons=[ReasonShape.of(reason) for reason in group.reasons],
        )


class StandingShape(Shape):
    """What is known of one record family."""

    family: str = Field(examples=["real_property"])
    label: Words = Field(examples=[{"zh": "不动产", "en": "real property"}])
    state: str = Field(description="query state", examples=["not_asked"])
    state_code: int = Field(
        description="0 unknown, 1 not asked, 2 pending, 3 failed, 4 declared only, 5 stale, 6 empty, 7 found",
        ge=0,
        le=7,
        examples=[1],
    )
    state_label: Words = Field(examples=[{"zh": "未查询", "en": "not asked"}])
    age_days: int | None = Field(description="days since the newest answer", examples=[12])
    receipts: list[Key] = Field(examples=[["5012"]])

    @classmethod
    def of(cls, standing: Standing) -> StandingShape:
        """The shape of a standing."""
        return cls(
            family=standing.family,
            label=Words.of(standing.label),
            state=standing.state.value,
            state_code=standing.state.code,
            state_label=Words.of(standing.state.label),
            age_days=standing.age_days,
            receipts=[shown_key(receipt) for receipt in standing.receipts],
        )


class AskShape(Shape):
    """A record family without a fresh answer, to be asked next."""

    family: str = Field(examples=["real_property"])
    label: Words = Field(examples=[{"zh": "不动产", "en": "real property"}])


class ClaimShape(Shape):
    """What is owed, in CNY."""

    adjudged: Yuan
    credited: Yuan = Field(description="from all debtors of the case")
    credited_by_debtor: Yuan
    forgiven: Yuan = Field(description="by settlement or waiver")
    most: Yuan | None = Field(description="what this debtor can still owe under a cap", examples=[None])
    owed: Yuan

    @classmethod
    def of(cls, claim: Claim) -> ClaimShape:
        """The shape of a claim, fen brought to yuan."""
        return cls(
            adjudged=claim.adjudged / 100,
            credited=claim.credited / 100,
            credited_by_debtor=claim.credited_by_debtor / 100,
            forgiven=claim.forgiven / 100,
            most=None if claim.most is None else claim.most / 100,
            owed=claim.owed / 100,
        )


_SUBJECT = {
    "debtor": "100234",
    "case": "700123",
    "case_number": "（2025）苏0281执1234号",
    "court": "SX001",
    "name": "李**",
    "kind": "natural",
    "role": "principal",
    "node": "asset_control",
}
_CLAIM = {
    "adjudged": 130000.0,
    "credited": 5000.0,
    "credited_by_debtor": 5000.0,
    "forgiven": 0.0,
    "most": None,
    "owed": 125000.0,
}


class PortraitShape(Shape):
    """A debtor's portrait: ``base`` and ``contributions`` add up to ``score``. For reference only."""

    id: str = Field(examples=["3c9b2f6a1e0d4b7788aa01cd"])
    as_of: AsOf
    subject: SubjectShape = Field(examples=[_SUBJECT])
    abstained: bool = Field(description="too little is known for a score", examples=[False])
    abstention: Words | None = Field(description="why no score is given", examples=[None])
    score: Points | None = Field(description="expected share performed, points of 100", examples=[41.7])
    cautious: Points | None = Field(
        description="the score if every asset family not answered were asked and empty; never above the score",
        examples=[33.2],
    )
    base: Points = Field(description="what a typical obligation starts from")
    contributions: list[GroupShape] = Field(description="by family, weightiest first", examples=[[]])
    standings: list[StandingShape] = Field(description="every family that can be asked about", examples=[[]])
    coverage: float = Field(
        description="share of asset and income families answered and fresh", examples=[0.6]
    )
    band: Band = Field(examples=["middle"])
    band_label: Words = Field(examples=[{"zh": "中", "en": "middle"}])
    ask: list[AskShape] = Field(description="what to ask, first things first", examples=[[]])
    outstanding: Yuan = Field(description="what this debtor still owes")
    claim: ClaimShape = Field(examples=[_CLAIM])
    expected_money: Yuan | None = Field(
        description="outstanding × score, less what other cases and other debtors take of it",
        examples=[52127.7],
    )
    expected_cautious: Yuan | None = Field(
        description="the same at the cautious score, CNY", examples=[41500.0]
    )
    expected: ExpectedShape | None = Field(
        default=None,
        description="how expected money comes about; missing in portraits of old",
        examples=[None],
    )
    promises: PromisesShape | None = Field(
        default=None,
        description="capacity spent once over all open cases of the debtor; missing in portraits of old",
        examples=[None],
    )
    edits: list[str] = Field(
        default=[], description="ids of the judge's edits with which the ledger was made", examples=[[]]
    )
    outlook: OutlookShape | None = Field(
        default=None,
        description="chances by horizon, likely set, ability at the reference effort; missing in portraits of old",
        examples=[None],
    )
    ability: AbilityShape | None = Field(
        default=None, description="ability to perform, in words; missing in portraits of old", examples=[None]
    )
    ledger: LedgerShape | None = Field(
        default=None,
        description="what may lawfully be taken, line by line, beside the score; missing in portraits of old",
        examples=[None],
    )
    conduct: list[FactShape] | None = Field(
        default=None,
        description="dated facts of conduct, not scored; missing in portraits of old",
        examples=[[]],
    )
    clues: list[ClueShape] | None = Field(
        default=None,
        description="what others say of property, apart from what was found; missing in portraits of old",
        examples=[[]],
    )
    bundle: Digest
    snapshot: str = Field(description="digest of the records it stands on", examples=["41ab" * 16])
    records_until: str | None = Field(
        description="newest day on which a record became known", examples=["2026-06-29"]
    )
    catalogue: Digest
    advice: Words = Field(examples=[{"zh": "仅供参考", "en": "For reference only"}])

    @classmethod
    def of(cls, portrait: Portrait, *, records_until: date | None) -> PortraitShape:
        """The shape of a portrait."""
        return cls(
            id=portrait.id,
            as_of=portrait.as_of.isoformat(),
            subject=SubjectShape.of(portrait.subject),
            abstained=portrait.abstained,
            abstention=Words.of(ABSTAINED) if portrait.abstained else None,
            score=portrait.score,
            cautious=portrait.cautious,
            base=portrait.base,
            contributions=[GroupShape.of(group) for group in portrait.groups],
            standings=[StandingShape.of(standing) for standing in portrait.standings],
            coverage=portrait.coverage,
            band=portrait.band,
            band_label=Words.of(BAND_LABELS[portrait.band]),
            ask=[AskShape(family=code, label=Words.of(FAMILIES[code].label)) for code in portrait.ask],
            outstanding=portrait.outstanding,
            claim=ClaimShape.of(portrait.claim),
            expected_money=portrait.expected_money,
            expected_cautious=portrait.expected_cautious,
            expected=None if portrait.expected is None else ExpectedShape.of(portrait.expected),
            promises=_promises(portrait),
            edits=[edit.id for edit in portrait.edits],
            outlook=OutlookShape.of(portrait.outlook),
            ability=AbilityShape.of(portrait),
            ledger=LedgerShape.of(portrait),
            conduct=facts_shape(portrait.conduct),
            clues=[ClueShape.of(clue, number) for number, clue in enumerate(portrait.clues, start=1)],
            bundle=portrait.bundle,
            snapshot=portrait.snapshot,
            records_until=records_until.isoformat() if records_until else None,
            catalogue=portrait.catalogue,
            advice=Words.of(portrait.advice),
        )


def _promises(portrait: Portrait) -> PromisesShape | None:
    spent = portrait.spending
    return None if spent is None else PromisesShape.of(spent, portrait.subject.court)

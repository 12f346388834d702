"""Links of a debtor, as the API carries them: decisions on which parties are one, each with its evidence."""

from __future__ import annotations

from pydantic import Field

from records.linkage.links import Evidence, Link
from records.linkage.words import COMPARISONS, DECISIONS, KINDS, LEVELS, REASONS, worded
from serving.shapes.common import AsOf, Key, Shape, Words
from vocabulary.identity import shown_key


class ComparisonShape(Shape):
    """One comparison of two parties. Values are masked."""

    comparison: Words = Field(examples=[{"zh": "名称", "en": "name"}])
    level: Words = Field(examples=[{"zh": "相同", "en": "equal"}])
    left: str = Field(examples=["无***司"])
    right: str = Field(examples=["无***司"])
    weight: float | None = Field(
        description="log2 odds; null for decisions that are not weighed", examples=[10.5]
    )

    @classmethod
    def of(cls, evidence: Evidence) -> ComparisonShape:
        """The shape of a comparison."""
        return cls(
            comparison=Words.of(worded(COMPARISONS, evidence.comparison)),
            level=Words.of(worded(LEVELS, evidence.level)),
            left=evidence.left,
            right=evidence.right,
            weight=evidence.weight,
        )


class LinkShape(Shape):
    """A decision on two parties."""

    left: Key = Field(description="the party known longer: linked, the obligor takes its reference")
    right: Key
    decision: str = Field(examples=["doubtful"])
    decision_label: Words = Field(examples=[{"zh": "存疑，未关联", "en": "doubtful, kept apart"}])
    kind: str = Field(examples=["name_address"])
    kind_label: Words = Field(examples=[{"zh": "名称与地址相近", "en": "likeness of name and address"}])
    known_at: AsOf
    decided_at: AsOf
    by: str = Field(description="the rule, the model or the person", examples=["rule:number"])
    probability: float | None = Field(examples=[0.93])
    reason: Words = Field(examples=[{"zh": "除名称外无其他依据", "en": "nothing but the name speaks for it"}])
    evidence: list[ComparisonShape] = Field(examples=[[]])

    @classmethod
    def of(cls, link: Link) -> LinkShape:
        """The shape of a decision."""
        return cls(
            left=shown_key(link.left),
            right=shown_key(link.right),
            decision=link.decision.value,
            decision_label=Words.of(DECISIONS[link.decision]),
            kind=link.kind.value,
            kind_label=Words.of(KINDS[link.kind]),
            known_at=link.known_at.isoformat(),
            decided_at=link.decided_at.isoformat(),
            by=link.by,
            probability=link.probability,
            reason=Words.of(worded(REASONS, link.reason)),
            evidence=[ComparisonShape.of(each) for each in link.evidence],
        )


class LinksShape(Shape):
    """Under which references a portrait's debtor was reported, and every decision that stood on its date."""

    portrait: str = Field(examples=["3c9b2f6a1e0d4b7788aa01cd"])
    as_of: AsOf
    debtor: Key
    reported_as: list[Key] = Field(
        description="references whose records are this debtor's, its own among them", examples=[["100234"]]
    )
    links: list[LinkShape] = Field(examples=[[]])

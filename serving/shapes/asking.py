"""What to ask about a debtor, as the API carries it and as it is printed for an application."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import Field

from portraits.asking import Organ, organs
from serving.shapes.common import AsOf, Points, Shape, Words
from serving.shapes.portrait import PortraitShape, StandingShape, SubjectShape


class BasisShape(Shape):
    """An article that obliges the organ to answer."""

    cited: Words = Field(
        examples=[{"zh": "《民事诉讼法》（2023年修正）第二百五十三条", "en": "Civil Procedure Law, Art. 253"}]
    )
    in_force_from: str = Field(examples=["2024-01-01"])


class ToAskShape(Shape):
    """One family without a fresh answer: whom to ask, what for, on what basis."""

    family: str = Field(examples=["deposits"])
    label: Words = Field(examples=[{"zh": "银行存款", "en": "deposits"}])
    state: str = Field(examples=["stale"])
    state_label: Words = Field(examples=[{"zh": "答复已过期", "en": "answer is stale"}])
    answered_on: str | None = Field(description="day of the newest answer", examples=["2026-01-12"])
    organ: Words = Field(examples=[{"zh": "商业银行", "en": "commercial banks"}])
    asks: Words = Field(examples=[{"zh": "余额、近一年流水", "en": "balances, movements of a year"}])
    basis: list[BasisShape] = Field(examples=[[]])
    source: str = Field(examples=["民诉法 (2023) Art. 253"])

    @classmethod
    def of(cls, standing: StandingShape, organ: Organ, as_of: date) -> ToAskShape:
        """The shape of one family to ask about."""
        age = standing.age_days
        return cls(
            family=standing.family,
            label=standing.label,
            state=standing.state,
            state_label=standing.state_label,
            answered_on=None if age is None else (as_of - timedelta(days=age)).isoformat(),
            organ=Words.of(organ.organ),
            asks=Words.of(organ.asks),
            basis=[
                BasisShape(cited=Words.of(each.cited), in_force_from=each.document.in_force_from.isoformat())
                for each in organ.basis
            ],
            source=organ.source,
        )


class ProspectShape(Shape):
    """What an answer about one family could do, from the answers of comparable debtors. Chances are 0 to 1."""

    family: str = Field(examples=["real_property"])
    label: Words = Field(examples=[{"zh": "不动产", "en": "real property"}])
    organ: Words = Field(examples=[{"zh": "不动产登记机构", "en": "the registry of real property"}])
    low: Points | None = Field(
        description="the score after an answer, 10th of a hundred; null while there is no score",
        examples=[12.5],
    )
    high: Points | None = Field(description="the same, 90th of a hundred", examples=[61.0])
    changes: float = Field(
        description="chance that this answer alone proposes another track", ge=0, le=1, examples=[0.25]
    )
    decides: float = Field(
        description="chance that, with every other answer there, the track would be another one without this answer",
        ge=0,
        le=1,
        examples=[0.6],
    )
    answers: int = Field(description="comparable debtors' answers it rests on", ge=1, examples=[60])


class NextShape(Shape):
    """What to ask next: families without a fresh answer, the one that settles the track soonest first."""

    track: str = Field(description="track of the obligation judged by itself", examples=["ask_first"])
    track_label: Words = Field(examples=[{"zh": "先行查询", "en": "ask first"}])
    donors_as_of: AsOf
    of: list[ProspectShape] = Field(examples=[[]])


class AskingShape(Shape):
    """The list of what to ask about one debtor in one case, to be attached to an application. For reference only."""

    portrait: str = Field(examples=["3c9b2f6a1e0d4b7788aa01cd"])
    as_of: AsOf
    subject: SubjectShape = Field(
        examples=[
            {
                "debtor": "100234",
                "case": "700123",
                "case_number": "（2025）苏0281执1234号",
                "court": "SX001",
                "name": "李**",
                "kind": "natural",
                "role": "principal",
                "node": "asset_query",
            }
        ]
    )
    asks: list[ToAskShape] = Field(description="in the fixed order of asking", examples=[[]])
    next: NextShape | None = Field(
        description="what each answer could do, worked out when read; null where it cannot be told",
        examples=[None],
    )
    advice: Words = Field(examples=[{"zh": "仅供参考", "en": "For reference only"}])

    @classmethod
    def of(cls, portrait: PortraitShape, *, next: NextShape | None = None) -> AskingShape:
        """The list of a portrait, in the order in which it says to ask, and what each answer could do."""
        as_of = date.fromisoformat(portrait.as_of)
        whom = organs(as_of)
        standings = {standing.family: standing for standing in portrait.standings}
        return cls(
            portrait=portrait.id,
            as_of=portrait.as_of,
            subject=portrait.subject,
            asks=[
                ToAskShape.of(standings[ask.family], whom[ask.family], as_of)
                for ask in portrait.ask
                if ask.family in whom
            ],
            next=next,
            advice=portrait.advice,
        )

"""What to ask about a debtor, as the API carries it and as it is printed for an application."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import Field

from portraits.asking import Organ, organs
from serving.shapes.common import AsOf, Shape, Words
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
    asks: list[ToAskShape] = Field(description="first things first", examples=[[]])
    advice: Words = Field(examples=[{"zh": "仅供参考", "en": "For reference only"}])

    @classmethod
    def of(cls, portrait: PortraitShape) -> AskingShape:
        """The list of a portrait, in the order in which it says to ask."""
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
            advice=portrait.advice,
        )

"""Whether the judge found that a portrait agreed, as the API carries it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from serving.shapes.common import Shape, Words
from serving.shapes.edits import AuthorShape
from serving.state.agreements import Agreement, Answer

WHY = "存款已被他案扣划，实际可供执行的只有车辆"
_BY = {"key_id": "4f21ac03be91", "label": "王法官", "at": "2026-11-22T08:12:44Z", "portrait": "3c9b"}


class AgreementQuestion(BaseModel):
    """The judge's word on a portrait. Where it does not agree, why."""

    model_config = ConfigDict(extra="forbid")

    answer: Answer = Field(examples=["differs"])
    why: str = Field(default="", max_length=1000, description="needed unless it agrees", examples=[WHY])


class AgreementShape(Shape):
    """One judge's word on one portrait."""

    answer: str = Field(examples=["differs"])
    answer_label: Words = Field(examples=[{"zh": "与案情不符", "en": "does not agree"}])
    why: str = Field(examples=[WHY])
    by: AuthorShape = Field(examples=[_BY])

    @classmethod
    def of(cls, each: Agreement) -> AgreementShape:
        """The shape of a judge's word."""
        return cls(
            answer=each.answer.value,
            answer_label=Words.of(each.answer.label),
            why=each.why,
            by=AuthorShape.of(each.by),
        )


class AgreementsShape(Shape):
    """Everything that judges said of a portrait, in the order of writing; the newest of each judge counts."""

    portrait: str = Field(examples=["3c9b2f6a1e0d4b7788aa01cd"])
    agreements: list[AgreementShape] = Field(examples=[[]])

"""Shapes that several answers share."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from vocabulary.text import Language, Text


class Shape(BaseModel):
    """An answer, or a part of one."""

    model_config = ConfigDict(frozen=True, ser_json_inf_nan="null")


class Words(Shape):
    """A text in both languages."""

    zh: str = Field(examples=["银行存款"])
    en: str = Field(examples=["deposits"])

    @classmethod
    def of(cls, text: Text) -> Words:
        """The words of a text."""
        return cls.model_construct(zh=text.zh, en=text.en)  # hundreds a portrait, and nothing left to check

    def to(self, language: Language) -> str:
        """The words in one language."""
        return self.zh if language == "zh" else self.en


Yuan = Annotated[float, Field(description="CNY", examples=[125000.5])]
Points = Annotated[float, Field(description="points of 100", examples=[41.7])]
Key = Annotated[str, Field(description="a reference as shown outside", examples=["100234"])]
Digest = Annotated[str, Field(description="SHA-256", examples=["9f2c" * 16])]
AsOf = Annotated[str, Field(description="Shanghai date, its whole day included", examples=["2026-06-30"])]


class ProblemTexts(Shape):
    """The texts of a problem, in both languages."""

    title: Words = Field(examples=[{"zh": "不是本案被执行人", "en": "Not a debtor of this case"}])
    detail: Words = Field(
        examples=[{"zh": "当事人[88]不是案件[7]的被执行人。", "en": "Party [88] is no debtor of case [7]."}]
    )
    next_step: Words = Field(examples=[{"zh": "请核对编号。", "en": "Check the references."}])


class FieldProblem(Shape):
    """What is wrong with one field."""

    field: str = Field(examples=["as_of"])
    value: str = Field(description="as sent, masked where it could be personal", examples=["yesterday"])
    message: Words = Field(examples=[{"zh": "应为日期", "en": "a date is expected"}])


class ProblemShape(Shape):
    """A problem (RFC 9457): what happened and what to do next."""

    type: str = Field(examples=["urn:debtor-portrait:problem:not_an_obligor"])
    code: str = Field(examples=["not_an_obligor"])
    status: int = Field(examples=[404])
    title: str = Field(description="in the language asked for", examples=["Not a debtor of this case"])
    detail: str = Field(examples=["On 2026-06-30 party [88] is no known debtor of case [7]."])
    next_step: str = Field(examples=["Check the case and the party."])
    instance: str = Field(examples=["urn:debtor-portrait:request:5f0c2a9e41d84c0f"])
    texts: ProblemTexts = Field(
        examples=[
            {
                "title": {"zh": "不是本案被执行人", "en": "Not a debtor of this case"},
                "detail": {
                    "zh": "当事人[88]不是案件[7]的被执行人。",
                    "en": "Party [88] is no debtor of case [7].",
                },
                "next_step": {"zh": "请核对编号。", "en": "Check the references."},
            }
        ]
    )
    errors: list[FieldProblem] | None = Field(
        default=None,
        description="for requests that cannot be read",
        examples=[
            [{"field": "as_of", "value": "x", "message": {"zh": "应为日期", "en": "a date is expected"}}]
        ],
    )


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route may answer with, for its documentation; where keys are asked for, 429 among them."""
    every = (*statuses, 429) if 401 in statuses else statuses
    return {status: {"content": _PROBLEM, "description": _SAID[status]} for status in every}


MEDIA_TYPE = "application/problem+json"
_PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{ProblemShape.__name__}"}}}
"""Named, not given as a model: FastAPI would build a reader of it for every status of every route."""


_SAID = {
    401: "No key, or not one of ours",
    403: "The role or the court of the key does not allow it",
    404: "There is no such case, debtor, portrait or feature; or the party is no debtor of the case",
    409: "What the portrait stands on is no longer here",
    422: "The request cannot be read",
    429: "Too many wrong keys from this address; Retry-After says how long to wait",
    503: "Records, model, queue or state are not available",
}

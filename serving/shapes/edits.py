"""A judge's edits of ledger lines, as the API carries them. Money is CNY, with the line's sign."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from portraits.ledger import Amounts, Edit
from serving.shapes.amounts import AmountsShape
from serving.shapes.common import AsOf, Key, Shape
from serving.state.edits import KeptEdit
from serving.state.written import Written

_SPAN = {"low": 380000.0, "mid": 420000.0, "high": 450000.0}
_AMOUNTS = {"now": _SPAN, "year": _SPAN}
MOST_YUAN = 10.0**12
REASON = "评估机构2026年5月出具新的评估报告（卷宗第41页）"
Figure = Annotated[
    float,
    Field(ge=-MOST_YUAN, le=MOST_YUAN, allow_inf_nan=False, description="CNY", examples=[420000.0]),
]
Reason = Annotated[str, Field(min_length=2, max_length=1000, description="why", examples=[REASON])]


class SpanQuestion(BaseModel):
    """An amount read cautiously, as expected and favourably: low, mid and high in this order."""

    model_config = ConfigDict(extra="forbid")

    low: Figure
    mid: Figure
    high: Figure


class AmountsQuestion(BaseModel):
    """What the line comes to, today and within twelve months."""

    model_config = ConfigDict(extra="forbid")

    now: SpanQuestion = Field(examples=[_SPAN])
    year: SpanQuestion = Field(examples=[_SPAN])

    @property
    def amounts(self) -> Amounts:
        """The amounts in whole fen."""
        spans = (self.now, self.year)
        return Amounts.of([round(yuan * 100) for each in spans for yuan in (each.low, each.mid, each.high)])


class EditQuestion(BaseModel):
    """A judge's figure for one line of a portrait's ledger, and the reason for it."""

    model_config = ConfigDict(extra="forbid")

    line: str = Field(
        min_length=3, max_length=160, description="key of the line", examples=["real_property:77/found"]
    )
    amounts: AmountsQuestion = Field(examples=[_AMOUNTS])
    reason: Reason


class WithdrawalQuestion(BaseModel):
    """Why an edit is withdrawn."""

    model_config = ConfigDict(extra="forbid")

    reason: Reason


class AuthorShape(Shape):
    """Who wrote something, and when."""

    key_id: str = Field(examples=["4f21ac03be91"])
    label: str = Field(examples=["王法官"])
    at: str = Field(description="instant, UTC", examples=["2026-11-22T08:12:44.101Z"])
    portrait: str = Field(description="on which portrait", examples=["3c9b2f6a1e0d4b7788aa01cd"])

    @classmethod
    def of(cls, by: Written) -> AuthorShape:
        """The shape of an author."""
        return cls(key_id=by.key_id, label=by.label, at=by.made_at, portrait=by.portrait)


class LineEditShape(Shape):
    """The edit that a line of a portrait shows: by whom, when, why."""

    id: Key
    author: str = Field(examples=["王法官 (4f21ac03be91)"])
    on: AsOf
    reason: Reason

    @classmethod
    def of(cls, edit: Edit) -> LineEditShape:
        """The shape of an edit as a ledger carries it."""
        return cls.model_construct(
            id=edit.id, author=edit.author, on=edit.edited_on.isoformat(), reason=edit.reason
        )


class WithdrawalShape(Shape):
    """The row that withdrew an edit."""

    by: AuthorShape = Field(examples=[{"key_id": "4f21ac03be91", "label": "王法官"}])
    reason: Reason


class EditShape(Shape):
    """An edit as it is kept. It holds for portraits as of ``as_of`` or later, until it is withdrawn."""

    id: Key
    line: str = Field(examples=["real_property:77/found"])
    as_of: AsOf
    amounts: AmountsShape = Field(description="the judge's figure", examples=[_AMOUNTS])
    by_rule: AmountsShape = Field(description="the rule's own figure at the time", examples=[_AMOUNTS])
    reason: Reason
    by: AuthorShape = Field(examples=[{"key_id": "4f21ac03be91", "label": "王法官"}])
    withdrawn: WithdrawalShape | None = Field(examples=[None])

    @classmethod
    def of(cls, kept: KeptEdit) -> EditShape:
        """The shape of an edit."""
        end = kept.withdrawn
        return cls(
            id=str(kept.by.id),
            line=kept.line,
            as_of=kept.as_of,
            amounts=AmountsShape.of(kept.amounts),
            by_rule=AmountsShape.of(kept.by_rule),
            reason=kept.reason,
            by=AuthorShape.of(kept.by),
            withdrawn=None
            if end is None
            else WithdrawalShape(by=AuthorShape.of(end), reason=kept.why_withdrawn),
        )


class EditsShape(Shape):
    """Every edit of an obligation, withdrawn ones among them, in the order of writing."""

    case: Key
    debtor: Key
    edits: list[EditShape] = Field(examples=[[]])


class EditedShape(Shape):
    """What became of an edit or its withdrawal, and the portrait made with the edits that stand now."""

    edit: EditShape = Field(examples=[{"id": "1", "line": "real_property:77/found"}])
    portrait: str = Field(description="id of the portrait with it", examples=["3c9b2f6a1e0d4b7788aa01cd"])

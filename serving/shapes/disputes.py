"""Disputes of rows, and the portrait with and without the rows, as the API carries them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from portraits.disputes import Beside, Moved
from portraits.portrait import Portrait
from serving.shapes.amounts import AmountsShape
from serving.shapes.common import AsOf, Key, Points, Shape, Words, Yuan
from serving.shapes.edits import AuthorShape
from serving.shapes.evidence import RowsShape
from serving.state.disputes import KeptDispute, Outcome
from vocabulary.identity import shown_key
from vocabulary.labels import table_label

_SPAN = {"low": 41000.0, "mid": 52000.0, "high": 52000.0}
_SIDE = {"score": 41.7, "cautious": 33.2, "available": {"now": _SPAN, "year": _SPAN}}
_BY = {"key_id": "4f21ac03be91", "label": "王法官", "at": "2026-11-22T08:12:44Z", "portrait": "3c9b"}
_ROWS = {"table": "deposits", "columns": [], "count": 1, "first": 0, "rows": []}
_BESIDE = {"with_them": _SIDE, "without": _SIDE, "moved": [], "gone": []}
Told = Annotated[str, Field(min_length=2, max_length=1000, examples=["该账户系同名他人所有，附开户证明"])]


class DisputeQuestion(BaseModel):
    """A row that the debtor contests: which, who says what, and when they said it."""

    model_config = ConfigDict(extra="forbid")

    table: str = Field(pattern=r"^[a-z][a-z_]{2,39}$", description="table of the row", examples=["deposits"])
    row: str = Field(
        pattern=r"^[0-9a-f]{1,16}$",
        description="id of the row, as evidence shows it",
        examples=["00c3b5a1e8f2d974"],
    )
    said_by: str = Field(
        min_length=1, max_length=120, description="who contests, by role", examples=["被执行人本人"]
    )
    said_on: date = Field(description="when, Shanghai date, not later than today", examples=["2026-06-30"])
    says: Told = Field(description="what they say")


class SettlementQuestion(BaseModel):
    """How a dispute ended. A correction itself comes in with the records, as a new row."""

    model_config = ConfigDict(extra="forbid")

    outcome: Outcome = Field(examples=["corrected"])
    why: Told


class SettledShape(Shape):
    """How a dispute ended."""

    outcome: str = Field(examples=["corrected"])
    outcome_label: Words = Field(examples=[{"zh": "已更正记录", "en": "the record was corrected"}])
    why: str = Field(examples=["银行于2026年7月更正，新记录已载入"])
    by: AuthorShape | None = Field(description="null for an end told by the records", examples=[_BY])
    on: AsOf


class SideShape(Shape):
    """What a portrait says, with the rows or without them."""

    score: Points | None = Field(description="null where too little is known", examples=[41.7])
    cautious: Points | None = Field(examples=[33.2])
    expected_money: Yuan | None = Field(examples=[52127.7])
    available: AmountsShape = Field(
        description="what may lawfully be taken", examples=[{"now": _SPAN, "year": _SPAN}]
    )

    @classmethod
    def of(cls, portrait: Portrait) -> SideShape:
        """The shape of one side."""
        return cls(
            score=portrait.score,
            cautious=portrait.cautious,
            expected_money=portrait.expected_money,
            available=AmountsShape.of(portrait.ledger.available),
        )


class MovedFamilyShape(Shape):
    """A family whose part of the score changes without the rows."""

    family: str = Field(examples=["deposits"])
    label: Words = Field(examples=[{"zh": "银行存款", "en": "deposits"}])
    with_them: Points
    without: Points

    @classmethod
    def of(cls, each: Moved) -> MovedFamilyShape:
        """The shape of a family that moves."""
        return cls(
            family=each.family, label=Words.of(each.label), with_them=each.with_them, without=each.without
        )


class BesideShape(Shape):
    """The portrait with the contested rows and without them; the moved families add up to the change of the score."""

    with_them: SideShape = Field(examples=[_SIDE])
    without: SideShape = Field(examples=[_SIDE])
    moved: list[MovedFamilyShape] = Field(examples=[[]])
    gone: list[Words] = Field(description="facts of conduct that rest on the rows", examples=[[]])

    @classmethod
    def of(cls, each: Beside) -> BesideShape:
        """The shape of a comparison."""
        return cls(
            with_them=SideShape.of(each.with_them),
            without=SideShape.of(each.without),
            moved=[MovedFamilyShape.of(moved) for moved in each.moved],
            gone=[Words.of(fact.says) for fact in each.gone],
        )


class DisputeShape(Shape):
    """One contested row: who says what, and the portrait without it while the dispute is open."""

    id: Key | None = Field(description="null for a dispute told by the records", examples=["3"])
    source: Literal["records", "service"] = Field(
        description="the court's register of disputes, or written down here", examples=["service"]
    )
    table: str = Field(examples=["deposits"])
    table_label: Words = Field(examples=[{"zh": "银行存款", "en": "deposits"}])
    row_id: Key
    said_by: str | None = Field(examples=["被执行人本人"])
    said_on: AsOf
    says: str = Field(examples=["该账户系同名他人所有"])
    by: AuthorShape | None = Field(description="who wrote it down", examples=[_BY])
    settled: SettledShape | None = Field(examples=[None])
    held: bool = Field(description="the portrait rests on records that hold the row", examples=[True])
    rows: RowsShape | None = Field(description="the row itself", examples=[_ROWS])
    beside: BesideShape | None = Field(
        description="with and without this row; null once settled", examples=[_BESIDE]
    )


class DisputesShape(Shape):
    """The contested rows of a portrait, open ones first, and the portrait without all of the open ones."""

    portrait: str = Field(examples=["3c9b2f6a1e0d4b7788aa01cd"])
    case: Key
    debtor: Key
    open: int = Field(description="open disputes of rows that the records hold", examples=[1])
    disputes: list[DisputeShape] = Field(examples=[[]])
    together: BesideShape | None = Field(
        description="with and without all openly contested rows; null without any", examples=[_BESIDE]
    )


def kept_shape(
    kept: KeptDispute, *, on: str, rows: RowsShape | None, beside: BesideShape | None
) -> DisputeShape:
    """The shape of a dispute written down here; ``on`` is the Shanghai date of its end, empty while open."""
    end = kept.settled
    return DisputeShape(
        id=str(kept.by.id),
        source="service",
        table=kept.row.table,
        table_label=Words.of(table_label(kept.row.table)),
        row_id=shown_key(kept.row.row_id),
        said_by=kept.said_by,
        said_on=kept.said_on,
        says=kept.says,
        by=AuthorShape.of(kept.by),
        settled=None
        if end is None
        else SettledShape(
            outcome=end.outcome.value,
            outcome_label=Words.of(end.outcome.label),
            why=end.why,
            by=AuthorShape.of(end.by),
            on=on,
        ),
        held=rows is not None,
        rows=rows,
        beside=beside,
    )

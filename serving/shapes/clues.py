"""Clues as the API carries them: those a portrait shows apart from findings, and one that is handed in."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from portraits.clues import Clue
from serving.purposes import Purpose
from serving.shapes.common import AsOf, Key, Shape, Words, Yuan
from serving.shapes.law import CitedShape
from vocabulary.families import ASKED, FAMILIES
from vocabulary.labels import word

Author = Literal["applicant", "grid_worker", "reward", "lawyer_order", "other"]
Confidence = Literal["low", "middle", "high"]
Asked = Literal[
    "deposits",
    "securities",
    "wealth_products",
    "insurance",
    "housing_fund",
    "platform_balances",
    "real_property",
    "vehicles",
    "equity",
    "income",
    "consumption",
    "registrations",
    "civil_status",
    "transfers",
    "litigation",
]
assert set(Asked.__args__) == set(ASKED)  # type: ignore[attr-defined]


class ClueShape(Shape):
    """One clue: what somebody says, never a finding until it was checked."""

    key: str = Field(description="its row is at `records?of=`", examples=["clue/1"])
    author: str = Field(examples=["grid_worker"])
    author_label: Words = Field(examples=[{"zh": "网格员", "en": "grid worker"}])
    family: str = Field(examples=["vehicles"])
    family_label: Words = Field(examples=[{"zh": "车辆", "en": "vehicles"}])
    confidence: Confidence = Field(examples=["middle"])
    confidence_label: Words = Field(examples=[{"zh": "中", "en": "middle"}])
    told_on: AsOf
    value: Yuan | None = Field(description="alleged", examples=[80000.0])
    checked_on: str | None = Field(examples=[None])
    check_by: str | None = Field(
        description="last day for checking it; null once checked", examples=["2026-07-06"]
    )
    rows: list[CitedShape] = Field(examples=[[{"table": "clues", "row_id": "00c3b5a1e8f2d974"}]])

    @classmethod
    def of(cls, clue: Clue, number: int) -> ClueShape:
        """The shape of a clue."""
        return cls(
            key=f"clue/{number}",
            author=clue.author,
            author_label=Words.of(word("clues", "author", clue.author)),
            family=clue.family,
            family_label=Words.of(FAMILIES[clue.family].label),
            confidence=clue.confidence,
            confidence_label=Words.of(word("clues", "confidence", clue.confidence)),
            told_on=clue.told_on.isoformat(),
            value=None if clue.value is None else clue.value / 100,
            checked_on=clue.checked_on.isoformat() if clue.checked_on else None,
            check_by=clue.check_by.isoformat() if clue.check_by else None,
            rows=[CitedShape.of(row) for row in clue.rows],
        )


class NewClue(BaseModel):
    """A clue handed in: whose property, in which case, who says so and how sure. No free text: no rumours are kept."""

    model_config = ConfigDict(extra="forbid")

    case: str = Field(
        min_length=1,
        max_length=64,
        description="key or number of the case",
        examples=["（2025）苏0281执1234号"],
    )
    debtor: str = Field(min_length=1, max_length=32, description="shown key", examples=["100234"])
    author: Author = Field(description="who brought it", examples=["grid_worker"])
    family: Asked = Field(description="what it points to", examples=["vehicles"])
    confidence: Confidence = Field(examples=["middle"])
    value: float | None = Field(
        default=None, ge=0, le=1e12, description="value alleged, CNY", examples=[80000.0]
    )
    told_on: date | None = Field(
        default=None, description="when it was told; today when missing, never later", examples=["2026-06-29"]
    )
    purpose: Purpose = Field(examples=["asset_investigation"])


class ReceivedShape(Shape):
    """A clue that was received: it becomes a record with the next load, and shows in portraits from that day."""

    delivery: str = Field(
        description="name of the delivery in the inbox", examples=["clue-20260630-7f3a9c21"]
    )
    case: Key
    debtor: Key
    told_on: AsOf
    known_at: AsOf
    says: Words = Field(
        examples=[{"zh": "已收到，将随下一次载入成为记录", "en": "Received; a record after the next load"}]
    )

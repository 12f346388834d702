"""Amounts in three readings and two times, as the API carries them. Money is CNY."""

from __future__ import annotations

from pydantic import Field

from portraits.ledger import Amounts, Span
from serving.shapes.common import Shape, Yuan

_SPAN = {"low": 41000.0, "mid": 52000.0, "high": 52000.0}


class SpanShape(Shape):
    """An amount read cautiously, as expected and favourably."""

    low: Yuan
    mid: Yuan
    high: Yuan

    @classmethod
    def of(cls, span: Span) -> SpanShape:
        """The shape of a span, fen brought to yuan."""
        return cls.model_construct(low=span.low / 100, mid=span.mid / 100, high=span.high / 100)


class AmountsShape(Shape):
    """What can be taken today, and within twelve months, that included."""

    now: SpanShape = Field(examples=[_SPAN])
    year: SpanShape = Field(description="within twelve months, now included", examples=[_SPAN])

    @classmethod
    def of(cls, amounts: Amounts) -> AmountsShape:
        """The shape of amounts."""
        return cls.model_construct(now=SpanShape.of(amounts.now), year=SpanShape.of(amounts.year))

"""A court's queue and its totals, as the API carries them."""

from __future__ import annotations

from pydantic import Field

from portraits.portrait import ADVICE
from serving.queues import Published, Totals
from serving.shapes.common import AsOf, Key, Points, Shape, Words, Yuan
from serving.shapes.portrait import Band
from triage.queue import Place
from vocabulary.families import BAND_LABELS
from vocabulary.identity import shown_key


class PlaceShape(Shape):
    """One open obligation in the queue."""

    rank: int = Field(ge=1, examples=[1])
    case: Key
    case_number: str = Field(examples=["（2025）苏0281执1234号"])
    debtor: Key
    outstanding: Yuan
    score: Points | None = Field(description="null when too little is known", examples=[41.7])
    cautious: Points | None = Field(examples=[33.2])
    expected_money: Yuan | None = Field(description="outstanding × score", examples=[52127.7])
    expected_cautious: Yuan | None = Field(
        description="outstanding × cautious score, the debtors of a case together never above what it lacks: the rank",
        examples=[41500.0],
    )
    band: Band = Field(description="coverage of records", examples=["middle"])
    band_label: Words = Field(examples=[{"zh": "中", "en": "middle"}])
    abstained: bool = Field(description="too little is known for a score", examples=[False])
    reason: Words = Field(
        description="the weightiest reason",
        examples=[{"zh": "可扣划存款5.2万元", "en": "¥52,000 of deposits"}],
    )

    @classmethod
    def of(cls, rank: int, place: Place) -> PlaceShape:
        """The shape of a place."""
        return cls(
            rank=rank,
            case=shown_key(place.case_id),
            case_number=place.case_number,
            debtor=shown_key(place.party_id),
            outstanding=place.outstanding,
            score=place.score,
            cautious=place.cautious,
            expected_money=None if place.abstained else place.expected_money,
            expected_cautious=None if place.abstained else place.expected_cautious,
            band=place.band,
            band_label=Words.of(BAND_LABELS[place.band]),
            abstained=place.abstained,
            reason=Words(zh=place.reason_zh, en=place.reason_en),
        )


class QueueShape(Shape):
    """A page of a court's queue: open obligations ranked by the money to expect, by the cautious score."""

    court: str = Field(examples=["SX001"])
    as_of: AsOf
    open: int = Field(description="open obligations of the court", examples=[412])
    first: int = Field(description="position of the first place of this page", examples=[0])
    places: list[PlaceShape] = Field(examples=[[]])
    queue: str = Field(examples=["queue-2026-06-30-41ab41ab41ab-9f2c9f2c9f2c"])
    snapshot: str = Field(description="first digits of the digest", examples=["41ab41ab41ab"])
    bundle: str = Field(description="first digits of the digest", examples=["9f2c9f2c9f2c"])
    advice: Words = Field(examples=[{"zh": "仅供参考", "en": "For reference only"}])

    @classmethod
    def of(
        cls, published: Published, *, court: str, open_: int, first: int, places: list[tuple[int, Place]]
    ) -> QueueShape:
        """The shape of a page."""
        return cls(
            court=court,
            as_of=published.as_of,
            open=open_,
            first=first,
            places=[PlaceShape.of(rank, place) for rank, place in places],
            queue=published.name,
            snapshot=published.snapshot,
            bundle=published.bundle,
            advice=Words.of(ADVICE),
        )


class CourtTotals(Shape):
    """Totals of one court's queue; sums over fewer than five obligations are withheld."""

    court: str = Field(examples=["SX001"])
    open: int = Field(description="open obligations", examples=[412])
    abstained: int | None = Field(description="of them without a score", examples=[37])
    outstanding: float | None = Field(description="CNY", examples=[88250000.0])
    expected_cautious: float | None = Field(description="CNY, by the cautious score", examples=[21400000.0])


class TotalsShape(Shape):
    """Totals of the queue by court."""

    as_of: AsOf
    courts: list[CourtTotals] = Field(examples=[[]])
    queue: str = Field(examples=["queue-2026-06-30-41ab41ab41ab-9f2c9f2c9f2c"])
    snapshot: str = Field(examples=["41ab41ab41ab"])
    bundle: str = Field(examples=["9f2c9f2c9f2c"])

    @classmethod
    def of(cls, published: Published, totals: tuple[Totals, ...]) -> TotalsShape:
        """The shape of the totals."""
        return cls(
            as_of=published.as_of,
            courts=[
                CourtTotals(**{name: getattr(each, name) for name in CourtTotals.model_fields})
                for each in totals
            ],
            queue=published.name,
            snapshot=published.snapshot,
            bundle=published.bundle,
        )

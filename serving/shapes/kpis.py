"""Key figures as the API carries them: numerator and denominator in numbers and in words, source and version."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from serving.shapes.common import AsOf, Shape, Words
from triage.kpis import KPIS, Figure

_BY_CODE = {kpi.code: kpi for kpi in KPIS}


class KpiShape(Shape):
    """One key figure of a court in a period."""

    code: str = Field(examples=["closing_rate"])
    name: Words = Field(examples=[{"zh": "结案率", "en": "closing rate"}])
    above: float = Field(description="numerator: cases, or CNY for recovery rates", examples=[3510.0])
    below: float = Field(description="denominator", examples=[3817.0])
    rate: float | None = Field(description="null over nothing", examples=[0.9196])
    goal: float | None = Field(description="the least that 三个90% 一个80% asks", examples=[None])
    met: bool | None = Field(description="null without a goal or a rate", examples=[None])
    numerator: Words = Field(examples=[{"zh": "期内结案数", "en": "cases closed in the period"}])
    denominator: Words = Field(examples=[{"zh": "存案与新收之和", "en": "cases carried over and received"}])
    source: Words = Field(
        examples=[{"zh": "陕西2024年公布数据：39.43%", "en": "Shaanxi 2024, as reported: 39.43 %"}]
    )
    version: str = Field(description="year of the definition", examples=["2018"])
    note: Words | None = Field(examples=[None])

    @classmethod
    def of(cls, figure: Figure) -> KpiShape:
        """The shape of a counted figure."""
        kpi, rate = _BY_CODE[figure.code], figure.rate
        return cls(
            code=kpi.code,
            name=Words.of(kpi.name),
            above=round(figure.above, 2),
            below=round(figure.below, 2),
            rate=None if rate is None else round(rate, 6),
            goal=kpi.goal,
            met=None if kpi.goal is None or rate is None else rate >= kpi.goal,
            numerator=Words.of(kpi.numerator),
            denominator=Words.of(kpi.denominator),
            source=Words.of(kpi.source),
            version=kpi.version,
            note=None if kpi.note is None else Words.of(kpi.note),
        )


class PeriodShape(Shape):
    """The key figures of one period: a month (2025-12) or the year up to the day (2025)."""

    period: str = Field(examples=["2025-12"])
    figures: list[KpiShape] = Field(examples=[[]])


class KpisShape(Shape):
    """A court's key figures, as the night counted them."""

    court: str = Field(description="empty: all courts together", examples=["SX001"])
    as_of: AsOf
    queue: str = Field(examples=["queue-2025-12-31-0a1b-2c3d"])
    periods: list[PeriodShape] = Field(examples=[[]])

    @classmethod
    def of(cls, figures: Iterable[Figure], *, court: str, as_of: str, queue: str) -> KpisShape:
        """The shape of kept figures."""
        by_period: dict[str, list[KpiShape]] = {}
        for figure in figures:
            by_period.setdefault(figure.period, []).append(KpiShape.of(figure))
        periods = [PeriodShape(period=name, figures=found) for name, found in by_period.items()]
        return cls(court=court, as_of=as_of, queue=queue, periods=periods)

"""What may come, as the API carries it: chances by horizon, the likely set, ability at the reference effort."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from portraits.outlook import Horizon, Outlook
from scoring.likely import LikelySet
from serving.shapes.common import Points, Shape, Words

Chance = Annotated[float, Field(ge=0, le=1, description="a chance, 0 to 1", examples=[0.62])]


class HorizonShape(Shape):
    """Chances by one horizon."""

    months: int = Field(description="3, 6, 12 or 24", examples=[12])
    any: Chance = Field(description="chance that anything is performed")
    half: Chance = Field(description="chance that more than half is performed")
    all: Chance = Field(description="chance that all is performed")
    expected: Points = Field(description="expected share performed, points of 100")

    @classmethod
    def of(cls, horizon: Horizon) -> HorizonShape:
        """The shape of one horizon."""
        return cls(**{name: getattr(horizon, name) for name in cls.model_fields})


class LikelyShape(Shape):
    """A 90 % prediction set of the share by twelve months: nothing, an interval, everything, or a union of these."""

    nothing: bool = Field(description="whether performing nothing at all is in the set", examples=[True])
    low: float | None = Field(description="lower end of the interval, 0 to 1; null: none", examples=[0.1])
    high: float | None = Field(description="upper end of the interval, 0 to 1; null: none", examples=[0.45])
    everything: bool = Field(description="whether performing all of it is in the set", examples=[False])
    text: Words = Field(examples=[{"zh": "十二个月内……", "en": "Within twelve months, …"}])

    @classmethod
    def of(cls, likely: LikelySet) -> LikelyShape:
        """The shape of a likely set."""
        return cls(
            nothing=likely.nothing,
            low=likely.low,
            high=likely.high,
            everything=likely.everything,
            text=Words.of(likely.text),
        )


_HORIZON = {"months": 12, "any": 0.62, "half": 0.41, "all": 0.2, "expected": 41.7}
_LIKELY = {
    "nothing": True,
    "low": 0.02,
    "high": 0.8,
    "everything": False,
    "text": {"zh": "十二个月内……", "en": "Within twelve months, …"},
}


class OutlookShape(Shape):
    """What may come, beside the score: the curve's mean at twelve months is the score."""

    horizons: list[HorizonShape] = Field(
        description="by three, six, twelve, twenty-four months", examples=[[_HORIZON]]
    )
    likely: LikelyShape = Field(examples=[_LIKELY])
    ability: Points = Field(
        description="expected share within 24 months at the reference effort; not expected recovery"
    )
    ability_text: Words = Field(examples=[{"zh": "若各法院都达到参照执行力度……", "en": "If every court …"}])
    tilt: float = Field(description="log-odds added so that the curve's mean is the score", examples=[-0.12])

    @classmethod
    def of(cls, outlook: Outlook | None) -> OutlookShape | None:
        """The shape of an outlook; null when the service abstains."""
        if outlook is None:
            return None
        return cls(
            horizons=[HorizonShape.of(horizon) for horizon in outlook.horizons],
            likely=LikelyShape.of(outlook.likely),
            ability=outlook.ability,
            ability_text=Words.of(outlook.ability_text),
            tilt=outlook.tilt,
        )

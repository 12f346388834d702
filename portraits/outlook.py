"""What may come: chances by horizon, the likely set, and ability at the reference effort, for one portrait.

Three answers beside the score and never mixed into it: the curve has the score as its mean at twelve months, the likely
set says how sure that is, and ability says what the debtor could perform if every court made the reference effort.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.ability import ability
from scoring.bundle import Bundle
from scoring.curve import HORIZONS
from scoring.likely import LikelySet
from scoring.score import Scores
from vocabulary.text import Text

ABILITY = Text(
    zh="若各法院都达到参照执行力度，预计二十四个月内可履行{points}%。这是能力，不是预期回款，不计入分数。",
    en="If every court made the reference effort, {points} % would be expected within twenty-four months. This is "
    "ability, not expected recovery, and no part of the score.",
)


@dataclass(frozen=True, slots=True)
class Horizon:
    """By ``months``: chances that anything, more than half, all is performed; expected points of 100."""

    months: int
    any: float
    half: float
    all: float
    expected: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """Chances by horizon, the likely set of the share by twelve months, ability in points of 100.

    ``tilt``: log-odds added to the curve so that its mean at twelve months is the score.
    """

    horizons: tuple[Horizon, ...]
    likely: LikelySet
    ability: float
    tilt: float

    @property
    def ability_text(self) -> Text:
        """Ability in plain words."""
        return ABILITY.fill(points=f"{self.ability:.0f}")


def outlook(bundle: Bundle, scores: Scores, *, court: str) -> Outlook:
    """The outlook of one obligation, from its scores and its court."""
    curve = scores.curve
    able = ability(bundle.curve, scores.odds, curve.tilt, bundle.reference.lift(np.array([court])))
    return Outlook(
        horizons=tuple(
            Horizon(
                months=months,
                any=float(curve.any(months)[0]),
                half=float(curve.half(months)[0]),
                all=float(curve.all(months)[0]),
                expected=100.0 * float(curve.mean(months)[0]),
            )
            for months in HORIZONS
        ),
        likely=scores.likely[0],
        ability=100.0 * float(able[0]),
        tilt=float(curve.tilt[0]),
    )

"""The province's courts: how diligent each is, what it does by habit, when it ran a campaign, who works there.

Courts are the same for every block: they are drawn from the seed alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from simulation.clock import week_of, year_ends
from simulation.draws import Array, stream

CAMPAIGN = (week_of(date(2023, 6, 5)), week_of(date(2023, 9, 12)))  # a hundred days (百日会战)
AUDITED_BEFORE = week_of(date(2024, 3, 1))  # the stock audit (清仓式核查) looked at closures before this


@dataclass(frozen=True, slots=True)
class Courts:
    """Arrays over courts. ``restrict`` and ``list`` are propensities a case, ``share`` the part of cases."""

    code: tuple[str, ...]
    share: Array
    diligence: Array
    restrict: Array
    listing: Array
    campaign: Array
    audited: Array
    rural: Array
    officers: Array
    first_officer: Array

    @property
    def count(self) -> int:
        """How many courts."""
        return len(self.code)


def courts_of(cases: int, seed: int) -> Courts:
    """The courts of a province of so many cases: about one for 500 cases, 3 to 110 of them.

    Two habits are published and both are kept: orders of consumption restriction in 0.73 of cases (Dawa 2019) and
    in 0.38 (Gansu 2018); courts alternate between them. The audited court is of the second habit.
    """
    rng = stream(seed, 0, "courts")
    count = int(np.clip(cases // 500, 3, 110))
    strict = np.arange(count) % 2 == 0
    share = rng.lognormal(0.0, 0.4, count)
    share /= share.sum()
    officers = np.maximum(2, np.round(share * cases / 6 / 110)).astype(int)
    return Courts(
        code=tuple(f"SX{number + 1:03d}" for number in range(count)),
        share=share,
        diligence=np.exp(rng.normal(0.0, 0.3, count)).clip(0.5, 1.9),
        restrict=np.where(strict, 0.66, 0.33) * np.exp(rng.normal(0.0, 0.06, count)),
        listing=np.where(strict, 0.42, 0.32) * np.exp(rng.normal(0.0, 0.06, count)),
        campaign=~strict,
        audited=np.arange(count) % 10 == 1,
        rural=rng.random(count) < 0.4,
        officers=officers,
        first_officer=np.cumsum(officers) - officers,
    )


def effort_of_week(courts: Courts, week: int) -> Array:
    """Each court's effort in a week: its diligence, raised by 0.8 in its campaign and by 0.4 as the year ends."""
    inside = CAMPAIGN[0] <= week <= CAMPAIGN[1]
    effort = courts.diligence * (1.4 if year_ends(week) else 1.0)
    return np.asarray(effort * (1.0 + 0.8 * courts.campaign * inside))

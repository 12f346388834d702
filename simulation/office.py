"""People at work and their disputes: officers with their hours, petitions, contested rows."""

from __future__ import annotations

import numpy as np

from simulation.claims import filed_day
from simulation.clock import FIRST_DAY, NO_DAY
from simulation.draws import stream
from simulation.keys import keys
from simulation.sheets import Sheets, Words
from simulation.world import World

_HOURS = np.array([30.0, 34.0, 36.0, 38.0, 40.0])


def write_office(world: World, sheets: Sheets) -> None:
    """Write officers (with the first block) and petitions."""
    rng = stream(world.seed, world.block, "registers").spawn(1)[0]
    courts = world.courts
    if world.block == 0:
        court = np.repeat(np.arange(courts.count), courts.officers)
        count = len(court)
        sheets.add(
            "officers",
            happened_at=np.full(count, FIRST_DAY),
            known_at=np.full(count, FIRST_DAY),
            officer_id=keys("officer", 0, np.arange(count) + 1),
            court=Words(court, list(courts.code)),
            team=np.arange(count) % 6,
            weekly_hours=_HOURS[rng.integers(0, len(_HOURS), count)],
        )
    claims = world.claims
    chance = 0.018 * np.exp(0.8 * claims.eager) / courts.diligence[claims.court]
    claim = np.flatnonzero(rng.random(claims.count) < chance)
    day = filed_day(claims)[claim] + rng.integers(60, 400, len(claim))
    sheets.add(
        "petitions",
        happened_at=day,
        known_at=day + rng.integers(0, 5, len(claim)),
        case_id=world.case(claim),
        kind=np.array([0, 0, 0, 1, 2])[rng.integers(0, 5, len(claim))],
        resolved_on=np.full(len(claim), NO_DAY),
    )

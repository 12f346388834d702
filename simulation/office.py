"""People at work: officers with their hours."""

from __future__ import annotations

import numpy as np

from simulation.clock import FIRST_DAY
from simulation.draws import stream
from simulation.keys import keys
from simulation.sheets import Sheets, Words
from simulation.world import World

_HOURS = np.array([30.0, 34.0, 36.0, 38.0, 40.0])


def write_office(world: World, sheets: Sheets) -> None:
    """Write the officers of all courts, with the first block."""
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

"""Who comes first on a thing: the seals and freezes in force on a day, of this court and of others (首封, 轮候)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.clock import NO_DAY, day_in_week
from simulation.draws import Array, expanded, stream
from simulation.things import VEHICLE
from simulation.world import World

_QUEUED = 0.14  # of this court's seals, followed by another court's


@dataclass(frozen=True, slots=True)
class Seals:
    """This court's seals in the journal's order, the seals queued behind some of them, ranks on the day of each."""

    thing: Array
    who: Array  # the obligation sealed for
    claim: Array
    week: Array
    day: Array
    lapse: Array
    freed: Array
    rank: Array
    behind: Array  # which of these seals another court's is queued behind
    queued: Array  # the day of that other seal
    queued_rank: Array
    ahead_rank: Array  # of the other court's seal that each thing may carry from outside, one a thing


def seal_years(kind: Array) -> Array:
    """Years until a seal lapses: movables 2, real property and shares 3 (sealing provisions, Art. 487 of the
    interpretation of 2022)."""
    return np.where(kind == VEHICLE, 2, 3)


def seals_of(world: World) -> Seals:
    """The seals of a block."""
    rng = stream(world.seed, world.block, "registers").spawn(3)[2]
    claims, things = world.claims, world.things
    week, thing, by, _ = world.journal.of("sealed")
    who = by.astype(int)
    claim = claims.obligation_claim[who]
    day = day_in_week(week, 2)
    years = 365 * seal_years(things.kind)
    lapse = day + years[thing]
    freed = world.released_day(thing, claim, day)
    follows = np.flatnonzero(rng.random(len(thing)) < _QUEUED)
    later = day[follows] + rng.integers(20, 300, len(follows))
    held = later < np.minimum(freed, lapse)[follows]
    follows, later = follows[held], later[held]
    outside = np.flatnonzero(things.ahead_day != NO_DAY)
    ahead = things.ahead_day[outside]
    ranks = ranks_of(
        np.concatenate([thing, thing[follows], outside]),
        np.concatenate([day, later, ahead]),
        np.concatenate(
            [
                np.minimum(freed, lapse),
                np.minimum(later + years[thing[follows]], world.sold_day[thing[follows]]),
                ahead + years[outside],
            ]
        ),
        np.concatenate([claim, -1 - np.arange(len(follows)), -1_000_000 - outside]),
    )
    ahead_rank = np.ones(things.count, int)
    ahead_rank[outside] = ranks[len(thing) + len(follows) :]
    return Seals(
        thing=thing,
        who=who,
        claim=claim,
        week=week,
        day=day,
        lapse=lapse,
        freed=freed,
        rank=ranks[: len(thing)],
        behind=follows,
        queued=later,
        queued_rank=ranks[len(thing) : len(thing) + len(follows)],
        ahead_rank=ahead_rank,
    )


def ranks_of(thing: Array, begin: Array, end: Array, holder: Array) -> Array:
    """1 for a seal on a free thing, else behind all of other holders that are in force on its first day.

    Seals of one day stand in the order given.
    """
    order = np.lexsort((np.arange(len(thing)), begin, thing))
    thing, begin, end, holder = thing[order], begin[order], end[order], holder[order]
    start = np.searchsorted(thing, thing, side="left")
    row, place = expanded(np.arange(len(thing)) - start)
    other = start[row] + place
    before = (end[other] > begin[row]) & (holder[other] != holder[row])
    ranks = np.empty(len(thing), int)
    ranks[order] = 1 + np.bincount(row, weights=before, minlength=len(thing)).astype(int)
    return ranks

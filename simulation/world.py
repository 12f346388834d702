"""One block of the synthetic court, brought to its end: who and what there is, and the journal of what happened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.arena import Arena, State, arena_of, opening
from simulation.claims import PRESERVED_LEAST, Claims, claims_of
from simulation.clock import FIRST_DAY, NO_DAY, WEEKS, day_in_week
from simulation.course import advance, open_cases
from simulation.courts import Courts, effort_of_week
from simulation.draws import Array
from simulation.journal import Journal
from simulation.keys import keys
from simulation.people import People, people_of
from simulation.sheets import Words
from simulation.things import Things, first_suits, things_of
from simulation.work import habits

BLOCK = 4000  # cases a block
DEBTORS_A_CASE = 0.7064  # about 500,000 debtors in 707,861 cases
CLUB_APPLICANTS = 278  # the fitness club of Gansu 2018


@dataclass(frozen=True)
class World:
    """Everything of one block. ``room`` is the number of cases left over for preservations."""

    seed: int
    block: int
    cases: int
    courts: Courts
    people: People
    claims: Claims
    things: Things
    arena: Arena
    journal: Journal
    end: State
    room: int
    club: int

    def party(self, debtor: Array) -> Array:
        """References of debtors."""
        return keys("party", self.block, debtor)

    def case(self, claim: Array, chain: Array | int = 0) -> Array:
        """References of the cases of claims: the first (chain 0) or a resumed one."""
        place = np.where(np.asarray(chain) == 0, claim, self._resumed_places(claim, chain))
        return keys("case", self.block, place)

    @cached_property
    def resumed(self) -> tuple[Array, Array, Array, Array]:
        """(week, claim, chain, outstanding in fen) of the resumed cases, in order of filing."""
        weeks, claim, chain, out = self.journal.of("resumed")
        return weeks, claim, chain.astype(int), out

    def chain_at(self, claim: Array, week: Array) -> Array:
        """Which case of its chain each claim was in, in a week."""
        weeks, again, _, _ = self.resumed
        key = np.sort(again * 1000 + weeks)
        after = np.searchsorted(key, claim * 1000 + week, side="right")
        return np.asarray(after - np.searchsorted(key, claim * 1000, side="left"))

    def owed_in(self, claim: Array, chain: Array) -> Array:
        """What each case of a claim's chain was filed for, in yuan."""
        owed = np.concatenate([self.claims.amount, self.resumed[3] / 100])
        return np.asarray(owed[np.where(np.asarray(chain) > 0, self._resumed_places(claim, chain), claim)])

    def claim_of(self, case: Array) -> Array:
        """The claim behind a case of this block, -1 for any other case."""
        local = np.asarray(case) - keys("case", self.block, np.zeros(1, int))
        again = self.resumed[1]
        resumed = (local >= self.claims.count) & (local < self.claims.count + len(again))
        claim = np.where((local >= 0) & (local < self.claims.count), local, -1)
        if len(again):
            claim = np.where(resumed, again[np.clip(local - self.claims.count, 0, len(again) - 1)], claim)
        return np.asarray(claim)

    @cached_property
    def offer_claim(self) -> Array:
        """The claim that sealed the thing of each offer in the journal."""
        weeks, things, _, _ = self.journal.of("offered")
        sealed_weeks, sealed, by, _ = self.journal.of("sealed")
        order = np.lexsort((sealed_weeks, sealed))
        key = (sealed * 1000 + sealed_weeks)[order]
        last = np.searchsorted(key, things * 1000 + weeks, side="right") - 1
        return np.asarray(self.claims.obligation_claim[by.astype(int)[order][last]])

    @cached_property
    def _spans(self) -> tuple[Array, Array]:
        """Weeks in which the first case of each claim was closed and taken up again, far ahead for never."""
        closed = np.full(self.claims.count, 10**6)
        for mode in ("performed", "round_terminated", "terminated", "refused", "not_enforced"):
            weeks, claim, chain, _ = self.journal.of(mode)
            first = chain == 0
            np.minimum.at(closed, claim[first], weeks[first])
        again = np.full(self.claims.count, 10**6)
        weeks, claim, _, _ = self.resumed
        np.minimum.at(again, claim, weeks)
        return closed, again

    def open_on(self, claim: Array, day: Array) -> Array:
        """Whether the first case of each claim was open on the day."""
        return np.asarray(self._spans[0][claim] > (day - FIRST_DAY) // 7 + 1)

    def filed_by(self, claim: Array, day: Array) -> Array:
        """Whether the claim's first case had been filed by the day."""
        return np.asarray(FIRST_DAY + 7 * self.claims.filed_week[np.maximum(claim, 0)] <= day)

    def released_day(self, thing: Array, claim: Array, since: Array) -> Array:
        """The day a seal fell away: the thing was sold, or the sealing claim came to an end; far ahead for never."""
        ended = np.full(self.claims.count, 10**7)
        for mode in ("performed", "terminated", "refused", "not_enforced"):
            weeks, which, _, _ = self.journal.of(mode)
            ended[which] = day_in_week(weeks, 4)
        freed = np.minimum(self.sold_day[thing], ended[claim] + 1)
        return np.asarray(np.where(freed > since, freed, 10**7))

    def reopened_by(self, claim: Array, chain: Array, day: Array) -> Array:
        """Whether the closed case had been followed by a resumed one by the day."""
        return np.asarray(self.chain_at(claim, (day - FIRST_DAY) // 7) > chain)

    @cached_property
    def sold_day(self) -> Array:
        """The day each thing was sold or taken in kind, far ahead for the others."""
        day = np.full(self.things.count, 10**7)
        weeks, thing, flags, _ = self.journal.of("offered")
        sold = flags % 10 == 1
        day[thing[sold]] = day_in_week(weeks[sold], 3)
        weeks, thing, _, _ = self.journal.of("given")
        day[thing] = day_in_week(weeks, 3)
        return day

    @cached_property
    def moved_day(self) -> Array:
        """The day each thing left its debtor, NO_DAY for never: the register refuses it once the thing is sealed."""
        weeks, thing, _, _ = self.journal.of("sealed")
        sealed = np.full(self.things.count, 10**7)
        np.minimum.at(sealed, thing, day_in_week(weeks, 2))
        return np.where(sealed <= self.things.moved_day, NO_DAY, self.things.moved_day)

    @cached_property
    def first_suit(self) -> Array:
        """The day of the first suit against each debtor."""
        return first_suits(self.people.count, self.claims)

    @cached_property
    def located(self) -> Array:
        """Vehicles whose whereabouts are known."""
        return ~self.arena.t_hard

    def region(self, debtor: Array, elsewhere: Array) -> Words:
        """Region of the debtor's home court, or another province."""
        return Words(
            np.where(elsewhere, len(self.courts.code), self.people.court[debtor]), [*self.regions, "R999"]
        )

    @property
    def regions(self) -> list[str]:
        """Region codes, one a court."""
        return [f"R{number + 1:03d}" for number in range(self.courts.count)]

    @cached_property
    def _resumed_index(self) -> tuple[Array, Array]:
        _, claim, chain, _ = self.resumed
        pair = claim * 100 + chain
        order = np.argsort(pair)
        return pair[order], order

    def _resumed_places(self, claim: Array, chain: Array | int) -> Array:
        pairs, order = self._resumed_index
        if not len(pairs):
            return np.asarray(claim)
        place = np.searchsorted(pairs, np.asarray(claim) * 100 + np.asarray(chain, int)).clip(
            0, len(pairs) - 1
        )
        return np.asarray(self.claims.count + order[place])


def block_sizes(cases: int) -> list[int]:
    """How many cases each block holds."""
    full, rest = divmod(cases, BLOCK)
    return [BLOCK] * full + ([rest] if rest else [])


def founded(cases: int, *, seed: int, block: int, courts: Courts, total: int) -> World:
    """A block before its first week."""
    club = min(CLUB_APPLICANTS, total // 40, cases // 4) if block == 0 and cases >= 200 else 0
    people = people_of(
        max(1, round(cases * DEBTORS_A_CASE)), seed=seed, block=block, courts=courts, club=club > 0
    )
    claims = claims_of(cases, people, seed=seed, block=block, courts=courts, club=club)
    things = things_of(people, claims, seed=seed, block=block)
    arena = arena_of(people, claims, things, courts)
    room = max(0, cases - claims.count - int(cases * PRESERVED_LEAST))
    return World(
        seed, block, cases, courts, people, claims, things, arena, Journal(), opening(arena), room, club
    )


def world_of(cases: int, *, seed: int, block: int, courts: Courts, total: int) -> World:
    """A block with its six years behind it."""
    world = founded(cases, seed=seed, block=block, courts=courts, total=total)
    room = world.room
    for week in range(WEEKS):
        room = open_cases(world.arena, world.end, week, world.journal, room)
        advance(world.arena, world.end, week, habits_of(world, week), world.journal)
    return world


def habits_of(world: World, week: int) -> dict[str, Array]:
    """The work that the block's courts do by habit in the week."""
    courts = world.courts
    return habits(
        world.arena,
        world.end,
        week,
        effort=effort_of_week(courts, week),
        restrict=courts.restrict,
        listing=courts.listing,
    )

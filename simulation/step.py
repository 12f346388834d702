"""A court that can be worked: a plan of officer hours and measures moves it one week; two plans meet the same luck.

The state at the start is that of `simulate` with the same cases and seed, and so are all references: portraits made
from its records can be turned into plans here. What each kind of work does is in `simulation.work.EFFECTS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from simulation.arena import DORMANT, OPEN, Arena, State, copied, with_luck
from simulation.clock import WEEKS, date_of, day_in_week, week_of
from simulation.course import advance, open_cases
from simulation.courts import courts_of, effort_of_week
from simulation.draws import Array
from simulation.journal import Journal
from simulation.work import EFFECTS, KINDS, Effects, Work, habits
from simulation.world import World, block_sizes, founded, habits_of

CHANNELS = ("voluntary", "deducted", "withheld", "auction", "in_kind")


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of work on one debtor in one case. ``kind`` is one of `simulation.work.KINDS`."""

    case_id: int
    party_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A week's work, most urgent first, and the hours each court has for it (a court not named has none to lose:
    its items are all done)."""

    items: tuple[Item, ...] = ()
    hours: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money credited in the week, in yuan."""

    case_id: int
    party_id: int
    amount: float
    channel: str


@dataclass(frozen=True, slots=True)
class Week:
    """What a week brought: what was done and what was left for want of hours, payments, cases closed."""

    begins: date
    done: tuple[Item, ...]
    left: tuple[Item, ...]
    hours: Mapping[str, float]
    payments: tuple[Payment, ...]
    closed: tuple[int, ...]

    @property
    def money(self) -> float:
        """Yuan credited in the week."""
        return sum(payment.amount for payment in self.payments)


@dataclass(frozen=True, slots=True)
class Court:
    """A synthetic court at the end of a week. Nothing in it changes: `step` returns the next one."""

    worlds: tuple[World, ...]
    arenas: tuple[Arena, ...]
    states: tuple[State, ...]
    week: int
    effects: Effects

    @property
    def today(self) -> date:
        """The last day that has passed."""
        return date_of(int(day_in_week(np.array(self.week), 4)))

    def open_obligations(self) -> list[tuple[int, int, str, float]]:
        """(case, party, court, outstanding in yuan) of every open obligation: what the court itself knows."""
        rows: list[tuple[int, int, str, float]] = []
        for world, arena, state in zip(self.worlds, self.arenas, self.states, strict=True):
            claim = arena.o_claim
            owed = np.minimum(state.c_out[claim], arena.o_cap - state.o_paid)
            who = np.flatnonzero((state.c_phase[claim] == OPEN) & (owed > 0))
            case = world.case(claim[who], state.c_chain[claim[who]])
            party = world.party(arena.o_debtor[who])
            codes = [world.courts.code[place] for place in arena.c_court[claim[who]]]
            rows += zip(case.tolist(), party.tolist(), codes, (owed[who] / 100).tolist(), strict=True)
        return rows


def open_court(
    *, cases: int, seed: int, on: date | None = None, luck: int = 0, effects: Effects = EFFECTS
) -> Court:
    """The court of `simulate(cases=…, seed=…)` as it stood at the end of a day's week (its last week, if not said).

    ``luck`` 0 continues the very history of the records; any other number draws another future, the same for every
    plan. Raises ValueError for a day outside the six years.
    """
    week = WEEKS - 1 if on is None else week_of(on)
    if not 0 <= week < WEEKS:
        raise ValueError(f"[{on}] lies outside the court's six years")
    courts = courts_of(cases, seed)
    worlds = []
    for block, size in enumerate(block_sizes(cases)):
        world = founded(size, seed=seed, block=block, courts=courts, total=cases)
        room = world.room
        for passed in range(week + 1):
            room = open_cases(world.arena, world.end, passed, world.journal, room)
            advance(world.arena, world.end, passed, habits_of(world, passed), world.journal)
        worlds.append(world)
    arenas = tuple(with_luck(world.arena, 1, luck) if luck else world.arena for world in worlds)
    return Court(tuple(worlds), arenas, tuple(world.end for world in worlds), week, effects)


def step(court: Court, plan: Plan) -> tuple[Court, Week]:
    """The court a week later under the plan, and what the week brought.

    Items are done in order until their court's hours are used up; an item of an unknown kind raises ValueError, one
    whose obligation is not open is left undone. Payments, sales under way and closings follow by themselves.
    """
    week = court.week + 1
    unknown = {item.kind for item in plan.items} - set(KINDS)
    if unknown:
        raise ValueError(f"[{', '.join(sorted(unknown))}] is no kind of work; there are: {', '.join(KINDS)}")
    spent: dict[str, float] = {}
    done: list[Item] = []
    left: list[Item] = []
    worlds, states, payments, closed = [], [], [], []
    for world, arena, old in zip(court.worlds, court.arenas, court.states, strict=True):
        state = copied(old)
        journal = Journal()
        open_cases(arena, state, week, journal, 0)
        work = _planned(world, arena, state, plan, court.effects, spent=spent, done=done, left=left)
        advance(arena, state, week, work, journal, effects=court.effects)
        payments += _payments(world, arena, journal)
        closed += _closed(world, journal)
        states.append(state)
        worlds.append(replace(world, journal=world.journal.plus(journal), end=state))
    known = {(item.case_id, item.party_id, item.kind) for item in (*done, *left)}
    left += [item for item in plan.items if (item.case_id, item.party_id, item.kind) not in known]
    begins = date_of(int(day_in_week(np.array(week), 0)))
    report = Week(begins, tuple(done), tuple(left), spent, tuple(payments), tuple(closed))
    return replace(court, worlds=tuple(worlds), states=tuple(states), week=week), report


def habitual(court: Court) -> Plan:
    """What the court would do by habit next week, as a plan without a limit of hours."""
    items: list[Item] = []
    week = court.week + 1
    for world, arena, old in zip(court.worlds, court.arenas, court.states, strict=True):
        state = copied(old)
        open_cases(arena, state, week, Journal(), 0)
        courts = world.courts
        effort = effort_of_week(courts, week)
        work = habits(arena, state, week, effort=effort, restrict=courts.restrict, listing=courts.listing)
        for kind, flags in work.items():
            items += _items(world, arena, state, kind, np.flatnonzero(flags))
    return Plan(tuple(items))


def hours_of(items: Iterable[Item], effects: Effects = EFFECTS) -> float:
    """Staff hours that the items take."""
    return sum(effects[item.kind].hours for item in items)


def _items(world: World, arena: Arena, state: State, kind: str, who: Array) -> list[Item]:
    claim = arena.o_claim[who]
    case = world.case(claim, state.c_chain[claim]).tolist()
    party = world.party(arena.o_debtor[who]).tolist()
    return [Item(each, debtor, kind) for each, debtor in zip(case, party, strict=True)]


def _planned(
    world: World,
    arena: Arena,
    state: State,
    plan: Plan,
    effects: Effects,
    *,
    spent: dict[str, float],
    done: list[Item],
    left: list[Item],
) -> Work:
    """The flags of the items that fall in this block and its courts' hours."""
    claim = arena.o_claim
    live = np.flatnonzero((state.c_phase[claim] == OPEN) | (state.c_phase[claim] == DORMANT))
    case = world.case(claim[live], state.c_chain[claim[live]]).tolist()
    party = world.party(arena.o_debtor[live]).tolist()
    place = dict(zip(zip(case, party, strict=True), live.tolist(), strict=True))
    work = {kind: np.zeros(len(claim), bool) for kind in KINDS}
    for item in plan.items:
        who = place.get((item.case_id, item.party_id))
        if who is None:
            continue
        code = world.courts.code[int(arena.c_court[claim[who]])]
        hours = effects[item.kind].hours
        if spent.get(code, 0.0) + hours > plan.hours.get(code, float("inf")):
            left.append(item)
            continue
        spent[code] = spent.get(code, 0.0) + hours
        work[item.kind][who] = True
        done.append(item)
    return work


def _payments(world: World, arena: Arena, journal: Journal) -> list[Payment]:
    rows = []
    for channel in CHANNELS:
        _, who, amount, chain = journal.of(channel)
        case = world.case(arena.o_claim[who], chain.astype(int)).tolist()
        party = world.party(arena.o_debtor[who]).tolist()
        rows += [
            Payment(c, p, a, channel) for c, p, a in zip(case, party, (amount / 100).tolist(), strict=True)
        ]
    return rows


def _closed(world: World, journal: Journal) -> list[int]:
    cases: list[int] = []
    for mode in ("performed", "round_terminated", "terminated", "refused", "not_enforced"):
        _, claim, chain, _ = journal.of(mode)
        cases += world.case(claim, chain.astype(int)).tolist()
    return cases

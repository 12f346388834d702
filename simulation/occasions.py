"""What there is occasion for in a worked court: every piece of work that a court could usefully do next week.

Unlike habits, nothing here is left to luck or diligence: whoever plans chooses an order. Occasions rest on what the
court has seen (answers, seals, ages of cases); ``true_money`` alone knows more, and is meant for an oracle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulation.arena import FREE, OPEN, SEALED, Arena, State
from simulation.claims import ALIMONY, LABOUR, OTHER_INJURY, TRAFFIC
from simulation.draws import Array
from simulation.sales import OPENING, ROUNDS_SOLD, TAKEN_IN_KIND
from simulation.step import Court, Item
from simulation.work import Effects
from simulation.world import World

ASK_AGAIN = 10
"""Weeks after which an answer is old enough to be asked for again."""
WAITS = 3
"""Weeks between a seal and the start of a disposal."""
VULNERABLE = (LABOUR, ALIMONY, TRAFFIC, OTHER_INJURY)
_FIRST_ROUND_OVER_WORTH = OPENING
_COMES_OF_A_SALE = 1 - float(np.prod(1 - np.array(ROUNDS_SOLD))) * (1 - TAKEN_IN_KIND)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One piece of work there is occasion for.

    ``opened`` is the week the case was filed; ``first``: nobody asked about the debtor in this case yet; money in yuan;
    ``true_money`` what the work leads to, as only the synthetic court knows it (a seal leads to a sale: its hours count
    those of the disposal).
    """

    item: Item
    court: str
    opened: int
    first: bool
    outstanding: float
    vulnerable: bool
    hours: float
    true_money: float


def occasions(court: Court) -> list[Occasion]:
    """All that could be done next week, in no order of urgency."""
    found: list[Occasion] = []
    for world, arena, state in zip(court.worlds, court.arenas, court.states, strict=True):
        for kind, who, money, hours in _due(arena, state, court.week + 1, court.effects):
            found += _told(world, arena, state, kind, who, money, hours)
    return found


def _due(
    arena: Arena, state: State, week: int, effects: Effects
) -> Iterator[tuple[str, Array, Array, float]]:
    """Kind, obligations, what comes of it (fen), hours that this takes in all."""
    claim, debtor = arena.o_claim, arena.o_debtor
    owed = np.minimum(state.c_out[claim], arena.o_cap - state.o_paid)
    is_open = (state.c_phase[claim] == OPEN) & (owed > 0) & ~state.o_discharged
    asked = week - state.o_asked
    free = np.maximum(state.d_cash[debtor] - arena.d_living[debtor], 0) + state.d_near[debtor]
    sealable, sealed = _comes_of_things(arena, state, week)
    hours = {kind: effect.hours for kind, effect in effects.items()}
    to_sell = hours["seal"] + hours["dispose"]

    def told(flags: Array, money: Array) -> tuple[Array, Array]:
        who = np.flatnonzero(is_open & flags)
        return who, np.minimum(money[who], owed[who])

    yield "ask", *told(asked >= ASK_AGAIN, free + sealable[debtor]), hours["ask"] + hours["deduct"]
    worth = state.o_known > np.minimum(100_000, 0.05 * state.c_out[claim]).clip(20_000)
    yield "deduct", *told(worth, np.minimum(state.o_known, free)), hours["deduct"]
    earns = arena.d_employed[debtor] & ~state.o_withheld & (asked < 100)
    yield "withhold", *told(earns, 1.5 * arena.d_income[debtor]), hours["withhold"]
    yield "seal", *told((sealable[debtor] > 0) & (asked < 200), sealable[debtor]), to_sell
    mine = np.bincount(np.maximum(state.t_sealer, 0), weights=sealed, minlength=len(arena.c_salt))
    yield "dispose", *told((mine[claim] > 0) & (arena.o_order == 1), mine[claim]), hours["dispose"]
    nothing = np.zeros(len(claim))
    yield "restrict", *told(~state.o_restricted & (asked < 100), nothing), hours["restrict"]
    yield "list", *told(~state.o_listed & state.o_restricted & (asked < 100), nothing), hours["list"]


def _comes_of_things(arena: Arena, state: State, week: int) -> tuple[Array, Array]:
    """What the things that could be sealed bring, by debtor; what each sealed thing brings, by thing (fen)."""
    brings = (arena.t_worth * _FIRST_ROUND_OVER_WORTH * _COMES_OF_A_SALE - arena.t_prior).clip(0)
    spare = arena.t_worth * 0.72 - arena.t_prior > 0.02 * arena.t_worth
    there = spare & ~arena.t_sole
    free = there & (state.t_standing == FREE) & (arena.t_gone > week) & ~arena.t_hard
    by_debtor = np.bincount(arena.t_owner, weights=brings * free, minlength=len(arena.d_salt))
    waits = (state.t_standing == SEALED) & (state.t_sealer >= 0) & (week - state.t_since >= WAITS)
    return by_debtor, brings * (there & waits)


def _told(
    world: World, arena: Arena, state: State, kind: str, who: Array, money: Array, hours: float
) -> Iterator[Occasion]:
    claim = arena.o_claim[who]
    owed = np.minimum(state.c_out[claim], arena.o_cap[who] - state.o_paid[who])
    columns = zip(
        world.case(claim, state.c_chain[claim]).tolist(),
        world.party(arena.o_debtor[who]).tolist(),
        arena.c_court[claim].tolist(),
        state.c_opened[claim].tolist(),
        (state.o_asked[who] < 0).tolist(),
        (owed / 100).tolist(),
        np.isin(world.claims.cause[claim], VULNERABLE).tolist(),
        (money / 100).tolist(),
        strict=True,
    )
    for case, party, place, opened, first, outstanding, vulnerable, brings in columns:
        code = str(world.courts.code[place])
        yield Occasion(Item(case, party, kind), code, opened, first, outstanding, vulnerable, hours, brings)


def performed_in_time(court: Court, *, since: int, weeks: int, vulnerable_only: bool = False) -> int:
    """Claims fully performed after week ``since`` in their first case, within so many weeks of filing."""
    count = 0
    for world in court.worlds:
        when, claim, chain, _ = world.journal.of("performed")
        first = (chain == 0) & (when > since)
        claim, when = claim[first], when[first]
        in_time = when - world.claims.filed_week[claim] <= weeks
        if vulnerable_only:
            in_time &= np.isin(world.claims.cause[claim], VULNERABLE)
        count += int(in_time.sum())
    return count


def vulnerable_cases(court: Court) -> frozenset[int]:
    """The cases, first and latest of each claim, of wages, alimony and injuries."""
    cases: set[int] = set()
    for world, state in zip(court.worlds, court.states, strict=True):
        claim = np.flatnonzero(np.isin(world.claims.cause, VULNERABLE))
        cases |= {*world.case(claim).tolist(), *world.case(claim, state.c_chain[claim]).tolist()}
    return frozenset(cases)

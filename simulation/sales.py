"""From a seal to money: sealed, priced, offered in rounds, sold, taken in kind or given back."""

from __future__ import annotations

import numpy as np

from simulation.arena import (
    DORMANT,
    FINISHED,
    FREE,
    GIVEN,
    OPEN,
    PRICED,
    RELEASED,
    SEALED,
    SOLD,
    Arena,
    State,
)
from simulation.draws import Array, counted
from simulation.journal import Journal
from simulation.payments import credit
from simulation.work import Work

OPENING = 0.7  # opening price as part of the appraisal: the least the law allows in the first round
ROUNDS_SOLD = (0.5, 0.4, 0.26)  # chance that a lot sells, by round; the third is the closing sale (变卖)
TAKEN_IN_KIND = 0.9  # chance that the applicant takes an unsold thing
COSTS = 0.03


def sell(arena: Arena, state: State, week: int, work: Work, journal: Journal) -> None:
    """Seal what is found, price it when the officer starts the disposal, offer it, share out what it brings."""
    _seal(arena, state, week, work["seal"], journal)
    chosen = np.zeros(len(arena.c_salt), bool)
    chosen[arena.o_claim[work["dispose"]]] = True
    sealed = (state.t_standing == SEALED) & (week - state.t_since >= 3) & (state.t_sealer >= 0)
    start = np.flatnonzero(sealed & chosen[state.t_sealer] & (arena.t_worth * 0.72 > arena.t_prior))
    state.t_standing[start] = PRICED
    state.t_since[start] = week
    journal.note("appraised", week, start, state.t_sealer[start])
    _offer(arena, state, week, journal)
    _release(state, week)


def _seal(arena: Arena, state: State, week: int, flags: Array, journal: Journal) -> None:
    sealer = np.full(len(arena.d_salt), -1)
    who = np.flatnonzero(flags)
    sealer[arena.o_debtor[who]] = who
    can = (state.t_standing == FREE) & (arena.t_gone > week) & ~arena.t_hard & (sealer[arena.t_owner] >= 0)
    things = np.flatnonzero(can)
    by = sealer[arena.t_owner[things]]
    state.t_standing[things] = SEALED
    state.t_since[things] = week
    state.t_sealer[things] = arena.o_claim[by]
    journal.note("sealed", week, things, by)


def _offer(arena: Arena, state: State, week: int, journal: Journal) -> None:
    waiting = np.where(state.t_round == 0, 6, 4)
    ready = (state.t_standing == PRICED) & (week - state.t_since >= waiting)
    ready &= state.c_phase[np.maximum(state.t_sealer, 0)] == OPEN
    lots = np.flatnonzero(ready & (counted(arena.t_salt, week, 41) < 0.5))
    if not len(lots):
        return
    state.t_round[lots] += 1
    state.t_since[lots] = week
    turn = state.t_round[lots]
    start = np.floor(arena.t_worth[lots] * OPENING * 0.8 ** np.minimum(turn - 1, 1))
    luck = counted(arena.t_salt[lots], week, 42)
    chance = np.array(ROUNDS_SOLD)[np.minimum(turn, 3) - 1]
    sold = luck < chance
    premium = 0.93 * (counted(arena.t_salt[lots], week, 43) ** 1.4)
    price = np.where(sold, np.floor(start * (1 + premium)), 0.0)
    journal.note("offered", week, lots, turn * 10.0 + sold, price)
    state.t_standing[lots[sold]] = SOLD
    _share(arena, state, week, lots[sold], price[sold], "auction", journal)
    over = ~sold & (turn >= 3)
    taken = over & (counted(arena.t_salt[lots], week, 44) < TAKEN_IN_KIND)
    state.t_standing[lots[taken]] = GIVEN
    journal.note("given", week, lots[taken], start[taken])
    _share(arena, state, week, lots[taken], start[taken], "in_kind", journal)
    state.t_standing[lots[over & ~taken]] = RELEASED


def _share(
    arena: Arena, state: State, week: int, lots: Array, price: Array, channel: str, journal: Journal
) -> None:
    """Costs, then earlier rights of others, then the mortgagee here, then the sealing claim, then the other claims."""
    pot = np.floor(price * (1 - COSTS) - arena.t_prior[lots]).clip(0)
    mortgagee = arena.t_prior_claim[lots]
    for first in (mortgagee, state.t_sealer[lots]):
        pot = _hand(arena, state, week, lots, pot, first, channel, journal)
    _rest(arena, state, week, lots, pot, channel, journal)


def _hand(
    arena: Arena,
    state: State,
    week: int,
    lots: Array,
    pot: Array,
    claim: Array,
    channel: str,
    journal: Journal,
) -> Array:
    """Give each lot's pot to the obligation of its owner in one claim; what is left."""
    fit = np.flatnonzero((claim >= 0) & (pot > 0))
    if not len(fit):
        return pot
    debtors = len(arena.d_salt)
    pair = arena.o_claim * debtors + arena.o_debtor
    order = np.argsort(pair)
    wanted = claim[fit] * debtors + arena.t_owner[lots[fit]]
    place = np.searchsorted(pair[order], wanted).clip(0, len(pair) - 1)
    who = order[place]
    fit = fit[pair[who] == wanted]
    who = who[pair[who] == wanted]
    live = state.c_phase[arena.o_claim[who]] != 0
    fit, who = fit[live], who[live]
    before = state.o_paid[who].copy()
    order_of_lots = np.argsort(who, kind="stable")
    who, fit = who[order_of_lots], fit[order_of_lots]
    before = state.o_paid[who].copy()
    once = np.concatenate([[True], who[1:] != who[:-1]]) if len(who) else np.zeros(0, bool)
    credit(arena, state, week, who[once], pot[fit[once]], channel, journal)
    pot = pot.copy()
    pot[fit[once]] -= (state.o_paid[who] - before)[once]
    return pot


def _rest(
    arena: Arena, state: State, week: int, lots: Array, pot: Array, channel: str, journal: Journal
) -> None:
    """Share what is left among the owner's other debts, in proportion.

    The surplus of a sale is the owner's; most of it is soon spent.
    """
    left = np.bincount(arena.t_owner[lots], weights=pot, minlength=len(arena.d_salt))
    if not (left > 0).any():
        return
    claim = arena.o_claim
    running = (state.c_phase[claim] == OPEN) | (state.c_phase[claim] == DORMANT)
    who = np.flatnonzero(
        (left[arena.o_debtor] > 0) & (state.c_out[claim] > 0) & running & ~state.o_discharged
    )
    owed = np.minimum(state.c_out[claim[who]], arena.o_cap[who] - state.o_paid[who]).clip(0)
    total = np.bincount(arena.o_debtor[who], weights=owed, minlength=len(left))
    part = np.floor(owed * np.minimum(left / np.maximum(total, 1), 1.0)[arena.o_debtor[who]])
    before = state.o_paid[who].copy()
    credit(arena, state, week, who, part, channel, journal)
    given = np.bincount(arena.o_debtor[who], weights=state.o_paid[who] - before, minlength=len(left))
    if channel == "auction":
        surplus = np.floor(left - given).clip(0)
        state.d_near += np.floor(0.1 * surplus)
        state.d_hidden += np.floor(0.2 * surplus)


def _release(state: State, week: int) -> None:
    """Seals of finished claims fall away, so that others may seal."""
    sealed = np.flatnonzero(
        ((state.t_standing == SEALED) | (state.t_standing == PRICED)) & (state.t_sealer >= 0)
    )
    ended = sealed[state.c_phase[state.t_sealer[sealed]] == FINISHED]
    state.t_standing[ended] = FREE
    state.t_sealer[ended] = -1
    state.t_since[ended] = week
    state.t_round[ended] = 0

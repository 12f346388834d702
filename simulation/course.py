"""One week of a court: cases come in, work is done, debtors pay or do not, things are sold, rounds end, cases return.

The same rules make the records, count out the truth and answer a plan. Every chance is a counted draw, so that two
courses of the same court differ only by what was done differently.
"""

from __future__ import annotations

import numpy as np

from simulation.arena import DORMANT, FINISHED, OPEN, PRICED, SEALED, UNFILED, Arena, State
from simulation.clock import year_ends
from simulation.draws import Array, counted, logistic, normal_of
from simulation.journal import Journal
from simulation.payments import credit
from simulation.sales import sell
from simulation.work import EFFECTS, Effect, Effects, Work

FADES = 0.97  # pressure kept from week to week
REVIVAL = 0.0017  # a week's chance that a terminated round is taken up again, before what raises it
_SHOCK, _FORTUNE, _WINDFALL, _PAYS, _FULL, _PART, _PLAN, _CLOSE, _END, _REVIVE, _SETTLE = range(50, 61)


def advance(
    arena: Arena, state: State, week: int, work: Work, journal: Journal, *, effects: Effects = EFFECTS
) -> None:
    """Move the court through one week, in place. ``work`` holds a flag an obligation for every kind of work."""
    live(arena, state, week)
    apply_work(arena, state, week, work, journal, effects)
    sell(arena, state, week, work, journal)
    pay(arena, state, week, journal, effects)
    close(arena, state, week, journal)


def open_cases(arena: Arena, state: State, week: int, journal: Journal, room: int) -> int:
    """File the week's claims and revive terminated rounds, at most ``room`` of these; the room that is left."""
    new = np.flatnonzero((arena.c_week == week) & (state.c_phase == UNFILED))
    _begin(state, week, new)
    journal.note("filed", week, new)
    sleeping = (state.c_phase == DORMANT) & (week - state.c_closed >= 13) & (state.c_out > 0)
    if not sleeping.any() or room <= 0:
        return room
    means = np.zeros(len(arena.c_salt))
    funds = (state.d_cash + state.d_near)[arena.o_debtor]
    np.maximum.at(means, arena.o_claim, np.minimum(funds / np.maximum(state.c_out[arena.o_claim], 1), 1.0))
    chance = REVIVAL * (1 + 0.35 * arena.c_eager).clip(0.2, 2.5) * (0.55 + 2.2 * means)
    back = np.flatnonzero(sleeping & (counted(arena.c_salt, week, _REVIVE) < chance))[:room]
    state.c_chain[back] += 1
    _begin(state, week, back)
    journal.note("resumed", week, back, state.c_chain[back], state.c_out[back])
    return room - len(back)


def _begin(state: State, week: int, claims: Array) -> None:
    state.c_phase[claims] = OPEN
    state.c_opened[claims] = week
    state.c_closed[claims] = 10**6


def live(arena: Arena, state: State, week: int) -> None:
    """Money comes and goes: fortunes drift, accounts return to their level, now and then luck or ruin strikes."""
    wobble = normal_of(counted(arena.d_salt, week, _FORTUNE))
    state.d_fortune *= 0.993
    state.d_fortune += 0.07 * wobble
    ruin = counted(arena.d_salt, week, _SHOCK) < 0.0008
    state.d_fortune[ruin] -= 1.5
    gain = np.flatnonzero(counted(arena.d_salt, week, _WINDFALL) < 0.0005 * arena.d_alive)
    size = counted(arena.d_salt[gain], week, _WINDFALL + 20)
    state.d_near[gain] += np.floor(600_000 * np.exp(1.3 * normal_of(size)))
    level = (
        arena.d_level * np.exp(state.d_fortune) * np.where(state.d_noticed, 1 - 0.8 * arena.d_conceal, 1.0)
    )
    rate = np.where(arena.d_employed | (~arena.d_natural & arena.d_alive), 0.07, 0.03)
    state.d_cash += np.floor(rate * (level - state.d_cash))
    np.maximum(state.d_cash, 0, out=state.d_cash)


def apply_work(arena: Arena, state: State, week: int, work: Work, journal: Journal, effects: Effects) -> None:
    """Answers come in, accounts are frozen and drawn on, orders weigh on the debtor."""
    state.o_pressure *= FADES
    for kind, effect in effects.items():
        who = np.flatnonzero(work[kind])
        if not len(who):
            continue
        state.o_pressure[who] += effect.pressure
        if effect.reveals:
            _reveal(arena, state, week, effect, who)
        if kind not in ("deduct", "seal", "dispose", "ask"):
            journal.note(kind, week, who)
    _ask(arena, state, week, np.flatnonzero(work["ask"]), journal)
    _deduct(arena, state, week, np.flatnonzero(work["deduct"]), journal)
    state.o_withheld |= work["withhold"]
    state.o_restricted |= work["restrict"]
    state.o_listed |= work["list"]
    talked = np.flatnonzero(work["talk"])
    agree = counted(arena.o_salt[talked], week, _PLAN) < effects["talk"].chance * logistic(
        _will(arena, state, effects)[talked]
    )
    debtor = arena.o_debtor[talked]
    monthly = np.minimum(
        0.3 * arena.d_income[debtor] + 0.1 * state.d_hidden[debtor], state.c_out[arena.o_claim[talked]] / 4
    )
    agreed = talked[agree & (monthly > 20_000)]
    state.o_plan[agreed] = np.floor(monthly[agree & (monthly > 20_000)] / 10_000).clip(2) * 10_000
    journal.note("settled", week, agreed, state.o_plan[agreed])


def _ask(arena: Arena, state: State, week: int, who: Array, journal: Journal) -> None:
    debtor = arena.o_debtor[who]
    first = ~state.d_noticed[debtor]
    state.o_asked[who] = week
    seen = state.d_cash[debtor] + np.floor(
        state.d_near[debtor] * (counted(arena.o_salt[who], week, 70) < 0.6)
    )
    state.o_known[who] = np.maximum(seen - arena.d_living[debtor], 0)
    owns = np.zeros(len(arena.d_salt), bool)
    owns[arena.t_owner[(arena.t_gone > week) & (state.t_standing <= 2)]] = True
    state.o_seen[who] |= (
        state.o_known[who] > np.minimum(100_000, 0.05 * state.c_out[arena.o_claim[who]])
    ) | owns[debtor]
    journal.note("ask", week, who, state.d_cash[debtor], state.d_near[debtor])
    journal.note("ask_fortune", week, who, state.d_fortune[debtor])
    told = np.unique(debtor[first])
    moved = np.floor(state.d_cash[told] * arena.d_conceal[told])
    state.d_cash[told] -= moved
    state.d_hidden[told] += moved
    state.d_noticed[told] = True


def _deduct(arena: Arena, state: State, week: int, who: Array, journal: Journal) -> None:
    debtor = arena.o_debtor[who]
    free = np.maximum(state.d_cash[debtor] - arena.d_living[debtor], 0) + state.d_near[debtor]
    wanted = np.minimum(state.o_known[who], free)
    state.o_known[who] = 0
    journal.note("freeze", week, who, np.minimum(wanted, state.c_out[arena.o_claim[who]]))
    credit(arena, state, week, who, wanted, "deducted", journal)


def _reveal(arena: Arena, state: State, week: int, effect: Effect, who: Array) -> None:
    lucky = who[counted(arena.o_salt[who], week, 71) < effect.chance]
    debtor = np.unique(arena.o_debtor[lucky])
    found = np.floor(state.d_hidden[debtor] * effect.reveals)
    state.d_hidden[debtor] -= found
    state.d_near[debtor] += found
    share = np.zeros(len(arena.d_salt))
    share[debtor] = found
    state.o_known[lucky] += share[arena.o_debtor[lucky]]
    state.o_seen[lucky] |= share[arena.o_debtor[lucky]] > 0


def _will(arena: Arena, state: State, effects: Effects) -> Array:
    orders = effects["restrict"].standing * state.o_restricted + effects["list"].standing * state.o_listed
    return np.asarray(arena.d_willing[arena.o_debtor] + state.o_pressure.clip(0, 2.5) + orders)


def pay(arena: Arena, state: State, week: int, journal: Journal, effects: Effects) -> None:
    """What debtors pay: at once, in part, by a settlement's instalments, out of withheld wages."""
    claim, debtor = arena.o_claim, arena.o_debtor
    phase = state.c_phase[claim]
    owed = np.minimum(state.c_out[claim], arena.o_cap - state.o_paid) * ~state.o_discharged
    due = (owed > 0) & ((phase == OPEN) | (phase == DORMANT))
    here = np.flatnonzero(due)
    claim, debtor, owed, phase = claim[here], debtor[here], owed[here], phase[here]
    salt = arena.o_salt[here]
    funds = (
        state.d_cash[debtor]
        + state.d_hidden[debtor]
        + 0.6 * state.d_near[debtor]
        + arena.d_income[debtor] * 0.8
    )
    ratio = funds / owed
    age = (week - state.c_opened[claim]).clip(0, 300)
    early = np.minimum(age / 3, 1.0) * (0.6 + 1.5 * np.exp(-age / 12))
    order = np.where(arena.o_order[here] > 1, 0.3, np.where(arena.c_amount[claim] > 0, 1.0, 0.0))
    chance = (
        0.205
        * logistic(2.4 * _will(arena, state, effects)[here] - 0.5)
        * np.minimum(0.25 + 0.75 * ratio, 1.0)
    )
    chance *= early * order * np.where(phase == OPEN, 1.0, 0.13) * np.where(ratio > 0.01, 1.0, 0.15)
    comes = counted(salt, week, _PAYS) < chance
    part = counted(salt, week, _PART)
    full = (ratio >= 1) & (counted(salt, week, _FULL) < 0.8)
    some = np.floor(funds * (0.04 + 0.5 * part * part) / 10_000) * 10_000
    amount = np.where(comes, np.where(full, owed, np.minimum(some, owed)), 0.0)
    monthly = (3 * week + (salt % np.uint64(13)).astype(int)) % 13 < 3  # every thirteen weeks three times
    surplus = arena.d_income[debtor] * np.exp(state.d_fortune[debtor].clip(-3, 0.5))
    keeps = counted(salt, week, _SETTLE) < 0.9
    instalment = np.where(
        (state.o_plan[here] > 0) & monthly & keeps & (state.d_fortune[debtor] > -1), state.o_plan[here], 0.0
    )
    amount = np.where(comes, amount, np.minimum(instalment, owed))
    breaks = (state.o_plan[here] > 0) & (counted(salt, week, _SETTLE) > 0.985)
    state.o_plan[here[breaks]] = 0
    paying = amount > 0
    credit(arena, state, week, here[paying], amount[paying], "voluntary", journal)
    wages = np.floor(np.maximum(0.35 * surplus, 0) * (surplus > arena.d_living[debtor] * 1.4))
    held = state.o_withheld[here] & monthly & (phase == OPEN) & (wages > 0)
    credit(arena, state, week, here[held], wages[held], "withheld", journal)


def close(arena: Arena, state: State, week: int, journal: Journal) -> None:
    """End what is over: paid, settled for less, withdrawn, insolvent, dead; or the round, when nothing is left."""
    done = np.flatnonzero((state.c_out <= 0) & ((state.c_phase == OPEN) | (state.c_phase == DORMANT)))
    _end(state, week, done, FINISHED, "performed", journal)
    chance = counted(arena.c_salt, week, _END)
    age = week - state.c_opened
    going = (state.c_phase == OPEN) & (age > 1)
    early = going & (age < 10)
    _end(state, week, np.flatnonzero(early & (chance < 0.0012)), FINISHED, "refused", journal)
    _end(state, week, np.flatnonzero(early & (chance > 0.9995)), FINISHED, "not_enforced", journal)
    plans = np.zeros(len(arena.c_salt), bool)
    plans[arena.o_claim[state.o_plan > 0]] = True
    held = np.zeros(len(arena.c_salt), bool)
    held[state.t_sealer[(state.t_sealer >= 0) & (state.t_standing <= PRICED)]] = True
    settled = going & (age > 6) & (chance > 0.4) & (chance < 0.4 + 0.03 * plans + 0.085 * held)
    withdrawn = going & (chance > 0.2) & (chance < 0.2 + 0.0022)
    lead = np.zeros(len(arena.c_salt), int)
    lead[arena.o_claim[::-1]] = arena.o_debtor[::-1]
    fate = counted(arena.d_salt, week, _END)[lead]
    last = np.bincount(arena.o_debtor, minlength=len(arena.d_salt))[lead] == 1  # nobody owes on after the end
    broke = going & last & ~arena.d_alive[lead] & (fate < 0.0012)
    died = going & last & arena.d_old[lead] & (fate > 0.9991)
    for flag, why in (
        (settled, "settlement"),
        (withdrawn, "withdrawal"),
        (broke, "bankruptcy"),
        (died, "death_without_estate"),
    ):
        which = np.flatnonzero(flag & (state.c_phase == OPEN))
        journal.note(why, week, which, state.c_out[which])
        state.c_out[which] = 0
        _end(state, week, which, FINISHED, "terminated", journal)
    _terminate(arena, state, week, plans, journal)


def _terminate(arena: Arena, state: State, week: int, plans: Array, journal: Journal) -> None:
    busy = plans.copy()
    worth = (state.t_standing == PRICED) | (state.t_standing == SEALED) & (
        arena.t_worth * 0.7 > arena.t_prior
    )
    owner = np.zeros(len(arena.d_salt), bool)
    owner[arena.t_owner[(state.t_sealer >= 0) & worth & ~arena.t_sole]] = True
    busy[arena.o_claim[owner[arena.o_debtor] & (arena.o_order == 1)]] = True
    busy[arena.o_claim[state.o_known > np.minimum(100_000, 0.05 * state.c_out[arena.o_claim])]] = True
    busy[arena.o_claim[week - state.o_asked > 20]] = True
    age = week - state.c_opened
    ready = (state.c_phase == OPEN) & (age >= 13) & (state.c_out > 0)
    chance = np.where(age >= 24, 0.5, 0.28 if not year_ends(week) else 0.8) * np.where(busy, 0.012, 1.0)
    over = np.flatnonzero(ready & (counted(arena.c_salt, week, _CLOSE) < chance))
    _end(state, week, over, DORMANT, "round_terminated", journal)


def _end(state: State, week: int, which: Array, phase: int, mode: str, journal: Journal) -> None:
    before = state.c_phase[which]
    state.c_phase[which] = phase
    state.c_closed[which] = np.where(before == OPEN, week, state.c_closed[which])
    journal.note(mode, week, which, state.c_chain[which], before)

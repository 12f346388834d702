"""What the weekly course of a court needs to know of a block, and what changes in it from week to week.

An arena may be narrowed to some claims with all their debtors, and laid out many times side by side: that is how
the truth is counted out, with the very rules that made the records.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from simulation.claims import Claims
from simulation.clock import FIRST_DAY, NO_DAY
from simulation.courts import Courts
from simulation.draws import Array, counted, mixed
from simulation.people import HOLDINGS, People
from simulation.things import Things

UNFILED, OPEN, DORMANT, FINISHED = 0, 1, 2, 3  # phases of a claim; dormant is a round terminated (终本)
FREE, SEALED, PRICED, SOLD, GIVEN, RELEASED, GONE = 0, 1, 2, 3, 4, 5, 6  # standings of a thing
NEVER = 10**6
CASHABLE = np.array([0.97, 0.98, 0.8, 0.35, 1.0])  # of HOLDINGS, what a court can take of the value


@dataclass(slots=True)
class Arena:
    """Static arrays, by prefix: ``d_`` debtors, ``c_`` claims, ``o_`` obligations, ``t_`` things."""

    d_natural: Array
    d_alive: Array
    d_income: Array
    d_living: Array
    d_level: Array
    d_hidden: Array
    d_near: Array
    d_willing: Array
    d_conceal: Array
    d_employed: Array
    d_old: Array
    d_salt: Array
    c_amount: Array
    c_week: Array
    c_court: Array
    c_eager: Array
    c_officer: Array
    c_salt: Array
    o_claim: Array
    o_debtor: Array
    o_order: Array
    o_cap: Array
    o_salt: Array
    o_ask_delay: Array  # draws that do not change from week to week
    o_ask_ever: Array
    o_restrict_when: Array
    o_restrict_ever: Array
    o_list_when: Array
    o_list_ever: Array
    t_owner: Array
    t_kind: Array
    t_worth: Array  # the debtor's part of the value
    t_prior: Array  # money that comes before this court's seal
    t_prior_claim: Array  # claim secured by the mortgage, -1
    t_sole: Array
    t_gone: Array  # week from which it is no longer the debtor's
    t_hard: Array  # elsewhere or a vehicle not located
    t_salt: Array


@dataclass(slots=True)
class State:
    """What changes, with the same prefixes. Money in whole fen held in floats; weeks of the court's calendar."""

    d_cash: Array
    d_hidden: Array
    d_near: Array
    d_fortune: Array
    d_noticed: Array
    c_out: Array
    c_phase: Array
    c_opened: Array
    c_closed: Array
    c_chain: Array  # 0 for the first case, 1 and above for resumed ones
    o_paid: Array
    o_pressure: Array
    o_known: Array  # money the court believes it can take, from the last answer
    o_asked: Array  # week of the last question
    o_seen: Array  # things or money were ever found
    o_plan: Array  # fen a month under a settlement
    o_withheld: Array
    o_restricted: Array
    o_listed: Array
    o_discharged: Array
    t_standing: Array
    t_since: Array
    t_sealer: Array  # claim whose seal it is, -1
    t_round: Array


_INDEX = {"o_claim": "c", "o_debtor": "d", "t_owner": "d", "t_prior_claim": "c", "t_sealer": "c"}


def arena_of(people: People, claims: Claims, things: Things, courts: Courts) -> Arena:
    """The arena of a whole block."""
    living = np.where(people.natural, 1100 + 450 * people.dependants, 0) * 100.0
    gone = np.where(things.moved_day == NO_DAY, NEVER, (things.moved_day.astype(np.int64) - FIRST_DAY) // 7)
    outside = np.where(things.mortgage_claim < 0, things.mortgage, 0.0) + things.ahead
    return Arena(
        d_natural=people.natural,
        d_alive=people.natural | (people.status == 0),
        d_income=people.income * 100,
        d_living=living,
        d_level=people.cash * 100,
        d_hidden=people.hidden * 100,
        d_near=np.floor((people.holdings * CASHABLE).sum(axis=1) * 100),
        d_willing=people.willing,
        d_conceal=people.conceal,
        d_employed=people.employed,
        d_old=people.natural & (people.birth_year < 1957),
        d_salt=people.salt,
        c_amount=np.round(claims.amount * 100),
        c_week=claims.filed_week,
        c_court=claims.court,
        c_eager=claims.eager,
        c_officer=np.exp(0.35 * np.sin(claims.officer * 12.9898)),
        c_salt=claims.salt,
        o_claim=claims.obligation_claim,
        o_debtor=claims.obligation_debtor,
        o_order=claims.obligation_order,
        o_cap=np.round(claims.obligation_cap * 100),
        o_salt=claims.obligation_salt,
        **_standing_draws(claims.obligation_salt),
        t_owner=things.owner,
        t_kind=things.kind,
        t_worth=things.value * things.share * np.where(things.spousal, 0.5, 1.0) * 100,
        t_prior=outside * 100,
        t_prior_claim=things.mortgage_claim,
        t_sole=things.sole_dwelling,
        t_gone=gone,
        t_hard=things.elsewhere | ((things.kind == 1) & (mixed(things.salt) % np.uint64(10) < 5)),
        t_salt=things.salt,
    )


assert len(CASHABLE) == len(HOLDINGS)


_STANDING = ("o_ask_delay", "o_ask_ever", "o_restrict_when", "o_restrict_ever", "o_list_when", "o_list_ever")


def _standing_draws(salt: Array) -> dict[str, Array]:
    return {name: counted(salt, -1, number) for number, name in enumerate(_STANDING)}


def opening(arena: Arena) -> State:
    """The state before the first week."""
    debtors, claims, obligations, things = (
        len(arena.d_salt),
        len(arena.c_salt),
        len(arena.o_salt),
        len(arena.t_salt),
    )
    return State(
        d_cash=np.floor(arena.d_level),
        d_hidden=np.floor(arena.d_hidden),
        d_near=arena.d_near.copy(),
        d_fortune=np.zeros(debtors),
        d_noticed=np.zeros(debtors, bool),
        c_out=arena.c_amount.copy(),
        c_phase=np.zeros(claims, np.int8),
        c_opened=np.full(claims, NEVER),
        c_closed=np.full(claims, NEVER),
        c_chain=np.zeros(claims, np.int64),
        o_paid=np.zeros(obligations),
        o_pressure=np.zeros(obligations),
        o_known=np.zeros(obligations),
        o_asked=np.full(obligations, -NEVER),
        o_seen=np.zeros(obligations, bool),
        o_plan=np.zeros(obligations),
        o_withheld=np.zeros(obligations, bool),
        o_restricted=np.zeros(obligations, bool),
        o_listed=np.zeros(obligations, bool),
        o_discharged=np.zeros(obligations, bool),
        t_standing=np.zeros(things, np.int8),
        t_since=np.full(things, -NEVER),
        t_sealer=np.full(things, -1),
        t_round=np.zeros(things, np.int8),
    )


def copied(state: State) -> State:
    """The same state in arrays of its own."""
    return State(*(getattr(state, field.name).copy() for field in fields(State)))


def narrowed(part: Any, keep: dict[str, Array]) -> Any:
    """An arena or state of some debtors, claims, obligations and things (positions by prefix), renumbered."""
    new = {prefix: np.full(int(chosen.max(initial=-1)) + 1, -1) for prefix, chosen in keep.items()}
    for prefix, chosen in keep.items():
        new[prefix][chosen] = np.arange(len(chosen))
    values: dict[str, Array] = {}
    for field in fields(part):
        value = getattr(part, field.name)[keep[field.name[0]]]
        if field.name in _INDEX:
            numbers = new[_INDEX[field.name]]
            inside = (value >= 0) & (value < len(numbers))
            value = np.where(inside, numbers[np.where(inside, value, 0)] if len(numbers) else -1, -1)
        values[field.name] = value
    return type(part)(**values)


def laid_out(part: Any, times: int, sizes: dict[str, int]) -> Any:
    """An arena or state repeated side by side; ``sizes`` are the counts by prefix before."""
    values: dict[str, Array] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        tiled = np.tile(value, times)
        if field.name in _INDEX:
            shift = np.repeat(np.arange(times) * sizes[_INDEX[field.name]], len(value))
            tiled = np.where(tiled >= 0, tiled + shift, -1)
        values[field.name] = tiled
    return type(part)(**values)


def sizes_of(arena: Arena) -> dict[str, int]:
    """Counts by prefix."""
    return {"d": len(arena.d_salt), "c": len(arena.c_salt), "o": len(arena.o_salt), "t": len(arena.t_salt)}


def with_luck(arena: Arena, draws: int, luck: int) -> Arena:
    """A laid-out arena in which every copy meets luck of its own."""
    changed = {}
    for name in ("d_salt", "c_salt", "o_salt", "t_salt"):
        value = getattr(arena, name)
        copies = np.repeat(np.arange(draws, dtype=np.uint64), len(value) // draws)
        changed[name] = mixed(value + (copies + np.uint64(luck)) * np.uint64(0xD1342543DE82EF95))
    changed |= _standing_draws(changed["o_salt"])
    return replace(arena, **changed)

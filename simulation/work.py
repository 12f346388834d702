"""The kinds of enforcement work: what each does, and how courts choose it when left to themselves.

The effects are the synthetic court's assumptions, fixed here before any triage is written (docs/simulation.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from simulation.arena import DORMANT, FREE, OPEN, SEALED, Arena, State
from simulation.draws import Array, counted


@dataclass(frozen=True, slots=True)
class Effect:
    """What one piece of work does.

    ``hours`` of staff; ``pressure`` added to the debtor's resolve (in standard deviations of willingness, fading by
    3 % a week); ``standing`` added for as long as the order is in force; ``reveals`` is the part of hidden money
    that may come to light, with chance ``chance``.
    """

    hours: float
    pressure: float = 0.0
    standing: float = 0.0
    reveals: float = 0.0
    chance: float = 0.0


EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {
        "ask": Effect(hours=0.2),
        "deduct": Effect(hours=0.5, pressure=0.15),
        "withhold": Effect(hours=0.5, pressure=0.05),
        "seal": Effect(hours=1.5, pressure=0.35),
        "dispose": Effect(hours=6.0, pressure=0.25),
        "restrict": Effect(hours=0.2, pressure=0.25, standing=0.25),
        "list": Effect(hours=0.3, pressure=0.3, standing=0.3),
        "talk": Effect(hours=1.0, pressure=0.2, chance=0.5),
        "visit": Effect(hours=3.0, pressure=0.2, reveals=0.05, chance=0.25),
        "summon": Effect(hours=2.0, pressure=0.35),
        "search": Effect(hours=5.0, pressure=0.5, reveals=0.35, chance=0.4),
        "detain": Effect(hours=6.0, pressure=1.5, reveals=0.2, chance=0.3),
        "fine": Effect(hours=1.0, pressure=0.3),
        "reward": Effect(hours=0.5, reveals=0.5, chance=0.12),
        "exit_ban": Effect(hours=0.8, pressure=0.4),
    }
)
KINDS = tuple(EFFECTS)
_DRAW = {kind: number for number, kind in enumerate(KINDS)}
Work = dict[str, Array]
Effects = Mapping[str, Effect]
# A week's chance, at ordinary effort, of the pieces of work that an officer takes up at discretion.
_BASE = {
    "talk": 0.035,
    "visit": 0.012,
    "summon": 0.016,
    "search": 0.002,
    "detain": 0.013,
    "fine": 0.0025,
    "reward": 0.0025,
    "exit_ban": 0.0003,
}


def habits(arena: Arena, state: State, week: int, *, effort: Array, restrict: Array, listing: Array) -> Work:
    """The work a court does in a week when nobody plans it: a flag an obligation for every kind.

    ``effort``, ``restrict`` and ``listing`` are by court. Officers ask first of all, act on what was found, spend
    less on a debtor of whom nothing is known, and nearly nothing after a round was terminated.
    """
    claim = arena.o_claim
    court = arena.c_court[claim]
    phase = state.c_phase[claim]
    age = week - state.c_opened[claim]
    is_open = (phase == OPEN) & (state.c_out[claim] > 0) & ~state.o_discharged
    dormant = (phase == DORMANT) & (state.c_out[claim] > 0) & ~state.o_discharged
    push = effort[court] * arena.c_officer[claim] * (1 + 0.15 * arena.c_eager[claim]).clip(0.5, 1.6)
    push = push / (1 + age.clip(0, 200) / 50)
    asked = week - state.o_asked
    hopeless = (asked < 10_000) & ~state.o_seen
    interest = np.where(hopeless, 0.4, 1.0) * np.where(state.o_plan > 0, 0.3, 1.0)

    def luck(kind: str, extra: int = 0) -> Array:
        return counted(arena.o_salt, week, _DRAW[kind] + 16 * extra)

    work: Work = {}
    fresh = is_open & (age == (arena.o_ask_delay * 1.3).astype(int)) & (arena.o_ask_ever < 0.985)
    again = is_open & (asked >= 9) & (luck("ask") < 0.075 * push * interest)
    routine = dormant & (asked >= 25) & (luck("ask") < 0.16 * effort[court])
    work["ask"] = (fresh | again | routine) & (asked >= 2)
    worth = state.o_known > np.minimum(100_000, 0.05 * state.c_out[claim]).clip(20_000)
    work["deduct"] = is_open & worth & (luck("deduct") < 0.45 * push)
    earns = arena.d_employed[arena.o_debtor] & ~state.o_withheld & (asked < 100)
    work["withhold"] = is_open & earns & (luck("withhold") < 0.016 * push)
    sealable = _debtors_with(arena, state, week, FREE)[arena.o_debtor]
    work["seal"] = is_open & (asked < 200) & sealable & (luck("seal") < 0.5 * push)
    disposable = _claims_with(arena, state, week)[claim] & (arena.o_order == 1)
    work["dispose"] = is_open & disposable & (luck("dispose") < 0.3 * push)
    new = is_open & (state.c_chain[claim] == 0)
    when = 1 + (arena.o_restrict_when * 9).astype(int)
    meant = arena.o_restrict_ever < (1.2 * restrict[court]).clip(0, 0.97)
    work["restrict"] = new & meant & (age == when) & ~state.o_restricted
    when = 4 + (arena.o_list_when * 15).astype(int)
    meant = arena.o_list_ever < (1.6 * listing[court]).clip(0, 0.97)
    work["list"] = new & meant & (age == when) & ~state.o_listed
    for kind, base in _BASE.items():
        keen = 1.0 if kind != "detain" else (arena.d_natural[arena.o_debtor] & state.o_restricted) * 1.8
        work[kind] = is_open & (age > 1) & (luck(kind) < base * push * interest * keen)
    work["talk"] &= state.o_plan == 0
    work["detain"] &= state.o_seen & (state.o_pressure < 1.0)
    return work


def _debtors_with(arena: Arena, state: State, week: int, standing: int) -> Array:
    """Debtors who have a thing of that standing that is still theirs and can be reached."""
    fit = (state.t_standing == standing) & (arena.t_gone > week) & ~arena.t_hard
    flag = np.zeros(len(arena.d_salt), bool)
    flag[arena.t_owner[fit]] = True
    return flag


def _claims_with(arena: Arena, state: State, week: int) -> Array:
    """Claims whose sealed thing would bring something: not the only dwelling (mostly), not all spoken for."""
    spare = arena.t_worth * 0.72 - arena.t_prior
    fit = (state.t_standing == SEALED) & (week - state.t_since >= 3) & (state.t_sealer >= 0)
    fit &= (spare > 0.02 * arena.t_worth) & (~arena.t_sole | (counted(arena.t_salt, -1, 40) < 0.15))
    flag = np.zeros(len(arena.c_salt), bool)
    flag[state.t_sealer[fit]] = True
    return flag

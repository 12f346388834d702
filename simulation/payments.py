"""Money credited: never more than is owed, never more than the debtor has, spent once among all who ask."""

from __future__ import annotations

import numpy as np

from simulation.arena import Arena, State
from simulation.draws import Array
from simulation.journal import Journal


def credit(
    arena: Arena, state: State, week: int, who: Array, wanted: Array, channel: str, journal: Journal
) -> None:
    """Credit what the obligations ask of their debtors, cut to what is owed on the claim and what is there.

    Voluntary payments draw on money out of sight first; deductions on accounts, then other holdings; withheld wages
    and the proceeds of sales on neither.
    """
    if not len(who):
        return
    claim, debtor = arena.o_claim[who], arena.o_debtor[who]
    amount = np.minimum(wanted, arena.o_cap[who] - state.o_paid[who])
    amount = _cut(amount, claim, state.c_out)
    if channel == "voluntary":
        amount = _cut(amount, debtor, _purse(arena, state))
    elif channel == "deducted":
        amount = _cut(amount, debtor, state.d_cash + state.d_near)
    kept = amount > 0
    who, claim, debtor, amount = who[kept], claim[kept], debtor[kept], amount[kept]
    np.subtract.at(state.c_out, claim, amount)
    np.add.at(state.o_paid, who, amount)
    if channel in ("voluntary", "deducted"):
        _spend(state, debtor, amount, hidden_first=channel == "voluntary")
    journal.note(channel, week, who, amount, state.c_chain[claim])


def _purse(arena: Arena, state: State) -> Array:
    return np.asarray(np.floor(state.d_cash + state.d_hidden + state.d_near + arena.d_income))


def _cut(amount: Array, owner: Array, limit: Array) -> Array:
    """Scale amounts down so that their sum by owner keeps to the owner's limit; whole fen."""
    total = np.bincount(owner, weights=amount, minlength=len(limit))
    factor = np.ones(len(limit))
    np.divide(limit, total, out=factor, where=total > np.maximum(limit, 1e-9))
    return np.asarray(np.floor(amount * np.minimum(factor, 1.0)[owner]))


def _spend(state: State, debtor: Array, amount: Array, *, hidden_first: bool) -> None:
    rest = np.bincount(debtor, weights=amount, minlength=len(state.d_cash)).astype(float)
    purses = (state.d_hidden, state.d_cash, state.d_near) if hidden_first else (state.d_cash, state.d_near)
    for purse in purses:
        taken = np.minimum(purse, rest)
        purse -= taken
        rest -= taken

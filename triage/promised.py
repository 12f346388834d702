"""Capacity promised once: each debtor's money of the night among all their open obligations, in whole fen.

A debtor's **night capacity** is what the records of the night show (money free now, slow money, things net, a year's
income above living costs), or the largest single expectation where that is more: what nobody recorded is expected at
most once, whoever asks for it. It goes to the debtor's obligations in turn: open cases before dormant ones, those that
have sealed first, then by filing; and the debtors of one case are together never promised more than the case lacks. So
over the whole queue no debtor is promised more than their capacity. The portrait has the day's version, asset by asset.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.declare import Values

LAYERS = ("free_now", "slow_money", "things", "income_year")
"""Kinds of recorded money, in the order in which they are promised; what is expected beyond them comes last."""
Fen = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Promised:
    """What each obligation is promised, and what was there for it at its turn. Whole fen, shape (n,).

    ``of_layer``: the parts of ``money`` by LAYERS and, last, of what no record shows, shape (n, 5). ``free_left`` and
    ``things_left``: free money and things net that earlier obligations of the debtor leave, at most the debt;
    ``capacity`` and ``known``: of the debtor, the same at each of their obligations.
    """

    money: Fen
    of_layer: Fen
    free_left: Fen
    things_left: Fen
    capacity: Fen
    known: Fen


def promise(
    *,
    party: NDArray[np.int64],
    case: NDArray[np.int64],
    owed: Values,
    lacks: Values,
    share: Values,
    layers: Values,
    sealed: Values,
    days_since_filing: Values,
    dormant: NDArray[np.bool_],
) -> Promised:
    """Promise every debtor's capacity once.

    ``owed``: outstanding for the debtor, ``lacks``: for the case (CNY); ``share``: expected share of the outstanding,
    0 to 1; ``layers``: recorded money by LAYERS, CNY, shape (n, 4); ``sealed``: whether the case has sealed something
    of the debtor. Debtors whose rows differ count with the largest value of each layer.
    """
    _, debtor = np.unique(party, return_inverse=True)
    order = np.lexsort((case, -days_since_filing, -(sealed > 0).astype(np.int8), dormant, debtor))
    most = _most_of_debtor(_fen(layers), debtor)
    due = _fen(owed)
    wish = np.maximum(_fen(owed * np.clip(share, 0.0, 1.0)), np.minimum(due, most[:, 0]))
    wish = _within_case(wish, case, _fen(lacks))
    known = most.sum(axis=1)
    capacity = np.maximum(known, _most_of_debtor(wish[:, None], debtor)[:, 0])
    before = _before(wish, debtor, order)
    money = np.clip(capacity - before, 0, wish)
    spent = np.minimum(before, capacity)
    edges = np.column_stack([np.zeros_like(known), np.cumsum(most, axis=1), capacity])
    of_layer = np.maximum(
        np.minimum(edges[:, 1:], (spent + money)[:, None]) - np.maximum(edges[:, :-1], spent[:, None]), 0
    )
    things_from = edges[:, LAYERS.index("things")]
    return Promised(
        money=money,
        of_layer=of_layer,
        free_left=np.clip(edges[:, 1] - spent, 0, due),
        things_left=np.clip(edges[:, LAYERS.index("things") + 1] - np.maximum(spent, things_from), 0, due),
        capacity=capacity,
        known=known,
    )


def _fen(yuan: Values) -> Fen:
    """Whole fen, cut downwards, but for what floats lose: 0.29 × 100 is 29."""
    fen: Fen = np.floor(np.nan_to_num(yuan, nan=0.0) * 100 + 1e-4).astype(np.int64)
    return np.maximum(fen, 0)


def _most_of_debtor(values: Fen, debtor: NDArray[np.int64]) -> Fen:
    """The largest value over each debtor's obligations, column by column."""
    most = np.zeros((int(debtor.max(initial=-1)) + 1, values.shape[1]), np.int64)
    for column in range(values.shape[1]):
        np.maximum.at(most[:, column], debtor, values[:, column])
    return most[debtor]


def _within_case(wish: Fen, case: NDArray[np.int64], lacks: Fen) -> Fen:
    """Wishes cut in proportion, downwards, where the debtors of a case together ask for more than it lacks."""
    _, place = np.unique(case, return_inverse=True)
    together = _sums(wish, place)[place]
    cut = np.where(together > lacks, lacks / np.maximum(together, 1), 1.0)
    # a float of 53 bits times a whole number can come out one fen too high
    exact: Fen = np.floor(wish * cut).astype(np.int64)
    over = _sums(exact, place)[place] > lacks
    return np.where(over, np.maximum(exact - 1, 0), exact)


def _before(wish: Fen, debtor: NDArray[np.int64], order: NDArray[np.intp]) -> Fen:
    """What the debtor's earlier obligations, in order, ask for."""
    running = np.cumsum(wish[order]) - wish[order]
    first = np.flatnonzero(np.diff(debtor[order], prepend=-1))
    start = np.repeat(running[first], np.diff(np.append(first, len(order))))
    before = np.empty_like(wish)
    before[order] = running - start
    return before


def _sums(values: Fen, place: NDArray[np.int64]) -> Fen:
    """Exact sums of whole numbers by group."""
    sums = np.zeros(int(place.max(initial=-1)) + 1, np.int64)
    np.add.at(sums, place, values)
    return sums

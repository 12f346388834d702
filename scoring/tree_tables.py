"""Trees laid out as flat arrays, as the compiled loops read them.

Splits of a tree stand in preorder, trees in a row. Inside a tree every split and leaf has a *slot*: splits 0 to
m - 1, leaves m to 2m. The two sides of a split are called *first* and *second*: left and right, but where only the
right one splits further it is the first, so that loops know three kinds of split instead of four. A *column* is
one feature under one rule of what is missing; LightGBM keeps one rule a feature, a model trained further on other
data may have two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scoring.tree_text import Floats, Integers, TreeText

Indices = NDArray[np.int32]
Flags = NDArray[np.bool_]


class TreeTables(NamedTuple):
    """All trees. Never written to.

    ``most_splits``: of one tree, at least 1.
    By tree: ``start`` of its splits (one entry more than trees; its leaf values start at ``start[t] + t``) and
    ``points``, the quadrature points it needs: half of the most distinct features on one of its paths.
    By split: a cell ``x`` is *low* if ``x <= threshold``, or missing and ``missing_low``; low cells go first if
    ``low_first``. ``first`` and ``second`` are slots, ``share`` is the share of the split's training rows that
    went first. Where a split asks a feature that was asked above it, ``above`` is the nearest such split's slot
    (else -1), ``above_first`` the side taken there, ``above_share`` the share of rows that pass all splits above
    on that feature (else 1).
    """

    column_feature: Indices
    column_missing: Indices
    start: Indices
    points: Indices
    column: Indices
    threshold: Floats
    missing_low: Flags
    low_first: Flags
    first: Indices
    second: Indices
    feature: Indices
    share: Floats
    above: Indices
    above_first: Flags
    above_share: Floats
    value: Floats
    most_splits: int


def lay_out(trees: tuple[TreeText, ...]) -> TreeTables:
    """The tables of trees that ``read_model`` has checked."""
    ordered = [_in_order(tree) for tree in trees]
    rules, column = np.unique(_joined([tree.rule for tree in ordered], np.int64), return_inverse=True)
    tables = TreeTables(
        column_feature=(rules // _RULES).astype(np.int32),
        column_missing=(rules % _RULES).astype(np.int32),
        start=np.cumsum([0, *(tree.splits for tree in trees)]).astype(np.int32),
        points=np.array([tree.points for tree in ordered], dtype=np.int32),
        column=column.astype(np.int32),
        threshold=_joined([tree.threshold for tree in ordered], np.float64),
        missing_low=_joined([tree.missing_low for tree in ordered], np.bool_),
        low_first=_joined([tree.low_first for tree in ordered], np.bool_),
        first=_joined([tree.first for tree in ordered], np.int32),
        second=_joined([tree.second for tree in ordered], np.int32),
        feature=_joined([tree.rule // _RULES for tree in ordered], np.int32),
        share=_joined([tree.share for tree in ordered], np.float64),
        above=_joined([tree.above for tree in ordered], np.int32),
        above_first=_joined([tree.above_first for tree in ordered], np.bool_),
        above_share=_joined([tree.above_share for tree in ordered], np.float64),
        value=_joined([tree.leaf_value for tree in trees], np.float64),
        most_splits=max([1, *(tree.splits for tree in trees)]),
    )
    for part in tables[:-1]:
        part.setflags(write=False)
    return tables


_RULES = 4
"""LightGBM numbers three rules of what is missing; ``feature * 4 + rule`` names a column."""


@dataclass(frozen=True, slots=True, eq=False)
class _Ordered:
    """One tree, its splits in preorder."""

    rule: Integers
    threshold: Floats
    missing_low: Flags
    low_first: Flags
    first: Integers
    second: Integers
    share: Floats
    above: Integers
    above_first: Flags
    above_share: Floats
    points: int


def _in_order(tree: TreeText) -> _Ordered:
    order = _preorder(tree)
    left, right = _slots(tree.left[order], order), _slots(tree.right[order], order)
    low_first = (left < tree.splits) | (right >= tree.splits)
    first, second = np.where(low_first, left, right), np.where(low_first, right, left)
    counts = np.concatenate([tree.split_count[order], tree.leaf_count])
    share = counts[first] / counts[: tree.splits]
    above, points = _above(tree.feature[order].tolist(), first.tolist(), second.tolist(), share.tolist())
    return _Ordered(
        rule=tree.feature[order] * _RULES + tree.missing[order],
        threshold=tree.threshold[order],
        missing_low=tree.default_left[order],
        low_first=low_first,
        first=first,
        second=second,
        share=share,
        above=np.array([met.slot for met in above], dtype=np.int64),
        above_first=np.array([met.first for met in above], dtype=np.bool_),
        above_share=np.array([met.share for met in above], dtype=np.float64),
        points=points,
    )


def _preorder(tree: TreeText) -> Integers:
    """The tree's splits, each before its left side, that before its right side."""
    left, right = tree.left.tolist(), tree.right.tolist()
    waiting, order = ([0] if tree.splits else []), []
    while waiting:
        split = waiting.pop()
        order.append(split)
        waiting += [child for child in (right[split], left[split]) if child >= 0]
    return np.array(order, dtype=np.int64)


def _slots(child: Integers, order: Integers) -> Integers:
    """Children as LightGBM writes them, as slots."""
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return np.where(child >= 0, place[child.clip(0)], len(order) + ~child)


class _Met(NamedTuple):
    """The last split on a feature above a split, the side taken there, and the share that passed all so far."""

    slot: int
    first: bool
    share: float


_NOT_MET = _Met(slot=-1, first=False, share=1.0)


def _above(
    feature: list[int], first: list[int], second: list[int], share: list[float]
) -> tuple[list[_Met], int]:
    """For every split the one above it on its feature; and half of the most features on a path, rounded up."""
    met: dict[int, dict[int, _Met]] = {0: {}}
    above, most = [], 0
    for slot, asked in enumerate(feature):
        here = met.pop(slot)
        last = here.get(asked, _NOT_MET)
        above.append(last)
        most = max(most, len({*here, asked}))
        met[first[slot]] = {**here, asked: _Met(slot, True, last.share * share[slot])}
        met[second[slot]] = {**here, asked: _Met(slot, False, last.share * (1.0 - share[slot]))}
    return above, (most + 1) // 2


def _joined(parts: list[NDArray[Any]], kind: type[Any]) -> NDArray[Any]:
    return np.concatenate([np.empty(0, kind), *parts]).astype(kind)

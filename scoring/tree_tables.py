"""Trees laid out as flat arrays, as the compiled loops read them.

Splits of a tree stand in preorder, trees in a row. Inside a tree every split and leaf has a *slot*: splits 0 to
m - 1, leaves m to 2m. The two sides of a split are called *first* and *second*: left and right, but where only the
right one splits further it is the first, so that loops know three kinds of split instead of four. A *column* is
one feature under one rule of what is missing; LightGBM keeps one rule a feature, a model trained further on other
data may have two.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scoring.tree_arrays import Flags, Floats, Integers, Joined, TreeText, joined

Indices = NDArray[np.int32]


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
    every = Joined.of(trees)
    place = _preorder(every)
    order = np.empty(len(place), dtype=np.int64)
    order[every.start[every.tree] + place] = np.arange(len(place))
    splits = np.diff(every.start)[every.tree]
    feature, missing, written_left, written_right = (
        joined([getattr(tree, name) for tree in trees], np.int64)
        for name in ("feature", "missing", "left", "right")
    )
    left, right = (
        np.where(below >= 0, place[below], splits + ~child)
        for below, child in ((every.left, written_left), (every.right, written_right))
    )
    low_first = (left < splits) | (right >= splits)
    counts = joined([tree.split_count for tree in trees], np.int64)
    share = np.where(low_first, every.under_left, every.under_right) / counts
    above = _above(every, feature, low_first, share)
    rules, column = np.unique((feature * _RULES + missing)[order], return_inverse=True)
    met = above.split >= 0
    tables = TreeTables(
        column_feature=(rules // _RULES).astype(np.int32),
        column_missing=(rules % _RULES).astype(np.int32),
        start=every.start.astype(np.int32),
        points=_points(every, above.features),
        column=column.astype(np.int32),
        threshold=joined([tree.threshold for tree in trees], np.float64)[order],
        missing_low=joined([tree.default_left for tree in trees], np.bool_)[order],
        low_first=low_first[order],
        first=np.where(low_first, left, right)[order].astype(np.int32),
        second=np.where(low_first, right, left)[order].astype(np.int32),
        feature=feature[order].astype(np.int32),
        share=share[order],
        above=np.where(met, place[above.split], -1)[order].astype(np.int32),
        above_first=above.first[order],
        above_share=above.share[order],
        value=joined([tree.leaf_value for tree in trees], np.float64),
        most_splits=max([1, *(tree.splits for tree in trees)]),
    )
    for part in tables[:-1]:
        part.setflags(write=False)
    return tables


_RULES = 4
"""LightGBM numbers three rules of what is missing; ``feature * 4 + rule`` names a column."""


def _preorder(every: Joined) -> Integers:
    """Each split's place in its tree when it comes before its left side, and that before its right side."""
    size, place = np.ones((2, len(every.tree)), dtype=np.int64)
    place[:] = 0
    for level in reversed(every.levels):
        for side in (every.left, every.right):
            below = side[level]
            size[level[below >= 0]] += size[below[below >= 0]]
    for level in every.levels:
        left, right = every.left[level], every.right[level]
        ahead = np.where(left >= 0, size[left], 0)
        place[left[left >= 0]] = place[level[left >= 0]] + 1
        place[right[right >= 0]] = (place[level] + 1 + ahead)[right >= 0]
    return place


class _Above(NamedTuple):
    """By split: the nearest one above it on its feature (-1 for none), whether it hangs on that one's first side, the
    share of rows that passed all above on that feature, and how many features a path asks down to it.
    """

    split: Integers
    first: Flags
    share: Floats
    features: Integers


def _above(every: Joined, feature: Integers, low_first: Flags, share: Floats) -> _Above:
    parent, on_first = _hanging(every, low_first)
    above, through = parent.copy(), np.arange(len(parent))
    seeking = np.flatnonzero(above >= 0)
    while len(seeking):
        seeking = seeking[feature[above[seeking]] != feature[seeking]]
        through[seeking] = above[seeking]
        above[seeking] = parent[above[seeking]]
        seeking = seeking[above[seeking] >= 0]
    first = (above >= 0) & on_first[through]
    passed, features = np.ones(len(parent)), np.ones(len(parent), dtype=np.int64)
    for level in every.levels[1:]:
        features[level] = features[parent[level]] + (above[level] < 0)
        again = level[above[level] >= 0]
        by = above[again]
        passed[again] = passed[by] * np.where(first[again], share[by], 1.0 - share[by])
    return _Above(above, first, passed, features)


def _hanging(every: Joined, low_first: Flags) -> tuple[Integers, Flags]:
    """On which split each split hangs (-1 for none), and whether on its first side."""
    parent, on_first = np.full(len(every.tree), -1), np.zeros(len(every.tree), dtype=bool)
    for side, is_first in ((every.left, low_first), (every.right, ~low_first)):
        splits = np.flatnonzero(side >= 0)
        parent[side[splits]], on_first[side[splits]] = splits, is_first[splits]
    return parent, on_first


def _points(every: Joined, features: Integers) -> Indices:
    """By tree, half of the most features on a path, rounded up."""
    most = np.zeros(len(every.start) - 1, dtype=np.int64)
    np.maximum.at(most, every.tree, features)
    return ((most + 1) // 2).astype(np.int32)

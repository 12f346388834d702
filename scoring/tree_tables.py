"""Trees laid out as flat arrays: each tree in preorder, all trees in a row, and what explanations need beside.

A *column* is one feature under one rule of what is missing, as the splits read it. LightGBM keeps one rule a
feature; a model trained further on other data may have two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from scoring.tree_text import Floats, Integers, TreeText

Indices = NDArray[np.int32]
Flags = NDArray[np.bool_]
Kind = TypeVar("Kind", bound=np.generic)


class WalkTables(NamedTuple):
    """What a prediction reads. A child ``c >= 0`` is a split, ``c < 0`` is leaf ``~c``; so is a root."""

    column_feature: Indices
    column_missing: Indices
    root: Indices
    column: Indices
    threshold: Floats
    default_left: Flags
    left: Indices
    right: Indices
    leaf_value: Floats


class PathTables(NamedTuple):
    """What explanations read beside. Arrays run over splits; ``start`` (one more) and ``points`` over trees.

    ``share``: of the training rows at a split, the share that goes left. Where a split asks a feature that was
    asked above it, ``above`` is the nearest such split (else -1), ``above_left`` the side taken there, and
    ``above_share`` the share of rows that pass all splits above on that feature (else 1).
    ``points``: quadrature points of a tree, half of the most distinct features on one of its paths.
    """

    start: Indices
    points: Indices
    feature: Indices
    share: Floats
    above: Indices
    above_left: Flags
    above_share: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Both, and the mean raw score over the training rows, from which every explanation starts."""

    walk: WalkTables
    paths: PathTables
    expected: float


def lay_out(trees: tuple[TreeText, ...]) -> Tables:
    """The tables of trees that ``read_model`` has checked."""
    orders = [_preorder(tree) for tree in trees]
    return Tables(
        walk=_walk_tables(trees, orders),
        paths=_path_tables(trees, orders),
        expected=float(sum(_expected(tree) for tree in trees)),
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


def _expected(tree: TreeText) -> float:
    """The tree's mean over its training rows, summed leaf by leaf as LightGBM does."""
    if not tree.splits:
        return float(tree.leaf_value[0])
    return float(sum((tree.leaf_count / tree.split_count[0] * tree.leaf_value).tolist()))


def _walk_tables(trees: tuple[TreeText, ...], orders: list[Integers]) -> WalkTables:
    splits, leaves = _bases([tree.splits for tree in trees]), _bases([len(t.leaf_value) for t in trees])
    each = list(zip(trees, orders, splits, leaves, strict=True))
    rules = _joined([(tree.feature * 4 + tree.missing)[order] for tree, order, _, _ in each], np.int64)
    columns, column = np.unique(rules, return_inverse=True)
    return WalkTables(
        column_feature=(columns // 4).astype(np.int32),
        column_missing=(columns % 4).astype(np.int32),
        root=np.array([split if tree.splits else ~leaf for tree, _, split, leaf in each], dtype=np.int32),
        column=column.astype(np.int32),
        threshold=_joined([tree.threshold[order] for tree, order, _, _ in each], np.float64),
        default_left=_joined([tree.default_left[order] for tree, order, _, _ in each], np.bool_),
        left=_joined([_moved(tree.left, order, split, leaf) for tree, order, split, leaf in each], np.int32),
        right=_joined(
            [_moved(tree.right, order, split, leaf) for tree, order, split, leaf in each], np.int32
        ),
        leaf_value=_joined([tree.leaf_value for tree in trees], np.float64),
    )


def _moved(child: Integers, order: Integers, split_base: int, leaf_base: int) -> Integers:
    """A tree's children, in preorder, pointing into the flat arrays."""
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    there = child[order]
    return np.where(there >= 0, place[there.clip(0)] + split_base, there - leaf_base)


def _path_tables(trees: tuple[TreeText, ...], orders: list[Integers]) -> PathTables:
    each = [(tree, order) for tree, order in zip(trees, orders, strict=True) if tree.splits]
    start = np.array([*_bases([tree.splits for tree, _ in each]), sum(tree.splits for tree, _ in each)])
    repeats = [_repeats(tree, order, base) for (tree, order), base in zip(each, start.tolist(), strict=False)]
    return PathTables(
        start=start.astype(np.int32),
        points=np.array([(repeat.most + 1) // 2 for repeat in repeats], dtype=np.int32),
        feature=_joined([tree.feature[order] for tree, order in each], np.int32),
        share=_joined([_shares(tree)[order] for tree, order in each], np.float64),
        above=_joined([np.array(repeat.above) for repeat in repeats], np.int32),
        above_left=_joined([np.array(repeat.above_left) for repeat in repeats], np.bool_),
        above_share=_joined([np.array(repeat.above_share) for repeat in repeats], np.float64),
    )


def _shares(tree: TreeText) -> Floats:
    """Of the training rows at each split, the share that goes left."""
    left = np.where(
        tree.left >= 0, tree.split_count[tree.left.clip(0)], tree.leaf_count[(~tree.left).clip(0)]
    )
    share: Floats = left / tree.split_count
    return share


@dataclass(frozen=True, slots=True)
class _Repeats:
    """For the splits of one tree in preorder: the nearest split above on the same feature."""

    above: list[int]
    above_left: list[bool]
    above_share: list[float]
    most: int


_Met = dict[int, tuple[int, bool, float]]
"""By feature: the last split met on it, the side taken there, and the share of rows that passed all so far."""


def _repeats(tree: TreeText, order: Integers, base: int) -> _Repeats:
    left, right, feature = tree.left.tolist(), tree.right.tolist(), tree.feature.tolist()
    share = _shares(tree).tolist()
    met: dict[int, _Met] = {0: {}}
    above: list[tuple[int, bool, float]] = []
    most = 0
    for place, split in enumerate(order.tolist(), start=base):
        here, asked = met.pop(split), feature[split]
        last = here.get(asked, (-1, False, 1.0))
        above.append(last)
        most = max(most, len(here) + (last[0] < 0))
        met[left[split]] = {**here, asked: (place, True, last[2] * share[split])}
        met[right[split]] = {**here, asked: (place, False, last[2] * (1.0 - share[split]))}
    places, sides, shares = zip(*above, strict=True)
    return _Repeats(above=list(places), above_left=list(sides), above_share=list(shares), most=most)


def _bases(lengths: list[int]) -> list[int]:
    """Where each of several arrays starts once they are joined."""
    return [0, *np.cumsum(lengths[:-1], dtype=np.int64).tolist()] if lengths else []


def _joined(parts: list[NDArray[Any]], kind: type[Kind]) -> NDArray[Kind]:
    return np.concatenate([np.empty(0, kind), *parts]).astype(kind)

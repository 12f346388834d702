"""The numbers of all trees of a model text, read and checked at once: each list of a tree, then how they fit together.

A model has some hundred trees of some ten lists each; read one by one they cost the start of a service a quarter of a
second, joined they cost a tenth of that. Whatever is wrong is told of the first tree in which it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.tree_problems import malformed, not_carried
from vocabulary.text import Text

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

MISSING_NONE, MISSING_ZERO, MISSING_NAN = 0, 1, 2
"""What a split takes for missing, as LightGBM numbers it."""


@dataclass(frozen=True, slots=True, eq=False)
class TreeText:
    """One tree as written: m splits, m + 1 leaves. A child ``c >= 0`` is a split, ``c < 0`` is leaf ``-c - 1``."""

    feature: Integers
    threshold: Floats
    default_left: NDArray[np.bool_]
    missing: Integers
    left: Integers
    right: Integers
    split_count: Integers
    leaf_value: Floats
    leaf_count: Integers

    @property
    def splits(self) -> int:
        """How many splits the tree has; none for a tree of one leaf."""
        return len(self.feature)

    @property
    def expected(self) -> float:
        """Mean answer over the training rows, summed leaf by leaf as LightGBM does."""
        if not self.splits:
            return float(self.leaf_value[0])
        return float(sum((self.leaf_count / self.split_count[0] * self.leaf_value).tolist()))


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """All trees one after the other: ``start`` (trees + 1) of their splits; leaves start at ``start[t] + t``.

    ``tree`` names each split's tree, ``left`` and ``right`` (splits) its children among all splits, -1 for a leaf,
    ``under_left`` and ``under_right`` how many training rows went there; ``levels`` are the splits by their depth.
    """

    start: Integers
    tree: Integers
    left: Integers
    right: Integers
    under_left: Integers
    under_right: Integers
    levels: tuple[Integers, ...]

    @classmethod
    def of(cls, trees: Sequence[TreeText]) -> Joined:
        """The trees joined; their children have to be in range."""
        start = starts([tree.splits for tree in trees])
        tree = np.repeat(np.arange(len(trees)), np.diff(start))
        left, right = (
            joined([getattr(each, side) for each in trees], np.int64) for side in ("left", "right")
        )
        splits = joined([each.split_count for each in trees], np.int64)
        leaves = joined([each.leaf_count for each in trees], np.int64)

        def under(child: Integers) -> Integers:
            at_leaf = child < 0
            found = np.empty_like(child)
            found[at_leaf] = leaves[(start[tree] + tree + ~child)[at_leaf]]
            found[~at_leaf] = splits[(start[tree] + child)[~at_leaf]]
            return found

        ahead, aside = (np.where(child >= 0, start[tree] + child, -1) for child in (left, right))
        return cls(start, tree, ahead, aside, under(left), under(right), _levels(start, ahead, aside))


def read_trees(given: Sequence[Mapping[str, str]], *, features: int) -> tuple[TreeText, ...]:
    """The trees of blocks of ``key=value`` over so many features.

    Raises PortraitError: ``trees-not-carried`` for categorical splits, ``trees-malformed``.
    """
    decision = _parts(given, "decision_type", integers)
    bits = joined(decision, np.int64)
    owner = np.repeat(np.arange(len(given)), [len(part) for part in decision])
    if (bits & _CATEGORICAL_BIT).any():
        raise not_carried(Text(zh="按类别分裂的树", en="categorical splits"))
    _refuse((bits & ~_KNOWN_BITS != 0) | (bits >> 2 > MISSING_NAN), owner, _UNKNOWN_BITS)
    shrinkage = _parts(given, "shrinkage", floats)
    _refuse([not np.isfinite(part).all() for part in shrinkage], range(len(given)), _ENDLESS_SHRINKAGE)
    columns = {
        "feature": _parts(given, "split_feature", integers),
        "threshold": _parts(given, "threshold", floats),
        "default_left": [(part & _DEFAULT_LEFT_BIT) != 0 for part in decision],
        "missing": [part >> 2 for part in decision],
        "left": _parts(given, "left_child", integers),
        "right": _parts(given, "right_child", integers),
        "split_count": _parts(given, "internal_count", integers),
        "leaf_value": _parts(given, "leaf_value", floats),
        "leaf_count": _parts(given, "leaf_count", integers),
    }
    leaves = [part.tolist() for part in _parts(given, "num_leaves", integers)]
    trees = tuple(
        TreeText(**dict(zip(columns, parts, strict=True))) for parts in zip(*columns.values(), strict=True)
    )
    for number, (tree, told) in enumerate(zip(trees, leaves, strict=True)):
        _check_lengths(f"Tree={number}", tree, told)
    _check_numbers(trees, features)
    _check_shape(trees)
    return trees


def starts(lengths: Sequence[int]) -> Integers:
    """Where parts of these lengths begin when joined, and where the last one ends."""
    return np.cumsum([0, *lengths], dtype=np.int64)


def joined(parts: Sequence[NDArray[Any]], kind: type[Any]) -> NDArray[Any]:
    """The parts one after the other."""
    return np.concatenate([np.empty(0, kind), *parts]).astype(kind, copy=False)


def integers(lines: Sequence[str], where: Callable[[int], str]) -> Integers:
    """The whole numbers of all lines. Raises PortraitError ``trees-malformed`` of the first that holds another."""
    try:
        return np.array([int(token) for token in _tokens(lines)], dtype=np.int64)
    except (ValueError, OverflowError) as error:
        _name_the_line(lines, where, integers)
        line = lines[0][:40]
        raise malformed(
            where(0), Text(zh=f"[{line}] 不是整数列表", en=f"[{line}] is no list of whole numbers")
        ) from error


def floats(lines: Sequence[str], where: Callable[[int], str]) -> Floats:
    """The numbers of all lines. Raises PortraitError ``trees-malformed`` of the first that holds something else."""
    try:
        return np.array([float(token) for token in _tokens(lines)], dtype=np.float64)
    except ValueError as error:
        _name_the_line(lines, where, floats)
        line = lines[0][:40]
        raise malformed(
            where(0), Text(zh=f"[{line}] 不是数列", en=f"[{line}] is no list of numbers")
        ) from error


_CATEGORICAL_BIT, _DEFAULT_LEFT_BIT, _KNOWN_BITS = 1, 2, 0b1111
_UNKNOWN_BITS = Text(zh="decision_type 含未知位", en="decision_type holds unknown bits")
_ENDLESS_SHRINKAGE = Text(zh="shrinkage 不是有限数", en="shrinkage is not finite")
_ENDLESS_LEAF = Text(zh="叶值不是有限数", en="a leaf value is not finite")
_UNNAMED = Text(zh="分裂所用特征不在文件头中", en="a split reads a feature that the header does not name")
_NO_TREE = Text(zh="其子节点不成一棵树", en="its children do not form one tree")
_NO_SUM = Text(
    zh="两个子节点的行数之和不等于父节点", en="the counts of two children do not add up to their parent's"
)


def _parts(
    given: Sequence[Mapping[str, str]],
    key: str,
    read: Callable[[Sequence[str], Callable[[int], str]], NDArray[Any]],
) -> list[NDArray[Any]]:
    """One list of every tree."""
    lines = [each[key] for each in given]
    edges = starts([line.count(" ") + 1 if line else 0 for line in lines]).tolist()
    every = read(lines, "Tree={}".format)
    return [every[a:b] for a, b in pairwise(edges)]


def _tokens(lines: Sequence[str]) -> list[str]:
    """The words of lines that hold digits, signs, exponents and ``inf`` only."""
    line = " ".join(filter(None, lines))
    if line.encode().translate(None, b"-+.0123456789eE ").replace(b"inf", b""):
        raise ValueError(line[:40])
    return line.split(" ") if line else []


def _name_the_line(
    lines: Sequence[str],
    where: Callable[[int], str],
    read: Callable[[Sequence[str], Callable[[int], str]], NDArray[Any]],
) -> None:
    """Read lines one by one, so that the one which cannot be read is told."""
    for number, line in enumerate(lines if len(lines) > 1 else ()):
        read([line], lambda _, number=number: where(number))  # type: ignore[misc]


def _check_lengths(where: str, tree: TreeText, leaves: list[int]) -> None:
    parts = (tree.threshold, tree.left, tree.right, tree.split_count, tree.feature, tree.missing)
    if leaves != [len(tree.leaf_value)] or {len(part) + 1 for part in parts} != {*leaves}:
        raise malformed(
            where, Text(zh="各数组长度与 num_leaves 不符", en="its arrays differ in length from num_leaves")
        )
    if len(tree.leaf_count) != leaves[0]:
        raise malformed(
            where,
            Text(zh="leaf_count 长度与 num_leaves 不符", en="leaf_count differs in length from num_leaves"),
        )


def _check_numbers(trees: Sequence[TreeText], features: int) -> None:
    of_split = np.repeat(np.arange(len(trees)), [tree.splits for tree in trees])
    of_leaf = np.repeat(np.arange(len(trees)), [len(tree.leaf_value) for tree in trees])
    _refuse(~np.isfinite(joined([tree.leaf_value for tree in trees], np.float64)), of_leaf, _ENDLESS_LEAF)
    asked = joined([tree.feature for tree in trees], np.int64)
    _refuse((asked < 0) | (asked >= features), of_split, _UNNAMED)


def _check_shape(trees: Sequence[TreeText]) -> None:
    """Every split but the first and every leaf hangs once, all hang together, and counts add up."""
    splits = np.array([tree.splits for tree in trees], dtype=np.int64)
    owner = np.repeat(np.arange(len(trees)), splits)
    children = [joined([getattr(tree, side) for tree in trees], np.int64) for side in ("left", "right")]
    for child in children:
        _refuse((child >= splits[owner]) | (child < -splits[owner] - 1) | (child == 0), owner, _NO_TREE)
    places = starts((2 * splits + 1).tolist())  # of a tree: its splits, then its leaves
    hanging = np.zeros(places[-1], dtype=np.int64)
    for child in children:
        np.add.at(hanging, places[owner] + np.where(child >= 0, child, splits[owner] + ~child), 1)
    hanging[places[:-1]] += 1  # the first split, or the only leaf
    _refuse(hanging != 1, np.repeat(np.arange(len(trees)), np.diff(places)), _NO_TREE)
    every = Joined.of(trees)
    met = np.zeros(len(owner), dtype=bool)
    met[joined(every.levels, np.int64)] = True
    _refuse(~met, owner, _NO_TREE)
    under = every.under_left + every.under_right
    _refuse((under != joined([tree.split_count for tree in trees], np.int64)) | (under <= 0), owner, _NO_SUM)
    _refuse(
        [tree.splits > 0 and bool((tree.leaf_count < 0).any()) for tree in trees], range(len(trees)), _NO_SUM
    )


def _levels(start: Integers, left: Integers, right: Integers) -> tuple[Integers, ...]:
    """Splits by depth, from those that hang on nothing."""
    levels, here = [], start[:-1][np.diff(start) > 0]
    while len(here):
        levels.append(here)
        below = np.concatenate([left[here], right[here]])
        here = below[below >= 0]
    return tuple(levels)


def _refuse(wrong: Flags | Sequence[bool], owner: Integers | Sequence[int], why: Text) -> None:
    """Refuse the first tree that owns something wrong."""
    found = np.flatnonzero(wrong)
    if len(found):
        raise malformed(f"Tree={int(owner[found[0]])}", why)

"""Reading trees from LightGBM's own text, strictly: what cannot be carried, or was altered, is refused.

The format is the one that LightGBM 4 writes (``version=v4``): a header of ``key=value`` lines, then one block a
tree whose sizes in bytes the header names. Counts, children and numbers are checked against each other, so that
a truncated or altered model never answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

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
class ModelText:
    """A whole model as written."""

    objective: str
    feature_names: tuple[str, ...]
    trees: tuple[TreeText, ...]


def read_model(text: str) -> ModelText:
    """The model that ``text`` holds (``Booster.model_to_string()``).

    Raises PortraitError: ``trees-not-carried`` for what LightGBM can do and this house does not (several classes,
    averaged forests, categorical splits, linear leaves), ``trees-malformed`` for text that is truncated or altered.
    """
    head, gap, body = text.partition("\n\n")
    if not head.startswith("tree\n"):
        raise _malformed("header", Text(zh="没有文件头", en="there is no header"))
    if not gap or not _END.search(body):
        raise _malformed("end", Text(zh="文本没有结尾", en="the text has no end"))
    header = _header(head)
    names = tuple(header["feature_names"].split(" "))
    _check_header(header, names)
    blocks = _blocks(body.encode(), _integers("tree_sizes", header["tree_sizes"]))
    trees = tuple(_tree(number, block, len(names)) for number, block in enumerate(blocks))
    return ModelText(objective=header["objective"], feature_names=names, trees=trees)


_FLAG_AVERAGED = "average_output"
_HEADER_REQUIRED = {
    "version",
    "num_class",
    "num_tree_per_iteration",
    "label_index",
    "max_feature_idx",
    "objective",
    "feature_names",
    "feature_infos",
    "tree_sizes",
}
_HEADER_KNOWN = _HEADER_REQUIRED | {"monotone_constraints"}
_TREE_REQUIRED = {
    "num_leaves",
    "num_cat",
    "split_feature",
    "split_gain",
    "threshold",
    "decision_type",
    "left_child",
    "right_child",
    "leaf_value",
    "leaf_weight",
    "leaf_count",
    "internal_value",
    "internal_weight",
    "internal_count",
    "is_linear",
    "shrinkage",
}
_CATEGORICAL_BIT, _DEFAULT_LEFT_BIT, _KNOWN_BITS = 1, 2, 0b1111
_END = re.compile(r"^end of parameters$", re.MULTILINE)
_NUMBERS = re.compile(r"(?:[-+.0-9eE ]|inf)*", re.ASCII)


def _header(head: str) -> dict[str, str]:
    lines = head.split("\n")[1:]
    if _FLAG_AVERAGED in lines:
        raise _not_carried(Text(zh="取平均的随机森林", en="an averaged forest (average_output)"))
    return _pairs("header", lines, required=_HEADER_REQUIRED, known=_HEADER_KNOWN)


def _pairs(where: str, lines: list[str], *, required: set[str], known: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        key, equals, value = line.partition("=")
        if not equals or key in found or key not in known:
            raise _malformed(
                where,
                Text(
                    zh=f"行 [{line[:40]}] 未知、重复或不成键值对",
                    en=f"line [{line[:40]}] is unknown, double or no key=value",
                ),
            )
        found[key] = value
    if absent := sorted(required - found.keys()):
        raise _malformed(where, Text(zh=f"缺少 {', '.join(absent)}", en=f"{', '.join(absent)} is absent"))
    return found


def _check_header(header: dict[str, str], names: tuple[str, ...]) -> None:
    if header["version"] != "v4":
        raise _not_carried(
            Text(zh=f"模型文本版本 {header['version']}", en=f"model text of version {header['version']}")
        )
    if header["num_class"] != "1" or header["num_tree_per_iteration"] != "1":
        raise _not_carried(Text(zh="多类别模型", en="a model of several classes"))
    if header["max_feature_idx"] != str(len(names) - 1) or len(set(names)) != len(names) or "" in names:
        raise _malformed(
            "header",
            Text(
                zh="feature_names 与 max_feature_idx 不符，或名称重复",
                en="feature_names and max_feature_idx differ, or a name is double",
            ),
        )
    if len(header["feature_infos"].split(" ")) != len(names):
        raise _malformed(
            "header",
            Text(
                zh="feature_infos 与 feature_names 数目不符",
                en="feature_infos and feature_names differ in number",
            ),
        )


def _blocks(body: bytes, sizes: Integers) -> list[str]:
    ends = np.cumsum(sizes)
    if (sizes <= 0).any() or not body[int(ends[-1]) if len(ends) else 0 :].startswith(b"end of trees\n"):
        raise _malformed(
            "tree_sizes", Text(zh="树的结尾与文件头所载不符", en="the trees do not end where the header says")
        )
    return [body[end - size : end].decode() for size, end in zip(sizes.tolist(), ends.tolist(), strict=True)]


def _tree(number: int, block: str, features: int) -> TreeText:
    where = f"Tree={number}"
    first, *lines = block.rstrip("\n").split("\n")
    if first != where:
        raise _malformed(
            where, Text(zh="树的开头与文件头所载不符", en="the tree does not start where the header says")
        )
    given = _pairs(where, lines, required=_TREE_REQUIRED - {"is_linear"}, known=_tree_known(lines))
    if given.get("is_linear", "0") != "0":
        raise _not_carried(Text(zh="叶上为线性模型的树", en="linear models in the leaves"))
    if given["num_cat"] != "0":
        raise _not_carried(Text(zh="按类别分裂的树", en="categorical splits"))
    tree = _arrays(where, given)
    _check_numbers(where, tree, features)
    _check_shape(where, tree)
    return tree


def _tree_known(lines: list[str]) -> set[str]:
    """The keys of a plain tree; those of categorical and linear trees too, so that these are refused by name."""
    more = {line.partition("=")[0] for line in lines}
    return _TREE_REQUIRED | {key for key in more if key.startswith(("cat_", "leaf_co", "leaf_fe", "num_fe"))}


def _arrays(where: str, given: dict[str, str]) -> TreeText:
    decision = _integers(where, given["decision_type"])
    if (decision & _CATEGORICAL_BIT).any():
        raise _not_carried(Text(zh="按类别分裂的树", en="categorical splits"))
    if (decision & ~_KNOWN_BITS).any() or (decision >> 2 > MISSING_NAN).any():
        raise _malformed(where, Text(zh="decision_type 含未知位", en="decision_type holds unknown bits"))
    if not np.isfinite(_floats(where, given["shrinkage"])).all():
        raise _malformed(where, Text(zh="shrinkage 不是有限数", en="shrinkage is not finite"))
    tree = TreeText(
        feature=_integers(where, given["split_feature"]),
        threshold=_floats(where, given["threshold"]),
        default_left=(decision & _DEFAULT_LEFT_BIT) != 0,
        missing=decision >> 2,
        left=_integers(where, given["left_child"]),
        right=_integers(where, given["right_child"]),
        split_count=_integers(where, given["internal_count"]),
        leaf_value=_floats(where, given["leaf_value"]),
        leaf_count=_integers(where, given["leaf_count"]),
    )
    _check_lengths(where, tree, _integers(where, given["num_leaves"]).tolist(), len(decision))
    return tree


def _check_lengths(where: str, tree: TreeText, leaves: list[int], decisions: int) -> None:
    lengths = [len(part) for part in (tree.threshold, tree.left, tree.right, tree.split_count, tree.feature)]
    if leaves != [len(tree.leaf_value)] or {decisions + 1, *(n + 1 for n in lengths)} != {*leaves}:
        raise _malformed(
            where, Text(zh="各数组长度与 num_leaves 不符", en="its arrays differ in length from num_leaves")
        )
    if len(tree.leaf_count) != leaves[0]:
        raise _malformed(
            where,
            Text(zh="leaf_count 长度与 num_leaves 不符", en="leaf_count differs in length from num_leaves"),
        )


def _check_numbers(where: str, tree: TreeText, features: int) -> None:
    if not np.isfinite(tree.leaf_value).all():
        raise _malformed(where, Text(zh="叶值不是有限数", en="a leaf value is not finite"))
    if ((tree.feature < 0) | (tree.feature >= features)).any():
        raise _malformed(
            where,
            Text(zh="分裂所用特征不在文件头中", en="a split reads a feature that the header does not name"),
        )


def _check_shape(where: str, tree: TreeText) -> None:
    """Every split but the first and every leaf hangs once, all hang together, and counts add up."""
    if not tree.splits:
        return
    hanging = np.sort(np.concatenate([tree.left, tree.right]))
    expected = np.concatenate([np.arange(-tree.splits - 1, 0), np.arange(1, tree.splits)])
    if not np.array_equal(hanging, expected) or _reached(tree) != tree.splits:
        raise _malformed(where, Text(zh="其子节点不成一棵树", en="its children do not form one tree"))
    under = _count(tree, tree.left) + _count(tree, tree.right)
    if not np.array_equal(under, tree.split_count) or (under <= 0).any() or (tree.leaf_count < 0).any():
        raise _malformed(
            where,
            Text(
                zh="两个子节点的行数之和不等于父节点",
                en="the counts of two children do not add up to their parent's",
            ),
        )


def _reached(tree: TreeText) -> int:
    """Splits met when walking from the first; each hangs once, so the walk ends."""
    left, right = tree.left.tolist(), tree.right.tolist()
    waiting, met = [0], 0
    while waiting:
        split = waiting.pop()
        met += 1
        waiting += [child for child in (left[split], right[split]) if child >= 0]
    return met


def _count(tree: TreeText, child: Integers) -> Integers:
    return np.where(
        child >= 0, tree.split_count[np.maximum(child, 0)], tree.leaf_count[np.maximum(~child, 0)]
    )


def _integers(where: str, line: str) -> Integers:
    try:
        return np.array([int(token) for token in _tokens(line)], dtype=np.int64)
    except (ValueError, OverflowError) as error:
        raise _malformed(
            where, Text(zh=f"[{line[:40]}] 不是整数列表", en=f"[{line[:40]}] is no list of whole numbers")
        ) from error


def _floats(where: str, line: str) -> Floats:
    try:
        return np.array([float(token) for token in _tokens(line)], dtype=np.float64)
    except ValueError as error:
        raise _malformed(
            where, Text(zh=f"[{line[:40]}] 不是数列", en=f"[{line[:40]}] is no list of numbers")
        ) from error


def _tokens(line: str) -> list[str]:
    if not _NUMBERS.fullmatch(line):
        raise ValueError(line)
    return line.split(" ") if line else []


def _malformed(where: str, found: Text) -> PortraitError:
    return PortraitError(
        Problem(
            code="trees-malformed",
            title=Text(zh="模型文本不完整或被改动", en="The model text is truncated or altered"),
            detail=Text(zh="在 [{where}]：{found}。", en="At [{where}]: {found}.").fill(
                where=where, found=found
            ),
            next_step=Text(
                zh="请重新导出该模型包，并核对清单中的 sha256。",
                en="Export the bundle again and compare the sha256 in its manifest.",
            ),
            status=422,
            values={"where": where},
        )
    )


def _not_carried(what: Text) -> PortraitError:
    return PortraitError(
        Problem(
            code="trees-not-carried",
            title=Text(zh="不支持此种模型", en="This kind of model is not carried"),
            detail=Text(zh="模型含有{what}。", en="The model holds {what}.").fill(what=what),
            next_step=Text(
                zh="请以数值特征、单一输出重新训练。",
                en="Train again with numeric features, constant leaves and one output.",
            ),
            status=422,
        )
    )

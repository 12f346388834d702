"""Reading trees from LightGBM's own text, strictly: what cannot be carried, or was altered, is refused.

The format is the one that LightGBM 4 writes (``version=v4``): a header of ``key=value`` lines, then one block a
tree whose sizes in bytes the header names. Counts, children and numbers are checked against each other, so that
a truncated or altered model never answers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.tree_arrays import MISSING_NAN as MISSING_NAN
from scoring.tree_arrays import MISSING_NONE as MISSING_NONE
from scoring.tree_arrays import MISSING_ZERO as MISSING_ZERO
from scoring.tree_arrays import Floats as Floats
from scoring.tree_arrays import Integers as Integers
from scoring.tree_arrays import TreeText as TreeText
from scoring.tree_arrays import integers, read_trees
from scoring.tree_problems import malformed, not_carried
from vocabulary.text import Text


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
        raise malformed("header", Text(zh="没有文件头", en="there is no header"))
    if not gap or "\nend of parameters\n" not in f"\n{body}\n":
        raise malformed("end", Text(zh="文本没有结尾", en="the text has no end"))
    header = _header(head)
    names = tuple(header["feature_names"].split(" "))
    _check_header(header, names)
    blocks = _blocks(body.encode(), integers([header["tree_sizes"]], lambda _: "tree_sizes"))
    given = [_tree(number, block) for number, block in enumerate(blocks)]
    return ModelText(header["objective"], names, read_trees(given, features=len(names)))


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


def _header(head: str) -> dict[str, str]:
    lines = head.split("\n")[1:]
    if _FLAG_AVERAGED in lines:
        raise not_carried(Text(zh="取平均的随机森林", en="an averaged forest (average_output)"))
    return _pairs("header", lines, required=_HEADER_REQUIRED, known=_HEADER_KNOWN)


def _pairs(where: str, lines: list[str], *, required: set[str], known: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        key, equals, value = line.partition("=")
        if not equals or key in found or key not in known:
            raise malformed(
                where,
                Text(
                    zh=f"行 [{line[:40]}] 未知、重复或不成键值对",
                    en=f"line [{line[:40]}] is unknown, double or no key=value",
                ),
            )
        found[key] = value
    if absent := sorted(required - found.keys()):
        raise malformed(where, Text(zh=f"缺少 {', '.join(absent)}", en=f"{', '.join(absent)} is absent"))
    return found


def _check_header(header: dict[str, str], names: tuple[str, ...]) -> None:
    if header["version"] != "v4":
        raise not_carried(
            Text(zh=f"模型文本版本 {header['version']}", en=f"model text of version {header['version']}")
        )
    if header["num_class"] != "1" or header["num_tree_per_iteration"] != "1":
        raise not_carried(Text(zh="多类别模型", en="a model of several classes"))
    if header["max_feature_idx"] != str(len(names) - 1) or len(set(names)) != len(names) or "" in names:
        raise malformed(
            "header",
            Text(
                zh="feature_names 与 max_feature_idx 不符，或名称重复",
                en="feature_names and max_feature_idx differ, or a name is double",
            ),
        )
    if len(header["feature_infos"].split(" ")) != len(names):
        raise malformed(
            "header",
            Text(
                zh="feature_infos 与 feature_names 数目不符",
                en="feature_infos and feature_names differ in number",
            ),
        )


def _blocks(body: bytes, sizes: Integers) -> list[str]:
    ends = np.cumsum(sizes)
    if (sizes <= 0).any() or not body[int(ends[-1]) if len(ends) else 0 :].startswith(b"end of trees\n"):
        raise malformed(
            "tree_sizes", Text(zh="树的结尾与文件头所载不符", en="the trees do not end where the header says")
        )
    return [body[end - size : end].decode() for size, end in zip(sizes.tolist(), ends.tolist(), strict=True)]


def _tree(number: int, block: str) -> dict[str, str]:
    where = f"Tree={number}"
    first, *lines = block.rstrip("\n").split("\n")
    if first != where:
        raise malformed(
            where, Text(zh="树的开头与文件头所载不符", en="the tree does not start where the header says")
        )
    given = _pairs(where, lines, required=_TREE_REQUIRED - {"is_linear"}, known=_tree_known(lines))
    if given.get("is_linear", "0") != "0":
        raise not_carried(Text(zh="叶上为线性模型的树", en="linear models in the leaves"))
    if given["num_cat"] != "0":
        raise not_carried(Text(zh="按类别分裂的树", en="categorical splits"))
    return given


def _tree_known(lines: list[str]) -> set[str]:
    """The keys of a plain tree; those of categorical and linear trees too, so that these are refused by name."""
    more = {line.partition("=")[0] for line in lines}
    return _TREE_REQUIRED | {key for key in more if key.startswith(("cat_", "leaf_co", "leaf_fe", "num_fe"))}

"""Do the trees lean as the catalogue says? Looked at in every tree, since not every way of growing them keeps to it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scoring.tree_text import TreeText, read_model
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


def crossed(text: str, monotone: Sequence[int]) -> tuple[str, ...]:
    """Names of features against whose leaning some tree moves: a split whose lower side holds a higher leaf.

    ``text``: LightGBM's; ``monotone``: 1, 0 or -1 by feature. No crossed split in any tree means that the sum of trees
    moves only the way each feature leans, whatever the other values are, known or not.
    """
    model = read_model(text)
    found: set[int] = set()
    for tree in model.trees:
        found |= _crossed(tree, monotone)
    return tuple(model.feature_names[place] for place in sorted(found))


def refuse_crossed(text: str, monotone: Sequence[int]) -> None:
    """Raises PortraitError naming the features when a tree moves against a leaning."""
    names = crossed(text, monotone)
    if not names:
        return
    shown = ", ".join(f"[{name}]" for name in names[:8])
    raise PortraitError(
        Problem(
            code="leaning_crossed",
            title=Text(zh="模型违反单调约束", en="The model moves against a leaning"),
            detail=Text(
                zh=f"以下特征的方向与特征目录不符：{shown}。",
                en=f"Trees move against what the catalogue declares of {shown}.",
            ),
            next_step=Text(
                zh="请以 basic 单调方法、不用路径平滑重新训练；模型未登记。",
                en="Train with the basic method and without path smoothing; nothing was registered.",
            ),
            status=422,
        )
    )


def _crossed(tree: TreeText, monotone: Sequence[int]) -> set[int]:
    """Children come after their split in LightGBM's numbering: one walk from the last split finds each side's ends."""
    low, high = np.empty(tree.splits), np.empty(tree.splits)
    found = set()
    for split in range(tree.splits - 1, -1, -1):
        sides = [
            (tree.leaf_value[~child], tree.leaf_value[~child]) if child < 0 else (low[child], high[child])
            for child in (int(tree.left[split]), int(tree.right[split]))
        ]
        (left_low, left_high), (right_low, right_high) = sides
        low[split], high[split] = min(left_low, right_low), max(left_high, right_high)
        leaning = monotone[int(tree.feature[split])]
        if (leaning > 0 and left_high > right_low) or (leaning < 0 and left_low < right_high):
            found.add(int(tree.feature[split]))
    return found

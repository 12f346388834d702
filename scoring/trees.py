"""Trees as LightGBM wrote them, answering exactly as LightGBM does, without LightGBM.

Serving imports no training library, so a bundle's trees are read from LightGBM's text and walked by a compiled
loop of our own. The raw answer is the same number, bit for bit: same comparisons, same order of summation.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from scoring import _kernel, loops
from scoring.tree_tables import TreeTables, lay_out
from scoring.tree_text import Floats, read_model
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """A boosted sum of trees over ``feature_names``. Never changes; any number of threads may ask it."""

    feature_names: tuple[str, ...]
    objective: str
    tables: TreeTables
    expected: float
    """Mean raw score over the training rows, in log-odds: the last column of ``pred_contrib``."""

    @classmethod
    def parse(cls, model_text: str) -> Trees:
        """The trees of a model text (``Booster.model_to_string()``).

        Raises PortraitError ``trees-not-carried`` or ``trees-malformed`` (see ``scoring.tree_text``).
        """
        model = read_model(model_text)
        return cls(
            feature_names=model.feature_names,
            objective=model.objective,
            tables=lay_out(model.trees),
            expected=float(sum(tree.expected for tree in model.trees)),
        )

    def raw(self, X: ArrayLike, *, threads: int = 1) -> Floats:
        """Raw scores (n,), in log-odds, of X (n, features), NaN where not known; equal to LightGBM's own.

        Raises PortraitError ``matrix-shape``.
        """
        rows = self.rows(X)
        out = np.empty(len(rows))
        loop = loops.walk_each if len(rows) <= _kernel.FEW else loops.answer_blocks
        in_parts(lambda part, answers: loop(part, self.tables, answers), rows, out, threads=threads)
        return out

    def rows(self, X: ArrayLike) -> Floats:
        """X as float64 in C order. Raises PortraitError ``matrix-shape`` unless it is (n, features)."""
        rows: Floats = np.require(X, np.float64, ["C_CONTIGUOUS", "ALIGNED", "WRITEABLE"])
        if rows.ndim != 2 or rows.shape[1] != len(self.feature_names):
            raise _misshapen(rows.shape, len(self.feature_names))
        return rows


def in_parts(fill: Callable[[Floats, Floats], None], rows: Floats, out: Floats, *, threads: int) -> None:
    """Let ``fill`` answer rows into out, cut in as many parts as threads; compiled loops hold no lock."""
    if threads <= 1 or len(rows) < 2 * _WORTH_A_THREAD:
        fill(rows, out)
        return
    edges = np.linspace(0, len(rows), threads + 1).astype(int).tolist()
    parts = [slice(a, b) for a, b in pairwise(edges)]
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda part: fill(rows[part], out[part]), parts))


_WORTH_A_THREAD = 128
"""Fewer rows than these are answered sooner than a thread starts."""


def _misshapen(shape: tuple[int, ...], features: int) -> PortraitError:
    return PortraitError(
        Problem(
            code="matrix-shape",
            title=Text(zh="特征矩阵形状不符", en="The feature matrix has another shape"),
            detail=Text(
                zh="得到 [{shape}]，模型需要每行 [{features}] 个特征。",
                en="Got [{shape}]; the model reads [{features}] features a row.",
            ).fill(shape=shape, features=features),
            next_step=Text(
                zh="请按模型的 feature_names 顺序给出各列。",
                en="Give the columns in the order of the model's feature_names.",
            ),
            status=422,
        )
    )

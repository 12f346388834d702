"""The curve: how likely each part of the debt is to be performed, by three, six, twelve and twenty-four months.

One monotone classifier answers P(share_h > t) for every horizon h and threshold t: it rises with h and falls with t.
It is then tilted by one number an obligation, added to all its log-odds, so that its mean at twelve months is the
headline score. Adding the same number everywhere keeps both orders, whatever the number is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from features.declare import Values
from scoring import _kernel, loops
from scoring.outcomes import FULL
from scoring.outcomes import HORIZONS as HORIZONS
from scoring.trees import Trees, in_parts

MARKS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 0.95, FULL)
"""Thresholds t of the curve: P(share > 0) is P(any), P(share > FULL) is P(all)."""
HALF = 0.5
HEADLINE = 12
"""Months of the headline score."""
GRID = ("horizon", "threshold")
"""Columns of the curve's trees after those of the catalogue: months, and share."""


def mean_weights(marks: tuple[float, ...] = MARKS) -> Values:
    """Weights (marks,) with which the chances of exceeding the marks add up to a mean share.

    Between two marks the share is spread evenly: ∫ P(share > t) dt by the trapezoid rule, and flat above the last.
    """
    steps = np.diff(np.array(marks))
    weights = np.concatenate([steps, [0.0]]) / 2 + np.concatenate([[0.0], steps]) / 2
    weights[-1] += 1.0 - marks[-1]
    return np.asarray(weights)


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """Curves of n obligations: ``exceed[i, h, m]`` = P(share by HORIZONS[h] months > MARKS[m]), (n, 4, marks).

    ``tilt`` (n,): log-odds added so that the mean at twelve months is the headline.
    """

    exceed: Values
    tilt: Values

    def any(self, months: int = HEADLINE) -> Values:
        """P(anything is performed) by ``months``, of shape (n,)."""
        return self.above(0.0, months)

    def half(self, months: int = HEADLINE) -> Values:
        """P(more than half is performed) by ``months``, of shape (n,)."""
        return self.above(HALF, months)

    def all(self, months: int = HEADLINE) -> Values:
        """P(all is performed) by ``months``, of shape (n,)."""
        return self.above(FULL, months)

    def above(self, mark: float, months: int = HEADLINE) -> Values:
        """P(share > mark) by ``months``, of shape (n,). Raises ValueError for another mark or horizon."""
        return np.asarray(self.exceed[:, HORIZONS.index(months), MARKS.index(mark)])

    def mean(self, months: int = HEADLINE) -> Values:
        """Expected share by ``months``, of shape (n,)."""
        return np.asarray(self.exceed[:, HORIZONS.index(months)] @ mean_weights())


@dataclass(frozen=True, slots=True, eq=False)
class CurveModel:
    """Trees over the catalogue's columns and GRID, the slope that calibrates their log-odds, months of the headline."""

    trees: Trees
    slope: float = 1.0
    months: int = HEADLINE
    _axis: NDArray[np.int8] = field(init=False, repr=False)
    _cut: NDArray[np.int64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.slope > 0 or not np.isfinite(self.slope):
            raise ValueError(f"slope [{self.slope}] of the curve must be above 0")
        axis, cut = _cuts(self.trees)
        object.__setattr__(self, "_axis", axis)
        object.__setattr__(self, "_cut", cut)

    @classmethod
    def parse(cls, text: str, *, slope: float = 1.0, months: int = HEADLINE) -> CurveModel:
        """The model of a text whose last columns are GRID. Raises PortraitError as ``Trees.parse`` does."""
        return cls(Trees.parse(text), slope, months)

    @property
    def names(self) -> tuple[str, ...]:
        """Columns that a row gives, without the grid's."""
        return self.trees.feature_names[: -len(GRID)]

    def raw(self, values: ArrayLike, *, threads: int = 1) -> Values:
        """Log-odds (n, 4, marks) of exceeding, of values (n, features), as LightGBM gives them cell by cell."""
        rows = np.asarray(values, dtype=np.float64)
        wide = self.trees.rows(np.column_stack([rows, np.zeros((len(rows), len(GRID)))]))
        out = np.empty((len(rows), len(HORIZONS), len(MARKS)))
        in_parts(self._walk, wide, out, threads=threads)
        return out

    def curve(self, values: ArrayLike, headline: Values, *, threads: int = 1) -> Curve:
        """Curves of values (n, features), tilted to expected shares ``headline`` (n,) at the headline's months."""
        return self.tilted(self.raw(values, threads=threads), headline)

    def tilted(self, raw: Values, headline: Values) -> Curve:
        """Curves of log-odds (n, 4, marks), tilted so that the headline's mean is ``headline`` (n,)."""
        odds = self.slope * raw
        tilt = np.empty(len(odds))
        at = np.ascontiguousarray(odds[:, HORIZONS.index(self.months)])
        loops.tilt_rows(at, mean_weights(), np.ascontiguousarray(headline, dtype=np.float64), tilt)
        return self.shifted(raw, tilt)

    def shifted(self, raw: Values, tilt: Values) -> Curve:
        """Curves of log-odds (n, 4, marks), each with ``tilt`` (n,) added; zeros give the curve as calibrated."""
        return Curve(1.0 / (1.0 + np.exp(-(self.slope * raw + tilt[:, None, None]))), tilt)

    def _walk(self, rows: Values, out: Values) -> None:
        tables = self.trees.tables
        cells = np.empty((len(tables.column_feature), _kernel.ROWS))
        for begin in range(0, len(rows), _kernel.ROWS):
            here = slice(begin, begin + _kernel.ROWS)
            loops.fill_block(rows[here], tables.column_feature, tables.column_missing, cells)
            loops.walk_grid(cells, tables, self._axis, self._cut, out[here])


def _cuts(trees: Trees) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    """By split: the axis of the grid it cuts (-1 for none), and how many of the axis' values go low."""
    tables, first = trees.tables, len(trees.feature_names) - len(GRID)
    axis = np.where(tables.feature >= first, tables.feature - first, -1).astype(np.int8)
    cut = np.zeros(len(axis), np.int64)
    for number, places in enumerate((HORIZONS, MARKS)):
        here = axis == number
        cut[here] = np.searchsorted(np.array(places, dtype=float), tables.threshold[here], side="right")
    return axis, cut


def warm() -> None:
    """Compile the loops ahead, or load them from where an earlier process kept them."""
    from scoring.tree_tables import lay_out

    nothing = Trees(feature_names=("nothing", *GRID), objective="", tables=lay_out(()), expected=0.0)
    CurveModel(nothing).curve(np.zeros((1, 1)), np.array([0.5]))

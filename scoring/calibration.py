"""From a booster's raw log-odds to a share: one smooth, strictly increasing map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """``share = 1 / (1 + exp(-(slope · raw + shift)))`` with slope above 0 (Platt scaling of log-odds).

    Raises ValueError when the slope is not above 0: the order of debtors would turn over.
    """

    slope: float = 1.0
    shift: float = 0.0

    def __post_init__(self) -> None:
        if not self.slope > 0 or not np.isfinite(self.slope + self.shift):
            raise ValueError(
                f"calibration slope [{self.slope}] must be above 0 and shift [{self.shift}] finite"
            )

    def share(self, raw: Values) -> Values:
        """Expected share of shape (n,), 0 to 1, from raw log-odds of shape (n,)."""
        odds = np.clip(self.slope * raw + self.shift, -500.0, 500.0)
        return 1.0 / (1.0 + np.exp(-odds))

    def gradient(self, raw: Values) -> Values:
        """Slope of the map, d share / d raw, of shape (n,): what one unit of log-odds is worth there."""
        share = self.share(raw)
        return self.slope * share * (1.0 - share)

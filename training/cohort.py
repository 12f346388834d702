"""Training rows are the house's cohort: see `scoring.cohort`, which monitoring reads too."""

from __future__ import annotations

from scoring.cohort import AT_FILING, MOMENTS, cohort, weights_of

__all__ = ["AT_FILING", "MOMENTS", "cohort", "weights_of"]

"""Donors: profiles of some hundred obligations, kept beside the queue, from which answers are supposed.

They tell what sources answer about debtors like one of whom nobody has asked yet. The file holds feature values only:
no id, no name, no case. It is NumPy's own form, so that the day reads it without the night's libraries, and its name
bears the digest of its catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from features.catalogue import CATALOGUE
from features.declare import Values
from vocabulary.states import FRESH_STEPS

NAME = f"donors-{CATALOGUE.digest[:12]}.npy"
_PLACE = {name: place for place, name in enumerate(CATALOGUE.names)}


@dataclass(frozen=True, slots=True, eq=False)
class Donors:
    """Profiles of shape (n, features), in the catalogue's order."""

    values: Values

    def of_kind(self, organisation: bool) -> Donors:
        """Those of natural persons, or those of organisations."""
        return Donors(self.values[(self.values[:, _PLACE["organisation"]] > 0) == organisation])

    def told_of(self, family: str) -> NDArray[np.bool_]:
        """Which donors have a fresh answer about a family, found or empty: shape (n,)."""
        return np.isin(self.values[:, _PLACE[f"{family}_state"]], FRESH_STEPS)


def donors_of(folder: Path) -> Donors | None:
    """The donors beside a queue; None where it has none, or another catalogue made them."""
    try:
        return _read(folder / NAME)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=2)
def _read(path: Path) -> Donors:
    return Donors(np.load(path, allow_pickle=False).astype(np.float64))

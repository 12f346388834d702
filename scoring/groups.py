"""Groups that likely sets are right for: coverage band and kind of debtor, read from the feature values."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from features.catalogue import CATALOGUE
from features.declare import Catalogue, Values
from vocabulary.families import COVERING, coverage_band
from vocabulary.states import FRESH_STEPS

Names = NDArray[np.str_]


def bands(values: Values, catalogue: Catalogue = CATALOGUE) -> Names:
    """Coverage band of each row of values (n, features): share of asset and income families answered and fresh."""
    return np.array([coverage_band(float(share)) for share in fresh_share(values, catalogue)], dtype=str)


def fresh_share(values: Values, catalogue: Catalogue = CATALOGUE) -> Values:
    """Share of the asset and income families that are answered and fresh, of each row (n,)."""
    places = [catalogue.names.index(f"{family}_state") for family in COVERING]
    return np.asarray(np.isin(values[:, places], FRESH_STEPS).mean(axis=1))


def kinds(values: Values, catalogue: Catalogue = CATALOGUE) -> Names:
    """Kind of debtor of each row: organisation where the court registers one, else natural."""
    found = values[:, catalogue.names.index("organisation")] == 1.0
    return np.where(found, "organisation", "natural")

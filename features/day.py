"""The day engine: one debtor's profile from a dossier, in plain Python; the reference that the night is checked by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from features.absence import OWN_REGISTER, values_of
from features.catalogue import CATALOGUE
from features.declare import Catalogue, Feature, Standing, Values
from records.dossier import Dossier, Row
from records.states import FamilyState, family_states
from vocabulary.families import COVERING, coverage_band


@dataclass(frozen=True, slots=True)
class Profile:
    """Feature values of one obligation on a date: ``values`` of shape (features,), NaN where not known."""

    as_of: date
    values: Values
    states: Mapping[str, FamilyState]
    catalogue: Catalogue = CATALOGUE

    def __getitem__(self, name: str) -> float:
        """The value of a feature; NaN when not known. Raises KeyError with near names."""
        self.catalogue[name]
        return float(self.values[self.catalogue.names.index(name)])

    @property
    def coverage(self) -> float:
        """Share of the asset and income families that are answered and fresh."""
        return sum(self.states[code].state.fresh for code in COVERING) / len(COVERING)

    @property
    def band(self) -> str:
        """Coverage band: low, middle or high."""
        return coverage_band(self.coverage)


def profile(
    dossier: Dossier,
    catalogue: Catalogue = CATALOGUE,
    *,
    supposed: Mapping[str, FamilyState] | None = None,
) -> Profile:
    """The profile of a dossier's obligation on its date.

    ``supposed`` takes the place of the family states that its receipts give: what a change is split by.
    """
    states = supposed or family_states(dossier.rows("queries", "party"), dossier.as_of)
    chosen = {rows: rows.select(dossier) for rows in {feature.rows for feature in catalogue.made_of_rows}}
    found = [(feature, chosen[feature.rows]) for feature in catalogue.made_of_rows]
    values = _values(found, as_of=dossier.as_of, states=states)
    known = {feature.name: float(value) for (feature, _), value in zip(found, values, strict=True)}
    return Profile(dossier.as_of, complete(known, states, catalogue), states, catalogue)


def value(feature: Feature, dossier: Dossier, states: Mapping[str, FamilyState]) -> float:
    """One feature's value from a dossier and its family states; NaN when not known."""
    return value_from(feature, feature.rows.select(dossier), as_of=dossier.as_of, states=states)


def value_from(
    feature: Feature, chosen: list[Row], *, as_of: date, states: Mapping[str, FamilyState]
) -> float:
    """One feature's value from its selected rows alone: what evidence must reproduce."""
    return float(_values([(feature, chosen)], as_of=as_of, states=states)[0])


def _values(
    found: list[tuple[Feature, list[Row]]], *, as_of: date, states: Mapping[str, FamilyState]
) -> Values:
    raw = (feature.measure.of(feature.rows, chosen, as_of) for feature, chosen in found)
    return values_of(
        np.array([np.nan if number is None else number for number in raw]),
        selected=np.array([len(chosen) for _, chosen in found]),
        states=np.array([_step(states.get(feature.family)) for feature, _ in found]),
        nothing_found=np.array([feature.if_silent for feature, _ in found]),
    )


def _step(state: FamilyState | None) -> float:
    return OWN_REGISTER if state is None else float(state.state.step)


def complete(known: Mapping[str, float], states: Mapping[str, FamilyState], catalogue: Catalogue) -> Values:
    """All values in the catalogue's order: those made of rows as given, derived ones and standings added."""
    every = dict(known)
    for feature in catalogue.features:
        if isinstance(feature, Standing):
            every[feature.name] = _standing(feature, states[feature.family])
    for derived in catalogue.derived:
        parts = [np.array([every[part.name]]) for part in derived.parts]
        every[derived.name] = float(derived.of(*parts)[0])
    return np.array([every[name] for name in catalogue.names])


def _standing(feature: Standing, state: FamilyState) -> float:
    if feature.of == "state":
        return float(state.state.step)
    return np.nan if state.age_days is None else float(state.age_days)

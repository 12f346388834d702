"""The rows behind a value: a feature's selection without its measure, so that drill-down cannot drift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from features.catalogue import CATALOGUE
from features.day import value_from
from features.declare import Catalogue, Derived, Feature, Standing
from records.dossier import Dossier, Row, in_order
from records.states import FamilyState, family_states
from vocabulary.families import FAMILIES

ALWAYS_SHOWN = ("row_id", "receipt_id", "happened_at", "known_at")


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """Rows of one feature made of rows, and the value recomputed from these rows alone."""

    feature: Feature
    rows: tuple[Row, ...]
    value: float

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns to show: ids and clocks first, then what the feature names, or what it measures."""
        return (*ALWAYS_SHOWN, *(name for name in self.feature.shows if name not in ALWAYS_SHOWN))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence of one feature.

    A part for each feature made of rows that it stands on, and the receipts that say what silence means. A family that
    was not asked is proved by another family's receipt: receipts are kept, and none asks for this one.
    """

    name: str
    parts: tuple[EvidencePart, ...]
    receipts: tuple[Row, ...]


def evidence(name: str, dossier: Dossier, catalogue: Catalogue = CATALOGUE) -> Evidence:
    """The evidence of a feature in a dossier. Raises KeyError with near names for an unknown feature."""
    declared = catalogue[name]
    queries = dossier.rows("queries", "party")
    states = family_states(queries, dossier.as_of)
    parts = tuple(_part(feature, dossier, states) for feature in leaves(declared))
    families = (
        {declared.family} if isinstance(declared, Standing) else {part.feature.family for part in parts}
    )
    return Evidence(name, parts, _receipts(queries, families))


def leaves(declared: Feature | Derived | Standing) -> tuple[Feature, ...]:
    """The features made of rows that a feature stands on, each once."""
    if isinstance(declared, Feature):
        return (declared,)
    if isinstance(declared, Standing):
        return ()
    found: dict[str, Feature] = {}
    for part in declared.parts:
        found.update({leaf.name: leaf for leaf in leaves(part)})
    return tuple(found.values())


def _receipts(queries: tuple[Row, ...], families: set[str]) -> tuple[Row, ...]:
    asked = {family for family in families if FAMILIES[family].asked}
    kept = [row for row in queries if row["family"] in asked]
    if asked - {row["family"] for row in kept}:
        kept += [row for row in queries if row["family"] not in asked][-1:]
    return tuple(sorted(kept, key=in_order))


def _part(feature: Feature, dossier: Dossier, states: Mapping[str, FamilyState]) -> EvidencePart:
    rows = feature.rows.select(dossier)
    value = value_from(feature, rows, as_of=dossier.as_of, states=states)
    return EvidencePart(feature, tuple(rows), value)

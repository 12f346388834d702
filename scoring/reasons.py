"""Reasons: contributions grouped by record family, each with a sentence in both languages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from features.day import Profile
from features.declare import Values
from features.phrases import sentence, spoken_value
from scoring.bundle import Bundle
from vocabulary.families import FAMILIES
from vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Reason:
    """What one feature adds to the score, in points, and why in words. ``value`` is None when not known."""

    feature: str
    family: str
    contribution: float
    value: float | None
    shown: Text
    sentence: Text
    label: Text
    standing: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """All reasons of one record family: their contributions add up to the group's."""

    family: str
    label: Text
    contribution: float
    reasons: tuple[Reason, ...]


def groups(bundle: Bundle, profile: Profile, contributions: Values, *, kind: str) -> tuple[Group, ...]:
    """Groups of reasons, weightiest first. ``contributions``: shape (features,), in points."""
    by_family: dict[str, list[Reason]] = {}
    for place in np.argsort(-np.abs(contributions), kind="stable"):
        name = bundle.names[place]
        reason = _reason(
            bundle, profile, name, float(contributions[place]), float(profile.values[place]), kind
        )
        by_family.setdefault(reason.family, []).append(reason)
    found = (
        Group(family, FAMILIES[family].label, float(sum(r.contribution for r in reasons)), tuple(reasons))
        for family, reasons in by_family.items()
    )
    return tuple(sorted(found, key=lambda group: -abs(group.contribution)))


def _reason(
    bundle: Bundle, profile: Profile, name: str, contribution: float, value: float, kind: str
) -> Reason:
    declared = profile.catalogue[name]
    standing = bundle.standing(kind=kind, name=name, value=value)
    return Reason(
        feature=name,
        family=declared.family,
        contribution=contribution,
        value=None if np.isnan(value) else value,
        shown=spoken_value(declared, value),
        sentence=sentence(declared, value, standing),
        label=declared.label,
        standing=standing,
    )

"""The way of the score: five points between two portraits, and what each feature does from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from features.day import Profile, profile
from features.declare import Declared, Standing
from features.evidence import leaves
from features.phrases import spoken_value
from portraits.change.shapes import FeatureMove, Stand
from portraits.law.rule import Cited, cite
from records.dossier import Dossier
from records.states import FamilyState, family_states
from scoring.bundle import Bundle
from scoring.score import score
from vocabulary.states import QueryState
from vocabulary.text import Text

STILL = 1e-12
"""Points below which a feature did not move."""
_UNKNOWN = Text(zh="—", en="—")


@dataclass(frozen=True)
class Point:
    """A state of the way: what the model says of some records on some day."""

    dossier: Dossier
    profile: Profile
    base: float
    score: float
    contributions: Mapping[str, float]


@dataclass(frozen=True)
class Way:
    """The points in order: then under the later model; on the later day; with answers expired; with new records."""

    then: Point
    moved: Point
    expired: Point
    now: Point
    families: Mapping[str, FamilyState]


def way(before: Dossier, after: Dossier, bundle: Bundle) -> Way:
    """The way from the records of one day to those of a later one, under one model.

    Answers that a newer one renewed in time do not expire: they are replaced, which is a matter of new records.
    """
    shifted = on_day(before, after.as_of)
    held = family_states(before.rows("queries"), before.as_of)
    aged = family_states(before.rows("queries"), after.as_of)
    final = family_states(after.rows("queries"), after.as_of)
    fresh = {code: replace(state, age_days=aged[code].age_days) for code, state in held.items()}
    stale = {code: aged[code] for code in held if _expired(held[code], aged[code], final[code])}
    return Way(
        then=_point(before, bundle, held),
        moved=_point(shifted, bundle, fresh),
        expired=_point(shifted, bundle, fresh | stale),
        now=_point(after, bundle, final),
        families=stale,
    )


def on_day(dossier: Dossier, day: date) -> Dossier:
    """The same rows, looked at on another day."""
    return replace(dossier, as_of=day)


def moves(one: Point, other: Point) -> tuple[FeatureMove, ...]:
    """What every feature did between two points, weightiest first; those that did nothing are left out."""
    found = []
    for name in one.contributions:
        points = other.contributions[name] - one.contributions[name]
        if abs(points) > STILL:
            found.append(_move(one.profile.catalogue[name], points, one, other))
    return tuple(sorted(found, key=lambda move: -abs(move.points)))


def model_moves(earlier: Stand, then: Point) -> tuple[FeatureMove, ...]:
    """What another model did to each feature's contribution on the same records; values stay what they are."""
    found = []
    for name, declared in ((name, then.profile.catalogue[name]) for name in then.contributions):
        points = then.contributions[name] - earlier.contributions.get(name, 0.0)
        if abs(points) > STILL:
            shown = _spoken(declared, then)
            found.append(FeatureMove(name, declared.family, declared.label, points, shown, shown, (), ()))
    return tuple(sorted(found, key=lambda move: -abs(move.points)))


def _expired(held: FamilyState, aged: FamilyState, final: FamilyState) -> bool:
    stale = QueryState.STALE
    return held.state.fresh and aged.state is stale and final.state is stale


def _point(dossier: Dossier, bundle: Bundle, states: Mapping[str, FamilyState]) -> Point:
    seen = profile(dossier, supposed=states)
    told = score(bundle, seen.values[None, :])
    each = map(float, told.contributions[0])
    names = bundle.names
    return Point(dossier, seen, told.base, float(told.score[0]), dict(zip(names, each, strict=True)))


def _move(declared: Declared, points: float, one: Point, other: Point) -> FeatureMove:
    before, after = _rows(declared, one), _rows(declared, other)
    return FeatureMove(
        feature=declared.name,
        family=declared.family,
        label=declared.label,
        points=points,
        before=_spoken(declared, one),
        after=_spoken(declared, other),
        came=tuple(each for each in after if each not in before),
        went=tuple(each for each in before if each not in after),
    )


def _spoken(declared: Declared, at: Point) -> Text:
    value = at.profile[declared.name]
    return _UNKNOWN if np.isnan(value) else spoken_value(declared, value)


def _rows(declared: Declared, at: Point) -> dict[Cited, None]:
    """The rows a feature stands on at a point; of a standing, the receipts that give it."""
    if isinstance(declared, Standing):
        wanted = at.profile.states[declared.family].receipts
        rows = [row for row in at.dossier.rows("queries") if row["receipt_id"] in wanted]
        return dict.fromkeys(cite("queries", *rows))
    found: dict[Cited, None] = {}
    for leaf in leaves(declared):
        found.update(dict.fromkeys(cite(leaf.rows.table, *leaf.rows.select(at.dossier))))
    return found

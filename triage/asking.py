"""What to ask next: how far each answer that is not there could move the score, and how likely it moves the track.

For a family nobody asked about, or whose answer is stale, the answers of comparable debtors are put in its place, found
and empty as often as they came: debtors of the same kind whose records, as far as this debtor's families were answered,
earn the most similar score. Score (the model saw hidden families in training) and track are taken anew with each.

Two chances are told. ``changes``: this answer alone proposes another track. ``decides``: with all other answers there,
the track would be another one without this answer; many answers are needed together before it can be said that there
is nothing, and none of them changes anything alone. What measures better on the synthetic court: ``docs/asking.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from features.catalogue import CATALOGUE
from features.declare import Derived, Values
from portraits.gaps import FIRST_ASKED
from records.parameters import Parameters
from scoring.bundle import Bundle
from scoring.hidden import Marks, masked
from triage.donors import Donors
from triage.tracks.figures import OF_PERSONS, policy
from triage.tracks.track import TRACKS
from triage.tracks.whole import judged_alone
from vocabulary.families import ASKED
from vocabulary.states import FRESH_STEPS

COMPARABLE = 60
"""Answers supposed of each family: a chance is then told within some six points."""
FEWEST = 10
"""Comparable debtors with an answer, below which nothing is said of a family."""
LOW, HIGH = 10, 90
"""Per cent of the supposed answers between which the score is told."""
_PLACE = {name: place for place, name in enumerate(CATALOGUE.names)}
_OWNER = np.array(
    [
        ASKED.index(feature.family) if feature.family in ASKED and not isinstance(feature, Derived) else -1
        for feature in CATALOGUE.features
    ]
)
"""The asked family of each column, -1 for the court's own and for derived ones."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What an answer about one family could do. Scores are points, chances 0 to 1.

    ``low`` to ``high``: where the score would be after eight of ten supposed answers; ``moves``: how far it would move
    on average; ``answers``: how many comparable debtors' answers that rests on.
    """

    family: str
    low: float
    high: float
    moves: float
    changes: float
    decides: float
    answers: int


@dataclass(frozen=True, slots=True)
class Prospects:
    """Of one obligation: its score and track as it stands, and of each family to ask, the first first."""

    score: float
    track: str
    of: tuple[Prospect, ...]


def to_ask_of(values: Values) -> tuple[str, ...]:
    """Families without a fresh answer in values of shape (features,), but those that a firm has not got."""
    firm = values[_PLACE["organisation"]] > 0
    return tuple(
        family
        for family in FIRST_ASKED
        if values[_PLACE[f"{family}_state"]] not in FRESH_STEPS and not (firm and family in OF_PERSONS)
    )


def prospects(
    bundle: Bundle,
    values: Values,
    donors: Donors,
    *,
    outstanding: float,
    as_of: date,
    families: Sequence[str] | None = None,
    comparable: int = COMPARABLE,
    table: Parameters | None = None,
) -> Prospects:
    """What answers could do for one open obligation, by ``decides``, then ``changes``, then ``moves``.

    ``values``: its features, shape (features,); ``outstanding``: CNY; ``families``: those to look at, all without a
    fresh answer unless given. A family with fewer than FEWEST answers among the donors is left out.
    """
    asked = to_ask_of(values) if families is None else tuple(families)
    like = _alike(bundle, values, donors, asked)
    supposed = {family: _answers(like, family, comparable) for family in asked}
    asked = tuple(family for family in asked if len(supposed[family]) >= FEWEST)
    given = _together(values, {family: supposed[family] for family in asked}, comparable)
    scenes, size = _scenes(asked), comparable
    rows = with_answers(
        np.tile(values, (len(scenes) * size, 1)), np.tile(given, (len(scenes), 1)), np.repeat(scenes, size, 0)
    )
    score = 100.0 * bundle.calibration.share(bundle.trees.raw(rows))
    track = judged_alone(
        rows,
        score=score,
        outstanding=np.full(len(rows), outstanding),
        as_of=as_of,
        table=table or policy(),
    )
    scores, tracks = score.reshape(len(scenes), size), track.reshape(len(scenes), size)
    found = [
        _prospect(family, place, scores, tracks, answers=len(supposed[family]))
        for place, family in enumerate(asked)
    ]
    return Prospects(float(scores[0, 0]), TRACKS[int(tracks[0, 0])].code, tuple(sorted(found, key=_first)))


def with_answers(values: Values, given: Values, families: Marks) -> Values:
    """Values of shape (n, features) with the columns of marked families taken from ``given``, derived ones redone.

    ``families``: shape (n, families), in the order of ASKED.
    """
    taken = families[:, _OWNER] & (_OWNER >= 0)
    result = np.where(taken, given, values)
    for derived in CATALOGUE.derived:
        parts = [result[:, _PLACE[part.name]] for part in derived.parts]
        result[:, _PLACE[derived.name]] = derived.of(*parts)
    return result


def _alike(bundle: Bundle, values: Values, donors: Donors, asked: Sequence[str]) -> Donors:
    """Donors of the same kind, the most alike first: by the score of what was asked about this debtor."""
    same = donors.of_kind(bool(values[_PLACE["organisation"]] > 0)).values
    hidden = np.isin(ASKED, asked)
    both = masked(np.vstack([values, same]), np.tile(hidden, (len(same) + 1, 1)))
    raw = bundle.trees.raw(both)
    return Donors(same[np.argsort(np.abs(raw[1:] - raw[0]), kind="stable")])


def _answers(like: Donors, family: str, most: int) -> Values:
    told: Values = like.values[like.told_of(family)]
    return told[:most]


def _together(values: Values, supposed: dict[str, Values], size: int) -> Values:
    """So many rows of supposed answers of all families at once, few answers of a family being told several times."""
    given = np.tile(values, (size, 1))
    for family, rows in supposed.items():
        columns = np.isin(_OWNER, ASKED.index(family))
        given[:, columns] = rows[np.arange(size) % len(rows)][:, columns]
    return given


def _scenes(asked: Sequence[str]) -> Marks:
    """Which families are answered in each scene: none; one alone, each in turn; all; all but one, each in turn."""
    places = [ASKED.index(family) for family in asked]
    alone = np.zeros((len(asked), len(ASKED)), dtype=bool)
    alone[np.arange(len(asked)), places] = True
    every = np.isin(np.arange(len(ASKED)), places)
    return np.vstack([np.zeros((1, len(ASKED)), dtype=bool), alone, every[None, :], every & ~alone])


def _prospect(
    family: str, place: int, scores: Values, tracks: NDArray[np.int64], *, answers: int
) -> Prospect:
    count = (len(scores) - 2) // 2
    after, without = 1 + place, 2 + count + place
    low, high = np.percentile(scores[after], (LOW, HIGH))
    return Prospect(
        family=family,
        low=float(low),
        high=float(high),
        moves=float(np.abs(scores[after] - scores[0]).mean()),
        changes=float((tracks[after] != tracks[0]).mean()),
        decides=float((tracks[without] != tracks[1 + count]).mean()),
        answers=answers,
    )


def _first(each: Prospect) -> tuple[float, float, float, int]:
    return (-each.decides, -each.changes, -each.moves, FIRST_ASKED.index(each.family))

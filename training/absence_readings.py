"""Test rows with less of the records: as they came, a family hidden, as less diligent courts ask, never asked.

Real missingness is not random: officers skip hopeless and paid cases. So a model that has learned with families hidden
at random is asked in three ways: with one family hidden of every row, with the whole silence of a less diligent court's
rows laid over rows of other courts, and on rows of which the records themselves tell no query.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from features.declare import Values
from scoring.hidden import masked
from training.outlook_figures import below_floor
from training.sample import Sample
from vocabulary.families import ASKED
from vocabulary.states import ANSWERED_STEPS, QueryState

AS_CAME, HIDDEN, LESS_DILIGENT, UNASKED = "as it came", "hidden", "less diligent", "unasked"
OLD, SILENT = "old", "below floor"
JUDGED = (AS_CAME, HIDDEN, LESS_DILIGENT, UNASKED)
"""What must hold; the others are shown beside."""
AGES = (0, 200, 400, 600, 100_000)
"""Mean age of the answers, in days, by which rows are put together: half-open, [first, next)."""
LEAST_ROWS = 500
"""Rows from which a naturally unasked family, or a group of rows, is judged."""
FEW = 100
"""Rows from which those of low coverage, and those without a score, are shown."""
LEAST_DILIGENT = 0.25
"""Part of the courts that is taken for less diligent."""

Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]
_UNASKED = (QueryState.UNKNOWN.step, QueryState.NOT_ASKED.step)
_NO_ANSWER = (*_UNASKED, QueryState.PENDING.step, QueryState.FAILED.step)


@dataclass(frozen=True, eq=False)
class Reading:
    """Rows as one reading has them; ``places`` (n,): where each stands among the test rows.

    ``which``: the family hidden or unasked, the least age of OLD answers in days, else empty; ``silent``: rows left
    out, for with so little known there is no score.
    """

    part: str
    which: str
    rows: Sample
    places: Integers
    silent: int = 0

    @property
    def as_came(self) -> bool:
        """Whether nothing of the rows was hidden."""
        return self.part in (AS_CAME, UNASKED, OLD, SILENT)


def readings(tested: Sample, *, seed: int, least: int = LEAST_ROWS) -> Iterator[Reading]:
    """Every reading of the test rows, one at a time; rows below the floor of information stand in one of their own.

    ``seed`` draws whose silence is laid over whom. Naturally unasked families of fewer than ``least`` rows are skipped.
    """
    every = np.arange(len(tested))
    yield _scored(AS_CAME, "", tested, every)
    for family in ASKED:
        yield _scored(HIDDEN, family, hidden(tested, family), every)
    others = np.flatnonzero(~least_diligent(tested))
    if len(others):
        yield _scored(LESS_DILIGENT, "", less_diligent(tested, seed=seed), others)
    yield from _as_came(tested, least)


def hidden(rows: Sample, family: str) -> Sample:
    """The rows as if one family had never been asked."""
    marks = np.zeros((len(rows), len(ASKED)), dtype=bool)
    marks[:, ASKED.index(family)] = True
    return replace(rows, values=masked(rows.values, marks, rows.catalogue))


def less_diligent(rows: Sample, *, seed: int) -> Sample:
    """Rows of the other courts, each with the silence of a row of a less diligent court laid over it.

    The row is drawn at random among those of the same moment and kind of debtor (of the same kind where there are none;
    of all where there are none either). A family of which it has no answer (never asked, pending, failed) has none any
    more, and the same state: whole patterns, not one family after the other.
    """
    few = least_diligent(rows)
    given, taken = rows.take(few), rows.take(~few)
    pattern = states_of(given)[_like(given, taken, np.random.default_rng(seed))]
    silent = np.isin(pattern, _NO_ANSWER)
    values = masked(taken.values, silent, taken.catalogue)
    places = _places(taken)
    values[:, places] = np.where(silent, pattern, values[:, places])
    return replace(taken, values=values)


def least_diligent(rows: Sample) -> Flags:
    """Rows (n,) of the quarter of courts, one at least, whose rows have on average the fewest families answered."""
    answered = np.isin(states_of(rows), ANSWERED_STEPS).sum(axis=1)
    codes, court = np.unique(rows.court, return_inverse=True)
    mean = np.bincount(court, answered) / np.bincount(court)
    count = max(1, round(len(codes) * LEAST_DILIGENT))
    return np.asarray(np.isin(court, np.argsort(mean, kind="stable")[:count]))


def states_of(rows: Sample) -> Values:
    """Steps of the query states (n, families), in the order of ASKED."""
    return np.asarray(rows.values[:, _places(rows)])


def _scored(part: str, which: str, rows: Sample, places: Integers) -> Reading:
    """The rows of a reading that keep a score, and how many do not."""
    silent = below_floor(rows.values, rows)
    return Reading(part, which, rows.take(~silent), places[~silent], int(silent.sum()))


def _as_came(tested: Sample, least: int) -> Iterator[Reading]:
    """Rows with a score that were never asked about a family, of low coverage, by age of answers; those without one."""
    silent = below_floor(tested.values, tested)
    unasked = np.isin(states_of(tested), _UNASKED) & ~silent[:, None]
    age = _mean_age(tested)
    chosen = [
        *((UNASKED, family, unasked[:, place]) for place, family in enumerate(ASKED)),
        (UNASKED, "", (tested.bands == "low") & ~silent),
        *((OLD, str(first), (age >= first) & (age < then) & ~silent) for first, then in pairwise(AGES)),
        (SILENT, "", silent),
    ]
    for part, which, here in chosen:
        if here.sum() >= (least if which else min(least, FEW)):
            yield Reading(part, which, tested.take(here), np.flatnonzero(here))


def _mean_age(rows: Sample) -> Values:
    """Mean age in days of the families answered (n,), 0 where there are none."""
    places = [rows.catalogue.names.index(f"{family}_age_days") for family in ASKED]
    known = ~np.isnan(rows.values[:, places])
    return np.asarray(np.nansum(rows.values[:, places], axis=1) / np.maximum(known.sum(axis=1), 1))


def _like(given: Sample, taken: Sample, rng: np.random.Generator) -> Integers:
    """For each row taken (m,) the number of a row given, drawn among its like."""
    drawn = np.empty(len(taken), dtype=np.int64)
    for moment, kind in sorted(set(zip(taken.moment.tolist(), taken.kind.tolist(), strict=True))):
        here = (taken.moment == moment) & (taken.kind == kind)
        same = given.kind == kind
        for pool in (same & (given.moment == moment), same, np.ones(len(given), dtype=bool)):
            if pool.any():
                drawn[here] = rng.choice(np.flatnonzero(pool), size=int(here.sum()))
                break
    return drawn


def _places(rows: Sample) -> list[int]:
    return [rows.catalogue.names.index(f"{family}_state") for family in ASKED]

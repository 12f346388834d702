"""Does the score keep its word when less is known? Calibration and coverage of a bundle, reading by reading.

What is asked of every reading (``training.absence_readings``): the calibration slope lies within SLOPE, the expected
calibration error is at most MOST_ECE, and the 90 % likely sets cover nine of ten within POINTS plus two standard errors
clustered by debtor, of all rows and in every coverage band and kind of debtor with LEAST_ROWS or more. Slope and error
carry chance too, and most where rows are few; so each is put into one of three classes:

- HELD: within its limit;
- CHANCE: outside, but no further than chance can carry a score that keeps the limit: the 95 % interval of the slope
  meets the limits; the error is at most √(MOST_ECE² + c²), c being what a score without any bias stays under in 97.5 %
  of draws of debtors (the two add up as independent errors do);
- MISSED: further.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import hypot

import numpy as np

from features.declare import Values
from scoring.bundle import Bundle
from scoring.groups import kinds
from scoring.likely import COVERED, LikelySets
from scoring.score import likely, rooms_of
from training.absence_readings import JUDGED, LEAST_ROWS, Flags, Reading, readings
from training.distribution import Coverage, coverage
from training.figures import BINS, Figure, Integers, Ranks, drawn, slope_of
from training.fit import Progress
from training.sample import Sample

SLOPE = (0.95, 1.05)
MOST_ECE = 0.02
POINTS = 0.02
DRAWS = 200
HELD, CHANCE, MISSED = "held", "chance", "missed"
BANDS, KINDS = ("low", "middle", "high"), ("natural", "organisation")


@dataclass(frozen=True, eq=False)
class ReadingFigures:
    """Figures of one reading: rows that keep a score and ``silent`` ones that do not; ``score`` and ``came_true`` are
    weighted means of shares, 0 to 1.

    ``chance``: what the error of a score without any bias stays under in 97.5 % of draws. ``covered``: by group: "" for
    all rows, bands, kinds, and "band kind" for both.
    """

    part: str
    which: str
    rows: int
    silent: int
    score: float
    came_true: float
    slope: Figure
    ece: Figure
    chance: float
    covered: Mapping[str, Coverage]

    @property
    def of_slope(self) -> str:
        """HELD, CHANCE or MISSED."""
        low, high = SLOPE
        if low <= self.slope.value <= high:
            return HELD
        return CHANCE if self.slope.low <= high and self.slope.high >= low else MISSED

    @property
    def of_ece(self) -> str:
        """HELD, CHANCE or MISSED."""
        if self.ece.value <= MOST_ECE:
            return HELD
        return CHANCE if self.ece.value <= hypot(MOST_ECE, self.chance) else MISSED

    @property
    def judged(self) -> bool:
        """Whether it must hold, or is shown beside."""
        return self.part in JUDGED


def absence(
    bundle: Bundle,
    tested: Sample,
    *,
    seed: int,
    threads: int = 1,
    least: int = LEAST_ROWS,
    draws: int = DRAWS,
    progress: Progress | None = None,
) -> list[ReadingFigures]:
    """Figures of every reading of test rows. Raises ValueError when no row keeps a score."""
    rooms = rooms_of(bundle, tested.values, threads=threads)
    came = answer(bundle, tested.values, rooms, threads=threads)
    found = []
    for number, reading in enumerate(_with_rows(readings(tested, seed=seed, least=least))):
        if progress:
            progress("readings", number, number + 1)
        share, sets = (
            (came[0][reading.places], _taken(came[1], reading.places))
            if reading.as_came
            else answer(bundle, reading.rows.values, rooms[reading.places], threads=threads)
        )
        found.append(measured(reading, share, sets, seed=seed, least=least, draws=draws))
    if not found:
        raise ValueError("no row keeps a score: nothing to measure")
    return found


def measured(
    reading: Reading,
    share: Values,
    sets: LikelySets,
    *,
    seed: int,
    least: int = LEAST_ROWS,
    draws: int = DRAWS,
) -> ReadingFigures:
    """Figures of one reading's rows, of their expected shares (n,) and their likely sets."""
    rows = reading.rows
    rank, gap = Ranks(share), rows.target - share
    level = _without_bias(share, gap, rows.weight)
    figures = drawn(
        {
            "": {
                "slope": lambda w: slope_of(rows.target, share, w),
                "ece": lambda w: rank.ece(gap, w),
                "chance": lambda w: rank.ece(level, w),
            }
        },
        weight=rows.weight,
        debtor=rows.party,
        seed=seed,
        draws=draws,
    ).of[""]
    return ReadingFigures(
        part=reading.part,
        which=reading.which,
        rows=len(rows),
        silent=reading.silent,
        score=float(np.average(share, weights=rows.weight)),
        came_true=float(np.average(rows.target, weights=rows.weight)),
        slope=figures["slope"],
        ece=figures["ece"],
        chance=figures["chance"].high,
        covered=covered(sets, rows, least=least),
    )


def answer(bundle: Bundle, values: Values, rooms: Values, *, threads: int = 1) -> tuple[Values, LikelySets]:
    """Expected shares (n,) and likely sets of values (n, features), as `scoring.score` gives them.

    ``rooms`` (n,) are told by the court's own registers alone: the same in every reading of a row.
    """
    share = bundle.calibration.share(bundle.trees.raw(values, threads=threads))
    curve = bundle.curve.curve(values, share, threads=threads)
    return share, likely(bundle, values, curve, rooms)


def covered(sets: LikelySets, rows: Sample, *, least: int = LEAST_ROWS) -> dict[str, Coverage]:
    """Coverage by group of ``least`` rows or more, and of all rows."""
    held = sets.holds(rows.target)
    return {
        name: coverage(held[here], sets.width[here], debtor=rows.party[here], weight=rows.weight[here])
        for name, here in groups_of(rows).items()
        if not name or here.sum() >= least
    }


def groups_of(rows: Sample) -> dict[str, Flags]:
    """Rows (n,) of each group: all, coverage bands, kinds of debtor, both together."""
    band, kind = rows.bands, kinds(rows.values, rows.catalogue)
    found = {"": np.ones(len(rows), dtype=bool)}
    found |= {one: band == one for one in BANDS} | {one: kind == one for one in KINDS}
    return found | {f"{one} {sort}": (band == one) & (kind == sort) for one in BANDS for sort in KINDS}


def keeps(one: Coverage) -> bool:
    """Whether coverage lies within its limits."""
    return one.within(COVERED, POINTS)


def _without_bias(share: Values, gap: Values, weight: Values) -> Values:
    """The gaps (n,) less the mean of their bin: what is left of a score that is right in every bin."""
    tie = np.unique(share, return_inverse=True)[1]
    held = np.bincount(tie, weight)
    middle = (held.cumsum() - held / 2) / held.sum()
    place = np.minimum((middle * BINS).astype(np.int64), BINS - 1)[tie]
    mean = np.bincount(place, weight * gap) / np.maximum(np.bincount(place, weight), 1e-300)
    return np.asarray(gap - mean[place])


def _taken(sets: LikelySets, places: Integers) -> LikelySets:
    return LikelySets(sets.nothing[places], sets.low[places], sets.high[places], sets.everything[places])


def _with_rows(found: Iterator[Reading]) -> Iterator[Reading]:
    return (reading for reading in found if len(reading.rows))

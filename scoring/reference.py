"""What was usual when a bundle was made: the distribution of every feature, query state and score, for monitoring.

The training run files it in the bundle (``monitoring-reference.json``), from the cohort of the last year before its
cut-off, all debtors of it: those whose outcome is still to come, and those who came back and were therefore kept out
of the test. Monitoring draws its rows by the same function, so that only the time differs; and distributions are kept
by moment (first answers, three months, …), so that a season with other moments is not taken for other debtors.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from features.catalogue import CATALOGUE
from features.declare import Catalogue, Values
from scoring.cohort import MOMENTS, cohort
from scoring.outcomes import outcomes
from vocabulary.dates import months_before

if TYPE_CHECKING:
    from features.night import Records

REFERENCE = "monitoring-reference.json"
"""Name of the file in a bundle."""
SCORE = "score"
"""Name under which the score's own distribution is kept."""
TENTHS = 10
YEAR = 12
"""Months of the reference: a whole year, so that a year's end weighs no more than it should."""
GIVEN = ("days_since_filing",)
"""Not watched: the asking dates themselves fix it, to a day or three of the calendar's."""
FEW_VALUES = 12
"""Up to so many different values are kept one by one: states, codes, small counts."""

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spread:
    """A distribution in bins: the part not known, then below the first cut, between cuts, from the last cut on.

    ``parts``: by moment, the parts of its rows in the bins.
    """

    cuts: tuple[float, ...]
    parts: Mapping[str, tuple[float, ...]]

    def expected(self, moments: Mapping[str, int]) -> Values:
        """Parts (bins,) that rows of these moments (how many of each) would have; unseen moments are left aside."""
        seen = {moment: rows for moment, rows in moments.items() if moment in self.parts}
        mixed = [rows * np.asarray(self.parts[moment]) for moment, rows in seen.items()]
        return np.asarray(np.sum(mixed, axis=0) / sum(seen.values()))

    def counts(self, values: Values) -> Integers:
        """How many values (n,) fall into each part, NaN into the first."""
        known = values[~np.isnan(values)]
        place = np.searchsorted(np.asarray(self.cuts), known, side="right")
        counted = np.bincount(place, minlength=len(self.cuts) + 1)
        return np.concatenate([[len(values) - len(known)], counted]).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual: ``rows`` rows, worth ``effective`` independent ones, and the spread of each column over them."""

    rows: int
    effective: float
    since: str
    until: str
    of: Mapping[str, Spread]


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """n obligations on dates on which portraits are asked for: whose they are, and feature values (n, features)."""

    party: Integers
    case: Integers
    moment: NDArray[np.str_]
    values: Values

    def __len__(self) -> int:
        return len(self.party)

    @property
    def moments(self) -> dict[str, int]:
        """Rows by moment."""
        return {
            str(name): int(rows)
            for name, rows in zip(*np.unique(self.moment, return_counts=True), strict=True)
        }

    @property
    def effective(self) -> float:
        """How many independent rows these are worth."""
        return effective_rows(self.party, self.case)


def watched(
    snapshot: Records,
    *,
    since: date,
    until: date,
    moments: Sequence[str] = MOMENTS,
    catalogue: Catalogue = CATALOGUE,
) -> Watched:
    """The cohort with dates in (since, until] that owed something then, as known on each date."""
    import pyarrow as pa

    from features.night import build, matrix

    rows = cohort(snapshot, cutoff=until, moments=moments)
    days = rows["as_of"].to_numpy().astype("datetime64[D]")
    rows = rows.filter(pa.array((days > np.datetime64(since)) & (days <= np.datetime64(until))))
    rows = rows.filter(pa.array(outcomes(snapshot, rows, cutoff=until)["outstanding"].to_numpy() > 0))
    return Watched(
        party=rows["party_id"].to_numpy(),
        case=rows["case_id"].to_numpy(),
        moment=rows["moment"].to_numpy(zero_copy_only=False).astype(str),
        values=matrix(build(snapshot, rows, catalogue=catalogue), catalogue),
    )


def reference_of(
    snapshot: Records,
    share: Callable[[Values], Values],
    *,
    cutoff: date,
    moments: Sequence[str] = MOMENTS,
    catalogue: Catalogue = CATALOGUE,
) -> bytes:
    """The reference file of a model that gives expected shares (n,) of values (n, features), as of its cut-off."""
    since = months_before(cutoff, YEAR)
    rows = watched(snapshot, since=since, until=cutoff, moments=moments, catalogue=catalogue)
    usual = Usual(
        rows=len(rows),
        effective=rows.effective,
        since=since.isoformat(),
        until=cutoff.isoformat(),
        of={
            name: _spread(column, rows.moment) for name, column in columns_of(rows, share, catalogue).items()
        },
    )
    return (json.dumps({"format": 1, **asdict(usual)}, separators=(",", ":")) + "\n").encode()


def columns_of(
    rows: Watched, share: Callable[[Values], Values], catalogue: Catalogue = CATALOGUE
) -> dict[str, Values]:
    """What is watched: each feature by name, and the score in points of 100; all of shape (n,)."""
    columns = {name: rows.values[:, place] for place, name in enumerate(catalogue.names) if name not in GIVEN}
    return {**columns, SCORE: 100.0 * share(rows.values)}


def usual_of(bundle: Path) -> Usual | None:
    """The reference of a bundle folder; None when the bundle was made without one."""
    path = bundle / REFERENCE
    if not path.exists():
        return None
    held: dict[str, Any] = json.loads(path.read_text("utf-8"))
    spreads = {
        name: Spread(tuple(spread["cuts"]), {moment: tuple(each) for moment, each in spread["parts"].items()})
        for name, spread in held["of"].items()
    }
    return Usual(held["rows"], held["effective"], held["since"], held["until"], spreads)


def effective_rows(party: Integers, case: Integers) -> float:
    """How many independent rows these are worth: n² ÷ Σ cluster², over cases or debtors, whichever is less.

    Rows of one cluster count as one (design effect at full correlation: Kish, Survey Sampling, 1965, § 8.2): the
    debtors of a case share its claim, and one debtor's cases share the debtor's assets.
    """
    if not len(party):
        return 0.0
    sizes = [np.unique(ids, return_counts=True)[1].astype(float) for ids in (party, case)]
    return float(min(len(party) ** 2 / (size**2).sum() for size in sizes))


def _spread(column: Values, moment: NDArray[np.str_]) -> Spread:
    bare = Spread(_cuts(column[~np.isnan(column)]), {})
    parts = {}
    for each in np.unique(moment):
        counts = bare.counts(column[moment == each])
        parts[str(each)] = tuple(round(float(part), 7) for part in counts / counts.sum())
    return Spread(bare.cuts, parts)


def _cuts(known: Values) -> tuple[float, ...]:
    """Every value where there are few; else tenths, with a bin of its own for a value that fills a whole tenth."""
    different, times = np.unique(known, return_counts=True)
    if len(different) <= FEW_VALUES:
        return tuple(float(value) for value in different)
    tenths = np.quantile(known, np.arange(1, TENTHS) / TENTHS, method="lower")
    heavy = different[times >= len(known) / TENTHS]
    return tuple(float(cut) for cut in np.unique([*tenths, *heavy, *np.nextafter(heavy, np.inf)]))

"""Drift: are the cases of the last months still like those on which the champion was measured?

Every feature, query state and the score is counted into the bins of the bundle's reference. Two figures a column: the
population stability index Σ (p − q) ln(p/q), which says how far apart the two are, and the chi-square test of
homogeneity, which says whether that can be chance. A column is flagged only when both say so: the index grows by itself
when rows are few, and the test finds trifles when they are many. Rows of one case or debtor count as one row's worth
(`scoring.reference.effective_rows`), and tests are held to Holm's rule over all columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.stats import chi2

from features.catalogue import CATALOGUE
from features.declare import Catalogue, Values
from monitoring.limits import Level, Limits, holm
from records.snapshot import Snapshot
from scoring.bundle import Bundle
from scoring.reference import SCORE, Integers, Usual, columns_of, usual_of, watched
from vocabulary.dates import months_before


@dataclass(frozen=True, slots=True)
class Shift:
    """One column beside the reference: how far apart (PSI), the chance of that by luck after Holm, and what it means.

    ``group`` is feature, state or score; ``known_before`` and ``known``: parts of rows where a value is known.
    """

    name: str
    group: str
    psi: float
    chance: float
    known_before: float
    known: float
    level: Level


@dataclass(frozen=True, slots=True)
class Drift:
    """Cases from ``since`` (exclusive) to ``until``: ``rows``, worth ``effective`` independent ones; columns by PSI."""

    since: date
    until: date
    rows: int
    effective: float
    reference_rows: int
    shifts: tuple[Shift, ...]

    @property
    def level(self) -> Level:
        """The worst of all columns; unknown when there were too few rows, or no reference."""
        return max((shift.level for shift in self.shifts), default=Level.UNKNOWN)


def drift(
    snapshot: Snapshot, bundle: Bundle, *, as_of: date, limits: Limits, catalogue: Catalogue = CATALOGUE
) -> Drift:
    """The cohort of the last months as of a day beside the bundle's reference."""
    since = months_before(as_of, limits["drift_months"])
    rows = watched(snapshot, since=since, until=as_of, catalogue=catalogue)
    usual = usual_of(bundle.path)
    if usual is None or rows.effective < limits["drift_least"]:
        return Drift(since, as_of, len(rows), rows.effective, usual.rows if usual else 0, ())
    columns = columns_of(rows, lambda values: bundle.calibration.share(bundle.trees.raw(values)), catalogue)
    shifts = shifts_of(usual, columns, moments=rows.moments, effective=rows.effective, limits=limits)
    return Drift(since, as_of, len(rows), rows.effective, usual.rows, shifts)


def shifts_of(
    usual: Usual, columns: dict[str, Values], *, moments: Mapping[str, int], effective: float, limits: Limits
) -> tuple[Shift, ...]:
    """Columns of n rows (each of shape (n,), worth ``effective`` independent rows) beside the usual, by PSI.

    ``moments``: how many rows of each moment; the usual is mixed in the same proportions.
    """
    named = [name for name in columns if name in usual.of]
    counted = {name: usual.of[name].counts(columns[name]) for name in named}
    mixed = {name: usual.of[name].expected(moments) for name in named}
    index = {name: stability(mixed[name], counted[name]) for name in named}
    chances = holm(
        [chance(mixed[name], counted[name], before=usual.effective, now=effective) for name in named]
    )
    shifts = [
        Shift(
            name=name,
            group=_group(name),
            psi=index[name],
            chance=float(adjusted),
            known_before=float(1.0 - mixed[name][0]),
            known=1.0 - counted[name][0] / counted[name].sum(),
            level=_level(index[name], float(adjusted), limits),
        )
        for name, adjusted in zip(named, chances, strict=True)
    ]
    return tuple(sorted(shifts, key=lambda shift: (-shift.level, -shift.psi, shift.name)))


def stability(parts: Values, counts: Integers) -> float:
    """Population stability index of counts (bins,) beside parts (bins,); an empty part counts as half a row."""
    total = counts.sum()
    least = 0.5 / total
    before = np.maximum(parts, least)
    now = np.maximum(counts / total, least)
    return float(((now - before) * np.log(now / before)).sum())


def chance(parts: Values, counts: Integers, *, before: float, now: float) -> float:
    """Chance that two samples of ``before`` and ``now`` independent rows of one population lie so far apart.

    Pearson's chi-square of homogeneity; parts in which fewer than five rows are expected in the smaller sample are
    taken together (Cochran, Biometrics 10, 1954).
    """
    ours, theirs = counts / counts.sum() * now, parts * before
    together = (ours + theirs) / (now + before)
    scarce = together * min(now, before) < 5
    table = np.array([_pooled(ours, scarce), _pooled(theirs, scarce)])
    table = table[:, table.sum(axis=0) > 0]
    if table.shape[1] < 2:
        return 1.0
    expected = table.sum(axis=1, keepdims=True) * table.sum(axis=0) / table.sum()
    return float(chi2.sf(((table - expected) ** 2 / expected).sum(), table.shape[1] - 1))


def _pooled(counts: Values, scarce: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Values:
    return np.append(counts[~scarce], counts[scarce].sum())


def _level(psi: float, adjusted: float, limits: Limits) -> Level:
    if adjusted >= limits["drift_error"] or psi < limits["drift_warning"]:
        return Level.FINE
    return Level.ALARM if psi >= limits["drift_alarm"] else Level.WARNING


def _group(name: str) -> str:
    if name == SCORE:
        return "score"
    return "state" if name.endswith("_state") else "feature"

"""Error, calibration and coverage by group: measured only. Sex, birth year and region never enter a matrix.

Rows are put into groups by fairlearn's MetricFrame, which also says how far the groups lie apart. Its own bootstrap
draws rows; a debtor's rows go together, so that intervals are ours, drawn by debtor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
from fairlearn.metrics import MetricFrame
from numpy.typing import NDArray

from features.declare import Values
from features.night import Records
from training.distribution import Coverage, coverage
from training.figures import Figure, compare, drawn
from training.outlook_figures import RowFigures
from training.sample import Sample

LEAST_ROWS = 50
"""Groups of fewer rows are not shown: their figures say little, and might say it of one person."""
DRAWS = 200
REGIONS = 8
"""Regions shown by their code; the smaller ones are taken together."""
NOT_TOLD, OTHERS = "not told", "others"
Names = NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one group of test rows: mean outcome and expected share, and the figures with their intervals.

    ``crps`` and ``covered`` (of the 90 % likely sets) are None where the model has no curve.
    """

    by: str
    name: str
    rows: int
    came_true: float
    expected: float
    bias: Figure
    brier: Figure
    gini: Figure
    crps: Figure | None = None
    covered: Coverage | None = None


@dataclass(frozen=True, slots=True)
class Groups:
    """All groups in order, and by what they are told apart the largest distance of two of them, figure by figure."""

    found: tuple[Group, ...]
    apart: Mapping[str, Mapping[str, float]]


def groups(
    snapshot: Records, tested: Sample, expected: Values, *, outlook: RowFigures | None = None, seed: int
) -> Groups:
    """Figures by sex, age band, kind of debtor, region, size of claim and coverage band, groups in order of name.

    ``outlook``: CRPS and likely sets of the same rows. Groups of fewer than LEAST_ROWS rows are left out.
    """
    marks = {**_people(snapshot, tested), "debtor": tested.kind, "claim": _sizes(tested.outstanding)}
    marks["coverage"] = tested.bands
    return grouped(tested, expected, marks, outlook=outlook, seed=seed)


def grouped(
    tested: Sample,
    expected: Values,
    marks: Mapping[str, Names],
    *,
    outlook: RowFigures | None = None,
    seed: int,
) -> Groups:
    """Figures of ``expected`` (n,) by the groups that ``marks`` names, each (n,)."""
    found: list[Group] = []
    apart = {}
    for by, named in marks.items():
        names, counts = np.unique(named, return_counts=True)
        rows = np.flatnonzero(np.isin(named, names[counts >= LEAST_ROWS]))
        if not len(rows):
            continue
        told = _frame(tested, named, rows, {"group": partial(_group, by, tested, expected, outlook, seed)})
        of_one: list[Group] = [replace(one, name=str(name)) for name, one in told.by_group["group"].items()]
        found += of_one
        if len(of_one) > 1:
            apart[by] = _apart(tested, expected, outlook, named, rows)
    return Groups(tuple(found), apart)


def _frame(
    tested: Sample, named: Names, rows: NDArray[np.int64], metrics: dict[str, Callable[..., Any]]
) -> Any:
    """A MetricFrame whose measures are given the row numbers of a group, as truth and as prediction."""
    return MetricFrame(metrics=metrics, y_true=rows, y_pred=rows, sensitive_features=named[rows])


def _group(
    by: str,
    tested: Sample,
    expected: Values,
    outlook: RowFigures | None,
    seed: int,
    rows: Any,
    _same: Any,
) -> Group:
    here = np.asarray(rows, dtype=np.int64)
    outcome, share, weight = tested.target[here], expected[here], tested.weight[here]
    debtor = tested.party[here]
    found = compare(outcome, {"": share}, weight=weight, debtor=debtor, seed=seed, draws=DRAWS).of[""]
    crps, covered = None, None
    if outlook is not None:
        lost = outlook.crps[here]
        measure = {"": {"crps": lambda w: w @ lost / w.sum(axis=1)}}
        crps = drawn(measure, weight=weight, debtor=debtor, seed=seed, draws=DRAWS).of[""]["crps"]
        covered = coverage(outlook.held[here], outlook.width[here], debtor=debtor, weight=weight)
    return Group(
        by=by,
        name="",
        rows=len(here),
        came_true=float(weight @ outcome / weight.sum()),
        expected=float(weight @ share / weight.sum()),
        bias=found["bias"],
        brier=found["brier"],
        gini=found["gini"],
        crps=crps,
        covered=covered,
    )


def _apart(
    tested: Sample, expected: Values, outlook: RowFigures | None, named: Names, rows: NDArray[np.int64]
) -> dict[str, float]:
    each: dict[str, Values] = {
        "bias": expected - tested.target,
        "brier": (expected - tested.target) ** 2,
    }
    if outlook is not None:
        each |= {"crps": outlook.crps, "covered": outlook.held.astype(float), "width": outlook.width}
    told = _frame(
        tested, named, rows, {name: partial(_mean, values, tested.weight) for name, values in each.items()}
    )
    return {str(name): float(gap) for name, gap in told.difference(method="between_groups").items()}


def _mean(values: Values, weight: Values, rows: Any, _same: Any) -> float:
    here = np.asarray(rows, dtype=np.int64)
    return float(np.average(values[here], weights=weight[here]))


def _people(snapshot: Records, tested: Sample) -> dict[str, Names]:
    asked = pa.table({"n": np.arange(len(tested)), "party_id": tested.party, "as_of": tested.as_of})
    found = snapshot.query(_PEOPLE, asked=asked)
    named = {by: np.array(found[by].to_pylist(), dtype=str) for by in ("sex", "age", "region")}
    return {**named, "region": _largest(named["region"])}


def _largest(region: Names) -> Names:
    names, counts = np.unique(region, return_counts=True)
    shown = names[np.argsort(-counts, kind="stable")[:REGIONS]]
    return np.where(np.isin(region, shown), region, OTHERS)


_PEOPLE = f"""
    WITH newest AS (
        SELECT party_id, arg_max(sex, row(happened_at, known_at, row_id)) AS sex,
            arg_max(birth_year, row(happened_at, known_at, row_id)) AS born,
            arg_max(region, row(happened_at, known_at, row_id)) AS region
        FROM parties WHERE superseded_at IS NULL AND NOT coalesce(retracted, false) GROUP BY party_id
    ), told AS (
        SELECT n, sex, year(as_of) - born AS age, region FROM asked LEFT JOIN newest USING (party_id)
    )
    SELECT coalesce(sex, '{NOT_TOLD}') AS sex,
        CASE WHEN age IS NULL THEN '{NOT_TOLD}' WHEN age < 30 THEN 'below 30' WHEN age < 45 THEN '30 to 44'
             WHEN age < 60 THEN '45 to 59' ELSE '60 and above' END AS age,
        coalesce(region, '{NOT_TOLD}') AS region
    FROM told ORDER BY n"""


def _sizes(outstanding: Values) -> Names:
    edges = np.array([50_000.0, 200_000.0, 1_000_000.0])
    names = np.array(["1: below 50,000", "2: to 200,000", "3: to 1 million", "4: above 1 million"])
    return np.asarray(names[np.searchsorted(edges, outstanding, side="right")])

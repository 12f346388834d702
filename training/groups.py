"""Error and calibration by group: measured only. Sex, birth year and region never enter a matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from features.declare import Values
from features.night import Records
from training.figures import Figure, compare
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
    """Figures of one group of test rows: mean outcome and expected share, and the figures with their intervals."""

    by: str
    name: str
    rows: int
    came_true: float
    expected: float
    bias: Figure
    brier: Figure
    gini: Figure


def groups(snapshot: Records, tested: Sample, expected: Values, *, seed: int) -> tuple[Group, ...]:
    """Figures by sex, age band, kind of debtor, region, size of claim and coverage band, groups in order of name."""
    marks = {**_people(snapshot, tested), "debtor": tested.kind, "claim": _sizes(tested.outstanding)}
    marks["coverage"] = tested.bands
    return tuple(
        _group(by, str(name), tested, expected, named == name, seed)
        for by, named in marks.items()
        for name in np.unique(named)
        if int((named == name).sum()) >= LEAST_ROWS
    )


def _group(by: str, name: str, tested: Sample, expected: Values, rows: NDArray[np.bool_], seed: int) -> Group:
    outcome, share, weight = tested.target[rows], expected[rows], tested.weight[rows]
    found = compare(
        outcome, {"": share}, weight=weight, debtor=tested.party[rows], seed=seed, draws=DRAWS
    ).of[""]
    return Group(
        by=by,
        name=name,
        rows=int(rows.sum()),
        came_true=float(weight @ outcome / weight.sum()),
        expected=float(weight @ share / weight.sum()),
        bias=found["bias"],
        brier=found["brier"],
        gini=found["gini"],
    )


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

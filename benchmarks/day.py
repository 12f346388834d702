"""A fresh portrait in the process, step by step, beside the same features through prepared DuckDB queries.

    python -m benchmarks.day --snapshots DIR --bundle DIR [--debtors N] [--json FILE]

Debtors are those whose dossiers hold nearest to 300 rows. DuckDB has the tables in memory, indexed by debtor or case,
one prepared statement a table; it computes the rows' numbers only, without states and derived features. Beside the
times, day and night are compared on every column of sampled obligations, each on a date of its own.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from benchmarks.facts import keep
from features.catalogue import CATALOGUE
from features.day import profile
from features.declare import Feature
from features.night import IDS, build, matrix
from features.night_sql import scan_sql
from portraits.portrait import assemble
from records.contracts import TABLES
from records.dossier import Dossier
from records.dossiers import Dossiers
from records.snapshot import Snapshot
from scoring import bundle as bundles
from scoring.bundle import Bundle
from scoring.reasons import groups
from scoring.score import score

ROWS = 300
GOAL = "fetch, features, score, contributions, reasons"
Point = tuple[int, int, date]


def main() -> None:
    """Choose debtors, time, show."""
    asked = _arguments()
    snapshot, bundle = Snapshot.current(asked.snapshots), bundles.read(asked.bundle)
    dossiers = Dossiers.open(snapshot.path)
    points = chosen(snapshot, dossiers, asked.debtors)
    held = [size(dossiers.fetch(*point)) for point in points]
    taken = _portraits(dossiers, bundle, points)
    taken["DuckDB, prepared: the rows' features"] = _each(points, prepared(snapshot))
    figures = {name: {"p50": _at(spent, 50), "p95": _at(spent, 95)} for name, spent in taken.items()}
    print(
        f"{len(points)} obligations, dossiers of {min(held)} to {max(held)} rows, {len(CATALOGUE.names)} features\n"
    )
    print(f"| {'milliseconds':46} | p50 | p95 |\n|---|---|---|")
    for name, figure in figures.items():
        goal = " (goal 20 / 40)" if name == GOAL else ""
        print(f"| {name + goal:46} | {figure['p50']:.2f} | {figure['p95']:.2f} |")
    worst, names = apart(snapshot, dossiers, asked.compared)
    print(
        f"\nDay and night, {asked.compared:,} obligations: largest relative difference {worst:.1e}; differing: {names}"
    )
    kept = {"milliseconds": figures, "rows": [min(held), max(held)], "obligations": len(points)}
    keep(
        {**kept, "compared": {"obligations": asked.compared, "worst": worst, "differing": names}}, asked.json
    )


def apart(snapshot: Snapshot, dossiers: Dossiers, count: int) -> tuple[float, list[str]]:
    """Largest relative difference of day and night over sampled obligations, and the features beyond 1e-9."""
    sampled = snapshot.query(
        f"""WITH drawn AS (SELECT DISTINCT party_id, case_id, hash(party_id, case_id) AS dice FROM obligors)
        SELECT party_id, case_id, CAST(DATE '{snapshot.newest}' - CAST(dice % 900 AS INTEGER) AS DATE) AS as_of
        FROM drawn ORDER BY dice LIMIT {count}"""
    )
    night = matrix(build(snapshot, sampled))
    points = zip(*(sampled[name].to_pylist() for name in IDS), strict=True)
    day = np.array([profile(dossiers.fetch(*point)).values for point in points])
    same = (day == night) | (np.isnan(day) & np.isnan(night))
    difference = np.where(same, 0.0, np.abs(day - night) / np.maximum(1.0, np.abs(night)))
    beyond = np.isnan(difference) | (difference > 1e-9)
    return float(np.nanmax(difference)), [
        CATALOGUE.names[place] for place in np.flatnonzero(beyond.any(axis=0))
    ]


def chosen(snapshot: Snapshot, dossiers: Dossiers, count: int) -> list[Point]:
    """Obligations on the last day whose dossiers hold nearest to 300 rows, of those with most rows by the tables."""
    each = " UNION ALL ".join(
        f"SELECT party_id, count(*) AS size FROM {table.name} GROUP BY party_id"
        for table in TABLES.values()
        if table.owner == "party"
    )
    found = snapshot.query(
        f"""WITH sizes AS (SELECT party_id, sum(size) AS size FROM ({each}) GROUP BY party_id)
        SELECT party_id, min(case_id) AS case_id FROM obligors JOIN sizes USING (party_id)
        GROUP BY party_id, size ORDER BY abs(size - {ROWS - 20}), party_id LIMIT {count * 3}"""
    )
    assert snapshot.newest is not None
    points = [(row["party_id"], row["case_id"], snapshot.newest) for row in found.to_pylist()]
    return sorted(points, key=lambda point: abs(size(dossiers.fetch(*point)) - ROWS))[:count]


def size(dossier: Dossier) -> int:
    """Rows of a dossier, each once."""
    sides = (dossier.party, dossier.case)
    return len({(name, row["row_id"]) for side in sides for name, rows in side.items() for row in rows})


def _portraits(dossiers: Dossiers, bundle: Bundle, points: list[Point]) -> dict[str, list[float]]:
    steps: dict[str, list[float]] = {
        name: [] for name in ("fetch", "features", "score, contributions", "reasons")
    }
    whole: list[float] = []
    score(bundle, np.full((1, len(bundle.names)), np.nan))
    for point in [points[0], *points]:
        marks = [time.perf_counter()]
        dossier = dossiers.fetch(*point)
        marks.append(time.perf_counter())
        seen = profile(dossier)
        marks.append(time.perf_counter())
        scores = score(bundle, seen.values[None, :])
        marks.append(time.perf_counter())
        groups(bundle, seen, scores.contributions[0], kind="natural")
        marks.append(time.perf_counter())
        for spent, first, last in zip(steps.values(), marks[:-1], marks[1:], strict=True):
            spent.append((last - first) * 1e3)
        whole.append((marks[-1] - marks[0]) * 1e3)
    portrait = _each(
        [points[0], *points],
        lambda point: assemble(dossiers.fetch(*point), bundle=bundle, snapshot=dossiers.digest),
    )
    all_of = {**steps, GOAL: whole, "the whole portrait, ledger and conduct too": portrait}
    return {name: spent[1:] for name, spent in all_of.items()}  # the first call of a process fills caches


def prepared(snapshot: Snapshot) -> Callable[[Point], object]:
    """All scans of the catalogue over one obligation, as prepared statements over tables in memory."""
    engine = duckdb.connect(config={"threads": 1})
    steps: dict[tuple[str, str], list[Feature]] = {}
    for feature in CATALOGUE.made_of_rows:
        steps.setdefault((feature.rows.table, feature.rows.by), []).append(feature)
    for table in sorted({table for table, _ in steps}):
        engine.execute(f"CREATE TABLE {table} AS SELECT * FROM read_parquet('{snapshot.parquet(table)}')")
    for number, ((table, by), features) in enumerate(steps.items()):
        engine.execute(f"CREATE INDEX IF NOT EXISTS {table}_{by} ON {table} ({by}_id)")
        one = (
            "WITH asked AS (SELECT 0 AS n, $1::BIGINT AS party_id, $2::BIGINT AS case_id, $3::DATE AS as_of),"
        )
        # the join of one row is a look-up when the key is a constant
        sql = scan_sql(features).replace("WITH", one, 1)
        sql = sql.replace(
            f"ON r.{by}_id = o.this_{by}", f"ON r.{by}_id = ${1 if by == 'party' else 2}::BIGINT", 1
        )
        engine.execute(f"PREPARE step_{number} AS {sql}")
    count = len(steps)

    def answer(point: Point) -> object:
        party, case, as_of = point
        return [
            engine.execute(f"EXECUTE step_{number}({party}, {case}, DATE '{as_of}')").fetchall()
            for number in range(count)
        ]

    return answer


def _each(points: list[Point], work: Callable[[Point], object]) -> list[float]:
    spent = []
    for point in points:
        started = time.perf_counter()
        work(point)
        spent.append((time.perf_counter() - started) * 1e3)
    return spent


def _at(spent: list[float], percent: int) -> float:
    return float(np.percentile(spent, percent))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--snapshots", type=Path, required=True, help="root of published snapshots")
    parser.add_argument("--bundle", type=Path, required=True, help="a bundle's folder")
    parser.add_argument("--debtors", type=int, default=200, help="obligations to time (default 200)")
    parser.add_argument("--compared", type=int, default=5_000, help="obligations to compare (default 5000)")
    parser.add_argument("--json", type=Path, help="keep the figures in this file too")
    return parser.parse_args()


if __name__ == "__main__":
    main()

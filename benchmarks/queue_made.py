"""Slices and registers of a province that nobody has: the sizes of a real one, the contents drawn at random."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from triage.tracks.figures import NIGHT

DAY = date(2026, 6, 30)
COURTS = 110
REASON = json.dumps(
    [
        {"feature": name, "value": 1234.5, "points": -3.25}
        for name in ("deposit_available_latest", "property_net", "wage_monthly_12m")
    ]
)
_REGISTERS = """
    CREATE TABLE cases AS SELECT range AS case_id, 'first' AS kind, DATE '2026-06-30' - (range % 700)::INTEGER
        AS filed_on, NULL::DATE AS closed_on, NULL::VARCHAR AS closing_mode, NULL::BIGINT AS predecessor_case_id
        FROM range(1, {cases} + 1);
    CREATE TABLE suspensions AS SELECT 1 + range % {cases} AS case_id, DATE '2026-01-01' + (range % 90)::INTEGER
        AS from_on, DATE '2026-01-20' + (range % 90)::INTEGER AS to_on FROM range({cases} // 10);
    CREATE TABLE measures AS SELECT 1 + range % {cases} AS case_id, 1 + (range * 7) % {debtors} AS party_id,
        ['seal', 'appraisal', 'auction', 'notice', 'freeze'][1 + range % 5] AS kind, NULL::DATE AS lifted_on
        FROM range({cases} * 5);
    CREATE TABLE payments AS SELECT 1 + range % {cases} AS case_id, CASE WHEN range % 9 > 0
        THEN DATE '2026-06-01' END AS paid_out_on FROM range({cases} * 2);
    CREATE TABLE encumbrances AS SELECT 1 + range % {debtors} AS party_id, range AS thing_id,
        1 + range % {cases} AS holder_case_id, 'seal' AS kind,
        DATE '2026-07-01' + (range % 900)::INTEGER AS expires_on, NULL::DATE AS released_on FROM range({cases});
    CREATE TABLE deposits AS SELECT 1 + range % {debtors} AS party_id, (range % 900) * 1000 AS available
        FROM range({cases} * 3);
    CREATE TABLE real_property AS SELECT 1 + range % {debtors} AS party_id, range AS thing_id FROM range({cases});
    CREATE TABLE vehicles AS SELECT * FROM real_property; CREATE TABLE equity AS SELECT * FROM real_property;
    CREATE TABLE clues AS SELECT 1 + range % {debtors} AS party_id FROM range({cases} // 20);
    CREATE TABLE officers AS SELECT range AS officer_id, 'SX' || lpad((range % 110)::VARCHAR, 3, '0') AS court,
        38.0 AS weekly_hours FROM range(3300)"""
_CLOCKS = """
    ALTER TABLE {table} ADD COLUMN happened_at DATE DEFAULT DATE '2026-05-20';
    ALTER TABLE {table} ADD COLUMN known_at DATE DEFAULT DATE '2026-05-20';
    ALTER TABLE {table} ADD COLUMN superseded_at DATE; ALTER TABLE {table} ADD COLUMN retracted BOOLEAN;
    ALTER TABLE {table} ADD COLUMN row_id BIGINT DEFAULT 1"""


class Registers:
    """A court's registers of so many cases, asked as a snapshot is."""

    def __init__(self, cases: int, debtors: int) -> None:
        self._connection = duckdb.connect(config={"threads": 2, "memory_limit": "4GB"})
        self._connection.execute(_REGISTERS.format(cases=cases, debtors=debtors))
        for (table,) in self._connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            self._connection.execute(_CLOCKS.format(table=table))

    def query(self, sql: str, **values: Any) -> pa.Table:
        """The answer as an Arrow table."""
        tables = {name: value for name, value in values.items() if isinstance(value, pa.Table)}
        for name, table in tables.items():
            self._connection.register(name, table)
        plain = {name: value for name, value in values.items() if name not in tables}
        return self._connection.execute(sql, plain).to_arrow_table()


def slices(folder: Path, *, obligations: int, largest: int, rows: int = 32_768) -> list[Path]:
    """Slices as the night writes them. ``largest``: obligations of the one court SX000; the rest is spread evenly."""
    rng = np.random.default_rng(7)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number, begin in enumerate(range(0, obligations, rows)):
        here = np.arange(begin, min(begin + rows, obligations))
        files.append(folder / f"made-{number:05d}.parquet")
        pq.write_table(_slice(rng, here, obligations, largest), files[-1])
    return files


def _slice(rng: np.random.Generator, here: np.ndarray, total: int, largest: int) -> pa.Table:
    size = len(here)
    court = np.where(here < largest, 0, 1 + here % (COURTS - 1))
    owed = np.round(rng.lognormal(10.5, 1.5, size), 2)
    score = rng.beta(0.6, 1.6, size) * 100
    columns: dict[str, Any] = {
        "party_id": 1 + (here * 5) // 6,
        "case_id": 1 + here,
        "as_of": np.full(size, np.datetime64(DAY, "D")),
        "court": [f"SX{code:03d}" for code in court],
        "case_number": [f"（2026）苏{code:04d}执{each}号" for code, each in zip(court, here, strict=True)],
        "case_owed": owed,
        "outstanding": owed,
        "score": score,
        "cautious": score * rng.uniform(0.6, 1, size),
        "expected": np.round(owed * score / 100, 2),
        "band": rng.choice(["low", "middle", "high"], size),
        "abstained": rng.random(size) < 0.03,
        "reasons": [REASON] * size,
    }
    return pa.table(columns | {name: _night(rng, name, size) for name in NIGHT})


def _night(rng: np.random.Generator, name: str, size: int) -> np.ndarray:
    if name.endswith("_state"):
        return rng.choice([1.0, 5.0, 6.0], size, p=[0.05, 0.05, 0.9])
    if name.startswith("days") or name.endswith("_days"):
        return rng.integers(1, 700, size).astype(float)
    there = rng.random(size) < 0.15
    if rng.integers(2) and (
        "_here" in name or name in ("organisation", "notice_served", "disclosure_ordered")
    ):
        return there.astype(float)
    return np.where(there, np.round(rng.lognormal(8.5, 1.6, size), 2), 0.0)


def last_week() -> str:
    """A day of a week before the queue's."""
    return (DAY - timedelta(days=7)).isoformat()

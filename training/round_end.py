"""A court's records as they look to those for whom a 终本 (termination of a round) is the end of a case.

Nothing that is paid after it counts, and a case that takes an ended one up again has nothing to do with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from records.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class RoundEnd:
    """Answers the queries of `scoring.outcomes` over a snapshot whose rounds are ends."""

    snapshot: Snapshot

    @property
    def path(self) -> Path:
        """Where the snapshot lies, for its links of parties."""
        return self.snapshot.path

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """The answer as an Arrow table; ``tables`` are joined in by their names."""
        views = {name: self.snapshot.parquet(name).as_posix() for name in ("cases", "payments")}
        with self.snapshot.connect() as cursor:
            for name, table in tables.items():
                cursor.register(name, table)
            cursor.execute(_CASES.format(**views))
            cursor.execute(_PAYMENTS.format(**views))
            found: Any = cursor.execute(sql).to_arrow_table()
            cursor.execute("DROP VIEW temp.payments; DROP VIEW temp.cases")
            return found


_CASES = """
    CREATE OR REPLACE TEMP VIEW cases AS
    SELECT * REPLACE (CAST(NULL AS BIGINT) AS predecessor_case_id) FROM read_parquet('{cases}')"""
_PAYMENTS = """
    CREATE OR REPLACE TEMP VIEW payments AS
    WITH ended AS (
        SELECT case_id, closed_on FROM (
            SELECT case_id, closed_on, closing_mode, row_number() OVER (
                PARTITION BY case_id ORDER BY happened_at DESC, known_at DESC, row_id DESC) AS place
            FROM read_parquet('{cases}') WHERE superseded_at IS NULL AND NOT coalesce(retracted, false)
        ) WHERE place = 1 AND closing_mode = 'round_terminated'
    )
    SELECT p.* FROM read_parquet('{payments}') p LEFT JOIN ended e USING (case_id)
    WHERE e.closed_on IS NULL OR p.happened_at <= e.closed_on"""

"""Key figures read by day; what a plan would do to them, by the same definitions.

`kpis.sqlite` (`triage.kpis.keep`) holds the counted figures, and of every open case what their conditions read. SQLite
evaluates the very expressions of the catalogue.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, replace
from pathlib import Path

from triage.kpis.catalogue import KPIS, Kpi, Over
from triage.kpis.figure import Figure, Planned

NAME = "kpis.sqlite"
COLUMNS = (
    "case_id", "first", "with_property", "claim", "credited", "settled", "petitions", "petitions_resolved", "audit",
    "closing_mode", "days_counted", "term_days",
)  # fmt: skip


def kept(folder: Path, *, court: str, periods: Sequence[str] = ()) -> list[Figure]:
    """The kept figures of a court ("" = all courts together), of some periods or all, in order of periods.

    Raises FileNotFoundError where the queue keeps none.
    """
    with _opened(folder) as db:
        rows = db.execute(
            "SELECT court, period, code, above, below FROM figure WHERE court = ? ORDER BY period", (court,)
        ).fetchall()
    return [Figure(*row) for row in rows if not periods or row[1] in periods]


def with_plan(folder: Path, now: Iterable[Figure], planned: Sequence[Planned]) -> list[Figure]:
    """Figures of one current period as they would be were the plan carried through by the period's end.

    A planned case counts with its chance as performed; cases that are not open change nothing.
    """
    with _opened(folder) as db:
        db.create_function("least", 2, min, deterministic=True)
        db.execute("CREATE TEMP TABLE planned (case_id, chance, money)")
        db.executemany("INSERT INTO temp.planned VALUES (?, ?, ?)", map(astuple, planned))
        more = {kpi.code: _more(db, kpi) for kpi in KPIS}
    return [
        replace(each, above=each.above + more[each.code][0], below=each.below + more[each.code][1])
        for each in now
    ]


def _more(db: sqlite3.Connection, kpi: Kpi) -> tuple[float, float]:
    """What the plan adds to numerator and denominator."""
    if kpi.over is Over.STANDING:
        return 0.0, 0.0
    above, below = kpi.above.replace("closed_in_period", "true"), kpi.below
    if kpi.money:
        counted = f"({above}) / 100.0", "claim / 100.0"
    else:
        counted = f"CASE WHEN {above} THEN 1 ELSE 0 END", "1" if kpi.over is Over.CLOSED else "0"
    sums = ", ".join(
        f"coalesce(sum(CASE WHEN {below} THEN chance * ({each}) ELSE 0 END), 0)" for each in counted
    )
    names = ", ".join(f"c.{name}" for name in COLUMNS if name != "credited")
    row = db.execute(
        f"""SELECT {sums} FROM (SELECT {names}, p.chance,
            min(c.credited + CAST(p.money * 100 / p.chance AS INTEGER), c.claim) AS credited
        FROM temp.planned p JOIN open_case c ON c.case_id = p.case_id WHERE p.chance > 0)"""
    ).fetchone()
    return float(row[0]), float(row[1])


@contextmanager
def _opened(folder: Path) -> Iterator[sqlite3.Connection]:
    path = folder / NAME
    if not path.exists():
        raise FileNotFoundError(path.name)
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        yield db
    finally:
        db.close()

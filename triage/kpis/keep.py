"""Key figures kept beside the queue at night: counted once, and of every open case what their conditions read."""

from __future__ import annotations

import sqlite3
from dataclasses import astuple
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from triage.kpis.count import figures, open_cases
from triage.kpis.figure import months, year_to_date
from triage.kpis.kept import COLUMNS, NAME

if TYPE_CHECKING:
    from features.night import Records


def keep(folder: Path, snapshot: Records, *, as_of: date) -> Path:
    """Count the last twelve months and the year up to a day, and keep them in a queue's folder, anew."""
    path = folder / NAME
    path.unlink(missing_ok=True)
    told = figures(snapshot, [*months(as_of), *year_to_date(as_of)], as_of=as_of)
    cases = open_cases(snapshot, as_of=as_of).select(list(COLUMNS)).to_pydict()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode = off")
        db.execute("CREATE TABLE figure (court, period, code, above REAL, below REAL)")
        db.executemany("INSERT INTO figure VALUES (?, ?, ?, ?, ?)", map(astuple, told))
        db.execute(f"CREATE TABLE open_case ({', '.join(COLUMNS)}, PRIMARY KEY (case_id)) WITHOUT ROWID")
        marks = ", ".join("?" * len(COLUMNS))
        db.executemany(f"INSERT INTO open_case VALUES ({marks})", zip(*cases.values(), strict=True))
        db.execute("CREATE INDEX of_court ON figure (court, period)")
    db.close()
    return path

"""This morning's queue as it is read: open obligations of a court, ranked by expected money. Standard library only.

The nightly run publishes the queue as one immutable SQLite file; readers open it read-only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

_NAME = "queue.sqlite"


@dataclass(frozen=True, slots=True)
class Place:
    """One open obligation in the queue. Money is CNY; ``cautious`` ranks where little is known.

    ``expected_cautious`` = outstanding × cautious score, cut so that the debtors of one case together are never
    promised for more than the case lacks.
    """

    court: str
    case_id: int
    party_id: int
    case_number: str
    as_of: str
    outstanding: float
    score: float | None
    cautious: float | None
    expected_money: float
    expected_cautious: float
    band: str
    abstained: bool
    reason_zh: str
    reason_en: str


def write(folder: Path, places: Iterable[Place]) -> Path:
    """Write the queue file of a folder (it must not exist yet) and return its path."""
    path = folder / _NAME
    names = [field.name for field in fields(Place)]
    with sqlite3.connect(path) as db:
        db.execute(f"CREATE TABLE place (rank INTEGER, {', '.join(names)})")
        ordered = sorted(places, key=lambda p: (p.court, -p.expected_cautious, p.case_id, p.party_id))
        db.executemany(
            f"INSERT INTO place VALUES ({', '.join('?' * (len(names) + 1))})",
            ((rank, *astuple(place)) for rank, place in _ranked(ordered)),
        )
        db.execute("CREATE INDEX by_court ON place (court, rank)")
    db.close()
    return path


def read(folder: Path, *, court: str, first: int = 0, most: int = 50) -> tuple[int, list[tuple[int, Place]]]:
    """Number of open obligations of a court, and those ranked from ``first`` on, at most ``most``."""
    with sqlite3.connect(f"{(folder / _NAME).absolute().as_uri()}?mode=ro", uri=True) as db:
        count = db.execute("SELECT count(*) FROM place WHERE court = ?", (court,)).fetchone()[0]
        rows = db.execute(
            "SELECT * FROM place WHERE court = ? AND rank > ? ORDER BY rank LIMIT ?", (court, first, most)
        ).fetchall()
    db.close()
    return count, [(row[0], Place(*row[1:11], row[11], bool(row[12]), *row[13:])) for row in rows]


def courts(folder: Path) -> list[tuple[str, int]]:
    """Courts with open obligations, and how many each has."""
    with sqlite3.connect(f"{(folder / _NAME).absolute().as_uri()}?mode=ro", uri=True) as db:
        found = db.execute("SELECT court, count(*) FROM place GROUP BY court ORDER BY court").fetchall()
    db.close()
    return found


def _ranked(places: list[Place]) -> Iterable[tuple[int, Place]]:
    court, rank = "", 0
    for place in places:
        rank = 1 if place.court != court else rank + 1
        court = place.court
        yield rank, place

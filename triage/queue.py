"""This morning's queue as it is read: open obligations of a court, ranked by expected money.

The nightly run publishes the queue as one immutable SQLite file; readers open it read-only. Reasons are kept as codes
and values, and worded when they are read.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from math import nan
from pathlib import Path
from typing import Any

from features.catalogue import CATALOGUE
from features.phrases import sentence
from vocabulary.text import Text

_NAME = "queue.sqlite"
_BATCH = 10_000


@dataclass(frozen=True, slots=True)
class Weighty:
    """A feature that weighs in the score: its code, its value (None: not known), and the points that it adds."""

    feature: str
    value: float | None
    points: float

    @property
    def words(self) -> Text:
        """Its sentence; the bare code where the catalogue no longer has the feature."""
        if self.feature not in CATALOGUE.names:
            return Text(zh=self.feature, en=self.feature)
        return sentence(CATALOGUE[self.feature], nan if self.value is None else self.value, None)


@dataclass(frozen=True, slots=True)
class Place:
    """One open obligation in the queue. Money is CNY; ``cautious`` ranks where little is known.

    ``expected_cautious`` = outstanding × cautious score, cut so that the debtors of one case together are never
    promised for more than the case lacks. ``reasons``: the weightiest features as JSON, see `weighty`.
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
    reasons: str

    @property
    def weighty(self) -> tuple[Weighty, ...]:
        """The features that weigh most, weightiest first."""
        return tuple(Weighty(**each) for each in json.loads(self.reasons))

    @property
    def reason_zh(self) -> str:
        """The weightiest reason in Chinese."""
        return self.weighty[0].words.zh

    @property
    def reason_en(self) -> str:
        """The weightiest reason in English."""
        return self.weighty[0].words.en


def reasons_json(found: Iterable[Weighty]) -> str:
    """Features that weigh, as a place keeps them."""
    return json.dumps(
        [dict(zip(("feature", "value", "points"), astuple(each), strict=True)) for each in found]
    )


def write(folder: Path, ranked: Iterable[tuple[int, Place]]) -> Path:
    """Write the queue file of a folder, anew where a broken run left one, and return its path.

    ``ranked``: places with their rank, 1 the first of each court, in any order.
    """
    path = folder / _NAME
    names = [field.name for field in fields(Place)]
    insert = f"INSERT INTO place VALUES ({', '.join('?' * (len(names) + 1))})"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode = off")
        db.execute("PRAGMA synchronous = off")
        db.execute(f"CREATE TABLE place (rank INTEGER, {', '.join(names)})")
        batch: list[tuple[object, ...]] = []
        for rank, place in ranked:
            batch.append((rank, *astuple(place)))
            if len(batch) == _BATCH:
                db.executemany(insert, batch)
                batch.clear()
        db.executemany(insert, batch)
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
    return count, [(row[0], _place(row[1:])) for row in rows]


def courts(folder: Path) -> list[tuple[str, int]]:
    """Courts with open obligations, and how many each has."""
    with sqlite3.connect(f"{(folder / _NAME).absolute().as_uri()}?mode=ro", uri=True) as db:
        found = db.execute("SELECT court, count(*) FROM place GROUP BY court ORDER BY court").fetchall()
    db.close()
    return found


def _place(row: tuple[Any, ...]) -> Place:
    told = dict(zip((field.name for field in fields(Place)), row, strict=True))
    return Place(**told | {"abstained": bool(told["abstained"])})

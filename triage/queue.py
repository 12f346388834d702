"""This morning's queue as it is read: open obligations of a court in their tracks, ranked.

The nightly run publishes the queue as one immutable SQLite file; readers open it read-only. Reasons are kept as codes
and values, and worded when they are read.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from math import nan
from pathlib import Path
from typing import Any

from features.catalogue import CATALOGUE
from features.phrases import sentence
from triage.queue_choice import EVERYTHING, Choice
from triage.tracks import judge
from vocabulary.text import Text

NAME = "queue.sqlite"
_BATCH = 10_000
_ASKED = 400
FIND = """
    WITH asked (c, p) AS (VALUES {asked})
    SELECT place.* FROM asked CROSS JOIN place ON place.case_id = c AND place.party_id = p"""
"""CROSS JOIN keeps SQLite to asking the index once an obligation; IN (VALUES …) would read the whole table."""


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
    """One open obligation in the queue. Money is CNY, dates are ISO texts; ``cautious`` ranks where little is known.

    ``expected_cautious`` = outstanding × cautious score, cut so that the debtors of one case together are never
    promised for more than the case lacks. ``promised``: expected after what earlier cases of the debtor are promised;
    ``timely``: the part of it that can arrive within the deadline. ``worth``: what ranks, CNY an hour.
    ``work``: pieces of work by kind, joined by spaces, the next first; ``hours`` of all of them. ``told`` and
    ``reasons``: values of the track's sentence and the weightiest features, as JSON. ``deadline_kind``,
    ``priority``: codes, empty for none. ``news_on``: when the newest answer, measure or payment came in.
    """

    court: str
    case_id: int
    party_id: int
    case_number: str
    as_of: str
    track: str
    track_rank: int
    rule: str
    told: str
    outstanding: float
    score: float | None
    cautious: float | None
    expected_money: float
    expected_cautious: float
    promised: float
    timely: float
    hours: float
    worth: float
    work: str
    deadline: str | None
    deadline_kind: str
    pressing: bool
    priority: str
    learning: bool
    band: str
    abstained: bool
    filed_on: str | None
    news_on: str | None
    reasons: str

    @property
    def weighty(self) -> tuple[Weighty, ...]:
        """The features that weigh most, weightiest first."""
        return tuple(Weighty(**each) for each in json.loads(self.reasons))

    @property
    def reason_zh(self) -> str:
        """The weightiest reason of the score in Chinese."""
        return self.weighty[0].words.zh

    @property
    def reason_en(self) -> str:
        """The weightiest reason of the score in English."""
        return self.weighty[0].words.en

    @property
    def why(self) -> Text:
        """Why it is proposed for its track."""
        return judge.reason(self.rule, json.loads(self.told))

    @property
    def steps(self) -> tuple[str, ...]:
        """Its pieces of work, the next first."""
        return tuple(self.work.split())


NAMES = tuple(field.name for field in fields(Place))
_FLAGS = ("abstained", "learning", "pressing")


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over a court's places of one track. Money CNY."""

    track: str
    places: int
    abstained: int
    outstanding: float
    promised: float
    expected_cautious: float
    hours: float
    learning: int
    pressing: int

    @classmethod
    def nothing(cls, track: str) -> Tally:
        """Of a track without places."""
        return cls(track, 0, 0, 0.0, 0.0, 0.0, 0.0, 0, 0)

    def with_place(self, place: Place, times: int = 1) -> Tally:
        """With a place more (or ``times`` -1: less)."""
        added = {
            field.name: getattr(self, field.name) + times * getattr(place, field.name)
            for field in fields(self)
            if field.name not in ("track", "places")
        }
        return Tally(track=self.track, places=self.places + times, **added)


def reasons_json(found: Iterable[Weighty]) -> str:
    """Features that weigh, as a place keeps them."""
    return json.dumps(
        [dict(zip(("feature", "value", "points"), astuple(each), strict=True)) for each in found]
    )


def write(folder: Path, ranked: Iterable[tuple[object, ...]]) -> Path:
    """Write the queue file of a folder, anew where a broken run left one, and return its path.

    ``ranked``: rank in the court, then the fields of a `Place` in their order (NAMES), in any order of places.
    """
    path = folder / NAME
    insert = f"INSERT INTO place VALUES ({', '.join('?' * (len(NAMES) + 1))})"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode = off")
        db.execute("PRAGMA synchronous = off")
        db.execute(f"CREATE TABLE place (rank INTEGER, {', '.join(NAMES)})")
        for batch in _batches(ranked):
            db.executemany(insert, batch)
        db.execute("CREATE UNIQUE INDEX by_court ON place (court, rank)")
        db.execute("CREATE UNIQUE INDEX by_track ON place (court, track, track_rank)")
        db.execute("CREATE INDEX by_obligation ON place (case_id, party_id)")
        db.execute("CREATE INDEX by_money ON place (court, promised DESC, rank)")
        db.execute("CREATE INDEX by_deadline ON place (court, deadline IS NULL, deadline, rank)")
        db.execute("CREATE INDEX by_news ON place (court, news_on DESC, rank)")
        db.execute(
            "CREATE TABLE tally AS SELECT court, track, count(*) AS places, sum(abstained) AS abstained, "
            "sum(outstanding) AS outstanding, sum(promised) AS promised, "
            "sum(expected_cautious) AS expected_cautious, sum(hours) AS hours, sum(learning) AS learning, "
            "sum(pressing) AS pressing FROM place GROUP BY court, track ORDER BY court, track"
        )
    db.close()
    return path


def read(
    folder: Path, *, court: str, first: int = 0, most: int = 50, choice: Choice = EVERYTHING
) -> tuple[int, list[tuple[int, Place]]]:
    """Number of open obligations of a court (of those chosen), and those from the ``first`` on, at most ``most``.

    Each with its rank: in its track where the choice names one, else in the court.
    """
    where, values = choice.where()
    with _opened(folder) as db:
        if choice == EVERYTHING:
            count = db.execute(
                "SELECT coalesce(sum(places), 0) FROM tally WHERE court = ?", (court,)
            ).fetchone()[0]
        else:
            count = db.execute(
                f"SELECT count(*) FROM place WHERE court = ? {where}", (court, *values)
            ).fetchone()[0]
        rows = db.execute(
            f"SELECT * FROM place WHERE court = ? {where} ORDER BY {choice.order()} LIMIT ? OFFSET ?",
            (court, *values, most, first),
        ).fetchall()
    places = [(row[0], _place(row[1:])) for row in rows]
    return count, [(place.track_rank if choice.track else rank, place) for rank, place in places]


def walk(folder: Path, *, court: str, choice: Choice = EVERYTHING) -> Iterator[tuple[int, Place]]:
    """All places of a court (of those chosen) one after the other, for exports: nothing is held."""
    where, values = choice.where()
    with _opened(folder) as db:
        for row in db.execute(
            f"SELECT * FROM place WHERE court = ? {where} ORDER BY {choice.order()}", (court, *values)
        ):
            place = _place(row[1:])
            yield (place.track_rank if choice.track else row[0]), place


def find(folder: Path, obligations: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, Place]]:
    """The places of obligations (case, debtor) that are in the queue, with their ranks in the court."""
    found = {}
    with _opened(folder) as db:
        for begin in range(0, len(obligations), _ASKED):
            some = obligations[begin : begin + _ASKED]
            rows = db.execute(
                FIND.format(asked=", ".join(["(?, ?)"] * len(some))),
                [number for each in some for number in each],
            )
            for row in rows:
                place = _place(row[1:])
                found[place.case_id, place.party_id] = (row[0], place)
    return {each: found[each] for each in obligations if each in found}


def courts(folder: Path) -> list[tuple[str, int]]:
    """Courts with open obligations, and how many each has."""
    with _opened(folder) as db:
        return db.execute("SELECT court, sum(places) FROM tally GROUP BY court ORDER BY court").fetchall()


def tallies(folder: Path, court: str) -> tuple[Tally, ...]:
    """Sums of a court's tracks that have places."""
    names = ", ".join(field.name for field in fields(Tally))
    with _opened(folder) as db:
        rows = db.execute(f"SELECT {names} FROM tally WHERE court = ? ORDER BY track", (court,)).fetchall()
    return tuple(Tally(*row) for row in rows)


@contextmanager
def _opened(folder: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(f"{(folder / NAME).absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        yield db
    finally:
        db.close()


def _batches(ranked: Iterable[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    batch: list[tuple[object, ...]] = []
    for row in ranked:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _place(row: tuple[Any, ...]) -> Place:
    told = dict(zip(NAMES, row, strict=True))
    return Place(**told | {name: bool(told[name]) for name in _FLAGS})

"""Officers with their teams and hours: read from the register at night, kept beside the queue for the day."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from triage.as_known import newest
from vocabulary.text import Text

if TYPE_CHECKING:
    from records.snapshot import Snapshot

_NAME = "officers.json"
TEAMS = {
    "office": Text(zh="内勤", en="office"),
    "field": Text(zh="外勤", en="field"),
    "opening": Text(zh="启动", en="opening"),
    "query": Text(zh="查控", en="query and control"),
    "disposal": Text(zh="评估拍卖", en="pricing and auction"),
    "closing": Text(zh="结案", en="closing"),
}
"""The six teams (Dawa District Court 2019)."""


@dataclass(frozen=True, slots=True)
class Officer:
    """One officer: key, court, team (of TEAMS) and hours a week."""

    officer_id: int
    court: str
    team: str
    hours: float


def officers_of(snapshot: Snapshot, as_of: date) -> tuple[Officer, ...]:
    """The officers of all courts as known on a day, by court and key."""
    register = newest("officers", "officer_id", as_of)
    rows = snapshot.query(
        f"SELECT officer_id, court, team, coalesce(weekly_hours, 0)::DOUBLE AS hours FROM {register} "
        "ORDER BY court, officer_id"
    ).to_pylist()
    return tuple(Officer(row["officer_id"], row["court"], row["team"], row["hours"]) for row in rows)


def write_officers(folder: Path, officers: Iterable[Officer]) -> None:
    """Keep officers beside a queue."""
    (folder / _NAME).write_text(json.dumps([asdict(each) for each in officers]) + "\n")


def read_officers(folder: Path, *, court: str) -> tuple[Officer, ...]:
    """The officers of a court that were kept beside a queue; none where the queue has no such file."""
    try:
        kept = json.loads((folder / _NAME).read_text())
    except FileNotFoundError:
        return ()
    return tuple(Officer(**each) for each in kept if each["court"] == court)

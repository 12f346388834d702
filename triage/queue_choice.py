"""Which places of a court's queue are wanted, and in what order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from triage.queue import Place

Sort = Literal["rank", "money", "deadline", "news"]
_NEVER = "~"  # after every date in ISO form
_ORDER = {
    "money": "promised DESC, rank",
    "deadline": "deadline IS NULL, deadline, rank",
    "news": "news_on DESC, rank",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of places. Dates are ISO texts; ``without``: obligations (case, debtor) to leave out.

    ``due_by``: only deadlines up to that day; ``since``: only where something came in on that day or later.
    """

    track: str | None = None
    band: str | None = None
    priority: bool = False
    learning: bool = False
    pressing: bool = False
    due_by: str | None = None
    since: str | None = None
    sort: Sort = "rank"
    without: tuple[tuple[int, int], ...] = ()

    def where(self) -> tuple[str, list[object]]:
        """The condition in SQL after the court's, and its values."""
        asked: list[tuple[str, list[object]]] = []
        for name, value in (("track", self.track), ("band", self.band)):
            if value is not None:
                asked.append((f"{name} = ?", [value]))
        if self.priority:
            asked.append(("priority <> ''", []))
        if self.learning:
            asked.append(("learning = 1", []))
        if self.pressing:
            asked.append(("pressing = 1", []))
        if self.due_by is not None:
            asked.append(("deadline <= ?", [self.due_by]))
        if self.since is not None:
            asked.append(("news_on >= ?", [self.since]))
        if self.without:
            asked.append(
                (
                    f"(case_id, party_id) NOT IN (VALUES {', '.join(['(?, ?)'] * len(self.without))})",
                    [number for each in self.without for number in each],
                )
            )
        return "".join(f" AND {sql}" for sql, _ in asked), [value for _, some in asked for value in some]

    def admits(self, place: Place) -> bool:
        """Whether a place is among those chosen, whatever its track."""
        return (
            self.band in (None, place.band)
            and (not self.priority or place.priority != "")
            and (not self.learning or place.learning)
            and (not self.pressing or place.pressing)
            and (self.due_by is None or (place.deadline or _NEVER) <= self.due_by)
            and (self.since is None or (place.news_on or "") >= self.since)
            and (place.case_id, place.party_id) not in self.without
        )

    def order(self) -> str:
        """The order in SQL."""
        if self.sort == "rank":
            return "track_rank" if self.track else "rank"
        return _ORDER[self.sort]


EVERYTHING = Choice()

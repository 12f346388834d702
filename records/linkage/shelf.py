"""The links of a snapshot as a page or a service reads them: standard library only.

A snapshot published from a store without links has no such file: every party is then its own obligor.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from records.linkage.ledger_rows import COLUMNS, link_of
from records.linkage.links import Link, Span, standing

FILE = "links.sqlite"
CREATE = """
create table link (link_id integer primary key, decided_at text, known_at text, left_party integer,
    right_party integer, kind text, decision text, decided_by text, probability real, reason text, evidence text);
create index link_left on link (left_party);
create index link_right on link (right_party);
create table span (party integer, obligor integer, from_on text, until_on text);
create index span_party on span (party);
create index span_obligor on span (obligor);
"""
_LINKS = f"select {', '.join(COLUMNS)} from link"


@dataclass(frozen=True)
class LinkShelf:
    """The decisions in a snapshot's folder, and to whom every party belonged when. May be used from several threads."""

    file: sqlite3.Connection | None

    @classmethod
    def open(cls, snapshot: Path | str) -> LinkShelf:
        """The links of a snapshot; an empty shelf where it holds none."""
        path = Path(snapshot).resolve() / FILE
        if not path.exists():
            return cls(None)
        return cls(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False))

    def links(self) -> tuple[Link, ...]:
        """Every decision, in the order in which they were made."""
        return tuple(link_of(row) for row in self._rows(f"{_LINKS} order by link_id"))

    def about(self, party: int, as_of: date) -> tuple[Link, ...]:
        """The decisions that stand as of a date on a party, or on any that its obligor was reported under."""
        told: list[tuple[object, ...]] = []
        for member in self.reported(self.obligor(party, as_of), as_of):
            told += self._rows(f"{_LINKS} where left_party = ? or right_party = ?", member, member)
        links = {link.link_id: link for link in map(link_of, told)}
        return tuple(sorted(standing(links.values(), as_of).values(), key=lambda link: link.link_id))

    def obligor(self, party: int, as_of: date) -> int:
        """The obligor that a party belonged to as of a date: where its rows are found."""
        for span in self.spans(party):
            if (span.from_on is None or span.from_on <= as_of) and (
                span.until_on is None or span.until_on > as_of
            ):
                return span.obligor
        return party

    def reported(self, obligor: int, as_of: date) -> tuple[int, ...]:
        """The ids under which an obligor's rows were reported, as of a date."""
        named = {row[0] for row in self._rows("select distinct party from span where obligor = ?", obligor)}
        return tuple(sorted(each for each in {*named, obligor} if self.obligor(each, as_of) == obligor))

    def spans(self, party: int | None = None) -> tuple[Span, ...]:
        """To whom a party (or every party ever linked) belonged, in order of time."""
        where = "" if party is None else "where party = ?"
        rows = self._rows(
            f"select party, obligor, from_on, until_on from span {where} order by party, from_on",
            *(() if party is None else (party,)),
        )
        return tuple(Span(own, obligor, _day(start), _day(end)) for own, obligor, start, end in rows)

    def close(self) -> None:
        """Let go of the file."""
        if self.file is not None:
            self.file.close()

    def _rows(self, sql: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        return [] if self.file is None else self.file.execute(sql, values).fetchall()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

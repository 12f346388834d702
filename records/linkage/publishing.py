"""Links in a snapshot: rows of linked parties stand under their obligor's id from the day on which the link is known.

A row of a party that belonged to several obligors in turn is published once for each: under the id that held then,
known from the later of the two days, superseded on the day on which the party moved on. Visible intervals of one row
never overlap, so a replay before a link sees the rows apart, and every reader's ``known_at <= as_of`` stays as it is.
A store without links publishes byte for byte what it published before.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from records.contracts import Table
from records.linkage.ledger import read_links
from records.linkage.ledger_rows import COLUMNS, row_of
from records.linkage.links import Link, Span, spans
from records.linkage.shelf import CREATE, FILE
from records.manifest import TableFacts
from records.versions import versions_sql

if TYPE_CHECKING:
    import duckdb

_SPANS = "linked_spans_"
_SCHEMA = pa.schema(
    [("party", pa.int64()), ("obligor", pa.int64()), ("from_on", pa.date32()), ("until_on", pa.date32())]
)


@dataclass(frozen=True, slots=True)
class PublishedLinks:
    """The links that a publication follows; without any it changes nothing."""

    links: tuple[Link, ...]
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, engine: duckdb.DuckDBPyConnection) -> PublishedLinks:
        """The store's links, laid out for `rows_sql` on the same connection."""
        links = read_links(engine)
        found = cls(links, spans(links))
        if found.spans:
            rows = [
                {
                    "party": each.party,
                    "obligor": each.obligor,
                    "from_on": each.from_on,
                    "until_on": each.until_on,
                }
                for each in found.spans
            ]
            engine.register("spans_", pa.Table.from_pylist(rows, schema=_SCHEMA))
            engine.execute(f"create or replace temp table {_SPANS} as select * from spans_")
            engine.unregister("spans_")
        return found

    def rows_sql(self, table: Table) -> str:
        """All rows of a table as they are published, before ordering.

        Tables that speak of parties get ``reported_party_id`` behind their columns, where there are spans.
        """
        if not self.spans or not any(column.name == "party_id" for column in table.columns):
            return versions_sql(table)
        return _moved_sql(table)

    def facts(self) -> dict[str, TableFacts]:
        """What the manifest says of the links, under ``links``; nothing when there are none."""
        if not self.links:
            return {}
        digest = hashlib.sha256(json.dumps([row_of(each) for each in self.links]).encode()).hexdigest()
        return {"links": TableFacts(len(self.links), max(each.known_at for each in self.links), digest)}

    def write(self, folder: Path) -> None:
        """Write the decisions and spans into the snapshot's folder, for `records.linkage.shelf`."""
        if not self.links:
            return
        file = sqlite3.connect(folder / FILE, isolation_level=None)
        try:
            file.execute("pragma journal_mode = off")
            file.executescript(CREATE)
            file.execute("begin")
            places = ", ".join("?" for _ in COLUMNS)
            file.executemany(f"insert into link values ({places})", [row_of(each) for each in self.links])
            file.executemany(
                "insert into span values (?, ?, ?, ?)",
                [
                    (each.party, each.obligor, _text(each.from_on), _text(each.until_on))
                    for each in self.spans
                ],
            )
            file.execute("commit")
        finally:
            file.close()


def _moved_sql(table: Table) -> str:
    """Rows under their obligor's id, span by span.

    Where rows are carried over to a later day, those of one key and one day of happening would lose the order in which
    they became known: the newest of them is carried, being the standing of that day.
    """
    columns = ", ".join(f"v.{column.name}" for column in table.columns if column.name not in _REPLACED)
    own = ", ".join(column.name for column in table.columns)
    return f"""
    select row_id, {own}, superseded_at, load_id, reported_party_id from (
        select v.row_id, {columns},
            coalesce(s.obligor, v.party_id) as party_id,
            greatest(v.known_at, s.from_on) as known_at,
            least(v.superseded_at, s.until_on) as superseded_at,
            v.load_id, v.party_id as reported_party_id
        from ({versions_sql(table)}) v left join {_SPANS} s on s.party = v.party_id
        where (s.from_on is null or v.superseded_at is null or v.superseded_at > s.from_on or v.known_at >= s.from_on)
          and (s.until_on is null or v.known_at < s.until_on)
        {_newest_carried(table)}
    )"""


def _newest_carried(table: Table) -> str:
    if not table.key:
        return ""
    carried = "coalesce(v.known_at < s.from_on, false) and v.retracted is not true"
    keys = ", ".join(dict.fromkeys(f"v.{name}" for name in ("party_id", *table.key, "happened_at")))
    return f"""qualify not ({carried}) or row_number() over (
            partition by {keys}, s.from_on, {carried} order by v.known_at desc, v.row_id desc) = 1"""


_REPLACED = frozenset({"party_id", "known_at"})


def _text(day: object) -> str | None:
    return None if day is None else str(day)

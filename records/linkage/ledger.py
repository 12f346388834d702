"""The ledger of links in the store: decisions are added and read, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from records.linkage.links import Decision, Evidence, Link, LinkKind

if TYPE_CHECKING:
    import duckdb

LEDGER_TABLES = (
    """create table if not exists party_codes (row_id bigint, scheme varchar, code bigint)""",
    """create table if not exists links (
        link_id bigint, decided_at date, known_at date, left_party bigint, right_party bigint, kind varchar,
        decision varchar, decided_by varchar, probability double, reason varchar, evidence json
    )""",
)
"""Beside the contracts' tables: what numbers a row of `parties` can be compared by (keyed hashes), and the links."""
COLUMNS = (
    "link_id", "decided_at", "known_at", "left_party", "right_party", "kind", "decision", "decided_by",
    "probability", "reason", "evidence",
)  # fmt: skip


def read_links(engine: duckdb.DuckDBPyConnection) -> tuple[Link, ...]:
    """All decisions, in the order in which they were made."""
    rows = engine.execute(f"select {', '.join(COLUMNS)} from links order by link_id").fetchall()
    return tuple(link_of(row) for row in rows)


def add_links(engine: duckdb.DuckDBPyConnection, links: Iterable[Link]) -> tuple[Link, ...]:
    """Write decisions behind those there are; call it inside `Store.transaction`. Returns them with their ids."""
    row = engine.execute("select coalesce(max(link_id), 0) from links").fetchone()
    first = (int(row[0]) if row else 0) + 1
    numbered = tuple(replace(link, link_id=number) for number, link in enumerate(links, start=first))
    if numbered:
        places = ", ".join("?" for _ in COLUMNS)
        engine.executemany(f"insert into links values ({places})", [row_of(link) for link in numbered])
    return numbered


def row_of(link: Link) -> tuple[Any, ...]:
    """A decision as a row of COLUMNS."""
    return (
        link.link_id,
        link.decided_at.isoformat(),
        link.known_at.isoformat(),
        link.left,
        link.right,
        link.kind.value,
        link.decision.value,
        link.by,
        link.probability,
        link.reason,
        json.dumps([asdict(each) for each in link.evidence], ensure_ascii=False),
    )


def link_of(row: tuple[Any, ...]) -> Link:
    """The decision in a row of COLUMNS; days may be dates or ISO text."""
    number, decided, known, left, right, kind, decision, by, probability, reason, evidence = row
    return Link(
        link_id=number,
        decided_at=_day(decided),
        known_at=_day(known),
        left=left,
        right=right,
        kind=LinkKind(kind),
        decision=Decision(decision),
        by=by,
        probability=probability,
        reason=reason,
        evidence=tuple(Evidence(**each) for each in json.loads(evidence)),
    )


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value

"""The ledger of links in the store: decisions are added and read, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa

from records.linkage.ledger_rows import COLUMNS, link_of, row_of
from records.linkage.links import Link

if TYPE_CHECKING:
    import duckdb


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
        columns = zip(*(row_of(link) for link in numbered), strict=True)
        engine.register("links_", pa.table([pa.array(each) for each in columns], names=list(COLUMNS)))
        try:
            engine.execute(f"insert into links by position select {', '.join(COLUMNS)} from links_")
        finally:
            engine.unregister("links_")
    return numbered

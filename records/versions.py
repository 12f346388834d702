"""Versions of a row: from which day a later one takes its place. SQL over a table of the store."""

from __future__ import annotations

from records.contracts import Table
from records.schema import names_sql


def versions_sql(table: Table) -> str:
    """All rows of a table with ``superseded_at``: the day on which the next version of the same row was known.

    A row and all that correct it, or correct one of its corrections, are versions of one root, ordered by
    (known_at, row_id); the last has no superseded_at. Columns: row_id, the contract's, superseded_at, load_id.
    """
    return f"""
    with recursive chain(row_id, root) as (
        select row_id, corrects_row_id from {table.name} where corrects_row_id is not null
        union
        select c.row_id, t.corrects_row_id from chain c join {table.name} t on t.row_id = c.root
        where t.corrects_row_id is not null
    ),
    member as (
        select c.row_id, c.root from chain c join {table.name} t on t.row_id = c.root
        where t.corrects_row_id is null
        union select root, root from chain c join {table.name} t on t.row_id = c.root
        where t.corrects_row_id is null
    ),
    version as (
        select m.row_id, lead(t.known_at) over (partition by m.root order by t.known_at, t.row_id) as superseded_at
        from member m join {table.name} t on t.row_id = m.row_id
    )
    select t.row_id, {names_sql(table, source="t")}, v.superseded_at, t.load_id
    from {table.name} t left join version v on v.row_id = t.row_id
    """

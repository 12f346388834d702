"""Versions of a row: from which day a later one takes its place. SQL over a table of the store."""

from __future__ import annotations

from records.contracts import Table
from records.contracts.sources import SOURCE_TABLES
from records.renewed import ended_sql
from records.schema import names_sql

RETOLD = tuple(table.name for table in SOURCE_TABLES if not table.key)
"""Tables of facts that a source tells again whenever it is asked again, and that no key tells apart."""


def versions_sql(table: Table) -> str:
    """All rows of a table with ``superseded_at``: the day on which the next version of the same row was known.

    A row and all that correct it, or correct one of its corrections, are versions of one root, ordered by
    (known_at, row_id); the last has no superseded_at. In the tables of RETOLD a row that tells a fact again under
    another receipt is one more version of that fact. A holding that a later answer of its source no longer lists ends
    on the day on which that answer was known (`records.renewed`). Columns: row_id, the contract's, superseded_at,
    load_id.
    """
    facts = _RETOLD if table.name in RETOLD else _CORRECTED
    return f"""
    with recursive {_CHAIN.format(table=table.name)},
    {facts.format(table=table.name, content=_content(table))},
    version as (
        select m.row_id, lead(t.known_at) over (partition by m.root order by t.known_at, t.row_id) as superseded_at
        from member m join {table.name} t on t.row_id = m.row_id
    ),
    {ended_sql(table)}
    select t.row_id, {names_sql(table, source="t")}, least(v.superseded_at, e.ended_on) as superseded_at, t.load_id
    from {table.name} t left join version v on v.row_id = t.row_id left join ended e on e.receipt_id = t.receipt_id
    """


def _content(table: Table) -> str:
    """What a row says, whoever told it and when."""
    said = [f"t.{column.name}" for column in table.columns if column.name not in _OF_THE_TELLING]
    return f"row({', '.join(said)})"


_OF_THE_TELLING = frozenset({"known_at", "receipt_id", "corrects_row_id", "retracted"})
_CHAIN = """chain(row_id, root) as (
        select row_id, corrects_row_id from {table} where corrects_row_id is not null
        union
        select c.row_id, t.corrects_row_id from chain c join {table} t on t.row_id = c.root
        where t.corrects_row_id is not null
    ),
    corrected as (
        select c.row_id, c.root from chain c join {table} t on t.row_id = c.root
        where t.corrects_row_id is null
        union select root, root from chain c join {table} t on t.row_id = c.root
        where t.corrects_row_id is null
    )"""
_CORRECTED = "member as (select * from corrected)"

# The n-th row of a content in one receipt's telling is told again by the n-th of a later telling: a fact that a source
# names twice stays two facts. A correction bears its new content in the telling of the row that it corrects, so that a
# source which has put its books right does not count beside the court's correction. Only rows that correct nothing
# tell again, and each only what was known before it: nothing learned later moves an earlier day.
_RETOLD = """bearer as (
        select t.row_id, coalesce(c.root, t.row_id) as root, t.known_at, t.corrects_row_id is null as plain,
               hash({content}) as content, r.receipt_id as telling
        from {table} t left join corrected c on c.row_id = t.row_id
            join {table} r on r.row_id = coalesce(c.root, t.row_id)
        where t.retracted is not true and r.receipt_id is not null
          and (t.corrects_row_id is null or t.known_at > r.known_at)
    ),
    often as (select content from bearer group by content having min(telling) < max(telling)),
    counted as (
        select *, row_number() over (partition by content, telling order by known_at, row_id) as place
        from bearer semi join often using (content)
    ),
    told_before as (
        select *, lag(root) over (partition by content, place order by known_at, row_id) as earlier from counted
    ),
    retold(root, earlier) as (
        select row_id, earlier from told_before where plain and earlier is not null
        union
        select r.root, b.earlier from retold r join told_before b on b.row_id = r.earlier
        where b.plain and b.earlier is not null
    ),
    first_told as (
        select r.root, r.earlier as fact from retold r
        where not exists (
            select 1 from told_before b where b.row_id = r.earlier and b.plain and b.earlier is not null
        )
    ),
    of_facts as (
        select root as row_id, fact as root from first_told
        union select fact, fact from first_told
    ),
    member as (
        select coalesce(c.row_id, f.row_id) as row_id, coalesce(f.root, c.root) as root
        from corrected c full join of_facts f on f.row_id = c.root
    )"""

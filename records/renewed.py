"""A later answer takes an earlier one's place: what it no longer lists is not held any more. SQL over the store.

A receipt is a source's whole answer for one family on one day. When the court asks the same source about the same
family again, after the first answer had come, and the source answers with rows or with nothing found, the holdings of
the first answer that the second does not repeat are gone: an account closed, a vehicle sold. They end on the day on
which the second answer was known, so that replays of earlier days still see them. An answer that says *found* and
brings no row says nothing, and ends nothing.
"""

from __future__ import annotations

from records.contracts import Table
from records.contracts.sources import SOURCE_TABLES
from vocabulary.families import FAMILIES

RENEWED = tuple(
    table.name
    for table in SOURCE_TABLES
    if table.key and table.name != "encumbrances" and FAMILIES[table.family].asked
)
"""Tables of holdings. Encumbrances end by their own dates, and are told beside whatever they lie on."""


def ended_sql(table: Table) -> str:
    """Common table expressions that define ``ended(receipt_id, ended_on)``; empty for tables that are not renewed."""
    if table.name not in RENEWED:
        return "ended as (select null::bigint as receipt_id, null::date as ended_on where false)"
    return f"""answered as (
        select receipt_id, party_id, family, source, min(asked_at) as asked_at, max(answered_at) as answered_at,
            min(known_at) as known_at, bool_or(status = 'empty') as nothing
        from queries
        where status in ('found', 'empty') and retracted is not true and receipt_id is not null
        group by all
    ),
    telling as (
        select * from answered where nothing or receipt_id in (select receipt_id from {table.name})
    ),
    ended as (
        select a.receipt_id, min(t.known_at) as ended_on
        from answered a join telling t using (party_id, family, source)
        where t.asked_at > a.answered_at
        group by a.receipt_id
    )"""

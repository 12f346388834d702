"""Who may be recorded: obligors of cases the court has. Others' property and spending is refused, not kept.

网络查询、冻结规定 Art. 7: no query of people who are not parties to enforcement, no use outside it.
"""

from __future__ import annotations

import duckdb

from records.contracts import Table

KNOWN = "known_obligors_"


def only_of_obligors(table: Table) -> bool:
    """Whether rows of the table may only speak of obligors: what sources answer, and the parties themselves."""
    return table.of_obligors_only or table.name == "parties"


def note_obligors(engine: duckdb.DuckDBPyConnection, *, staged_cases: str, staged_obligors: str) -> None:
    """Put into KNOWN every party that an obligor row, not taken back, ties to a case held or being loaded."""
    engine.execute(
        f"""
        create or replace temp table {KNOWN} as
        with cases_ as (select case_id from cases union select case_id from {staged_cases}),
        rows_ as (
            select party_id, case_id, row_id, corrects_row_id, retracted from obligors
            union all select party_id, case_id, row_id, corrects_row_id, retracted from {staged_obligors}
        )
        select distinct party_id from rows_
        where retracted is not true and case_id in (select case_id from cases_)
          and row_id not in (select corrects_row_id from rows_ where retracted and corrects_row_id is not null)
        """
    )


def masked_key_sql(column: str) -> str:
    """A key as the log of refusals may hold it: its first digit, the rest starred."""
    return f"left(cast({column} as varchar), 1) || '********'"

"""What an obligation's values rest on, told in a short text: where it is equal, nothing need be made again.

A profile, and all that follows from it, is a function of the debtor's and the case's rows visible on the date, of the
date, the bundle, the catalogue and the shelf lives. `content` tells the rows; `basis` all the rest but the date.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from records.contracts import TABLES, Table
from records.parameters import SHELF_LIFE, Parameters
from scoring.bundle import Bundle
from triage.slices import FORM

if TYPE_CHECKING:
    import pyarrow as pa

    from records.snapshot import Snapshot

NIGHT = Path(__file__).parent / "parameters" / "nightly.yaml"
"""What the night calls recent, and by how much a score has to move to be told: dated, with source."""


def content(snapshot: Snapshot, obligations: pa.Table, as_of: date) -> pa.ChunkedArray:
    """One text an obligation, in order: of its visible rows, its case's, its court, number and money.

    ``obligations``: the columns of `nightly.open_obligations`. A row counts with its id, which stands for all it says,
    and the day from which it is known: what becomes known, is superseded, taken back or moved to a linked party on or
    before the date changes the text of its debtor and of its case, and so of all debtors of that case.
    """
    import numpy as np
    import pyarrow as pa

    asked = obligations.append_column("n", pa.array(np.arange(obligations.num_rows)))
    return snapshot.query(_SQL, asked=asked, day=as_of)["content"]


def basis(bundle: Bundle) -> str:
    """SHA-256 of what all obligations of a night have in common beside the date."""
    shelf_lives = Parameters.read(SHELF_LIFE).digest
    told = (FORM, bundle.digest, bundle.catalogue_digest, shelf_lives, version("duckdb"))
    return hashlib.sha256("|".join(map(str, told)).encode()).hexdigest()


def recent(snapshot: Snapshot, as_of: date) -> pa.Table:
    """Cases filed, or known for the first time, in the last hours (nightly.yaml: recent_hours). Column: case_id."""
    hours = Parameters.read(NIGHT).number("recent_hours", as_of)
    since = as_of - timedelta(days=round(hours / 24))
    return snapshot.query(_RECENT, day=as_of, since=since)


def _seen(table: Table, owner: str) -> str:
    """Per owner, two sums over the hashes of a table's visible rows, and their number."""
    return f"""SELECT {owner}_id AS owner, bit_xor(hash('{table.name}', row_id, known_at)) AS mixed,
        sum(CAST(hash(row_id, known_at, '{table.name}') AS HUGEINT)) AS added, count(*) AS rows FROM {table.name}
        WHERE {owner}_id IN (SELECT {owner}_id FROM asked) AND known_at <= $day
            AND (superseded_at IS NULL OR superseded_at > $day) AND NOT coalesce(retracted, false)
        GROUP BY ALL"""


def _told(owner: str, tables: list[Table]) -> str:
    every = " UNION ALL ".join(_seen(table, owner) for table in tables)
    return f"""SELECT owner, concat_ws('.', bit_xor(mixed), sum(added), sum(rows)) AS told
        FROM ({every}) GROUP BY owner"""


_OF_PARTY = [table for table in TABLES.values() if table.owner == "party"]
_OF_CASE = [table for table in TABLES.values() if any(each.name == "case_id" for each in table.columns)]
_SQL = f"""
    WITH of_party AS ({_told("party", _OF_PARTY)}), of_case AS ({_told("case", _OF_CASE)})
    SELECT md5(concat_ws('|', coalesce(p.told, '-'), coalesce(c.told, '-'), court, case_number, case_owed, outstanding))
        AS content
    FROM asked LEFT JOIN of_party p ON p.owner = party_id LEFT JOIN of_case c ON c.owner = case_id ORDER BY n"""
_RECENT = """
    SELECT case_id FROM cases WHERE known_at <= $day AND NOT coalesce(retracted, false)
    GROUP BY case_id HAVING min(known_at) >= $since OR max(filed_on) >= $since"""

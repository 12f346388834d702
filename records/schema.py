"""The store's tables in SQL, and the digest of the contracts they follow."""

from __future__ import annotations

import hashlib
import json

from records.contracts import TABLES, Table
from records.linkage.ledger_rows import LEDGER_TABLES

LOG_TABLES = (
    """create table if not exists store_facts (name varchar, value varchar)""",
    """create table if not exists loads (
        load_id bigint, started timestamp, finished timestamp, files json, counts json
    )""",
    """create table if not exists quarantine (
        load_id bigint, file varchar, file_sha256 varchar, table_name varchar, line bigint, column_name varchar,
        rule varchar, value varchar, raw json
    )""",
    """create table if not exists refusals (
        load_id bigint, file varchar, file_sha256 varchar, table_name varchar, rule varchar, masked_key varchar,
        row_count bigint
    )""",
    *LEDGER_TABLES,
)
"""What the store keeps about loading and linking. Timestamps are UTC. A refusal holds only a count and a mask."""


def create_sql(table: Table) -> str:
    """The table as the store keeps it: row id, the contract's columns, the load that brought the row."""
    return f"create table if not exists {table.name} (row_id bigint, {columns_sql(table)}, load_id bigint)"


def columns_sql(table: Table) -> str:
    """The contract's columns with DuckDB's types."""
    return ", ".join(f"{column.name} {column.kind.sql}" for column in table.columns)


def names_sql(table: Table, *, source: str = "") -> str:
    """The names of the contract's columns, comma separated, each behind an alias if given."""
    return ", ".join(f"{source}.{column.name}" if source else column.name for column in table.columns)


def owner_order(table: Table) -> str:
    """The order in which rows are published: owner's id, the two clocks, row id."""
    owner = f"{table.owner_column}, " if table.owner_column else ""
    return f"{owner}happened_at, known_at, row_id"


def contracts_digest() -> str:
    """SHA-256 over every table's columns, kinds and lawful values: whoever reads a store must have the same."""
    content = [
        (
            table.name,
            table.owner,
            table.key,
            [
                (each.name, each.kind.value, each.required, each.codes, each.least, each.most)
                for each in table.columns
            ],
        )
        for table in TABLES.values()
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()

"""The state's tables. Instants are ISO texts in UTC, the same in every database and under the audit's hashes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint
from sqlalchemy.types import TypeEngine

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

API_KEY = Table(
    "api_key",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("label", String(120), nullable=False),
    Column("court", String(64)),
    Column("digest", String(64), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("revoked_at", String(32)),
)
PORTRAIT = Table(
    "portrait",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("case_key", String(32), nullable=False),
    Column("debtor", String(32), nullable=False),
    Column("court", String(64), nullable=False),
    Column("as_of", String(10), nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("bundle", String(64), nullable=False),
    Column("snapshot", String(64), nullable=False),
    Column("catalogue", String(64), nullable=False),
    Column("asked_by", String(32), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("document", Text, nullable=False),
    Index(None, "case_key", "debtor"),
)
AUDIT = Table(
    "audit",
    METADATA,
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("request_id", String(64), nullable=False),
    Column("key_id", String(32), nullable=False),
    Column("label", String(120), nullable=False),
    Column("role", String(16), nullable=False),
    Column("act", String(32), nullable=False),
    Column("outcome", String(64), nullable=False),
    Column("case_key", String(32), nullable=False),
    Column("debtor", String(32), nullable=False),
    Column("as_of", String(10), nullable=False),
    Column("purpose", String(32), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("previous"),
    UniqueConstraint("hash"),
    Index(None, "case_key", "debtor"),
    Index(None, "key_id"),
)


def _number() -> TypeEngine[int]:
    return BigInteger().with_variant(Integer(), "sqlite")


def _written(name: str, *own: Column[Any] | UniqueConstraint) -> Table:
    """A table in which people write about an obligation: who, when, on which portrait; rows are only added."""
    return Table(
        name,
        METADATA,
        Column("id", _number(), primary_key=True, autoincrement=False),
        Column("case_key", String(32), nullable=False),
        Column("debtor", String(32), nullable=False),
        Column("court", String(64), nullable=False),
        Column("portrait", String(32), nullable=False),
        Column("key_id", String(32), nullable=False),
        Column("label", String(120), nullable=False),
        Column("made_at", String(32), nullable=False),
        *own,
        Index(None, "case_key", "debtor"),
        Index(None, "portrait"),
    )


LEDGER_EDIT = _written(
    "ledger_edit",
    Column("as_of", String(10), nullable=False),
    Column("line", String(160), nullable=False),
    Column("amounts", Text),
    Column("by_rule", Text),
    Column("reason", Text, nullable=False),
    Column("withdraws", _number()),
    UniqueConstraint("withdraws"),
)
DISPUTE = _written(
    "dispute",
    Column("disputed_table", String(40), nullable=False),
    Column("row_id", String(32), nullable=False),
    Column("said_by", String(120), nullable=False),
    Column("said_on", String(10), nullable=False),
    Column("says", Text, nullable=False),
    Column("outcome", String(16)),
    Column("settles", _number()),
    UniqueConstraint("settles"),
)
AGREEMENT = _written(
    "agreement",
    Column("answer", String(16), nullable=False),
    Column("why", Text, nullable=False),
)
QUEUE_OVERRIDE = Table(
    "queue_override",
    METADATA,
    Column("id", _number(), primary_key=True, autoincrement=False),
    Column("court", String(64), nullable=False),
    Column("case_key", String(32), nullable=False),
    Column("debtor", String(32), nullable=False),
    Column("queue", String(80), nullable=False),
    Column("proposed", String(16), nullable=False),
    Column("track", String(16)),
    Column("place", String(8)),
    Column("reason", Text, nullable=False),
    Column("key_id", String(32), nullable=False),
    Column("label", String(120), nullable=False),
    Column("made_at", String(32), nullable=False),
    Index(None, "court", "case_key", "debtor"),
)

"""The state's tables. Instants are ISO texts in UTC, the same in every database and under the audit's hashes."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

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

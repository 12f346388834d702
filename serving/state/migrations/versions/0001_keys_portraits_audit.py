"""Keys, portraits as answered, and the audit, which can only grow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_REFUSAL = "the audit is append-only"
_SQLITE = (
    f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    # INSERT OR REPLACE deletes without asking the trigger above
    "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id "
    "OR hash = NEW.hash OR previous = NEW.previous) "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    "CREATE TRIGGER portrait_no_update BEFORE UPDATE ON portrait "
    "BEGIN SELECT RAISE(ABORT, 'an answered portrait stays as it was'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION portrait_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit "
    "FOR EACH ROW EXECUTE FUNCTION portrait_refuse()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION portrait_refuse()",
    "CREATE TRIGGER portrait_no_update BEFORE UPDATE ON portrait "
    "FOR EACH ROW EXECUTE FUNCTION portrait_refuse()",
)


def upgrade() -> None:
    """Make the tables and the triggers that keep them."""
    _keys()
    _portraits()
    _audit()
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Refuse: what was read, and by whom, is not to be dropped by a command."""
    raise RuntimeError("The first migration is not taken back: it would drop the audit.")


def _keys() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("court", sa.String(64)),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("revoked_at", sa.String(32)),
        sa.PrimaryKeyConstraint("id", name="pk_api_key"),
    )


def _portraits() -> None:
    op.create_table(
        "portrait",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("case_key", sa.String(32), nullable=False),
        sa.Column("debtor", sa.String(32), nullable=False),
        sa.Column("court", sa.String(64), nullable=False),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("bundle", sa.String(64), nullable=False),
        sa.Column("snapshot", sa.String(64), nullable=False),
        sa.Column("catalogue", sa.String(64), nullable=False),
        sa.Column("asked_by", sa.String(32), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_portrait"),
    )
    op.create_index("ix_portrait_case_key_debtor", "portrait", ["case_key", "debtor"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("case_key", sa.String(32), nullable=False),
        sa.Column("debtor", sa.String(32), nullable=False),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.UniqueConstraint("previous", name="uq_audit_previous"),
        sa.UniqueConstraint("hash", name="uq_audit_hash"),
    )
    op.create_index("ix_audit_case_key_debtor", "audit", ["case_key", "debtor"])
    op.create_index("ix_audit_key_id", "audit", ["key_id"])

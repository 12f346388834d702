"""Where people put an obligation of the queue against its proposal, and why: a table that can only grow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLE = "queue_override"
_REFUSAL = f"SELECT RAISE(ABORT, '{_TABLE} only grows')"
_SQLITE = (
    f"CREATE TRIGGER {_TABLE}_no_update BEFORE UPDATE ON {_TABLE} BEGIN {_REFUSAL}; END",
    f"CREATE TRIGGER {_TABLE}_no_delete BEFORE DELETE ON {_TABLE} BEGIN {_REFUSAL}; END",
    # INSERT OR REPLACE deletes without asking the trigger above
    f"CREATE TRIGGER {_TABLE}_no_replace BEFORE INSERT ON {_TABLE} "
    f"WHEN EXISTS (SELECT 1 FROM {_TABLE} WHERE id = NEW.id) BEGIN {_REFUSAL}; END",
)
_POSTGRESQL = (
    f"CREATE TRIGGER {_TABLE}_no_change BEFORE UPDATE OR DELETE ON {_TABLE} "
    "FOR EACH ROW EXECUTE FUNCTION portrait_refuse()",
    f"CREATE TRIGGER {_TABLE}_no_truncate BEFORE TRUNCATE ON {_TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION portrait_refuse()",
)


def upgrade() -> None:
    """Make the table and the triggers that keep it."""
    op.create_table(
        _TABLE,
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("court", sa.String(64), nullable=False),
        sa.Column("case_key", sa.String(32), nullable=False),
        sa.Column("debtor", sa.String(32), nullable=False),
        sa.Column("queue", sa.String(80), nullable=False),
        sa.Column("proposed", sa.String(16), nullable=False),
        sa.Column("track", sa.String(16)),
        sa.Column("place", sa.String(8)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("key_id", sa.String(32), nullable=False),
        sa.Column("label", sa.String(120), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{_TABLE}"),
    )
    op.create_index(f"ix_{_TABLE}_court_case_key_debtor", _TABLE, ["court", "case_key", "debtor"])
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Refuse: what a person decided is not to be dropped by a command."""
    raise RuntimeError(
        "The fourth migration is not taken back: it would drop what people decided in the queue."
    )

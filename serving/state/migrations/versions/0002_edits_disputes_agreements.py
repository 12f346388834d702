"""Edits of the ledger, disputes of rows, and whether the judge agreed: three tables that can only grow."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = ("ledger_edit", "dispute", "agreement")


def upgrade() -> None:
    """Make the tables and the triggers that keep them."""
    _made("ledger_edit", _EDIT, "withdraws")
    _made("dispute", _DISPUTE, "settles")
    _made("agreement", _AGREEMENT)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in _TABLES:
        for statement in _sqlite(table) if sqlite else _postgresql(table):
            op.execute(statement)


def downgrade() -> None:
    """Refuse: what a judge decided is not to be dropped by a command."""
    raise RuntimeError("The second migration is not taken back: it would drop what judges wrote down.")


def _sqlite(table: str) -> tuple[str, ...]:
    refusal = f"SELECT RAISE(ABORT, '{table} only grows')"
    return (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refusal}; END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refusal}; END",
        # INSERT OR REPLACE deletes without asking the trigger above
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) BEGIN {refusal}; END",
    )


def _postgresql(table: str) -> tuple[str, ...]:
    return (
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION portrait_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION portrait_refuse()",
    )


def _number() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _about() -> list[sa.Column[str]]:
    """What every row says: of which obligation and portrait, by whom, when."""
    sizes = {
        "case_key": 32,
        "debtor": 32,
        "court": 64,
        "portrait": 32,
        "key_id": 32,
        "label": 120,
        "made_at": 32,
    }
    return [sa.Column(name, sa.String(size), nullable=False) for name, size in sizes.items()]


_EDIT: tuple[tuple[str, int | None, bool], ...] = (
    ("as_of", 10, False),
    ("line", 160, False),
    ("amounts", None, True),
    ("by_rule", None, True),
    ("reason", None, False),
)
_DISPUTE: tuple[tuple[str, int | None, bool], ...] = (
    ("disputed_table", 40, False),
    ("row_id", 32, False),
    ("said_by", 120, False),
    ("said_on", 10, False),
    ("says", None, False),
    ("outcome", 16, True),
)
_AGREEMENT: tuple[tuple[str, int | None, bool], ...] = (("answer", 16, False), ("why", None, False))


def _made(table: str, own: tuple[tuple[str, int | None, bool], ...], ends: str | None = None) -> None:
    columns: list[sa.Column[str]] = [
        sa.Column(name, sa.Text() if size is None else sa.String(size), nullable=empty)
        for name, size, empty in own
    ]
    limits: list[sa.Constraint] = [sa.PrimaryKeyConstraint("id", name=f"pk_{table}")]
    number = sa.Column("id", _number(), autoincrement=False, nullable=False)
    if ends is None:
        op.create_table(table, number, *_about(), *columns, *limits)
    else:
        limits.append(sa.UniqueConstraint(ends, name=f"uq_{table}_{ends}"))
        op.create_table(table, number, *_about(), *columns, sa.Column(ends, _number()), *limits)
    op.create_index(f"ix_{table}_case_key_debtor", table, ["case_key", "debtor"])
    op.create_index(f"ix_{table}_portrait", table, ["portrait"])

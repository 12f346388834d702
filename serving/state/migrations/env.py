"""How a migration of the state runs: on the connection that serving.state.database hands over."""

from __future__ import annotations

from alembic import context

from serving.state.tables import METADATA


def run() -> None:
    """Run what Alembic was asked for."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
    with context.begin_transaction():
        context.run_migrations()


if __name__ != "serving.state.migrations.env":  # Alembic runs this file under a name of its own
    run()

"""The state: its migrations bring every database to what the tables declare, and need running only once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from serving.permissions import Role
from serving.settings import FixedKey
from serving.state.database import MIGRATIONS, State, newest_migration
from serving.state.keys import Keys
from serving.state.tables import METADATA


def test_migrations_leave_nothing_to_add(state_url: str) -> None:
    state = State(state_url)
    state.migrate()
    state.migrate()
    with state.reading() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, METADATA) == []
        assert context.get_current_revision() == "0004"
    state.close()


def test_keys_work_alike_in_both_databases(state_url: str) -> None:
    state = State(state_url)
    state.migrate()
    keys = Keys(state, "a secret of the tests")
    key = keys.issue(role=Role.CLERK, label="李书记员", court="SX002")

    person = keys.whose(key)
    assert person is not None
    assert (person.role, person.label, person.court) == (Role.CLERK, "李书记员", "SX002")
    assert keys.whose(key + "x") is None
    assert keys.whose("no dot") is None
    assert Keys(state, "another secret").whose(key) is None
    assert keys.take_back(person.key_id)
    assert not keys.take_back("nobody")
    assert keys.whose(key) is keys.holder(person.key_id) is None
    state.close()


def test_a_key_given_beforehand_replaces_the_one_before(state_url: str) -> None:
    state = State(state_url)
    state.migrate()
    keys = Keys(state, "a secret of the tests")
    for role in (Role.JUDGE, Role.AUDITOR):
        keys.fix([FixedKey.model_validate({"key": "demo.demo-secret", "role": role, "label": "demo"})])

    person = keys.whose("demo.demo-secret")
    assert person is not None
    assert person.role is Role.AUDITOR
    with pytest.raises(ValueError, match="letters, digits"):
        keys.fix([FixedKey.model_validate({"key": "short", "role": "judge", "label": "x"})])
    state.close()


def test_the_newest_migration_is_the_one_that_all_others_lead_to() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == newest_migration()


def test_a_state_that_is_up_to_date_is_opened_without_alembic(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'state.db'}"
    State(url).migrate()
    again = (
        "import sys; from serving.state.database import State; "
        f"State({url!r}).migrate(); print('alembic' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", again], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"

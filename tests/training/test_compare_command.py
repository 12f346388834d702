"""The command that compares: what it asks for, and that it imports nothing heavy before it is called."""

from __future__ import annotations

import subprocess
import sys

from typer.testing import CliRunner

from operations.cli import app


def test_the_champion_is_not_compared_without_a_truth() -> None:
    said = CliRunner().invoke(app, ["compare", "champion"])

    assert said.exit_code == 2
    assert "--truth" in said.output


def test_naming_the_command_imports_no_peer() -> None:
    code = "import sys, operations.compare; print([n for n in ('catboost', 'xgboost', 'optuna') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"

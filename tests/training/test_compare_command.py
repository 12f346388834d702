"""The command that compares: what it asks for, and that it imports nothing heavy before it is called."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from operations.cli import app
from operations.kept_court import is_kept
from vocabulary.problems import PortraitError


def test_the_champion_is_not_compared_without_a_truth() -> None:
    said = CliRunner().invoke(app, ["compare", "champion"])

    assert said.exit_code == 2
    assert "--truth" in said.output


def test_naming_the_command_imports_no_peer() -> None:
    code = "import sys, operations.compare; print([n for n in ('catboost', 'xgboost', 'optuna') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_a_court_of_another_size_in_the_room_is_not_measured_under_the_name_asked_for(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "about.json").write_text(json.dumps({"cases": 17_300, "seed": 17}))
    assert not is_kept(tmp_path, cases=17_300, seed=17), "files alone are no published court"

    (tmp_path / "snapshots").mkdir()
    assert is_kept(tmp_path, cases=17_300, seed=17)
    for cases, seed in ((4_325, 17), (17_300, 18)):
        with pytest.raises(PortraitError, match=r"court\.another"):
            is_kept(tmp_path, cases=cases, seed=seed)


@pytest.mark.parametrize("asked", [["compare", "court"], ["absence"]])
def test_the_commands_refuse_the_room_of_another_court(asked: list[str], tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "about.json").write_text(json.dumps({"cases": 17_300, "seed": 17}))
    (tmp_path / "snapshots").mkdir()
    said = CliRunner().invoke(app, [*asked, "--obligations", "5000", "--room", str(tmp_path)])

    assert isinstance(said.exception, PortraitError)
    assert said.exception.problem.code == "court.another"

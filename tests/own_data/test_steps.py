"""The steps of docs/own-data.md, run as they are written, on a court whose names are all foreign."""

from __future__ import annotations

import json
import re
import shlex
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from operations.cli import app
from operations.service import serving_settings
from operations.settings import Settings
from scoring.logbook import Step
from scoring.shelf import Shelf
from serving.app import create
from simulation import simulate
from tests.own_data.foreign_court import export, mapping
from training import train as training
from training.challenge import RULES
from training.fit import Settings as Fit
from training.train import Plan
from vocabulary.dates import months_before

DOC = Path(__file__).resolve().parents[2] / "docs" / "own-data.md"
SMALL = Plan(grid=(Fit(leaves=5, rate=0.1, rounds=60),), draws=40)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An analyst's folder: two exports, a mapping, a rule of promotion that 500 cases can meet, small training."""
    simulate(cases=500, seed=11, out=tmp_path / "files")
    last = date.fromisoformat(json.loads((tmp_path / "files" / "about.json").read_text())["cut_off"])
    export(tmp_path / "files", tmp_path / "export-1", until=months_before(last, 15))
    export(tmp_path / "files", tmp_path / "export-2")
    mapping(tmp_path / "mapping.yaml")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORTRAIT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PORTRAIT_MLRUNS", str(tmp_path / "mlruns"))
    monkeypatch.setenv("PORTRAIT_PROMOTION", str(_mild(tmp_path / "promotion.yaml")))
    monkeypatch.setenv("PORTRAIT_LANGUAGE", "en")
    monkeypatch.setattr(training, "Plan", lambda: SMALL)
    return tmp_path


def test_the_documented_commands_lead_from_foreign_files_to_a_promoted_model(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys: dict[str, str] = {}
    digests: list[str] = []
    for words in _commands():
        shelf = Shelf(office / "home" / "bundles")
        if "--by" in words:
            monkeypatch.setenv("PORTRAIT_KEY", keys[words[words.index("--by") + 1]])
        if "CHALLENGER" in words:
            filed = [each.bundle for each in shelf.logbook.entries() if each.step is Step.FILED]
            words[words.index("CHALLENGER")] = filed[-1][:12]
        ran = CliRunner().invoke(app, words)
        assert ran.exit_code in ((0, 3, 4) if words[0] == "monitor" else (0,)), _told(words, ran)
        if words[:2] == ["keys", "add"]:
            keys[words[words.index("--label") + 1]] = ran.output.strip()
        if words[0] in ("train", "approve", "rollback"):
            digests.append(shelf.digest())

    first, still, promoted, back = digests
    assert first == still == back
    assert promoted != first
    steps = [(each.step, each.by) for each in Shelf(office / "home" / "bundles").logbook.entries()]
    assert steps == [
        (Step.FILED, ""),
        (Step.FIRST, ""),
        (Step.FILED, ""),
        (Step.COMPARED, ""),
        (Step.PROPOSED, "陈分析"),
        (Step.APPROVED, "林分析"),
        (Step.ROLLED_BACK, "林分析"),
    ]
    with TestClient(create(serving_settings(Settings())), headers={"X-API-Key": keys["陈分析"]}) as service:
        assert service.get("/v1/models/champion").json()["digest"] == back


def test_somebody_elses_key_does_not_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTRAIT_HOME", str(tmp_path))
    key = CliRunner().invoke(app, ["keys", "add", "--role", "analyst", "--label", "陈分析"]).output.strip()
    judge = CliRunner().invoke(app, ["keys", "add", "--role", "judge", "--label", "林分析"]).output.strip()

    for held, name in ((key, "林分析"), (judge, "林分析"), ("none.of-these-keys", "陈分析")):
        monkeypatch.setenv("PORTRAIT_KEY", held)
        ran = CliRunner().invoke(app, ["rollback", "--by", name, "--reason", "to try"])
        assert "unsigned" in str(ran.exception)


def _commands() -> list[list[str]]:
    """The commands of the document's console blocks, without the leading `portrait`."""
    blocks = re.findall(r"```console\n(.*?)```", DOC.read_text("utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    assert all(line.startswith("$ portrait ") for line in lines)
    return [shlex.split(line)[2:] for line in lines]


def _mild(path: Path) -> Path:
    """The rule, with margins that a court of 500 cases can show."""
    text = RULES.read_text("utf-8")
    for strict, mild in (
        ("value: 0.02", "value: 0.9"),
        ("value: 0.002", "value: 0.9"),
        ("value: [0.95, 1.05]", "value: [0.01, 9]"),
        ("value: 200", "value: 10"),
    ):
        assert strict in text
        text = text.replace(strict, mild)
    path.write_text(text, "utf-8")
    return path


def _told(words: list[str], ran: Result) -> str:
    return f"portrait {' '.join(words)}: exit {ran.exit_code}\n{ran.output}\n{ran.exception!r}"

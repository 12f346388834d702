"""The night as one command: what arrived is loaded and put away, and however often it is killed, the queue is one."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from pydantic import SecretStr

from operations import nights
from operations.nights import Asked, night
from operations.service import first_portrait
from operations.settings import Settings
from records.manifest import current_folder
from scoring.bundle import Bundle
from scoring.shelf import Shelf
from serving.permissions import Role
from serving.settings import FixedKey
from tests.night.towns import published
from triage import queue
from triage.nightly import current
from vocabulary.problems import PortraitError

ROOT = Path(__file__).resolve().parents[2]
CASES = 150
DAY = date(2025, 12, 31)
ASKED = Asked(as_of=DAY, most=5)
STEPS = ("load:", "link:", "publish: dossiers", "rest:", "portraits")


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture(scope="module")
def files(place: Path) -> Path:
    """The files of a court of 150 cases."""
    published(place / "late", cases=CASES)
    return place / "late" / "files"


@pytest.fixture(scope="module")
def whole(files: Path, bundle: Bundle, place: Path) -> Settings:
    """A court whose night was never disturbed."""
    settings = _court(place / "undisturbed", files, place)
    night(settings, ASKED)
    return settings


def test_a_night_killed_at_every_step_in_turn_ends_with_the_queue_of_an_undisturbed_one(
    whole: Settings, files: Path, place: Path, tmp_path: Path
) -> None:
    settings = _court(tmp_path, files, place)
    for step in STEPS:
        with pytest.raises(Killed):
            night(settings, ASKED, progress=_killing(step))
        assert current(settings.queues) is None
    record = night(settings, ASKED)
    assert _queue_of(settings) == _queue_of(whole)
    assert _portraits(settings) == _portraits(whole)
    assert len(record.told["attempts"]) == len(STEPS) + 1
    assert all(step["done"] for step in record.told["steps"].values())
    assert len(list(settings.nights.glob("*/run.json"))) == 1


def test_a_process_killed_while_it_scores_is_started_again_and_ends_the_same(
    whole: Settings, files: Path, place: Path, tmp_path: Path
) -> None:
    settings = _court(tmp_path, files, place)
    process = _in_a_process(tmp_path)
    while _step(settings, "queue") is None:
        assert process.poll() is None, "the night ended before it could be killed"
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=60) == -signal.SIGKILL
    again = _in_a_process(tmp_path)
    again.communicate(timeout=300)
    assert again.returncode == _told(whole)["exit_code"]
    assert _queue_of(settings) == _queue_of(whole)


def test_the_night_says_what_it_did(whole: Settings) -> None:
    told = _told(whole)
    steps = told["steps"]
    assert list(steps) == ["load", "link", "publish", "queue", "portraits", "sources"]
    assert steps["load"]["deliveries"]["first"]["loaded"] > 0
    assert steps["queue"]["made_anew"] == steps["queue"]["run"]["obligations"]
    assert 0 < steps["portraits"]["prepared"] <= min(5, steps["queue"]["obligations"])
    assert steps["queue"]["run"]["digests"]["snapshot"].startswith(current_folder(whole.snapshots).name[9:])
    assert told["exit_code"] in (nights.FINE, nights.QUIET)
    assert not list(whole.inbox.iterdir())
    assert (whole.home / "done" / DAY.isoformat() / "first" / "cases.parquet").exists()


def test_a_judge_who_asks_in_the_morning_is_given_the_answer_of_the_night(whole: Settings) -> None:
    kept = _portraits(whole)
    folder = current(whole.queues)
    assert folder is not None
    prepared = {told["id"]: told for told in (json.loads(document) for _, document, _ in kept)}
    told = next(iter(prepared.values()))
    key = FixedKey(key=SecretStr("judge-one.judge-secret"), role=Role.JUDGE, label="a judge")
    asked = first_portrait(
        whole, key=key, case=told["subject"]["case"], debtor=told["subject"]["debtor"], as_of=DAY
    )
    assert asked == told["id"]
    assert _portraits(whole) == kept


def test_the_same_night_again_without_news_changes_nothing(whole: Settings) -> None:
    before, kept = _queue_of(whole), _portraits(whole)
    folder = current(whole.queues)
    record = night(whole, ASKED)
    assert (current(whole.queues), _queue_of(whole), _portraits(whole)) == (folder, before, kept)
    assert record.told["steps"]["load"]["deliveries"] == {}
    assert record.told["steps"]["queue"]["made_anew"] == 0
    assert record.told["steps"]["queue"]["stood_already"]


def test_bad_rows_and_unreadable_files_are_put_aside_and_the_night_goes_on(
    files: Path, place: Path, tmp_path: Path
) -> None:
    settings = _court(tmp_path, files, place)
    _deliver(settings, "second", "deposits.csv", "party_id,balance\n1,2\n")
    (settings.inbox / "auctions.csv.part").write_text("still arriving")
    (settings.inbox / "officers.csv").write_text(
        "officer_id,court,team,weekly_hours,happened_at,known_at\n7,SX001,out,many,2025-01-01,2025-01-01\n"
    )
    record = night(settings, ASKED)
    deliveries = record.told["steps"]["load"]["deliveries"]
    assert deliveries["second"] == {"refused_for": "records.missing_column"}
    assert deliveries[f"loose-{DAY.isoformat()}"]["quarantined"] == 1
    assert record.told["exit_code"] in (nights.QUARANTINED, nights.QUARANTINED + nights.QUIET)
    refused = settings.home / "refused" / DAY.isoformat()
    assert (refused / "second" / "deposits.csv").exists()
    assert "records.missing_column" in (refused / "second.problem.txt").read_text()
    assert [path.name for path in settings.inbox.iterdir()] == ["auctions.csv.part"]
    assert current(settings.queues) is not None


def test_a_night_without_a_model_says_so_and_keeps_what_it_loaded(files: Path, tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    shutil.copytree(files, settings.inbox / "first")
    with pytest.raises(PortraitError):
        night(settings, ASKED)
    told = _told(settings)
    assert told["exit_code"] == nights.FAILED
    assert told["steps"]["publish"]["done"]
    assert not told["steps"]["queue"]["done"]


def test_two_nights_do_not_run_at_once(whole: Settings) -> None:
    with nights.alone(whole.nights), pytest.raises(PortraitError) as refused:
        night(whole, ASKED)
    assert refused.value.problem.code == "night_running"


def _court(home: Path, files: Path, place: Path) -> Settings:
    settings = Settings(home=home)
    shutil.copytree(files, settings.inbox / "first", ignore=shutil.ignore_patterns("*.json"))
    shelf = Shelf(settings.shelf)
    shelf.point(shelf.put(place / "bundle"))
    secret = home / "secrets" / "identity"
    secret.parent.mkdir(exist_ok=True)
    secret.write_text("5e" * 32)  # the same in every court: ids are hashes under it
    return settings


def _deliver(settings: Settings, delivery: str, file: str, text: str) -> None:
    folder = settings.inbox / delivery
    folder.mkdir()
    (folder / file).write_text(text)


def _killing(at: str) -> Any:
    def tell(label: str, done: int, total: int) -> None:
        if label.startswith(at):
            raise Killed

    return tell


def _queue_of(settings: Settings) -> Any:
    folder = current(settings.queues)
    assert folder is not None
    places = [queue.read(folder, court=court, most=count) for court, count in queue.courts(folder)]
    scores = pq.read_table(folder / "scores.parquet").sort_by("party_id")
    return folder.name, places, scores.to_pylist()


def _portraits(settings: Settings) -> list[Any]:
    with sqlite3.connect(settings.home / "state.db") as state:
        return state.execute("select id, document, asked_by from portrait order by id").fetchall()


def _told(settings: Settings) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(min(settings.nights.glob("*/run.json")).read_text())
    return told


def _step(settings: Settings, name: str) -> Any:
    try:
        return _told(settings)["steps"].get(name)
    except ValueError:
        return None


def _in_a_process(home: Path) -> subprocess.Popen[bytes]:
    command = ["--home", str(home), "nightly", "--as-of", DAY.isoformat(), "--portraits", "5"]
    return subprocess.Popen(
        [sys.executable, "-m", "operations.cli", *command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

"""The whole report on a town: nothing of an unchanged court, what of a changed one, and where it is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from monitoring.filed import newest
from monitoring.limits import Level
from monitoring.maturity import nights
from monitoring.report import file, watch
from operations.cli import app
from scoring.reference import REFERENCE
from scoring.shelf import Shelf
from serving.app import create
from serving.permissions import Role
from tests.monitoring.conftest import Home, with_file
from tests.serving.town import KEYS, Town
from vocabulary.problems import PortraitError


def test_an_unchanged_town_raises_nothing(home: Home) -> None:
    report = watch(home.snapshot, home.shelf, home.queues, as_of=home.newest, limits=home.limits)

    assert report.level is Level.FINE
    assert report.drift.level is Level.FINE
    assert report.drift.effective > 12
    assert len(report.sources) > 10


def test_published_scores_meet_their_outcomes_when_they_have_matured(home: Home) -> None:
    report = watch(home.snapshot, home.shelf, home.queues, as_of=home.newest, limits=home.limits)
    rows = {each.months: each.rows for each in report.matured}
    days = [night.as_of for night in nights(home.queues)]

    assert len(days) == 3
    assert all(rows[months] > 0 for months in (3, 6, 12))
    assert rows[3] > rows[12]
    twelve = report.matured[-1]
    assert twelve.since == twelve.until == days[0]
    assert 0 < twelve.expected < 1


def test_outcomes_that_are_still_to_come_are_not_counted(home: Home) -> None:
    early = watch(
        home.snapshot, home.shelf, home.queues, as_of=nights(home.queues)[1].as_of, limits=home.limits
    )

    assert {each.months: each.rows for each in early.matured}[12] == 0
    assert {each.level for each in early.matured if not each.rows} == {Level.UNKNOWN}


def test_a_feature_that_nobody_knew_before_is_an_alarm_by_its_name(home: Home, tmp_path: Path) -> None:
    champion = home.shelf.champion()
    usual = json.loads((champion.path / REFERENCE).read_text())
    spread = usual["of"]["deposit_available_latest"]
    spread["parts"] = {moment: [1.0] + [0.0] * (len(parts) - 1) for moment, parts in spread["parts"].items()}
    shelf = Shelf(tmp_path / "bundles")
    changed = with_file(champion, tmp_path / "bundle", REFERENCE, json.dumps(usual).encode())
    shelf.point(shelf.put(changed.path))

    report = watch(home.snapshot, shelf, home.queues, as_of=home.newest, limits=home.limits)
    assert report.level is Level.ALARM
    assert [each.about for each in report.findings if each.level is Level.ALARM] == ["drift"]
    assert "可扣划存款" in report.findings[0].says.zh


def test_a_bundle_without_a_reference_says_so_and_raises_no_alarm(home: Home, town: Town) -> None:
    report = watch(
        home.snapshot, Shelf(town.root / "shelf"), home.queues, as_of=home.newest, limits=home.limits
    )

    assert report.level is Level.FINE
    assert any("no reference" in each.says.en for each in report.findings)


def test_a_report_filed_twice_is_one_and_reads_in_both_languages(home: Home, tmp_path: Path) -> None:
    report = watch(home.snapshot, home.shelf, home.queues, as_of=home.newest, limits=home.limits)
    folder = file(report, tmp_path)

    assert file(report, tmp_path) == folder
    chinese, english = ((folder / f"report.{each}.html").read_text("utf-8") for each in ("zh", "en"))
    assert "分布变化" in chinese
    assert "<svg" in chinese
    assert "Published scores" in english
    filed = newest(tmp_path)
    assert filed.document["level"] == "fine"
    assert filed.picture("drift", "zh") != filed.picture("drift", "en")
    assert filed.picture("../report", "zh") is None


def test_the_command_files_a_report_and_its_exit_code_says_how_bad(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTRAIT_HOME", str(home.path))
    monkeypatch.setenv("PORTRAIT_LANGUAGE", "en")
    ran = CliRunner().invoke(app, ["monitor"])

    level = newest(home.path / "monitoring").document["level"]
    assert ran.exit_code == {"fine": 0, "warning": 3, "alarm": 4}[level]
    assert "report.en.html" in ran.output.replace("\n", "")


def test_the_page_is_the_analysts_and_shows_the_report_filed_last(
    home: Home, town: Town, tmp_path: Path
) -> None:
    file(watch(home.snapshot, home.shelf, home.queues, as_of=home.newest, limits=home.limits), tmp_path / "m")
    settings = town.settings(f"sqlite:///{tmp_path / 'state.db'}").model_copy(
        update={"monitoring": tmp_path / "m"}
    )
    with TestClient(create(settings)) as service:
        for role, status in ((Role.ANALYST, 200), (Role.JUDGE, 403)):
            service.cookies.clear()
            service.post("/sign-in", data={"key": KEYS[role], "next": "/"})
            answer = service.get("/monitoring", params={"lang": "zh"})
            assert answer.status_code == status
            assert ("<svg" in answer.text) == (status == 200)


def test_before_the_first_report_the_page_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(PortraitError, match="portrait monitor"):
        newest(tmp_path)

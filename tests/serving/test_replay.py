"""Replay over the API and the command line: late rows change nothing, and what cannot be replayed says why."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from operations.cli import app as command_line
from records.load import load
from records.publish import publish
from records.store import Store
from scoring.shelf import Shelf
from serving.app import create
from serving.permissions import Role
from tests.serving.conftest import headers
from tests.serving.town import Town, train_small

SECRET = b"secret of the town"


@pytest.fixture
def home(town: Town, tmp_path: Path) -> Path:
    """A court's folder with the town in it, as the command line has it, for changing."""
    home = tmp_path / "home"
    shutil.copytree(town.root / "snapshots", home / "snapshots")
    shutil.copytree(town.root / "shelf", home / "bundles")
    shutil.copytree(town.root / "queues", home / "queues")
    shutil.copy(town.root / "store.duckdb", home / "store.duckdb")
    return home


@pytest.fixture
def service(town: Town, home: Path) -> Iterator[TestClient]:
    settings = town.settings(f"sqlite:///{home / 'state.db'}").model_copy(
        update={
            "snapshots": home / "snapshots",
            "shelf": home / "bundles",
            "queues": home / "queues",
        }
    )
    with TestClient(create(settings)) as client:
        client.headers.update(headers(Role.JUDGE))
        yield client


def tomorrow(town: Town) -> str:
    return (date.fromisoformat(town.one.as_of) + timedelta(days=1)).isoformat()


def told_later(town: Town, home: Path, *, known: str, receipt: int = 990001) -> None:
    """A payment and a paid-off title come in and are published; they happened long before."""
    files = home / f"later-{known}"
    files.mkdir()
    one = town.one
    (files / "payments.csv").write_text(
        "happened_at,known_at,party_id,case_id,amount,channel\n"
        f"2024-03-01,{known},{one.debtor},{one.case},1234.56,voluntary\n"
    )
    (files / "queries.csv").write_text(
        "happened_at,known_at,party_id,receipt_id,family,source,asked_at,answered_at,status\n"
        f"{known},{known},{one.debtor},{receipt},deposits,national,{known},{known},empty\n"
    )
    with Store.open(home / "store.duckdb", SECRET) as store:
        report = load(store, files)
        assert report.quarantined == 0
        assert sum(table.loaded for table in report.tables) == 2
        publish(store, home / "snapshots")


def test_a_portrait_replays_letter_for_letter(service: TestClient, town: Town) -> None:
    portrait = service.post("/v1/portraits", json=town.one.question()).json()
    told = service.get(f"/v1/portraits/{portrait['id']}/replay").json()

    assert told["verdict"] == "identical"
    (attempt,) = told["attempts"]
    assert (attempt["records"], attempt["letter_for_letter"], attempt["differences"]) == ("named", True, [])


def test_rows_that_arrive_late_change_no_replay_though_they_change_the_next_portrait(
    service: TestClient, town: Town, home: Path
) -> None:
    before = service.post("/v1/portraits", json=town.one.question()).json()
    told_later(town, home, known=tomorrow(town))

    told = service.get(f"/v1/portraits/{before['id']}/replay").json()
    assert [(each["records"], each["verdict"]) for each in told["attempts"]] == [
        ("named", "identical"),
        ("current", "identical"),
    ]
    assert "snapshot" in [each["path"] for each in told["attempts"][1]["stands_on"]]
    after = service.post("/v1/portraits", json={**town.one.question(), "as_of": tomorrow(town)}).json()
    assert after["claim"]["credited"] == pytest.approx(before["claim"]["credited"] + 1234.56)


def test_a_pruned_snapshot_is_made_up_for_by_the_one_in_use(
    service: TestClient, town: Town, home: Path
) -> None:
    before = service.post("/v1/portraits", json=town.one.question()).json()
    told_later(town, home, known=tomorrow(town))
    shutil.rmtree(home / "snapshots" / f"snapshot-{before['snapshot'][:16]}")

    told = service.get(f"/v1/portraits/{before['id']}/replay").json()
    assert (told["verdict"], told["snapshot_gone"]) == ("identical", True)
    assert [each["records"] for each in told["attempts"]] == ["current"]


def test_rows_loaded_later_under_an_earlier_day_are_found_out(
    service: TestClient, town: Town, home: Path
) -> None:
    before = service.post("/v1/portraits", json=town.one.question()).json()
    told_later(town, home, known=town.one.as_of)

    told = service.get(f"/v1/portraits/{before['id']}/replay").json()
    assert [each["verdict"] for each in told["attempts"]] == ["identical", "differs"]
    paths = {each["path"] for each in told["attempts"][1]["differences"]}
    assert "claim.credited" in paths
    assert told["verdict"] == "differs"


def test_a_newer_champion_is_not_asked(service: TestClient, town: Town, home: Path) -> None:
    from records.snapshot import Snapshot

    before = service.post("/v1/portraits", json=town.one.question()).json()
    train_small(Snapshot.current(home / "snapshots"), home / "newer", rounds=5)
    shelf = Shelf(home / "bundles")
    shelf.point(shelf.put(home / "newer"))

    assert service.get(f"/v1/portraits/{before['id']}/replay").json()["verdict"] == "identical"


def test_a_bundle_that_is_gone_or_was_tampered_with_is_named_in_words(
    service: TestClient, town: Town, home: Path
) -> None:
    before = service.post("/v1/portraits", json=town.one.question()).json()
    folder = home / "bundles" / before["bundle"]
    (folder / "share.txt").write_text("tree")
    refused = service.get(f"/v1/portraits/{before['id']}/replay")
    assert (refused.status_code, refused.json()["code"]) == (409, "replay.bundle_refused")

    shutil.rmtree(folder)
    gone = service.get(f"/v1/portraits/{before['id']}/replay")
    assert (gone.status_code, gone.json()["code"]) == (409, "replay.bundle_gone")
    assert before["bundle"][:12] in gone.json()["texts"]["detail"]["zh"]
    assert service.get(f"/v1/portraits/{before['id']}").json() == before


def test_the_command_says_the_verdict_and_ends_accordingly(
    service: TestClient, town: Town, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTRAIT_HOME", str(home))
    monkeypatch.setenv("PORTRAIT_LANGUAGE", "en")
    before = service.post("/v1/portraits", json=town.one.question()).json()

    same = CliRunner().invoke(command_line, ["replay", before["id"]])
    assert (same.exit_code, "identical" in same.output) == (0, True), same.output

    told_later(town, home, known=town.one.as_of)
    other = CliRunner().invoke(command_line, ["replay", before["id"]])
    assert (other.exit_code, "claim.credited" in other.output) == (1, True), other.output


def test_a_replay_is_a_read_and_is_written_down(service: TestClient, town: Town) -> None:
    portrait = service.post("/v1/portraits", json=town.one.question()).json()
    assert (
        service.get(f"/v1/portraits/{portrait['id']}/replay", headers=headers(Role.ANALYST)).status_code
        == 403
    )
    entries = service.get("/v1/audit", headers=headers(Role.AUDITOR)).json()
    newest = entries["page"][0]
    assert (newest["outcome"], newest["subject"]) == ("not_permitted", portrait["id"])

"""Making room: what is in use, or what a portrait somebody read rests on, is never removed."""

from __future__ import annotations

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from monitoring.maturity import nights as published_nights
from operations import nights
from operations.cli import app as command_line
from operations.prepared import prepare
from operations.pruning import QUEUE, SNAPSHOT, pruned, size
from operations.settings import Settings
from records.manifest import current_folder
from records.snapshot import Snapshot
from scoring.shelf import Shelf
from serving.queues import Queues
from tests.serving.test_replay import SECRET, home, service, told_later
from tests.serving.town import Town
from triage.nightly import current, run
from vocabulary.problems import PortraitError

__all__ = ["home", "service"]


@pytest.fixture
def settings(home: Path) -> Settings:
    """The settings of the court's folder, under the town's secret."""
    (home / "secrets").mkdir()
    (home / "secrets" / "identity").write_text(SECRET.hex())
    return Settings(home=home, state_url=f"sqlite:///{home / 'state.db'}")


def day(town: Town, after: int) -> date:
    return date.fromisoformat(town.one.as_of) + timedelta(days=after)


def another_night(settings: Settings, town: Town, after: int) -> Path:
    """Records of a later day come in, are published and queued; returns the queue's folder."""
    told_later(town, settings.home, known=day(town, after).isoformat(), receipt=990000 + after)
    snapshot = Snapshot.current(settings.snapshots)
    folder = run(snapshot, Shelf(settings.shelf).champion(), as_of=day(town, after), root=settings.queues)
    snapshot.close()
    return folder


def names(root: Path, pattern: str) -> set[str]:
    return {each.name for each in root.glob(pattern)}


def test_a_snapshot_that_a_judges_portrait_rests_on_stays_and_another_goes(
    service: TestClient, settings: Settings, town: Town
) -> None:
    asked = service.post("/v1/portraits", json=town.one.question()).json()
    first = current_folder(settings.snapshots).name
    another_night(settings, town, 1)
    second = current_folder(settings.snapshots)
    another_night(settings, town, 2)
    whole = size([second])

    before = names(settings.snapshots, "snapshot-*"), names(settings.queues, "*/*")
    would = pruned(settings, keep=1, dry_run=True)
    assert (names(settings.snapshots, "snapshot-*"), names(settings.queues, "*/*")) == before

    found = pruned(settings, keep=1)
    assert found == would
    assert found.names(SNAPSHOT) == [second.name]
    assert found.held == (first,)
    assert found.freed >= whole > 0
    assert names(settings.snapshots, "*") >= {first, current_folder(settings.snapshots).name}
    assert not second.exists()

    told = service.get(f"/v1/portraits/{asked['id']}/replay").json()
    assert [each["records"] for each in told["attempts"]] == ["named", "current"]
    assert service.get(f"/v1/portraits/{asked['id']}/disputes").status_code == 200
    assert service.post("/v1/portraits", json=town.one.question()).status_code == 200
    assert pruned(settings, keep=1).freed == 0, "nothing is left to remove"


def test_what_only_the_night_has_seen_keeps_no_snapshot_until_somebody_reads_it(
    service: TestClient, settings: Settings, town: Town
) -> None:
    folder = current(settings.queues)
    assert folder is not None
    prepare(
        settings,
        Shelf(settings.shelf).champion(),
        as_of=day(town, 0),
        folder=folder,
        last=None,
        most=1,
        progress=lambda *_: None,
    )
    first = current_folder(settings.snapshots).name
    place = next(each for each in town.open if _kept(service, each.case, each.debtor))
    another_night(settings, town, 1)
    assert pruned(settings, keep=1, dry_run=True).names(SNAPSHOT) == [first]

    (kept,) = _kept(service, place.case, place.debtor)
    assert service.get(f"/v1/portraits/{kept}").status_code == 200
    assert pruned(settings, keep=1, dry_run=True).held == (first,)


def test_of_an_old_queue_stays_what_monitoring_reads(settings: Settings, town: Town) -> None:
    old = current(settings.queues)
    assert old is not None
    another_night(settings, town, 1)
    assert pruned(settings, keep=1).names(QUEUE) == [old.name]
    assert names(old, "*") == {"scores.parquet", "run.json"}
    assert [each.folder for each in published_nights(settings.queues)] == [old, current(settings.queues)]
    assert Queues(settings.queues).courts()


def test_a_queue_that_was_made_small_is_made_anew_when_its_night_is_asked_for_again(
    settings: Settings, town: Town
) -> None:
    folder = another_night(settings, town, 1)
    digest = json.loads((folder / "run.json").read_text())["digests"]["obligations"]
    snapshot = Snapshot.current(settings.snapshots)
    champion = Shelf(settings.shelf).champion()
    run(snapshot, champion, as_of=day(town, 2), root=settings.queues)
    assert folder.name in pruned(settings, keep=1).names(QUEUE)
    assert run(snapshot, champion, as_of=day(town, 1), root=settings.queues) == folder
    snapshot.close()
    assert json.loads((folder / "run.json").read_text())["digests"]["obligations"] == digest
    assert Queues(settings.queues).courts()


def test_the_queue_in_use_and_its_snapshot_stay_when_newer_records_are_published(
    settings: Settings, town: Town
) -> None:
    """Records were loaded since the night: the queue still stands on the snapshot before."""
    first = current_folder(settings.snapshots).name
    told_later(town, settings.home, known=day(town, 1).isoformat(), receipt=990001)
    assert current_folder(settings.snapshots).name != first
    found = pruned(settings, keep=1)
    assert (found.gone, found.held) == ((), (first,))


def test_nothing_is_removed_while_a_night_runs(settings: Settings) -> None:
    with nights.alone(settings.nights), pytest.raises(PortraitError) as told:
        pruned(settings, keep=1)
    assert told.value.problem.code == "night_running"


def test_a_file_that_also_lies_elsewhere_frees_nothing(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
    (one / "a").write_bytes(b"x" * 700)
    os.link(one / "a", two / "a")
    (one / "b").write_bytes(b"x" * 30)
    assert (size([one]), size([two]), size([one, two])) == (30, 0, 730)


@pytest.mark.parametrize(
    ("language", "would", "freed"), [("zh", "将清理", "可释放"), ("en", "would go", "to be freed")]
)
def test_the_command_says_what_would_go_in_both_languages(
    settings: Settings, town: Town, language: str, would: str, freed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTRAIT_HOME", str(settings.home))
    monkeypatch.setenv("PORTRAIT_STATE_URL", settings.state_url)
    monkeypatch.setenv("PORTRAIT_LANGUAGE", language)
    old = current_folder(settings.snapshots).name
    another_night(settings, town, 1)
    told = CliRunner().invoke(command_line, ["prune", "--keep", "1", "--dry-run"], catch_exceptions=False)
    assert told.exit_code == 0, told.output
    assert old in told.output
    assert would in told.output
    assert freed in told.output
    assert (settings.snapshots / old).exists()


def _kept(service: TestClient, case: str, debtor: str) -> list[str]:
    from tests.serving.conftest import desk_of

    return [each.id for each in desk_of(service).archive.of_obligation(case, debtor)]

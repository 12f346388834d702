"""A challenger on its way to the champion's place: compared, proposed by one, approved by another, taken back."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from records.snapshot import Snapshot
from scoring.bundle import Bundle, read
from scoring.calibration import Calibration
from scoring.logbook import Step
from scoring.shelf import Shelf
from serving.app import create
from serving.permissions import Role
from serving.settings import FixedKey, ServingSettings
from training.calibrate import calibrate
from training.challenge import Challenge, challenge, later_cases
from training.promote import Signatory, approve, propose, record, roll_back, settle
from training.register import CHAMPION, MODEL, Registered, client, register
from training.sides import newest
from training.train import TrainingReport
from vocabulary.problems import PortraitError

CHEN, LIN = Signatory("Chen", "k-chen"), Signatory("Lin", "k-lin")


@pytest.fixture(scope="module")
def sound(trained: TrainingReport, town: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """The trained model with the calibration that its later cases turned out to need."""
    model = read(trained.bundle)
    since = date.fromisoformat(model.about["measured_from"])
    later = later_cases(town, target="share_12", since=since, cutoff=newest(town))
    fitting = calibrate(model.trees.raw(later.values), later.target, later.weight)
    return _recalibrated(trained.bundle, tmp_path_factory.mktemp("sound") / "bundle", fitting)


@pytest.fixture(scope="module")
def timid(trained: TrainingReport, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    """The trained model, badly calibrated: it says too little of everyone."""
    return _recalibrated(
        trained.bundle, tmp_path_factory.mktemp("timid") / "bundle", Calibration(slope=0.4, shift=-2.0)
    )


@pytest.fixture(scope="module")
def filed(timid: Bundle, sound: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry and a shelf with the timid model as champion and the sound one filed after it."""
    room = tmp_path_factory.mktemp("filed")
    for each in (timid, sound):
        _register(each, room)
    return room


@pytest.fixture
def shelf(filed: Path, tmp_path: Path) -> Shelf:
    """A copy of that shelf for one test; the registry beside it is under ``runs``."""
    shutil.copytree(filed, tmp_path, dirs_exist_ok=True)
    return Shelf(tmp_path / "shelf")


@pytest.fixture(scope="module")
def better(town: Snapshot, sound: Bundle, timid: Bundle) -> Challenge:
    return challenge(town, sound, timid, draws=60)


@pytest.fixture(scope="module")
def worse(town: Snapshot, sound: Bundle, timid: Bundle) -> Challenge:
    return challenge(town, timid, sound, draws=60)


def test_the_first_bundle_filed_is_champion_and_the_next_a_challenger(
    shelf: Shelf, sound: Bundle, timid: Bundle
) -> None:
    steps = [entry.step for entry in shelf.logbook.entries()]

    assert steps == [Step.FILED, Step.FIRST, Step.FILED]
    assert shelf.digest() == timid.digest
    assert shelf.digests() == tuple(sorted([timid.digest, sound.digest]))


def test_both_are_measured_on_the_rows_that_neither_has_seen(
    better: Challenge, sound: Bundle, trained: TrainingReport
) -> None:
    assert 0.8 * trained.counts["test"] < better.rows <= trained.counts["test"]
    assert better.since.isoformat() == sound.about["measured_from"]
    assert better.difference("gini").low == better.difference("gini").high == 0.0
    ours, theirs = (better.comparison.of[model]["crps"].value for model in ("challenger", "champion"))
    assert ours < theirs


def test_a_calibrated_challenger_passes_and_a_timid_one_does_not(better: Challenge, worse: Challenge) -> None:
    assert better.passes, "\n".join(d.says.en for d in better.demands)
    assert {demand.name for demand in worse.demands if not demand.met} >= {"crps", "slope", "bias"}


def test_one_proposes_another_approves_and_a_running_service_follows(
    shelf: Shelf, better: Challenge, sound: Bundle, tmp_path: Path
) -> None:
    key = FixedKey(key=SecretStr("analyst.a-key-for-tests"), role=Role.ANALYST, label="an analyst")
    settings = ServingSettings(
        snapshots=tmp_path / "snapshots",
        shelf=shelf.root,
        queues=tmp_path / "queues",
        state_url=f"sqlite:///{tmp_path / 'state.db'}",
        secret=SecretStr("a secret for tests only, of no other use"),
        fixed_keys=(key,),
    )
    before = shelf.digest()
    with TestClient(create(settings), headers={"X-API-Key": "analyst.a-key-for-tests"}) as service:
        assert service.get("/v1/models/champion").json()["digest"] == before

        record(shelf, better)
        propose(shelf, sound.digest, by=CHEN)
        assert service.get("/v1/models/champion").json()["digest"] == before

        approve(shelf, sound.digest, by=LIN, runs=tmp_path / "runs")
        assert service.get("/v1/models/champion").json()["digest"] == sound.digest

        roll_back(shelf, by=CHEN, reason="petitions about scores of firms", runs=tmp_path / "runs")
        assert service.get("/v1/models/champion").json()["digest"] == before
    assert [(entry.step, entry.by) for entry in shelf.logbook.entries()[-4:]] == [
        (Step.COMPARED, ""),
        (Step.PROPOSED, "Chen"),
        (Step.APPROVED, "Lin"),
        (Step.ROLLED_BACK, "Chen"),
    ]


def test_the_registry_alias_moves_with_the_pointer(
    shelf: Shelf, better: Challenge, sound: Bundle, tmp_path: Path
) -> None:
    record(shelf, better)
    propose(shelf, sound.digest, by=CHEN)
    approve(shelf, sound.digest, by=LIN, runs=tmp_path / "runs")

    with client(tmp_path / "runs") as registry:
        assert registry.get_model_version_by_alias(MODEL, CHAMPION).tags["bundle"] == shelf.digest()


@pytest.mark.parametrize("second", [CHEN, Signatory("chen ", "k-other"), Signatory("Wu", "k-chen")])
def test_the_same_person_cannot_approve_whatever_key_or_name(
    shelf: Shelf, better: Challenge, sound: Bundle, second: Signatory
) -> None:
    record(shelf, better)
    propose(shelf, sound.digest, by=CHEN)
    before = shelf.digest()

    assert _code(lambda: approve(shelf, sound.digest, by=second)) == "same_person"
    assert shelf.digest() == before


def test_without_a_comparison_nothing_is_proposed(shelf: Shelf, sound: Bundle) -> None:
    assert _code(lambda: propose(shelf, sound.digest, by=CHEN)) == "not_compared"


def test_after_a_failing_comparison_an_earlier_passing_one_is_worth_nothing(
    shelf: Shelf, better: Challenge, sound: Bundle
) -> None:
    record(shelf, better)
    propose(shelf, sound.digest, by=CHEN)
    with shelf.logbook.turn() as turn:
        facts = better.facts | {
            "passes": False,
            "demands": [{"name": "gini", "met": False, "zh": "差", "en": "worse"}],
        }
        turn.add(Step.COMPARED, better.challenger, against=better.champion, facts=facts)

    assert _code(lambda: approve(shelf, sound.digest, by=LIN)) == "comparison_failed"


def test_a_proposal_falls_when_the_champion_changes_meanwhile(
    shelf: Shelf, better: Challenge, sound: Bundle
) -> None:
    record(shelf, better)
    propose(shelf, sound.digest, by=CHEN)
    approve(shelf, sound.digest, by=LIN)
    roll_back(shelf, by=LIN, reason="too soon")

    assert _code(lambda: approve(shelf, sound.digest, by=LIN)) == "not_proposed"


def test_going_back_needs_a_reason_and_somewhere_to_go(shelf: Shelf) -> None:
    assert _code(lambda: roll_back(shelf, by=CHEN, reason=" ")) == "reason_missing"
    assert _code(lambda: roll_back(shelf, by=CHEN, reason="no trust")) == "nothing_before"


def test_a_move_that_was_interrupted_is_finished_as_the_logbook_says(
    shelf: Shelf, better: Challenge, sound: Bundle
) -> None:
    record(shelf, better)
    with shelf.logbook.turn() as turn:
        turn.add(Step.APPROVED, sound.digest, against=shelf.digest(), by="Lin", key="k-lin")

    assert settle(shelf) == sound.digest == shelf.digest()
    assert settle(shelf) is None


@pytest.mark.parametrize("change", ["another name", "a line less", "half a line"])
def test_a_changed_logbook_is_refused(shelf: Shelf, better: Challenge, sound: Bundle, change: str) -> None:
    record(shelf, better)
    propose(shelf, sound.digest, by=CHEN)
    path = shelf.logbook.path
    text = path.read_text("utf-8")
    lines = text.splitlines(keepends=True)
    changed = {
        "another name": text.replace('"Chen"', '"Lin"'),
        "a line less": "".join(lines[:1] + lines[2:]),
        "half a line": text[:-20],
    }
    path.write_text(changed[change], "utf-8")

    assert _code(lambda: approve(shelf, sound.digest, by=LIN)) == "logbook_broken"


def test_a_day_on_which_a_bundle_was_still_trained_is_refused(
    town: Snapshot, sound: Bundle, timid: Bundle
) -> None:
    day = town.newest
    assert day is not None

    assert _code(lambda: challenge(town, sound, timid, since=day.replace(year=2020))) == "challenge_too_early"
    assert _code(lambda: challenge(town, sound, timid, since=day)) == "challenge_too_early"


def test_where_the_champion_cannot_be_read_any_more_the_next_bundle_takes_its_place(
    shelf: Shelf, sound: Bundle, tmp_path: Path
) -> None:
    gone = shelf.root / shelf.digest() / "bundle.json"
    gone.write_text(gone.read_text().replace("share_12", "share_24"))
    filed = _register(sound, tmp_path)

    assert filed.champion
    assert "bundle.json" in shelf.logbook.entries()[-1].facts["because"]


def _recalibrated(source: Path, folder: Path, calibration: Calibration) -> Bundle:
    """A copy of a bundle with another calibration, sealed anew."""
    shutil.copytree(source, folder)
    about = json.loads((folder / "bundle.json").read_text("utf-8"))
    about["calibration"] = {"slope": calibration.slope, "shift": calibration.shift}
    (folder / "bundle.json").write_text(json.dumps(about), "utf-8")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["bundle.json"] = hashlib.sha256((folder / "bundle.json").read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return read(folder)


def _register(bundle: Bundle, room: Path) -> Registered:
    return register(
        bundle.path,
        runs=room / "runs",
        shelf=Shelf(room / "shelf"),
        name="n",
        parameters={},
        figures={},
        tags={},
    )


def _code(act) -> str:  # type: ignore[no-untyped-def]
    with pytest.raises(PortraitError) as refused:
        act()
    return refused.value.problem.code

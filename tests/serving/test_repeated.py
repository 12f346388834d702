"""A kept answer is looked up before one is made, and is never given for anything but the very same knowledge."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from operations.prepared import NIGHT, prepare
from operations.settings import Settings
from portraits.portrait import assemble
from records.snapshot import Snapshot
from scoring.shelf import Shelf
from serving.app import create
from serving.permissions import Role
from serving.state.archive import Archive
from serving.state.database import State
from tests.serving.conftest import desk_of, headers
from tests.serving.test_court_figures import OWN
from tests.serving.test_disputes import deposit, dispute
from tests.serving.test_edits import edit, first_line
from tests.serving.test_replay import home, service, told_later, tomorrow
from tests.serving.town import CLERK_OF_OTHER, Town, train_small
from triage.nightly import current

__all__ = ["home", "service"]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the portraits that were assembled since."""
    ids: list[str] = []

    def noted(*args: Any, **named: Any) -> Any:
        portrait = assemble(*args, **named)
        ids.append(portrait.id)
        return portrait

    monkeypatch.setattr("serving.answers.assemble", noted)
    return ids


@pytest.fixture
def prepared(service: TestClient, town: Town) -> dict[str, Any]:
    """A portrait that was kept, with a score and money on an account."""
    for each in town.open:
        found: dict[str, Any] = service.post("/v1/portraits", json=each.question()).json()
        if found["score"] is not None and deposit(found):
            return found
    raise AssertionError("the town has no such portrait")


def ask(service: TestClient, portrait: dict[str, Any], **changed: str) -> dict[str, Any]:
    subject = portrait["subject"]
    question = {
        "case": subject["case"],
        "debtor": subject["debtor"],
        "as_of": portrait["as_of"],
        "purpose": "review",
    }
    answer = service.post("/v1/portraits", json=question | changed)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_same_question_is_answered_without_the_dossier_letter_for_letter(
    service: TestClient, prepared: dict[str, Any], made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object) -> None:
        raise AssertionError("the dossier was fetched")

    monkeypatch.setattr("serving.holdings.Held.fetch", closed)
    assert ask(service, prepared) == prepared
    assert made == []
    counted = service.get("/metrics", headers=headers(Role.ANALYST)).text
    assert 'portrait_answers_total{outcome="repeated"} 1.0' in counted


def test_what_the_night_prepared_is_what_the_judge_is_given(
    service: TestClient, home: Path, made: list[str], town: Town
) -> None:
    settings = Settings(home=home, state=f"sqlite:///{home / 'state.db'}")
    folder = current(home / "queues")
    assert folder is not None
    day = date.fromisoformat(town.one.as_of)
    champion = Shelf(home / "bundles").champion()
    prepare(settings, champion, as_of=day, folder=folder, last=None, most=2, progress=lambda *_: None)
    nights = Archive(State(f"sqlite:///{home / 'state.db'}"))
    ids, found = list(made), [nights.named(each) for each in made]
    for each in found:
        asked = {"case": each.case_key, "debtor": each.debtor, "as_of": each.as_of, "purpose": "review"}
        assert service.post("/v1/portraits", json=asked).text == each.document
        assert each.asked_by == NIGHT
    assert (made, len(ids)) == (ids, 2)


def test_another_court_is_refused_what_was_prepared(service: TestClient, prepared: dict[str, Any]) -> None:
    asked = {"case": prepared["subject"]["case"], "debtor": prepared["subject"]["debtor"]}
    asked |= {"as_of": prepared["as_of"], "purpose": "review"}
    answer = service.post("/v1/portraits", json=asked, headers={"X-API-Key": CLERK_OF_OTHER})
    assert (answer.status_code, answer.json()["code"]) == (403, "other_court")


def test_another_day_is_another_answer(
    service: TestClient, prepared: dict[str, Any], made: list[str]
) -> None:
    eve = (date.fromisoformat(prepared["as_of"]) - timedelta(days=1)).isoformat()
    found = ask(service, prepared, as_of=eve)
    assert (found["as_of"], made) == (eve, [found["id"]])
    assert found["id"] != prepared["id"]


def test_an_edit_and_its_withdrawal_each_go_past_what_was_kept(
    service: TestClient, prepared: dict[str, Any], made: list[str]
) -> None:
    told = edit(service, prepared, line=first_line(prepared)["key"])
    assert told.status_code == 201, told.text
    with_it = ask(service, prepared)
    assert (with_it["id"], len(with_it["edits"])) == (told.json()["portrait"], 1)
    assert made == [with_it["id"]]
    address = f"/v1/portraits/{with_it['id']}/edits/{told.json()['edit']['id']}/withdrawal"
    gone = service.post(address, json={"reason": "原评估报告已撤回"})
    assert gone.status_code == 201, gone.text
    assert ask(service, prepared) == prepared, "without edits it is the first answer again"


def test_a_dispute_marks_what_was_kept_and_changes_no_letter_of_it(
    service: TestClient, prepared: dict[str, Any], made: list[str]
) -> None:
    """A contested row stays in the sums; an answer made anew says the same, so the kept one is no older."""
    assert dispute(service, prepared).status_code == 201
    made.clear()
    assert ask(service, prepared) == prepared
    assert made == []
    marked = service.get(f"/v1/portraits/{prepared['id']}/disputes").json()["disputes"]
    assert [each["rows"]["rows"][0]["row_id"] for each in marked if each["source"] == "service"] == [
        deposit(prepared)
    ]
    assert service.get(f"/v1/portraits/{prepared['id']}/replay").json()["attempts"][0]["letter_for_letter"]


def test_another_model_goes_past_what_was_kept(
    service: TestClient, prepared: dict[str, Any], made: list[str], home: Path
) -> None:
    snapshot, shelf = Snapshot.current(home / "snapshots"), Shelf(home / "bundles")
    train_small(snapshot, home / "other", rounds=5)
    snapshot.close()
    shelf.point(shelf.put(home / "other"))
    found = ask(service, prepared)
    assert found["bundle"] == shelf.digest() != prepared["bundle"]
    assert made == [found["id"]]


def test_another_snapshot_goes_past_what_was_kept(
    service: TestClient, prepared: dict[str, Any], made: list[str], home: Path, town: Town
) -> None:
    told_later(town, home, known=tomorrow(town))
    found = ask(service, prepared)
    assert found["snapshot"] != prepared["snapshot"]
    assert made == [found["id"]]


def test_the_courts_own_figures_go_past_what_was_kept(
    service: TestClient, prepared: dict[str, Any], made: list[str], home: Path, town: Town
) -> None:
    """The same state, snapshot and model, under a service with figures of its own."""
    own = home / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    settings = desk_of(service).settings.model_copy(update={"figures": own})
    with TestClient(create(settings), headers=headers(Role.JUDGE)) as theirs:
        found = ask(theirs, prepared)
    assert found["ledger"]["figures"] != prepared["ledger"]["figures"]
    assert made == [found["id"]]
    assert ask(service, prepared) == prepared

"""A clue handed in: it waits in the inbox, becomes a record with the night's load, and stands apart from findings."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from operations.inbox import Delivered, Places, take_in
from records.mapping import PLAIN
from records.publish import publish
from records.store import Store
from serving.app import create
from serving.permissions import Role
from tests.serving.conftest import headers
from tests.serving.town import CLERK_OF_OTHER, Town
from vocabulary.dates import today
from vocabulary.identity import OWN_REFERENCES, as_reference, key_of

SECRET = b"secret of the town"


@pytest.fixture
def home(town: Town, tmp_path: Path) -> Path:
    home = tmp_path / "home"
    shutil.copytree(town.root / "snapshots", home / "snapshots")
    shutil.copy(town.root / "store.duckdb", home / "store.duckdb")
    return home


@pytest.fixture
def service(town: Town, home: Path) -> Iterator[TestClient]:
    settings = town.settings(f"sqlite:///{home / 'state.db'}").model_copy(
        update={"snapshots": home / "snapshots", "inbox": home / "inbox"}
    )
    with TestClient(create(settings)) as client:
        client.headers.update(headers(Role.JUDGE))
        yield client


def clue(town: Town, **other: object) -> dict[str, object]:
    return {
        "case": town.one.case,
        "debtor": town.one.debtor,
        "author": "grid_worker",
        "family": "vehicles",
        "confidence": "high",
        "value": 80000,
        "purpose": "asset_investigation",
        **other,
    }


def night(home: Path) -> list[Delivered]:
    """What the night does with the inbox."""
    told: list[Delivered] = []
    places = Places(home / "inbox", home / "done", home / "refused")
    with Store.open(home / "store.duckdb", SECRET) as store:
        take_in(store, places, on=today(), mapping=PLAIN, told=told.append, progress=lambda *_: None)
        publish(store, home / "snapshots")
    return told


def test_a_clue_goes_from_the_door_through_the_night_to_the_portrait(
    service: TestClient, town: Town, home: Path
) -> None:
    question = {**town.one.question(), "as_of": today().isoformat()}
    before = service.post("/v1/portraits", json=question).json()
    answer = service.post("/v1/clues", json=clue(town))
    assert answer.status_code == 202, answer.text
    assert service.post("/v1/portraits", json=question).json() == before, "not a record before the load"

    (delivered,) = night(home)
    assert delivered.name == answer.json()["delivery"]
    assert delivered.report is not None
    assert (delivered.report.quarantined, [table.loaded for table in delivered.report.tables]) == (0, [1])

    after = service.post("/v1/portraits", json=question).json()
    (shown,) = [each for each in after["clues"] if each not in before["clues"]]
    assert (shown["author"], shown["family"], shown["confidence"]) == ("grid_worker", "vehicles", "high")
    assert (shown["value"], shown["checked_on"]) == (80000.0, None)
    assert shown["check_by"] == (today() + timedelta(days=7)).isoformat()
    assert after["ledger"]["available"] == before["ledger"]["available"], "a clue is no property"
    rows = service.get(f"/v1/portraits/{after['id']}/records", params={"of": shown["key"]}).json()
    assert [table["table"] for table in rows["tables"]] == ["clues"]


def test_the_delivery_is_a_whole_folder_that_the_night_understands(
    service: TestClient, town: Town, home: Path
) -> None:
    name = service.post("/v1/clues", json=clue(town, told_on="2025-01-02")).json()["delivery"]
    with (home / "inbox" / name / "clues.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)

    assert row["happened_at"] == "2025-01-02"
    assert (row["known_at"], row["party_id"], row["value"]) == (
        today().isoformat(),
        town.one.debtor,
        "80000.00",
    )
    assert [each.name for each in (home / "inbox").iterdir()] == [name]


def test_a_key_made_of_an_id_number_survives_the_way_through_a_file() -> None:
    key = key_of(b"secret", "11010519491231002X")
    assert key >= OWN_REFERENCES
    assert key_of(b"another secret", as_reference(key)) == key
    assert key_of(b"secret", as_reference(1234)) == 1234


@pytest.mark.parametrize(
    ("other", "status", "code"),
    [
        ({"debtor": "11010519491231002X"}, 422, "unreadable_debtor"),
        ({"author": "neighbour"}, 422, "invalid_request"),
        ({"says": "he is hiding a car"}, 422, "invalid_request"),
        ({"told_on": "2999-01-01"}, 422, "told_later"),
    ],
)
def test_what_is_no_clue_is_refused(
    service: TestClient, town: Town, home: Path, other: dict[str, object], status: int, code: str
) -> None:
    answer = service.post("/v1/clues", json=clue(town, **other))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not (home / "inbox").exists()


def test_property_of_whoever_is_no_debtor_of_the_case_is_not_asked_after(
    service: TestClient, town: Town
) -> None:
    """网络查询、冻结规定 Art. 7: records of others stay closed, and so does the inbox."""
    answer = service.post("/v1/clues", json=clue(town, debtor=town.stranger))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_an_obligor")


def test_who_may_hand_in_clues(service: TestClient, town: Town) -> None:
    def status(headers: dict[str, str]) -> int:
        return service.post("/v1/clues", json=clue(town), headers=headers).status_code

    assert status(headers(Role.CLERK)) == 202
    assert status(headers(Role.ANALYST)) == 403
    assert status({"X-API-Key": CLERK_OF_OTHER}) == 403


def test_a_clue_is_written_to_the_audit(service: TestClient, town: Town) -> None:
    delivery = service.post("/v1/clues", json=clue(town)).json()["delivery"]
    newest = service.get("/v1/audit", headers=headers(Role.AUDITOR)).json()["page"][0]
    assert (newest["act"], newest["subject"], newest["debtor"]) == ("clue", delivery, town.one.debtor)
    assert newest["purpose"] == "asset_investigation"


def test_a_service_without_an_inbox_says_so(town: Town, tmp_path: Path) -> None:
    settings = town.settings(f"sqlite:///{tmp_path / 'state.db'}").model_copy(update={"inbox": None})
    with TestClient(create(settings)) as client:
        answer = client.post("/v1/clues", json=clue(town), headers=headers(Role.JUDGE))
    assert (answer.status_code, answer.json()["code"]) == (503, "no_inbox")

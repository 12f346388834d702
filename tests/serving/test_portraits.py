"""A portrait over the API: it adds up, says what is not known, stays as it was, and opens to its rows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from records.manifest import POINTER
from records.publish import point_to
from records.snapshot import Snapshot
from scoring.shelf import Shelf
from serving.app import create
from serving.permissions import Role
from tests.serving.conftest import headers
from tests.serving.town import Obligation, Town, train_small
from vocabulary.dates import today
from vocabulary.families import ASKED


def test_contributions_add_up_to_the_score_family_by_family(judge: TestClient, town: Town) -> None:
    portrait = judge.post("/v1/portraits", json=town.one.question()).json()

    families = portrait["contributions"]
    assert len(families) > 5
    assert portrait["score"] == pytest.approx(
        portrait["base"] + sum(family["contribution"] for family in families), abs=1e-9
    )
    for family in families:
        items = sum(reason["contribution"] for reason in family["reasons"])
        assert family["contribution"] == pytest.approx(items, abs=1e-9)


def test_a_portrait_says_what_is_owed_expected_and_advised(judge: TestClient, town: Town) -> None:
    portrait = judge.post("/v1/portraits", json=town.one.question()).json()

    assert portrait["cautious"] <= portrait["score"]
    assert portrait["outstanding"] == portrait["claim"]["owed"] > 0
    assert portrait["expected_money"] == pytest.approx(
        portrait["outstanding"] * portrait["score"] / 100, abs=0.01
    )
    assert portrait["advice"]["zh"].startswith("仅供参考")
    assert portrait["subject"]["debtor"] == town.one.debtor
    assert portrait["subject"]["case_number"] == town.one.number
    assert portrait["subject"]["name"].endswith("*")


def test_not_asked_asked_and_empty_and_found_are_three_states(judge: TestClient, town: Town) -> None:
    seen: dict[str, tuple[int, str, str]] = {}
    for obligation in town.open:
        portrait = judge.post("/v1/portraits", json=obligation.question()).json()
        assert [standing["family"] for standing in portrait["standings"]] != []
        assert {standing["family"] for standing in portrait["standings"]} == set(ASKED)
        for standing in portrait["standings"]:
            words = standing["state_label"]
            seen[standing["state"]] = (standing["state_code"], words["zh"], words["en"])

    three = [seen[state] for state in ("not_asked", "empty", "found")]
    assert len({code for code, _, _ in three}) == 3
    assert len({zh for _, zh, _ in three}) == 3
    assert len({en for _, _, en in three}) == 3


def test_nothing_asked_yet_no_score_but_what_to_ask_first(judge: TestClient, town: Town) -> None:
    portrait = judge.post("/v1/portraits", json=town.silent.question()).json()

    assert portrait["abstained"]
    assert portrait["abstention"]["zh"].startswith("信息不足")
    assert portrait["score"] is portrait["cautious"] is portrait["expected_money"] is None
    assert portrait["contributions"] == []
    assert portrait["ask"][0]["family"] == "deposits"


def test_a_case_may_be_named_by_its_number_with_either_brackets(judge: TestClient, town: Town) -> None:
    by_key = judge.post("/v1/portraits", json=town.one.question()).json()
    for number in (town.one.number, town.one.number.replace("（", "(").replace("）", ")")):
        question = {**town.one.question(), "case": number}
        assert judge.post("/v1/portraits", json=question).json()["id"] == by_key["id"]


def test_a_stored_portrait_is_returned_letter_for_letter(judge: TestClient, town: Town) -> None:
    answer = judge.post("/v1/portraits", json=town.one.question())

    again = judge.get(answer.headers["location"])
    assert again.content == answer.content
    assert judge.post("/v1/portraits", json=town.one.question("review")).content == answer.content


def test_without_a_date_it_is_today_in_shanghai_and_never_later(judge: TestClient, town: Town) -> None:
    question = town.one.question()
    del question["as_of"]
    assert judge.post("/v1/portraits", json=question).json()["as_of"] == today().isoformat()

    tomorrow = (today() + timedelta(days=1)).isoformat()
    refused = judge.post("/v1/portraits", json={**question, "as_of": tomorrow})
    assert (refused.status_code, refused.json()["code"]) == (422, "as_of_later")


def test_evidence_recomputes_the_value_that_the_portrait_shows(judge: TestClient, town: Town) -> None:
    portrait = judge.post("/v1/portraits", json=town.one.question()).json()
    reasons = [reason for family in portrait["contributions"] for reason in family["reasons"]]
    checked = 0
    for reason in reasons[:40]:
        answer = judge.get(f"/v1/portraits/{portrait['id']}/evidence/{reason['feature']}")
        assert answer.status_code == 200
        for part in answer.json()["parts"]:
            if part["feature"] == reason["feature"]:
                assert part["value"] == reason["value"]
                checked += 1
    assert checked > 20


def test_rows_of_evidence_come_with_receipts_dates_and_words_for_codes(judge: TestClient, town: Town) -> None:
    portrait, evidence = _evidence_with_rows(judge, town, "deposit_available_latest")

    rows = evidence["parts"][0]["evidence"]
    assert rows["table"] == "deposits"
    assert [column["name"] for column in rows["columns"]][:4] == [
        "row_id",
        "receipt_id",
        "happened_at",
        "known_at",
    ]
    for row in rows["rows"]:
        assert isinstance(row["row_id"], str)
        assert row["known_at"] <= portrait["as_of"]
    total = sum(row["available"] for row in rows["rows"])
    assert evidence["parts"][0]["value"] == pytest.approx(total, abs=0.005)
    nature = next(column for column in rows["columns"] if column["name"] == "nature")
    assert nature["words"]["migrant_wages"]["zh"] == "农民工工资专户"
    assert all(receipt["family"] == "deposits" for receipt in evidence["receipts"]["rows"])


def test_long_evidence_is_read_in_pages(judge: TestClient, town: Town) -> None:
    portrait, whole = _evidence_with_rows(judge, town, "deposit_accounts", at_least=2)

    there = f"/v1/portraits/{portrait['id']}/evidence/deposit_accounts"
    second = judge.get(there, params={"first": 1, "most": 1}).json()["parts"][0]["evidence"]
    assert second["count"] == whole["parts"][0]["evidence"]["count"]
    assert second["rows"] == whole["parts"][0]["evidence"]["rows"][1:2]


@pytest.fixture
def moving(town: Town, tmp_path: Path) -> Iterator[tuple[TestClient, Town]]:
    """A service on a copy of the town whose pointers may be moved."""
    copy = Town(tmp_path / "town", town.open, town.silent, town.stranger)
    for part in ("snapshots", "shelf", "queues"):
        shutil.copytree(town.root / part, copy.root / part)
    with TestClient(create(copy.settings(f"sqlite:///{tmp_path / 'state.db'}"))) as client:
        client.headers.update(headers(Role.JUDGE))
        yield client, copy


def test_a_new_champion_answers_without_a_restart_and_says_so(moving: tuple[TestClient, Town]) -> None:
    service, town = moving
    before = service.post("/v1/portraits", json=town.one.question()).json()

    shelf = Shelf(town.root / "shelf")
    train_small(Snapshot.current(town.root / "snapshots"), town.root / "newer", rounds=5)
    newer = shelf.put(town.root / "newer")
    shelf.point(newer)

    after = service.post("/v1/portraits", json=town.one.question()).json()
    assert (before["bundle"] != newer, after["bundle"]) == (True, newer)
    assert after["id"] != before["id"]
    assert service.get(f"/v1/portraits/{before['id']}").json() == before


def test_new_records_answer_without_a_restart_and_pruned_ones_are_missed_in_words(
    moving: tuple[TestClient, Town],
) -> None:
    service, town = moving
    before = service.post("/v1/portraits", json=town.one.question()).json()
    there = f"/v1/portraits/{before['id']}/evidence/deposit_available_latest"
    assert service.get(there).status_code == 200

    newer = _republished(town.root / "snapshots")
    after = service.post("/v1/portraits", json=town.one.question()).json()
    assert (before["snapshot"] != newer, after["snapshot"]) == (True, newer)
    assert service.get(there).json()["snapshot"] == before["snapshot"]

    shutil.rmtree(town.root / "snapshots" / f"snapshot-{before['snapshot'][:16]}")
    gone = service.get(there)
    assert (gone.status_code, gone.json()["code"]) == (409, "snapshot_gone")
    assert "备份" in gone.json()["texts"]["next_step"]["zh"]
    assert service.get(f"/v1/portraits/{before['id']}").json() == before


def _republished(root: Path) -> str:
    """The same rows under another digest, as if a load had brought something."""
    old = root / (root / POINTER).read_text().strip()
    digest = "ab" * 32
    new = root / f"snapshot-{digest[:16]}"
    shutil.copytree(old, new)
    manifest = json.loads((new / "manifest.json").read_text())
    (new / "manifest.json").write_text(json.dumps({**manifest, "digest": digest}))
    point_to(root, new.name)
    return digest


def _evidence_with_rows(
    judge: TestClient, town: Town, feature: str, *, at_least: int = 1
) -> tuple[dict[str, str], dict[str, list[dict[str, dict[str, object]]]]]:
    """A portrait of the town, and the evidence of a feature with at least so many rows."""
    for obligation in town.open:
        portrait, evidence = _opened(judge, obligation, feature)
        if evidence["parts"][0]["evidence"]["count"] >= at_least:
            return portrait, evidence
    raise AssertionError(f"no obligation of the town has {at_least} rows behind [{feature}]")


def _opened(judge: TestClient, obligation: Obligation, feature: str):  # type: ignore[no-untyped-def]
    portrait = judge.post("/v1/portraits", json=obligation.question()).json()
    return portrait, judge.get(f"/v1/portraits/{portrait['id']}/evidence/{feature}").json()

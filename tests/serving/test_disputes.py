"""A debtor contests a record: it is marked, nothing is taken out, and the portrait is told with and without it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from portraits.disputes import is_open, registered, without
from portraits.law.rule import Cited
from portraits.portrait import assemble
from records.snapshot import Snapshot
from scoring.shelf import Shelf
from serving.holdings import Holdings
from serving.permissions import Role
from tests.serving.conftest import headers
from tests.serving.town import Town
from vocabulary.dates import today
from vocabulary.identity import read_key

SAYS = "该账户系同名他人所有，附开户证明"


@pytest.fixture
def portrait(judge: TestClient, town: Town) -> dict[str, Any]:
    """A portrait that scores and whose ledger rests on a deposit."""
    for each in town.open:
        found: dict[str, Any] = judge.post("/v1/portraits", json=each.question()).json()
        if found["score"] is not None and deposit(found):
            return found
    raise AssertionError("the town has no such portrait")


def deposit(portrait: dict[str, Any]) -> str:
    """The id of the first deposit row that the ledger found money in."""
    for asset in portrait["ledger"]["assets"]:
        line = asset["lines"][0]
        if asset["family"] == "deposits" and line["amounts"]["now"]["mid"]:
            return str(line["rows"][0]["row_id"])
    return ""


def dispute(judge: TestClient, portrait: dict[str, Any], **changed: Any) -> Any:
    wanted = {
        "table": "deposits",
        "row": deposit(portrait),
        "said_by": "被执行人本人",
        "said_on": "2025-12-30",
    }
    return judge.post(f"/v1/portraits/{portrait['id']}/disputes", json={**wanted, "says": SAYS, **changed})


def test_the_portrait_is_told_with_and_without_the_contested_row(
    judge: TestClient, portrait: dict[str, Any]
) -> None:
    answer = dispute(judge, portrait)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    one = next(each for each in told["disputes"] if each["source"] == "service")
    ours, theirs = one["beside"]["with_them"], one["beside"]["without"]

    assert (one["says"], one["said_by"], one["said_on"]) == (SAYS, "被执行人本人", "2025-12-30")
    assert one["by"]["label"] == "a judge"
    assert one["rows"]["rows"][0]["row_id"] == deposit(portrait)
    assert ours["score"] == portrait["score"]
    assert ours["available"] == portrait["ledger"]["available"]
    assert theirs["available"]["now"]["mid"] <= ours["available"]["now"]["mid"]
    moved = sum(each["without"] - each["with_them"] for each in one["beside"]["moved"])
    assert theirs["score"] - ours["score"] == pytest.approx(moved, abs=1e-9)


def test_the_portrait_as_kept_is_not_touched_and_the_row_is_marked_where_it_is_shown(
    judge: TestClient, portrait: dict[str, Any]
) -> None:
    before = judge.get(f"/v1/portraits/{portrait['id']}").text
    dispute(judge, portrait)
    key = next(
        line["key"]
        for asset in portrait["ledger"]["assets"]
        for line in asset["lines"][:1]
        if line["rows"][0]["row_id"] == deposit(portrait)
    )
    shown = judge.get(f"/v1/portraits/{portrait['id']}/records", params={"of": key}).json()
    evidence = judge.get(f"/v1/portraits/{portrait['id']}/evidence/deposit_accounts").json()

    assert shown["tables"][0]["contested"] == [deposit(portrait)]
    assert deposit(portrait) in evidence["parts"][0]["evidence"]["contested"]
    assert judge.get(f"/v1/portraits/{portrait['id']}").text == before


def test_a_settled_dispute_stays_on_record_and_marks_nothing(
    judge: TestClient, portrait: dict[str, Any]
) -> None:
    told = dispute(judge, portrait).json()
    number = next(each["id"] for each in told["disputes"] if each["source"] == "service")
    address = f"/v1/portraits/{portrait['id']}/disputes/{number}/settlement"
    ended = judge.post(address, json={"outcome": "rejected", "why": "开户证明与本账户不符"})
    assert ended.status_code == 201, ended.text

    one = next(each for each in ended.json()["disputes"] if each["id"] == number)
    assert one["settled"]["outcome"] == "rejected"
    assert one["settled"]["on"] == today().isoformat()
    assert one["beside"] is None
    evidence = judge.get(f"/v1/portraits/{portrait['id']}/evidence/deposit_accounts").json()
    assert deposit(portrait) not in evidence["parts"][0]["evidence"]["contested"]
    again = judge.post(address, json={"outcome": "withdrawn", "why": "once more"})
    assert (again.status_code, again.json()["code"]) == (409, "dispute_settled")


def test_what_cannot_be_contested_says_why(judge: TestClient, portrait: dict[str, Any]) -> None:
    later = (today() + timedelta(days=1)).isoformat()

    assert dispute(judge, portrait, row="12345").json()["code"] == "no_such_row"
    assert dispute(judge, portrait, table="obligors").json()["code"] == "no_such_row"
    assert dispute(judge, portrait, said_on=later).json()["code"] == "said_later"
    assert dispute(judge, portrait, says="").status_code == 422
    missing = judge.post(
        f"/v1/portraits/{portrait['id']}/disputes/99/settlement", json={"outcome": "rejected", "why": "none"}
    )
    assert (missing.status_code, missing.json()["code"]) == (404, "no_such_dispute")


@pytest.mark.parametrize("role", [Role.CLERK, Role.ANALYST, Role.AUDITOR])
def test_disputes_need_a_judge_and_every_attempt_is_written_down(
    judge: TestClient, portrait: dict[str, Any], role: Role
) -> None:
    judge.headers.update(headers(role))
    assert dispute(judge, portrait).status_code == 403
    assert judge.get(f"/v1/portraits/{portrait['id']}/disputes").status_code == 403

    audit = judge.get("/v1/audit", headers=headers(Role.AUDITOR))
    refused = next(each for each in audit.json()["page"] if each["act"] == "dispute")
    assert (refused["outcome"], refused["role"]) == ("not_permitted", role.value)
    assert SAYS not in audit.text


def test_disputes_in_the_courts_own_register_count_while_they_are_open(town: Town) -> None:
    snapshot = Snapshot.current(town.root / "snapshots")
    found = snapshot.query(
        "SELECT d.party_id, o.case_id, d.known_at FROM disputes d JOIN obligors o USING (party_id)"
        " WHERE d.resolved_on IS NULL AND d.known_at > o.known_at ORDER BY ALL LIMIT 20"
    ).to_pylist()
    snapshot.close()
    held = Holdings(town.root / "snapshots").current()
    bundle = Shelf(town.root / "shelf").champion()
    removed = 0
    for row in found:
        dossier = held.fetch(row["party_id"], row["case_id"], row["known_at"])
        listed = registered(dossier)
        assert any(is_open(each, dossier.as_of) for each in listed)
        before = held.fetch(row["party_id"], row["case_id"], row["known_at"] - timedelta(days=1))
        assert len(registered(before)) < len(listed)
        less = without(dossier, [each.row for each in listed])
        if less != dossier and dossier.rows("cases", "case"):
            removed += 1
            told = [assemble(each, bundle=bundle, snapshot="of the town") for each in (dossier, less)]
            assert told[0].ledger != told[1].ledger or told[0].score != told[1].score
    assert removed > 0


def test_taking_out_a_row_that_is_not_there_changes_nothing(town: Town) -> None:
    one = town.one
    held = Holdings(town.root / "snapshots").current()
    dossier = held.fetch(read_key(one.debtor), read_key(one.case), date.fromisoformat(one.as_of))

    assert without(dossier, [Cited("deposits", 1), Cited("nowhere", 2)]) == dossier

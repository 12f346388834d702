"""A judge edits a line of the ledger: kept with the reason, shown beside the rule's figure, withdrawn by a new row."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from serving.permissions import Role
from serving.state.database import State
from tests.serving.conftest import headers
from tests.serving.town import CLERK_OF_OTHER, Obligation, Town

REASON = "评估机构2025年12月的报告（卷宗第41页）"


@pytest.fixture
def asked(town: Town) -> Obligation:
    """An obligation whose ledger has something to edit."""
    return town.one


@pytest.fixture
def portrait(judge: TestClient, town: Town) -> dict[str, Any]:
    """A portrait with an asset of which something may be taken."""
    for each in town.open:
        found: dict[str, Any] = judge.post("/v1/portraits", json=each.question()).json()
        if found["ledger"]["assets"] and found["ledger"]["available"]["year"]["mid"]:
            return found
    raise AssertionError("the town has no open obligation with property")


def first_line(portrait: dict[str, Any]) -> dict[str, Any]:
    """What was found of the first asset of which something is left."""
    asset = next(each for each in portrait["ledger"]["assets"] if each["available"]["year"]["mid"])
    line: dict[str, Any] = asset["lines"][0]
    return line


def line_in(portrait: dict[str, Any], key: str) -> dict[str, Any]:
    lines = [line for asset in portrait["ledger"]["assets"] for line in asset["lines"]]
    found: dict[str, Any] = next(line for line in lines if line["key"] == key)
    return found


def edit(
    judge: TestClient, portrait: dict[str, Any], yuan: float = 12.5, *, line: str = "", reason: str = REASON
) -> Any:
    span = {"low": yuan, "mid": yuan, "high": yuan}
    wanted = {
        "line": line or first_line(portrait)["key"],
        "amounts": {"now": span, "year": span},
        "reason": reason,
    }
    return judge.post(f"/v1/portraits/{portrait['id']}/edits", json=wanted)


def test_an_edit_stands_beside_the_rules_own_figure_with_who_when_and_why(
    judge: TestClient, portrait: dict[str, Any]
) -> None:
    rule = first_line(portrait)
    answer = edit(judge, portrait)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    made = judge.get(f"/v1/portraits/{told['portrait']}").json()
    line = line_in(made, rule["key"])

    assert line["amounts"]["year"]["mid"] == 12.5
    assert line["by_rule"] == rule["amounts"]
    assert line["edit"]["reason"] == REASON
    assert line["edit"]["author"].startswith("a judge")
    assert len(line["edit"]["on"]) == 10
    assert made["edits"] == [told["edit"]["id"]]
    assert made["id"] != portrait["id"]
    assert (made["score"], made["contributions"]) == (portrait["score"], portrait["contributions"])


def test_lines_still_add_up_after_an_edit(judge: TestClient, portrait: dict[str, Any]) -> None:
    made = judge.get(f"/v1/portraits/{edit(judge, portrait, 1e9).json()['portrait']}").json()
    ledger = made["ledger"]
    every = [line for asset in ledger["assets"] for line in asset["lines"]] + ledger["closing"]

    for time in ("now", "year"):
        for reading in ("low", "mid", "high"):
            total = sum(line["amounts"][time][reading] for line in every)
            assert ledger["available"][time][reading] == pytest.approx(total, abs=0.005)
            assert ledger["available"][time][reading] <= ledger["owed"][time][reading]
    assert ledger["available"]["year"]["mid"] > portrait["ledger"]["available"]["year"]["mid"]


def test_a_withdrawn_edit_is_kept_and_the_first_portrait_stands_again(
    judge: TestClient, portrait: dict[str, Any]
) -> None:
    told = edit(judge, portrait).json()
    address = f"/v1/portraits/{told['portrait']}/edits/{told['edit']['id']}/withdrawal"
    gone = judge.post(address, json={"reason": "the report was about another flat"})
    assert gone.status_code == 201, gone.text
    assert gone.json()["portrait"] == portrait["id"]

    every = judge.get(f"/v1/portraits/{portrait['id']}/edits").json()["edits"]
    assert [each["id"] for each in every] == [told["edit"]["id"]]
    assert every[0]["withdrawn"]["reason"] == "the report was about another flat"
    assert every[0]["withdrawn"]["by"]["label"] == "a judge"
    again = judge.post(address, json={"reason": "once more"})
    assert (again.status_code, again.json()["code"]) == (409, "edit_withdrawn")


def test_a_second_edit_of_a_line_takes_the_place_of_the_first_and_both_are_kept(
    judge: TestClient, portrait: dict[str, Any]
) -> None:
    edit(judge, portrait, 100)
    told = edit(judge, portrait, 200).json()
    made = judge.get(f"/v1/portraits/{told['portrait']}").json()

    assert made["edits"] == [told["edit"]["id"]]
    assert line_in(made, first_line(portrait)["key"])["by_rule"] == first_line(portrait)["amounts"]
    assert len(judge.get(f"/v1/portraits/{portrait['id']}/edits").json()["edits"]) == 2


def test_a_portrait_of_an_earlier_day_does_not_heed_a_later_edit(
    judge: TestClient, portrait: dict[str, Any], town: Town
) -> None:
    edit(judge, portrait)
    asked = next(each for each in town.open if each.debtor == portrait["subject"]["debtor"])
    earlier = judge.post("/v1/portraits", json={**asked.question(), "as_of": "2025-12-01"})

    assert earlier.json()["edits"] == []


def test_an_edited_portrait_is_replayed_with_its_edit_after_the_withdrawal(
    judge: TestClient, portrait: dict[str, Any]
) -> None:
    told = edit(judge, portrait).json()
    judge.post(
        f"/v1/portraits/{told['portrait']}/edits/{told['edit']['id']}/withdrawal",
        json={"reason": "a mistake"},
    )
    replayed = judge.get(f"/v1/portraits/{told['portrait']}/replay")

    assert replayed.status_code == 200, replayed.text
    assert replayed.json()["verdict"] == "identical"


@pytest.mark.parametrize(
    ("line", "yuan", "status", "code"),
    [
        ("debtor/limit", -5.0, 422, "ledger.limit_is_law"),
        ("nothing:1/found", 5.0, 404, "no_such_line"),
        ("", -5.0, 422, "edit_of_other_sign"),
    ],
)
def test_what_cannot_be_edited_says_why(
    judge: TestClient, portrait: dict[str, Any], line: str, yuan: float, status: int, code: str
) -> None:
    if line == "debtor/limit" and not any(each["key"] == line for each in portrait["ledger"]["closing"]):
        portrait = judge.get(f"/v1/portraits/{edit(judge, portrait, 1e9).json()['portrait']}").json()
    answer = edit(judge, portrait, yuan, line=line)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_readings_out_of_order_and_edits_without_reason_are_refused(
    judge: TestClient, portrait: dict[str, Any]
) -> None:
    line = first_line(portrait)["key"]
    amounts = {"now": {"low": 3, "mid": 2, "high": 1}, "year": {"low": 3, "mid": 2, "high": 1}}
    wanted = {"line": line, "amounts": amounts, "reason": REASON}
    answer = judge.post(f"/v1/portraits/{portrait['id']}/edits", json=wanted)

    assert (answer.status_code, answer.json()["code"]) == (422, "edit_out_of_order")
    assert edit(judge, portrait, reason="").status_code == 422


@pytest.mark.parametrize("role", [Role.CLERK, Role.ANALYST, Role.AUDITOR])
def test_only_a_judge_edits_and_every_attempt_is_written_down(
    judge: TestClient, portrait: dict[str, Any], role: Role
) -> None:
    judge.headers.update(headers(role))
    answer = edit(judge, portrait)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")

    entry = judge.get("/v1/audit", headers=headers(Role.AUDITOR)).json()["page"]
    refused = next(each for each in entry if each["act"] == "edit")
    assert (refused["outcome"], refused["role"]) == ("not_permitted", role.value)
    assert refused["case_key"] == portrait["subject"]["case"]


def test_an_edit_is_in_the_audit_without_its_reason(
    judge: TestClient, portrait: dict[str, Any], auditor: dict[str, str]
) -> None:
    edit(judge, portrait)
    audit = judge.get("/v1/audit", headers=auditor)
    entry = next(each for each in audit.json()["page"] if each["act"] == "edit")

    assert entry["outcome"] == "answered"
    assert entry["subject"] == f"{portrait['id']}/{first_line(portrait)['key']}"
    assert REASON not in audit.text


def test_another_courts_key_neither_reads_nor_makes_edits(
    judge: TestClient, portrait: dict[str, Any]
) -> None:
    judge.headers.update({"X-API-Key": CLERK_OF_OTHER})
    answer = judge.get(f"/v1/portraits/{portrait['id']}/edits")

    assert answer.status_code == 403


def test_rows_once_written_cannot_be_changed_or_deleted(
    judge: TestClient, portrait: dict[str, Any], town: Town
) -> None:
    edit(judge, portrait)
    state: State = judge.app.state.desk.state  # type: ignore[attr-defined]
    for change in ("UPDATE ledger_edit SET reason = 'x'", "DELETE FROM ledger_edit"):
        with pytest.raises(DatabaseError), state.writing() as connection:
            connection.execute(text(change))

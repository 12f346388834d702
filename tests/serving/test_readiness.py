"""Readiness for 终本 over the API: conditions with their rows, and what follows a ruling."""

from __future__ import annotations

from datetime import date

import pytest
from fastapi.testclient import TestClient

from records.snapshot import Snapshot
from serving.permissions import Role
from tests.serving.conftest import headers
from tests.serving.town import Obligation, Town
from vocabulary.dates import months_after
from vocabulary.identity import shown_key

_TERMINATED = """
    SELECT any_value(o.party_id) AS party_id, c.case_id, min(c.closed_on) AS ruled_on
    FROM cases c JOIN obligors o USING (case_id)
    WHERE c.closing_mode = 'round_terminated' AND c.superseded_at IS NULL
    GROUP BY c.case_id ORDER BY ruled_on, c.case_id LIMIT 1"""


@pytest.fixture(scope="module")
def terminated(town: Town) -> tuple[Obligation, date]:
    """An obligation of the town whose round was terminated, and the day of the ruling."""
    snapshot = Snapshot.current(town.root / "snapshots")
    (row,) = snapshot.query(_TERMINATED).to_pylist()
    newest = snapshot.newest
    snapshot.close()
    assert newest is not None
    case, debtor = shown_key(row["case_id"]), shown_key(row["party_id"])
    return Obligation(case, "", debtor, "", newest.isoformat()), row["ruled_on"]


def test_every_condition_says_what_was_found_by_which_rule(judge: TestClient, town: Town) -> None:
    portrait = judge.post("/v1/portraits", json=town.one.question("round_termination")).json()
    told = judge.get(f"/v1/portraits/{portrait['id']}/readiness").json()

    assert told["after"] is None
    before = [each for each in told["conditions"] if each["stage"] == "before"]
    for kind in ("statutory", "unofficial"):
        states = [each["state"] for each in before if each["kind"] == kind]
        assert told[kind] == {state: states.count(state) for state in ("met", "not_met", "unknown")}
    for each in told["conditions"]:
        assert each["source"]
        assert each["in_force_from"] <= portrait["as_of"]
        assert each["found"]
        assert all(found["says"]["zh"] and found["says"]["en"] for found in each["found"])
    assert portrait["subject"]["debtor"] in told["debtors"]


def test_the_rows_behind_a_condition_open_for_who_may_see_evidence(judge: TestClient, town: Town) -> None:
    portrait = judge.post("/v1/portraits", json=town.one.question()).json()
    there = f"/v1/portraits/{portrait['id']}/readiness"
    opened = 0
    for each in judge.get(there).json()["conditions"]:
        named = {row["row_id"] for found in each["found"] for row in found["rows"]}
        shown = judge.get(f"{there}/records", params={"of": each["rule"]}).json()
        assert {row["row_id"] for table in shown["tables"] for row in table["rows"]} == named, each["rule"]
        opened += len(named)
    assert opened > 5
    refused = judge.get(f"{there}/records", params={"of": "notice"}, headers=headers(Role.CLERK))
    assert refused.status_code == 403
    unknown = judge.get(f"{there}/records", params={"of": "felt"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "no_such_line")


def test_after_a_ruling_the_next_ten_queries_are_due(
    judge: TestClient, terminated: tuple[Obligation, date]
) -> None:
    obligation, ruled_on = terminated
    portrait = judge.post("/v1/portraits", json=obligation.question("resumption")).json()
    after = judge.get(f"/v1/portraits/{portrait['id']}/readiness").json()["after"]

    assert after["ruled_on"] == ruled_on.isoformat()
    dates = [each["due"] for each in after["periods"]]
    assert dates == [months_after(ruled_on, 6 * number).isoformat() for number in range(1, 11)]
    assert after["overdue"] == [each["due"] for each in after["periods"] if each["state"] == "overdue"]
    assert all(due < portrait["as_of"] for due in after["overdue"])
    assert after["revive"] is bool(after["facts"])
    assert all(fact["on"] > after["ruled_on"] for fact in after["facts"])

"""Who may do what: every role at every door, and what each refusal leaves in the audit."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from serving.permissions import MAY, Act, Role
from tests.serving.conftest import headers
from tests.serving.town import CLERK_OF_OTHER, COURT, KEYS, OTHER, Town

# A door, and who gets in. Written out here once more, on purpose: the table in the code is checked against it.
DOORS = {
    "portrait": {Role.JUDGE, Role.CLERK},
    "stored portrait": {Role.JUDGE, Role.CLERK},
    "evidence": {Role.JUDGE},
    "edits": {Role.JUDGE, Role.CLERK},
    "disputes": {Role.JUDGE},
    "agreement": {Role.JUDGE, Role.CLERK},
    "queue": {Role.JUDGE, Role.CLERK},
    "totals": {Role.JUDGE, Role.CLERK, Role.ANALYST},
    "model": {Role.ANALYST},
    "audit": {Role.AUDITOR},
    "metrics": {Role.ANALYST, Role.AUDITOR},
    "health": set(Role),
    "ready": set(Role),
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("door", list(DOORS))
def test_every_role_at_every_door(standing: TestClient, town: Town, door: str, role: Role) -> None:
    made = standing.post("/v1/portraits", json=town.one.question(), headers=headers(Role.JUDGE)).json()["id"]
    requests = {
        "portrait": ("POST", "/v1/portraits", town.one.question()),
        "stored portrait": ("GET", f"/v1/portraits/{made}", None),
        "evidence": ("GET", f"/v1/portraits/{made}/evidence/deposit_accounts", None),
        "edits": ("GET", f"/v1/portraits/{made}/edits", None),
        "disputes": ("GET", f"/v1/portraits/{made}/disputes", None),
        "agreement": ("GET", f"/v1/portraits/{made}/agreement", None),
        "queue": ("GET", f"/v1/queue?court={COURT}", None),
        "totals": ("GET", "/v1/queue/totals", None),
        "model": ("GET", "/v1/models/champion", None),
        "audit": ("GET", "/v1/audit", None),
        "metrics": ("GET", "/metrics", None),
        "health": ("GET", "/health", None),
        "ready": ("GET", "/ready", None),
    }
    method, path, body = requests[door]
    answer = standing.request(method, path, json=body, headers=headers(role))

    assert answer.status_code == (200 if role in DOORS[door] else 403)
    if answer.status_code == 403:
        assert answer.json()["code"] == "not_permitted"
        assert town.one.debtor not in answer.text


def test_every_role_and_act_is_in_the_table() -> None:
    assert set(MAY) == set(Role)
    assert set().union(*MAY.values()) == set(Act)


def test_an_analyst_sees_totals_and_no_single_debtor(standing: TestClient, town: Town) -> None:
    answer = standing.get("/v1/queue/totals", headers=headers(Role.ANALYST))

    assert sum(each["open"] for each in answer.json()["courts"]) > 0
    for obligation in town.open:
        assert obligation.debtor not in answer.text
        assert obligation.number not in answer.text


def test_totals_over_fewer_than_five_obligations_are_withheld(standing: TestClient) -> None:
    totals = standing.get("/v1/queue/totals", headers=headers(Role.ANALYST)).json()["courts"]

    for court in totals:
        assert (court["outstanding"] is None) == (court["open"] < 5)


def test_a_key_of_one_court_reads_that_courts_totals_only(standing: TestClient) -> None:
    found = standing.get("/v1/queue/totals", headers={"X-API-Key": CLERK_OF_OTHER}).json()["courts"]

    assert [each["court"] for each in found] == [OTHER]


def test_the_queue_is_ranked_and_read_in_pages(judge: TestClient, town: Town) -> None:
    whole = judge.get("/v1/queue", params={"court": COURT, "most": 500}).json()

    mine = [each for each in town.open if each.court == COURT]
    assert 0 < whole["open"] == len(whole["places"]) <= len(mine)
    assert [place["rank"] for place in whole["places"]] == list(range(1, whole["open"] + 1))
    worth = [place["worth"] for place in whole["places"]]
    assert worth == sorted(worth, reverse=True)
    page = judge.get("/v1/queue", params={"court": COURT, "first": 1, "most": 1}).json()
    assert page["places"] == whole["places"][1:2]
    assert whole["queue"].endswith(whole["bundle"])


def test_a_place_of_the_queue_leads_to_the_portrait_with_the_same_score(judge: TestClient) -> None:
    queue = judge.get("/v1/queue", params={"court": COURT}).json()
    place = queue["places"][0]
    question = {
        "case": place["case"],
        "debtor": place["debtor"],
        "as_of": queue["as_of"],
        "purpose": "review",
    }

    portrait = judge.post("/v1/portraits", json=question).json()
    assert portrait["score"] == pytest.approx(place["score"], abs=1e-9)
    assert portrait["outstanding"] == pytest.approx(place["outstanding"], abs=0.005)


def test_a_key_taken_back_opens_nothing_from_that_moment(service: TestClient) -> None:
    keys = service.app.state.desk.keys  # type: ignore[attr-defined]
    key = keys.issue(role=Role.JUDGE, label="a visiting judge")
    ask = {"params": {"court": COURT}, "headers": {"X-API-Key": key}}
    assert service.get("/v1/queue", **ask).status_code == 200

    assert keys.take_back(key.split(".")[0])
    assert service.get("/v1/queue", **ask).status_code == 401


def test_keys_are_kept_as_keyed_hashes_only(service: TestClient) -> None:
    desk = service.app.state.desk  # type: ignore[attr-defined]
    with desk.state.reading() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM api_key").fetchall()

    kept = repr(rows)
    assert len(rows) == len(KEYS) + 1
    for key in (*KEYS.values(), CLERK_OF_OTHER):
        assert key.split(".")[1] not in kept


def test_the_model_says_where_it_comes_from(standing: TestClient) -> None:
    model = standing.get("/v1/models/champion", headers=headers(Role.ANALYST)).json()

    assert model["about"]["target"] == "share_12"
    assert model["card"].startswith("# Small model")
    assert model["features"] > 50


def test_metrics_count_requests_by_route_and_name_nobody(service: TestClient, town: Town) -> None:
    service.post("/v1/portraits", json=town.one.question(), headers=headers(Role.JUDGE))
    text = service.get("/metrics", headers=headers(Role.ANALYST)).text

    assert 'portrait_requests_total{method="POST",route="/v1/portraits",status="200"} 1.0' in text
    assert 'portrait_answers_total{outcome="scored"} 1.0' in text
    assert town.one.debtor not in text

"""What goes wrong is said in both languages, with the next step, and never repeats an ID number."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from serving.app import create
from serving.permissions import Role
from serving.settings import ServingSettings
from tests.serving.conftest import desk_of, headers
from tests.serving.town import CLERK_OF_OTHER, Town

ID_NUMBER = "110101199003077758"


def _problem(answer) -> dict:  # type: ignore[no-untyped-def,type-arg]
    """The problem, after checking that it has all its parts."""
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, object] = answer.json()
    assert body["status"] == answer.status_code
    assert str(body["type"]).endswith(str(body["code"]))
    for part in ("title", "detail", "next_step"):
        assert set(body["texts"][part]) == {"zh", "en"}  # type: ignore[index]
        assert body["texts"][part]["zh"] != body["texts"][part]["en"]  # type: ignore[index]
    return body


def test_who_comes_without_a_key_is_told_how_to_get_in(standing: TestClient, town: Town) -> None:
    answer = standing.post("/v1/portraits", json=town.one.question())

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "X-API-Key"
    assert _problem(answer)["code"] == "no_key"
    wrong = standing.post(
        "/v1/portraits", json=town.one.question(), headers={"X-API-Key": "judge-one.guessed-key"}
    )
    assert (wrong.status_code, _problem(wrong)["code"]) == (401, "unknown_key")


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("en", "en"),
        ("zh-CN,en;q=0.5", "zh"),
        ("en;q=0.2,zh;q=0.9", "zh"),
        ("fr,en;q=0.1", "en"),
        ("fr", "zh"),
    ],
)
def test_the_language_is_the_readers(standing: TestClient, said: str, language: str) -> None:
    body = _problem(standing.get("/v1/audit", headers={"Accept-Language": said}))

    assert body["title"] == body["texts"]["title"][language]


def test_a_party_that_is_no_debtor_of_the_case_is_not_read(judge: TestClient, town: Town) -> None:
    answer = judge.post("/v1/portraits", json={**town.one.question(), "debtor": town.stranger})

    assert (answer.status_code, _problem(answer)["code"]) == (404, "not_an_obligor")


def test_unknown_cases_portraits_features_and_addresses_are_404(judge: TestClient, town: Town) -> None:
    portrait = judge.post("/v1/portraits", json=town.one.question()).json()["id"]
    number = {**town.one.question(), "case": "（1999）苏0281执1号"}

    assert _problem(judge.post("/v1/portraits", json=number))["code"] == "no_such_case"
    assert _problem(judge.get(f"/v1/portraits/{'0' * 24}"))["code"] == "no_such_portrait"
    assert _problem(judge.get(f"/v1/portraits/{portrait}/evidence/star_sign"))["code"] == "no_such_feature"
    assert _problem(judge.get("/v2/anything"))["code"] == "no_such_page"
    assert _problem(judge.put("/v1/portraits"))["code"] == "no_such_method"


def test_field_by_field_what_cannot_be_read(judge: TestClient) -> None:
    answer = judge.post(
        "/v1/portraits", json={"case": "", "debtor": "1", "as_of": "soon", "purpose": "curiosity", "x": 1}
    )

    body = _problem(answer)
    assert body["code"] == "invalid_request"
    said = {error["field"]: error for error in body["errors"]}
    assert set(said) == {"case", "as_of", "purpose", "x"}
    assert said["as_of"]["value"] == "soon"
    assert said["purpose"]["message"]["zh"].startswith("应为以下之一：enforcement_measure")


@pytest.mark.parametrize("field", ["case", "debtor", "as_of", "purpose"])
def test_an_id_number_is_never_repeated(judge: TestClient, town: Town, field: str) -> None:
    answer = judge.post("/v1/portraits", json={**town.one.question(), field: ID_NUMBER})

    assert answer.status_code == 422
    assert ID_NUMBER not in answer.text
    assert ID_NUMBER[1:10] not in answer.text
    audit = judge.get("/v1/audit", headers=headers(Role.AUDITOR)).text
    assert ID_NUMBER not in audit


def test_a_body_that_is_no_json_is_a_problem_too(judge: TestClient) -> None:
    answer = judge.post("/v1/portraits", content=b"{", headers={"Content-Type": "application/json"})

    assert (answer.status_code, _problem(answer)["code"]) == (422, "invalid_request")


def test_a_body_too_large_is_refused(judge: TestClient) -> None:
    answer = judge.post(
        "/v1/portraits", content=b"[" + b"0," * 50_000 + b"0]", headers={"Content-Type": "application/json"}
    )

    assert (answer.status_code, _problem(answer)["code"]) == (413, "too_large")


def test_a_key_of_another_court_is_refused_whoever_the_debtor_is(standing: TestClient, town: Town) -> None:
    key = {"X-API-Key": CLERK_OF_OTHER}
    for debtor in (town.one.debtor, town.stranger):
        answer = standing.post("/v1/portraits", json={**town.one.question(), "debtor": debtor}, headers=key)
        assert (answer.status_code, _problem(answer)["code"]) == (403, "other_court")
    assert standing.post("/v1/portraits", json=town.elsewhere.question(), headers=key).status_code == 200
    queue = standing.get("/v1/queue", params={"court": town.one.court}, headers=key)
    assert (queue.status_code, _problem(queue)["code"]) == (403, "other_court")


def test_an_accident_leaks_nothing(judge: TestClient, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"debtor {town.one.debtor} in /secret/place.py")

    monkeypatch.setattr("serving.answers.assemble", broken)
    answer = judge.post("/v1/portraits", json=town.one.question())

    assert (answer.status_code, _problem(answer)["code"]) == (500, "unexpected")
    assert "secret" not in answer.text
    assert "RuntimeError" not in answer.text
    assert answer.headers["x-request-id"] in answer.json()["instance"]


def test_before_anything_is_loaded_readiness_says_what_is_missing_and_what_to_do(tmp_path: Path) -> None:
    settings = ServingSettings(
        snapshots=tmp_path / "none",
        shelf=tmp_path / "none",
        queues=tmp_path / "none",
        state_url=f"sqlite:///{tmp_path / 'state.db'}",
        secret=SecretStr("a secret for tests only, of no other use"),
    )
    with TestClient(create(settings)) as service:
        assert service.get("/health").json()["status"] == "ok"
        answer = service.get("/ready")

    body = _problem(answer)
    assert (answer.status_code, body["code"]) == (503, "not_ready")
    assert {part["part"]: part["ready"] for part in body["parts"]} == {
        "state": True,
        "records": False,
        "model": False,
        "queue": False,
    }
    assert "portrait train" in body["texts"]["next_step"]["en"]
    assert "portrait score" in body["texts"]["next_step"]["zh"]


def test_the_town_is_ready(standing: TestClient) -> None:
    desk_of(standing).warming.wait()
    answer = standing.get("/ready")

    assert answer.status_code == 200
    assert all(part["ready"] for part in answer.json()["parts"])

"""The judge says whether the portrait agreed with the case, and if not, why; every word is kept."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from serving.permissions import Role
from tests.serving.conftest import headers
from tests.serving.town import Town

WHY = "存款已被他案扣划，实际可供执行的只有车辆"


@pytest.fixture
def portrait(judge: TestClient, town: Town) -> str:
    return str(judge.post("/v1/portraits", json=town.one.question()).json()["id"])


def say(judge: TestClient, portrait: str, **word: str) -> Any:
    return judge.post(f"/v1/portraits/{portrait}/agreement", json=word)


def test_a_judges_word_is_kept_beside_those_before_it(judge: TestClient, portrait: str) -> None:
    assert say(judge, portrait, answer="agrees").status_code == 201
    told = say(judge, portrait, answer="differs", why=WHY).json()["agreements"]

    assert [each["answer"] for each in told] == ["agrees", "differs"]
    assert told[1]["why"] == WHY
    assert told[1]["by"]["label"] == "a judge"
    assert judge.get(f"/v1/portraits/{portrait}/agreement").json()["agreements"] == told


def test_whoever_does_not_agree_says_why(judge: TestClient, portrait: str) -> None:
    answer = say(judge, portrait, answer="partly", why=" ")

    assert (answer.status_code, answer.json()["code"]) == (422, "why_missing")
    assert say(judge, portrait, answer="perhaps").status_code == 422


@pytest.mark.parametrize("role", [Role.CLERK, Role.ANALYST, Role.AUDITOR])
def test_only_a_judge_says_so_and_it_is_written_down(judge: TestClient, portrait: str, role: Role) -> None:
    judge.headers.update(headers(role))
    assert say(judge, portrait, answer="agrees").status_code == 403

    audit = judge.get("/v1/audit", headers=headers(Role.AUDITOR)).json()["page"]
    assert next(each for each in audit if each["act"] == "agree")["outcome"] == "not_permitted"


def test_a_word_on_a_portrait_changes_nothing_in_it(judge: TestClient, portrait: str, town: Town) -> None:
    before = judge.get(f"/v1/portraits/{portrait}").text
    say(judge, portrait, answer="differs", why=WHY)

    assert judge.get(f"/v1/portraits/{portrait}").text == before
    assert judge.post("/v1/portraits", json=town.one.question()).json()["id"] == portrait

"""Guessing keys: after a few wrong ones an address has to wait, and is told for how long; nobody else is shut out."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from serving.app import create
from serving.attempts import WINDOW, Attempts
from serving.permissions import Role
from tests.serving.conftest import headers
from tests.serving.town import KEYS, Town
from vocabulary.problems import PortraitError


@pytest.fixture
def guarded(town: Town, tmp_path) -> TestClient:  # type: ignore[no-untyped-def]
    """A service that answers three wrong keys."""
    settings = town.settings(f"sqlite:///{tmp_path / 'state.db'}").model_copy(update={"sign_in_attempts": 3})
    with TestClient(create(settings), follow_redirects=False) as client:
        yield client


def guess(service: TestClient, key: str = "judge-one.not-the-secret"):  # type: ignore[no-untyped-def]
    return service.get("/v1/queue/totals", headers={"X-API-Key": key})


def test_after_three_wrong_keys_the_fourth_is_not_looked_at(guarded: TestClient) -> None:
    assert [guess(guarded).status_code for _ in range(3)] == [401, 401, 401]
    answer = guess(guarded, KEYS[Role.JUDGE])

    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")
    assert 0 < int(answer.headers["Retry-After"]) <= WINDOW + 1
    assert answer.json()["texts"]["detail"]["zh"].endswith("秒后再试。")


def test_whoever_holds_another_key_still_comes_in(guarded: TestClient) -> None:
    for _ in range(4):
        guess(guarded)

    assert guess(guarded, KEYS[Role.CLERK]).status_code == 200


def test_the_sign_in_page_says_so_too_and_waiting_is_not_written_down_again(guarded: TestClient) -> None:
    pages = [guarded.post("/sign-in", data={"key": "judge-one.wrong-secret"}) for _ in range(5)]

    assert [page.status_code for page in pages] == [401, 401, 401, 429, 429]
    assert "尝试次数过多" in pages[-1].text
    audit = guarded.get("/v1/audit", headers=headers(Role.AUDITOR)).json()["page"]
    assert sum(entry["act"] == "sign_in" for entry in audit) == 3


def test_made_up_key_ids_end_as_well(guarded: TestClient) -> None:
    codes = {guess(guarded, f"nobody-{number}.guessed-secret").status_code for number in range(61)}

    assert codes == {401, 429}
    assert guess(guarded, KEYS[Role.JUDGE]).status_code == 200


def test_a_wait_ends_when_the_oldest_wrong_key_is_five_minutes_old() -> None:
    now = [0.0]
    attempts = Attempts(2, clock=lambda: now[0])
    for moment in (0.0, 100.0):
        now[0] = moment
        attempts.failed("here")
    with pytest.raises(PortraitError) as told:
        attempts.check("here")
    assert told.value.problem.values["retry_after"] == 201

    now[0] = WINDOW
    attempts.check("here")
    attempts.failed("here")
    attempts.passed("here")
    attempts.check("here")

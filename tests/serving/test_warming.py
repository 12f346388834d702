"""The port is open before the compiled loops are loaded; who needs them waits, and readiness says so."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from serving.app import create
from serving.permissions import Role
from serving.starting import starting
from tests.serving.conftest import desk_of, headers
from tests.serving.town import Town


def model_of(service: TestClient) -> dict[str, object]:
    """What readiness says of the model."""
    parts = service.get("/ready").json()["parts"]
    return next(part for part in parts if part["part"] == "model")


def test_until_the_loops_are_there_the_model_is_not_ready_and_the_rest_answers(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = threading.Event()
    monkeypatch.setattr("serving.desk.score", lambda *_: there.wait(60))
    with TestClient(create(town.settings(f"sqlite:///{tmp_path / 'state.db'}"))) as service:
        assert service.get("/health").status_code == 200
        assert service.get("/ready").status_code == 503
        assert model_of(service)["ready"] is False
        assert service.get("/sign-in").status_code == 200

        there.set()
        desk_of(service).warming.wait()
        assert service.get("/ready").status_code == 200
        assert model_of(service)["ready"] is True


def test_a_portrait_asked_for_while_the_service_warms_is_the_one_that_a_warm_service_makes(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The two services keep their answers apart, so that the second makes its own."""
    there, key = threading.Event(), headers(Role.JUDGE)
    with monkeypatch.context() as slow:
        slow.setattr("serving.desk.score", lambda *_: there.wait(60))
        with TestClient(create(town.settings(f"sqlite:///{tmp_path / 'warming.db'}"))) as service:
            first = service.post("/v1/portraits", json=town.one.question(), headers=key)
            there.set()
    with TestClient(create(town.settings(f"sqlite:///{tmp_path / 'warm.db'}"))) as service:
        desk_of(service).warming.wait()
        later = service.post("/v1/portraits", json=town.one.question(), headers=key)

    assert first.status_code == 200
    assert first.content == later.content


def test_what_goes_wrong_while_warming_is_logged_and_nobody_is_turned_away(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr("serving.desk.score", broken)
    with TestClient(create(town.settings(f"sqlite:///{tmp_path / 'state.db'}"))) as service:
        desk_of(service).warming.wait()
        assert service.get("/ready").status_code == 200
        key = headers(Role.JUDGE)
        assert service.post("/v1/portraits", json=town.one.question(), headers=key).status_code == 200

    assert "could not warm" in capsys.readouterr().out


def test_the_collector_rests_until_the_last_thread_that_starts_something_is_done() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def beside() -> None:
        with starting():
            begun.set()
            go_on.wait(60)

    with starting():
        thread = threading.Thread(target=beside)
        thread.start()
        assert begun.wait(60)
    assert not gc.isenabled()
    go_on.set()
    thread.join()
    assert gc.isenabled()


def test_the_collector_rests_while_the_service_starts_and_works_again_after_an_accident() -> None:
    def start() -> None:
        with starting():
            assert not gc.isenabled()
            raise ValueError("accident")

    with pytest.raises(ValueError, match="accident"):
        start()
    assert gc.isenabled()

"""A service on the town, with its own state, and a client for each role."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from serving.app import create
from serving.desk import Desk
from serving.permissions import Role
from tests.serving.postgres import Postgres
from tests.serving.town import KEYS, Town, town

__all__ = ["town"]


def headers(role: Role | None) -> dict[str, str]:
    """The headers of a role's key; none for a stranger."""
    return {} if role is None else {"X-API-Key": KEYS[role]}


def desk_of(service: TestClient) -> Desk:
    """What a running service holds."""
    desk: Desk = cast(FastAPI, service.app).state.desk
    return desk


@pytest.fixture
def service(town: Town, tmp_path: Path) -> Iterator[TestClient]:
    """A running service on the town, its state new."""
    with TestClient(create(town.settings(f"sqlite:///{tmp_path / 'state.db'}"))) as client:
        yield client


@pytest.fixture(scope="module")
def standing(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A running service that the tests of a module share: for tests that mind nothing the others left in its state."""
    state = tmp_path_factory.mktemp("state") / "state.db"
    with TestClient(create(town.settings(f"sqlite:///{state}"))) as client:
        yield client


@pytest.fixture
def judge(service: TestClient) -> TestClient:
    """The service as a judge's programs see it."""
    service.headers.update(headers(Role.JUDGE))
    return service


@pytest.fixture
def auditor(service: TestClient) -> dict[str, str]:
    """The auditor's headers."""
    return headers(Role.AUDITOR)


@pytest.fixture(params=["sqlite", "postgresql"])
def state_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new, empty state database: SQLite, and PostgreSQL where its programs are installed."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'state.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.fresh()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server for this run of the tests; skips where PostgreSQL or psycopg is not installed."""
    pytest.importorskip("psycopg", exc_type=ImportError)
    server = Postgres.start()
    yield server
    server.stop()

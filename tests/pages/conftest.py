"""The pages on the town: by forms alone, and in a real browser."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, sync_playwright

from serving.app import create
from serving.permissions import Role
from tests.serving.town import KEYS, Town, town

__all__ = ["town"]

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Visitor:
    """Someone at the pages without a browser: follows links and sends forms, and keeps cookies."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        client.follow_redirects = False

    def sign_in(self, role: Role, *, next: str = "/"):  # type: ignore[no-untyped-def]
        """Send the form of the sign-in page."""
        return self.client.post("/sign-in", data={"key": KEYS[role], "next": next})

    def token(self) -> str:
        """The token of the signed-in visitor's forms."""
        found = re.search(r'name="token" value="([^"]+)"', self.client.get("/").text)
        assert found is not None
        return found.group(1)

    def send(self, path: str, **fields: str):  # type: ignore[no-untyped-def]
        """Send a form of this site's pages."""
        return self.client.post(path, data={"token": self.token(), **fields})

    def portrait(self, question: dict[str, str]) -> str:
        """Ask for a portrait by the form and return the address of its page."""
        answer = self.send("/portraits", **question)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])


@pytest.fixture(scope="module")
def running(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """A running service that the visitors of a module share."""
    app = create(town.settings(f"sqlite:///{tmp_path_factory.mktemp('state') / 'state.db'}"))
    with TestClient(app):
        yield app


@pytest.fixture
def visitor(running: FastAPI) -> Visitor:
    """Someone at the pages who has not signed in."""
    return Visitor(TestClient(running))


@pytest.fixture
def judge(visitor: Visitor) -> Visitor:
    """A judge who has signed in."""
    visitor.sign_in(Role.JUDGE)
    return visitor


@pytest.fixture(scope="module")
def address(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that a browser can reach."""
    app = create(town.settings(f"sqlite:///{tmp_path_factory.mktemp('state') / 'state.db'}"))
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()  # a visitor who comes before the service is ready waits, on a busy machine too
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listener.close()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield opened
        opened.close()

"""A serving process stays light: it answers without any library of training, loading or the night."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from serving.permissions import Role
from tests.serving.town import KEYS, Town

HEAVY = (
    "duckdb",
    "lightgbm",
    "matplotlib",
    "mlflow",
    "pandas",
    "pandera",
    "pyarrow",
    "scipy.linalg",
    "shap",
    "sklearn",
)
_SERVE_ONE = """
import asyncio, json, sys
from serving.app import create
from serving.settings import ServingSettings
heavy, settings, key, question = json.loads(sys.argv[1])
imported = sorted(set(heavy) & set(sys.modules))
app = create(ServingSettings.model_validate(settings))

async def ask():
    answer = []
    body = json.dumps(question).encode()
    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}
    async def send(message):
        answer.append(message)
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
        "path": "/v1/portraits", "raw_path": b"/v1/portraits", "query_string": b"", "root_path": "",
        "headers": [(b"x-api-key", key.encode()), (b"content-type", b"application/json")],
        "client": ("test", 1), "server": ("test", 80),
    }
    async with app.router.lifespan_context(app):
        await app(scope, receive, send)
    return answer

answer = asyncio.run(ask())
served = sorted(set(heavy) & set(sys.modules))
print(json.dumps({"imported": imported, "served": served, "status": answer[0]["status"]}))
"""


def test_importing_the_service_and_serving_a_portrait_loads_nothing_heavy(town: Town, tmp_path: Path) -> None:
    settings = town.settings(f"sqlite:///{tmp_path / 'state.db'}")
    plain = settings.model_dump(mode="json")
    plain["secret"] = settings.secret.get_secret_value()
    for kept, fixed in zip(plain["fixed_keys"], settings.fixed_keys, strict=True):
        kept["key"] = fixed.key.get_secret_value()
    told = json.dumps([HEAVY, plain, KEYS[Role.JUDGE], town.one.question()])
    run = subprocess.run(
        [sys.executable, "-c", _SERVE_ONE, told],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout.splitlines()[-1]) == {"imported": [], "served": [], "status": 200}

"""The API's description is kept under watch: a change of the API is a change of this file, seen in review.

Written anew by ``PORTRAIT_WRITE_GOLDEN=1 pytest tests/golden``.
"""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import SecretStr

from serving import openapi
from serving.app import create
from serving.settings import ServingSettings

GOLDEN = Path(__file__).parent / "openapi.json"


def test_the_description_is_the_one_kept() -> None:
    nowhere = Path("nowhere")
    secret = SecretStr("a secret for tests only, of no other use")
    app = create(
        ServingSettings(
            snapshots=nowhere, shelf=nowhere, queues=nowhere, state_url="sqlite://", secret=secret
        )
    )
    if os.environ.get("PORTRAIT_WRITE_GOLDEN") == "1":
        openapi.write(app, GOLDEN)

    assert openapi.text(app) == GOLDEN.read_text(encoding="utf-8"), (
        "the API changed; if that is meant: PORTRAIT_WRITE_GOLDEN=1 pytest tests/golden"
    )

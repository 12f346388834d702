"""The description of the API (OpenAPI): problems under their media type, and one text that is kept under watch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.encoders import jsonable_encoder
from fastapi.openapi.utils import get_openapi

from serving.shapes.common import ProblemShape


def describe(app: FastAPI) -> None:
    """Let the app describe itself so: only the API's routes, problems as ``application/problem+json``."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def text(app: FastAPI) -> str:
    """The description as text, without the version, so that it changes only when the API does."""
    schema = json.loads(json.dumps(app.openapi()))
    schema["info"]["version"] = "*"
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def write(app: FastAPI, path: Path) -> None:
    """Write the description to a file."""
    path.write_text(text(app), encoding="utf-8")


def _described(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemas = schema["components"]["schemas"]
    for left_over in ("HTTPValidationError", "ValidationError"):
        schemas.pop(left_over, None)
    problem = jsonable_encoder(
        ProblemShape.model_json_schema(mode="serialization", ref_template=_REF), exclude_none=True
    )
    schemas |= problem.pop("$defs") | {ProblemShape.__name__: problem}
    schema["components"]["schemas"] = dict(sorted(schemas.items()))
    return schema


_REF = "#/components/schemas/{model}"

"""The API keeps to its own description: examples on every field, answers of the shapes it promises, no accidents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from serving.app import create
from serving.permissions import Role
from tests.serving.town import KEYS, Town


@pytest.fixture(scope="module")
def described(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The running service's own description."""
    app = create(town.settings(f"sqlite:///{tmp_path_factory.mktemp('state') / 'state.db'}"))
    with TestClient(app):
        yield schemathesis.openapi.from_asgi("/openapi.json", app)


bounded = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.mark.parametrize("role", [Role.JUDGE, Role.AUDITOR])
def test_answers_are_as_described(described: Any, role: Role) -> None:
    asked = 0
    for found in described.get_all_operations():
        operation = found.ok()

        @bounded
        @given(case=operation.as_strategy())
        def holds(case: schemathesis.Case) -> None:
            case.call_and_validate(headers={"X-API-Key": KEYS[role]}, checks=CHECKS)

        holds()
        asked += 1
    assert asked == 10


def test_every_field_and_parameter_has_an_example(service: TestClient) -> None:
    described = service.get("/openapi.json").json()
    bare = [
        f"{name}.{field}"
        for name, shape in described["components"]["schemas"].items()
        for field, said in shape.get("properties", {}).items()
        if "examples" not in said and "example" not in said
    ]
    bare += [
        f"{path} {parameter['name']}"
        for path, methods in described["paths"].items()
        for operation in methods.values()
        for parameter in operation.get("parameters", [])
        if not {"example", "examples"} & {*parameter, *parameter["schema"]}
    ]
    assert bare == []


def test_ids_are_text_everywhere(service: TestClient) -> None:
    shapes = service.get("/openapi.json").json()["components"]["schemas"]
    for name in ("case", "debtor"):
        assert shapes["PlaceShape"]["properties"][name]["type"] == "string"
        assert shapes["SubjectShape"]["properties"][name]["type"] == "string"

"""The API keeps to its own description: examples on every field, answers of the shapes it promises, no accidents."""

from __future__ import annotations

import json
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

from serving.permissions import Role
from tests.golden.test_openapi import GOLDEN
from tests.serving.town import KEYS


@pytest.fixture(scope="module")
def described(standing: TestClient) -> Any:
    """The running service's own description."""
    return schemathesis.openapi.from_asgi("/openapi.json", standing.app)


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
    kept = json.loads(GOLDEN.read_text(encoding="utf-8"))["paths"].values()
    assert asked == sum(len(methods) for methods in kept)


def test_every_field_and_parameter_has_an_example(standing: TestClient) -> None:
    described = standing.get("/openapi.json").json()
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


def test_ids_are_text_everywhere(standing: TestClient) -> None:
    shapes = standing.get("/openapi.json").json()["components"]["schemas"]
    for name in ("case", "debtor"):
        assert shapes["PlaceShape"]["properties"][name]["type"] == "string"
        assert shapes["SubjectShape"]["properties"][name]["type"] == "string"

"""A service with the court's own figures: other living costs on the page, another id, no start with a wrong file."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from serving.app import create
from serving.permissions import Role
from tests.serving.conftest import headers
from tests.serving.town import Town
from vocabulary.problems import PortraitError

OWN = """
minimum_living_standard:
  unit: CNY a person and month
  values:
    - {value: 99999, in_force_from: 2020-01-01, source: "an example of a test"}
"""


def test_the_courts_figures_are_in_the_ledger_and_in_the_id(
    judge: TestClient, town: Town, tmp_path: Path
) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN, encoding="utf-8")
    settings = town.settings(f"sqlite:///{tmp_path / 'own.db'}").model_copy(update={"figures": own})
    lived = 0
    with TestClient(create(settings)) as theirs:
        for each in town.open:
            ours = judge.post("/v1/portraits", json=each.question()).json()
            other = theirs.post("/v1/portraits", json=each.question(), headers=headers(Role.JUDGE)).json()
            assert other["ledger"]["figures"] != ours["ledger"]["figures"]
            assert other["id"] != ours["id"]
            assert other["score"] == ours["score"]
            lived += other["ledger"]["available"] != ours["ledger"]["available"]
    assert lived > 0


def test_a_service_does_not_start_with_figures_that_cannot_be_used(town: Town, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "nothing_of_ours:\n  unit: CNY\n  values:\n    - {value: 1, in_force_from: 2020-01-01, source: x}\n"
    )
    settings = town.settings(f"sqlite:///{tmp_path / 'state.db'}").model_copy(update={"figures": own})

    with pytest.raises(PortraitError) as told, TestClient(create(settings)):
        pass
    assert told.value.problem.code == "figures.unknown"
    assert "nothing_of_ours" in told.value.problem.detail.zh

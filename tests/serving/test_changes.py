"""What changed since an earlier portrait, over the API: it adds up, and its rows open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from serving.permissions import Role
from tests.serving.conftest import headers
from tests.serving.town import Obligation, Town


def earlier_than(obligation: Obligation, days: int) -> dict[str, str]:
    """The obligation's question as of an earlier date."""
    day = date.fromisoformat(obligation.as_of) - timedelta(days=days)
    return {**obligation.question(), "as_of": day.isoformat()}


def long_known(service: TestClient, town: Town, *, days: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Two portraits of an obligation that was known so long ago and moved since, the earlier one first."""
    for obligation in town.open:
        earlier = service.post("/v1/portraits", json=earlier_than(obligation, days))
        if earlier.status_code == 200 and earlier.json()["score"] is not None:
            later = service.post("/v1/portraits", json=obligation.question()).json()
            if later["score"] is not None and later["score"] != earlier.json()["score"]:
                return earlier.json(), later
    raise AssertionError("no obligation of the town is known so long")


@pytest.fixture
def two(judge: TestClient, town: Town) -> tuple[dict[str, Any], dict[str, Any]]:
    return long_known(judge, town, days=60)


def test_parts_add_up_from_the_earlier_to_the_later_portrait(
    judge: TestClient, two: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    earlier, later = two
    told = judge.get(f"/v1/portraits/{later['id']}/change", params={"since": earlier["id"]}).json()

    assert told["earlier"]["score"] == earlier["score"]
    assert told["points"] == pytest.approx(later["score"] - earlier["score"], abs=1e-9)
    assert sum(part["points"] for part in told["parts"]) == pytest.approx(told["points"], abs=1e-9)
    for part in told["parts"]:
        families = sum(family["points"] for family in part["families"])
        assert part["base"] + families == pytest.approx(part["points"], abs=1e-9)
    for time in ("now", "year"):
        for reading in ("low", "mid", "high"):
            parts = sum(part["available"][time][reading] for part in told["parts"])
            moved = (
                later["ledger"]["available"][time][reading] - earlier["ledger"]["available"][time][reading]
            )
            assert parts == pytest.approx(moved, abs=0.005)
    assert [part["of"] for part in told["parts"]] == ["model", "time", "law", "expired", "records"]


def test_without_a_choice_it_is_the_newest_earlier_portrait(
    judge: TestClient, two: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    earlier, later = two
    there = f"/v1/portraits/{later['id']}"

    assert judge.get(f"{there}/change").json()["earlier"]["portrait"] == earlier["id"]
    assert [each["id"] for each in judge.get(f"{there}/earlier").json()] == [earlier["id"]]


def test_an_earlier_date_gives_what_the_portrait_of_that_date_gives(
    judge: TestClient, two: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    earlier, later = two
    there = f"/v1/portraits/{later['id']}/change"
    kept = judge.get(there, params={"since": earlier["id"]}).json()
    made = judge.get(there, params={"on": earlier["as_of"]}).json()

    assert made["earlier"]["portrait"] is None
    assert made["parts"] == kept["parts"]


def test_the_rows_of_a_part_open(judge: TestClient, two: tuple[dict[str, Any], dict[str, Any]]) -> None:
    earlier, later = two
    there = f"/v1/portraits/{later['id']}/change"
    parts = judge.get(there).json()["parts"]
    records = next(part for part in parts if part["of"] == "records")
    assert records["rows"], "two months bring records"
    for table in records["rows"]:
        asked = {"part": "records", "of": table["table"]}
        shown = judge.get(f"{there}/records", params=asked).json()
        came = {row["row_id"] for row in table["came"]} | {row["row_id"] for row in table["went"]}
        assert {row["row_id"] for each in shown["tables"] for row in each["rows"]} == came
        new = [row for each in shown["tables"] for row in each["rows"] if row["row_id"] in came]
        assert all(row["known_at"] <= later["as_of"] for row in new)
        assert any(row["known_at"] > earlier["as_of"] for row in new)


def test_who_may_not_open_evidence_may_not_open_the_rows_of_a_change(
    judge: TestClient, two: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    there = f"/v1/portraits/{two[1]['id']}/change"
    assert judge.get(there, headers=headers(Role.CLERK)).status_code == 200
    asked = {"part": "records", "of": "queries"}
    refused = judge.get(f"{there}/records", params=asked, headers=headers(Role.CLERK))
    assert refused.json()["code"] == "not_permitted"


def test_what_cannot_be_compared_says_why(
    judge: TestClient, town: Town, two: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    earlier, later = two
    other = judge.post("/v1/portraits", json=town.elsewhere.question()).json()
    first = f"/v1/portraits/{earlier['id']}/change"

    def code(address: str, **asked: str) -> tuple[int, str]:
        answer = judge.get(address, params=asked)
        return answer.status_code, answer.json()["code"]

    assert code(first) == (404, "change.no_earlier")
    assert code(first, since=later["id"]) == (422, "change.not_earlier")
    assert code(first, since=other["id"]) == (422, "change.other_obligation")
    assert code(f"{first}/records", part="edits", of="deposits", on="2020-01-01")[0] == 404

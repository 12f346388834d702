"""A court's week and its key figures, asked at the door; reports as files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from fastapi.testclient import TestClient

from records.snapshot import Snapshot
from serving.permissions import Role
from serving.queues import Queues
from serving.report_files import html, xlsx
from tests.serving.town import CLERK_OF_OTHER, COURT, KEYS, OTHER, Town
from triage.reporting import report

CLERK = {"X-API-Key": KEYS[Role.CLERK]}
ANALYST = {"X-API-Key": KEYS[Role.ANALYST]}


def test_a_week_is_planned_within_the_registers_hours(standing: TestClient) -> None:
    answer = standing.post("/v1/plans", json={"court": COURT, "seconds": 5}, headers=CLERK)

    assert answer.status_code == 200
    plan = answer.json()
    assert plan["tasks"]
    assert plan["hours"] <= plan["hours_there"]
    assert plan["money"] <= plan["bound"] + 0.01
    assert date.fromisoformat(plan["week"]).weekday() == 0
    assert len({(task["case"], task["debtor"]) for task in plan["tasks"]}) == len(plan["tasks"])
    assert plan == standing.post("/v1/plans", json={"court": COURT, "seconds": 5}, headers=CLERK).json()


def test_a_plan_moves_the_years_figures_upwards(standing: TestClient) -> None:
    plan = standing.post("/v1/plans", json={"court": COURT}, headers=CLERK).json()
    figures = {each["now"]["code"]: each for each in plan["figures"]}
    closing = figures["closing_rate"]
    assert closing["then"] >= closing["now"]["rate"]
    assert figures["petition_rate"]["then"] == figures["petition_rate"]["now"]["rate"]


def test_fewer_hours_bring_no_more_money(standing: TestClient) -> None:
    def money(hours: float) -> float:
        officers = [
            {"officer": str(number), "team": team, "hours": hours}
            for number, team in enumerate(("office", "field", "opening", "query", "disposal", "closing"))
        ]
        asked = {"court": COURT, "officers": officers}
        return float(standing.post("/v1/plans", json=asked, headers=CLERK).json()["money"])

    assert money(0.0) == 0.0
    assert money(4.0) <= money(40.0) * 1.01


def test_another_courts_week_is_not_planned(standing: TestClient) -> None:
    answer = standing.post("/v1/plans", json={"court": COURT}, headers={"X-API-Key": CLERK_OF_OTHER})
    assert (answer.status_code, answer.json()["code"]) == (403, "other_court")


def test_a_court_without_officers_says_what_to_do(standing: TestClient) -> None:
    answer = standing.post("/v1/plans", json={"court": "NOWHERE"}, headers=CLERK)
    assert (answer.status_code, answer.json()["code"]) == (422, "no_officers")
    assert "portrait nightly" in answer.json()["next_step"]


def test_key_figures_come_with_their_words_and_sources(standing: TestClient) -> None:
    answer = standing.get("/v1/kpis", params={"court": COURT}, headers=ANALYST)

    assert answer.status_code == 200
    periods = answer.json()["periods"]
    assert len(periods) == 13  # twelve months and the year
    for figure in periods[-1]["figures"]:
        assert figure["source"]["zh"] != figure["source"]["en"]
        assert figure["numerator"]["zh"]
        assert figure["rate"] is None or figure["above"] <= figure["below"]


def test_figures_of_all_courts_are_for_keys_that_see_all(standing: TestClient) -> None:
    whole = standing.get("/v1/kpis", headers=ANALYST).json()["periods"][0]["figures"]
    parts = [
        standing.get("/v1/kpis", params={"court": court}, headers=ANALYST).json()["periods"]
        for court in (COURT, OTHER)
    ]
    assert whole[0]["below"] > sum(part[0]["figures"][0]["below"] for part in parts) > 0
    refused = standing.get("/v1/kpis", headers={"X-API-Key": CLERK_OF_OTHER})
    assert refused.status_code == 403


@pytest.mark.parametrize("span", ["week", "half-month"])
def test_a_report_has_the_same_bytes_every_time(town: Town, tmp_path: Path, span: str) -> None:
    published = Queues(town.root / "queues").current()
    day = date.fromisoformat(published.as_of)
    files = []
    for turn in ("one", "two"):
        snapshot = Snapshot.current(town.root / "snapshots")
        found = report(snapshot, published.folder, court=COURT, as_of=day, span=span)  # type: ignore[arg-type]
        snapshot.close()
        xlsx(found, tmp_path / f"{turn}.xlsx", "zh")
        files.append((html(found, "en"), (tmp_path / f"{turn}.xlsx").read_bytes()))
    assert files[0] == files[1]
    assert "closing rate" in files[0][0]
    assert "as reported: 3,510 of 3,817" in files[0][0]
    book = openpyxl.load_workbook(tmp_path / "one.xlsx")
    assert "大洼法院2018—2019年公布数据：3,817件中3,510件" in str(book["考核指标"]["I2"].value)
    assert book.sheetnames == ["考核指标", "第三方评估五个方面", "队列"]
    sums = [
        row[1] for row in book["队列"].iter_rows(min_row=2, max_row=1 + len(found.tracks), values_only=True)
    ]
    assert sum(sums) == sum(each.places for each in found.tracks) == found.fairness.places

"""The queue at the door: tracks, choices, overrides with a reason, exports."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import DatabaseError

from serving.permissions import Role
from tests.serving.conftest import headers
from tests.serving.town import CLERK_OF_OTHER, COURT, Town

CLERK = headers(Role.CLERK)


def _queue(service: TestClient, **asked: Any) -> dict[str, Any]:
    answer = service.get("/v1/queue", params={"court": COURT, "most": 500, **asked}, headers=CLERK)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _choose(service: TestClient, of: dict[str, Any], **chosen: Any) -> Any:
    body = {"court": COURT, "case": of["case"], "debtor": of["debtor"], **chosen}
    return service.post("/v1/queue/overrides", json=body, headers=CLERK)


def _keys(places: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(each["case"], each["debtor"]) for each in places]


def test_the_tracks_of_a_court_add_up_to_its_queue(standing: TestClient) -> None:
    whole = _queue(standing)
    assert sum(each["places"] for each in whole["tracks"]) == whole["open"] == len(whole["places"])
    for track in whole["tracks"]:
        only = _queue(standing, track=track["track"])
        assert only["open"] == track["places"]
        assert {place["track"] for place in only["places"]} == {track["track"]}
        assert [place["rank"] for place in only["places"]] == list(range(1, only["open"] + 1))


def test_every_place_says_why_what_comes_next_and_what_it_takes(standing: TestClient) -> None:
    for place in _queue(standing)["places"]:
        assert "{" not in place["why"]["zh"] + place["why"]["en"]
        assert place["work"]
        assert place["hours"] > 0
        assert place["timely"] <= place["promised"] + 0.005


def test_places_are_sorted_as_asked(standing: TestClient) -> None:
    money = [place["promised"] for place in _queue(standing, sort="money")["places"]]
    assert money == sorted(money, reverse=True)
    days = [place["deadline"] or "~" for place in _queue(standing, sort="deadline")["places"]]
    assert days == sorted(days)
    news = [place["news_on"] for place in _queue(standing, sort="news")["places"]]
    assert news == sorted(news, reverse=True)


def test_only_what_came_in_since_a_day_is_shown_when_asked(standing: TestClient) -> None:
    whole = _queue(standing, sort="news")["places"]
    since = whole[len(whole) // 2]["news_on"]
    found = _queue(standing, since=since)["places"]
    assert sorted(_keys(found)) == sorted(_keys([each for each in whole if each["news_on"] >= since]))
    assert _queue(standing, due_by="1990-01-01")["places"] == []


def test_an_override_moves_the_place_with_its_reason_and_is_taken_back(service: TestClient) -> None:
    before = _queue(service)
    place = before["places"][-1]
    other = "relief" if place["track"] != "relief" else "fast"
    kept = _choose(service, place, track=other, reason="申请执行人住院，优先审查").json()
    assert (kept["proposed"], kept["track"], kept["by"]) == (place["track"], other, "a clerk")

    moved = _queue(service, track=other)["places"][0]
    assert _keys([moved]) == _keys([place])
    assert moved["override"]["reason"] == "申请执行人住院，优先审查"
    assert place["track"] == moved["track"], "the proposal stays as it was"
    assert _keys([place])[0] not in _keys(_queue(service, track=place["track"])["places"])
    counted = {each["track"]: each["places"] for each in _queue(service)["tracks"]}
    assert sum(counted.values()) == before["open"]
    assert counted[other] == len(_queue(service, track=other)["places"])

    assert _choose(service, place, reason="情况有变，恢复建议").status_code == 201
    assert _queue(service) == before
    history = service.get("/v1/queue/overrides", params={"court": COURT}, headers=CLERK).json()
    assert [each["track"] for each in history["overrides"]] == [None, other]


def test_first_and_last_hold_over_all_pages(service: TestClient) -> None:
    places = _queue(service)["places"]
    assert _choose(service, places[-1], place="first", reason="院领导督办").status_code == 201
    assert _choose(service, places[0], place="last", reason="等待异议审查结果").status_code == 201
    expected = _keys([places[-1], *places[1:-1], places[0]])
    assert _keys(_queue(service)["places"]) == expected
    pages = [_queue(service, first=first, most=2)["places"] for first in range(0, len(places), 2)]
    assert [key for page in pages for key in _keys(page)] == expected


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"reason": "x"}, {"reason": "long enough", "track": "nowhere"}, {}]
)
def test_an_override_without_a_reason_or_with_an_unknown_track_is_refused(
    standing: TestClient, wrong: dict[str, str]
) -> None:
    place = _queue(standing)["places"][0]
    assert _choose(standing, place, **wrong).status_code == 422


def test_who_may_override(service: TestClient, town: Town) -> None:
    place = _queue(service)["places"][0]
    body = {"court": COURT, "case": place["case"], "debtor": place["debtor"], "reason": "优先办理"}
    answers = {
        role: service.post("/v1/queue/overrides", json=body, headers=headers(role)).status_code
        for role in Role
    }
    assert answers == {Role.JUDGE: 201, Role.CLERK: 201, Role.ANALYST: 403, Role.AUDITOR: 403}
    elsewhere = service.post("/v1/queue/overrides", json=body, headers={"X-API-Key": CLERK_OF_OTHER})
    assert elsewhere.json()["code"] == "other_court"


def test_an_obligation_of_another_courts_queue_is_not_in_this_one(service: TestClient, town: Town) -> None:
    elsewhere = {"case": town.elsewhere.case, "debtor": town.elsewhere.debtor}
    answer = _choose(service, elsewhere, reason="移送而来")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_in_queue")


def test_overrides_can_only_be_added(service: TestClient) -> None:
    _choose(service, _queue(service)["places"][0], place="first", reason="优先办理")
    state = service.app.state.desk.state  # type: ignore[attr-defined]
    for change in ("UPDATE queue_override SET reason = 'another'", "DELETE FROM queue_override"):
        with pytest.raises(DatabaseError, match="only grows"), state.writing() as connection:
            connection.exec_driver_sql(change)


def test_the_csv_has_every_place_with_its_reasons(service: TestClient) -> None:
    place = _queue(service)["places"][0]
    _choose(service, place, place="first", reason="=HYPERLINK(1)")
    answer = service.get("/v1/queue/export", params={"court": COURT, "lang": "en"}, headers=CLERK)
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["case"], row["debtor"]) for row in rows] == _keys(_queue(service)["places"])
    assert rows[0]["reason of the override"] == "'=HYPERLINK(1)", "never a formula"
    assert rows[0]["why proposed"] == place["why"]["en"]


def test_the_workbook_holds_the_same_and_no_formula(service: TestClient) -> None:
    _choose(service, _queue(service)["places"][0], place="first", reason="=1+1")
    asked = {"court": COURT, "format": "xlsx", "lang": "zh"}
    answer = service.get("/v1/queue/export", params=asked, headers=CLERK)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    head, *rows = sheet.iter_rows()
    names = [cell.value for cell in head]
    places = _queue(service)["places"]
    assert [row[names.index("案件编号")].value for row in rows] == [each["case"] for each in places]
    assert [row[names.index("可期待金额（元）")].value for row in rows] == [
        each["promised"] for each in places
    ]
    reason = rows[0][names.index("调整理由")]
    assert (reason.value, reason.data_type) == ("=1+1", "s")


def test_reading_exporting_and_overriding_are_written_down(service: TestClient) -> None:
    place = _queue(service)["places"][0]
    service.get("/v1/queue/export", params={"court": COURT}, headers=CLERK)
    _choose(service, place, place="first", reason="优先办理")
    entries = service.get("/v1/audit", headers=headers(Role.AUDITOR)).json()["page"]
    told = [(each["act"], each["subject"], each["debtor"]) for each in entries[:3]]
    assert ("override", COURT, place["debtor"]) in told
    assert ("queue", f"{COURT} export", "") in told

"""The list of what to ask: only families without a fresh answer, with organ and basis, and a paper of it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from serving.permissions import Role
from tests.serving.conftest import headers
from tests.serving.town import KEYS, Town


def test_the_list_names_the_families_without_a_fresh_answer_and_no_other(
    judge: TestClient, town: Town
) -> None:
    portrait = judge.post("/v1/portraits", json=town.silent.question()).json()
    told = judge.get(f"/v1/portraits/{portrait['id']}/asking").json()

    fresh = {each["family"] for each in portrait["standings"] if each["state"] in ("found", "empty")}
    assert [each["family"] for each in told["asks"]] == [each["family"] for each in portrait["ask"]]
    assert not fresh & {each["family"] for each in told["asks"]}
    assert all(each["basis"] and each["source"] and each["organ"]["zh"] for each in told["asks"])
    assert told["subject"] == portrait["subject"]
    assert told["subject"]["name"].endswith("*") or told["subject"]["name"] == ""


def test_a_stale_answer_says_its_day(judge: TestClient, town: Town) -> None:
    for obligation in town.open:
        portrait = judge.post("/v1/portraits", json=obligation.question()).json()
        stale = {each["family"]: each for each in portrait["standings"] if each["state"] == "stale"}
        if stale:
            break
    told = judge.get(f"/v1/portraits/{portrait['id']}/asking").json()
    named = {each["family"]: each["answered_on"] for each in told["asks"]}
    assert stale
    assert all(named[family] < portrait["as_of"] for family in stale)


@pytest.mark.parametrize(("language", "title"), [("zh", "申请查询事项清单"), ("en", "List of what to ask")])
def test_the_page_and_the_paper_in_both_languages(
    service: TestClient, town: Town, language: str, title: str
) -> None:
    made = service.post("/v1/portraits", json=town.silent.question(), headers=headers(Role.JUDGE)).json()
    service.post("/sign-in", data={"key": KEYS[Role.JUDGE], "next": "/"})
    page = service.get(f"/portraits/{made['id']}/asking", params={"lang": language})
    assert page.status_code == 200
    assert ("待查询事项清单" if language == "zh" else title) in page.text

    paper = service.get(f"/portraits/{made['id']}/asking.pdf", params={"lang": language})
    assert (paper.status_code, paper.headers["content-type"]) == (200, "application/pdf")
    assert paper.content.startswith(b"%PDF-")
    assert language in paper.headers["content-disposition"]
    assert len(paper.content) > 5_000


def test_what_answers_could_do_is_told_for_open_obligations_and_never_kept(
    judge: TestClient, town: Town
) -> None:
    seen = 0
    for obligation in town.open[:12]:
        portrait = judge.post("/v1/portraits", json=obligation.question()).json()
        told = judge.get(f"/v1/portraits/{portrait['id']}/asking").json()
        assert "next" not in portrait
        if told["next"] is None:
            continue
        seen += 1
        ranked = told["next"]["of"]
        assert [each["decides"] for each in ranked] == sorted(
            (each["decides"] for each in ranked), reverse=True
        )
        assert {each["family"] for each in ranked} <= {each["family"] for each in told["asks"]}
        assert all((each["low"] is None) == portrait["abstained"] for each in ranked)
        assert all(portrait["abstained"] or each["low"] <= each["high"] for each in ranked)
    assert seen


def test_without_a_queue_nothing_is_suggested_and_the_list_stays(
    judge: TestClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    portrait = judge.post("/v1/portraits", json=town.one.question()).json()
    monkeypatch.setattr("serving.asking.donors_of", lambda folder: None)
    told = judge.get(f"/v1/portraits/{portrait['id']}/asking").json()
    assert told["next"] is None
    assert len(told["asks"]) == len(portrait["ask"])


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", ("下一步先问什么", "定流程所需")), ("en", ("What to ask next", "Needed to settle the track"))],
)
def test_the_pages_say_what_to_ask_next_in_both_languages(
    service: TestClient, town: Town, language: str, words: tuple[str, str]
) -> None:
    asked = (
        service.post("/v1/portraits", json=each.question(), headers=headers(Role.JUDGE)).json()
        for each in town.open
    )
    made = next(each for each in asked if not each["abstained"] and each["ask"] and each["outstanding"] > 0)
    service.post("/sign-in", data={"key": KEYS[Role.JUDGE], "next": "/"})
    listed = service.get(f"/portraits/{made['id']}/asking", params={"lang": language}).text
    assert all(each in listed for each in words)
    portrait = service.get(f"/portraits/{made['id']}", params={"lang": language}).text
    assert words[1] in portrait
    assert 'class="list next"' in portrait

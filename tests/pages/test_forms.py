"""The pages without a browser: who gets in, what a form must carry, what a page may load, what it says."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from portraits.law.catalogue import RULES
from serving.permissions import Role
from tests.pages.conftest import Visitor
from tests.serving.town import COURT, Town

SCRIPTED = re.compile(
    r"<script(?![^>]*\bsrc=\"/static/)|\bon[a-z]+=\"|style=\"|<style|javascript:", re.IGNORECASE
)
ELSEWHERE = re.compile(r"(?:src|href|action)=\"(?:https?:)?//", re.IGNORECASE)


def words(page: str) -> str:
    """The text of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def test_who_is_not_signed_in_is_asked_to_and_comes_back_where_they_wanted(visitor: Visitor) -> None:
    there = f"/queue?court={COURT}"
    asked = visitor.client.get(there)

    assert asked.status_code == 303
    form = visitor.client.get(asked.headers["location"]).text
    back = re.search(r'name="next" value="([^"]+)"', form)
    assert back is not None
    assert visitor.sign_in(Role.JUDGE, next=unescape(back.group(1))).headers["location"] == there
    assert visitor.client.get(there).status_code == 200


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(visitor: Visitor) -> None:
    cookie = visitor.sign_in(Role.JUDGE).headers["set-cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=lax" in cookie


@pytest.mark.parametrize(
    "next", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(visitor: Visitor, next: str) -> None:
    assert visitor.sign_in(Role.JUDGE, next=next).headers["location"] == "/"


def test_a_wrong_key_opens_nothing_and_is_written_down(visitor: Visitor) -> None:
    answer = visitor.client.post("/sign-in", data={"key": "judge-one.not-the-secret"})

    assert answer.status_code == 401
    assert "密钥有误" in answer.text
    assert visitor.client.get("/").status_code == 303
    visitor.sign_in(Role.AUDITOR)
    assert "unknown_key" in visitor.client.get("/audit").text


def test_a_changed_cookie_is_no_session(visitor: Visitor) -> None:
    visitor.sign_in(Role.JUDGE)
    body, _, rest = visitor.client.cookies["session"].partition(".")
    visitor.client.cookies.clear()
    visitor.client.cookies.set("session", f"{body}.{rest}")
    assert visitor.client.get("/").status_code == 200
    visitor.client.cookies.clear()
    visitor.client.cookies.set("session", f"{body[:-1]}A.{rest}")

    assert visitor.client.get("/").status_code == 303


def test_a_key_taken_back_ends_its_sessions(visitor: Visitor) -> None:
    keys = visitor.client.app.state.desk.keys  # type: ignore[attr-defined]
    key = keys.issue(role=Role.JUDGE, label="a visiting judge")
    visitor.client.post("/sign-in", data={"key": key})
    assert visitor.client.get("/").status_code == 200

    keys.take_back(key.split(".")[0])
    assert visitor.client.get("/").status_code == 303


def test_signing_out_ends_the_session(judge: Visitor) -> None:
    assert judge.send("/sign-out").headers["location"] == "/sign-in"
    assert judge.client.get("/").status_code == 303


def test_a_form_without_the_token_or_from_another_site_is_refused(judge: Visitor, town: Town) -> None:
    question = town.one.question()
    token = judge.token()

    assert judge.client.post("/portraits", data=question).status_code == 403
    for header in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = judge.client.post("/portraits", data={**question, "token": token}, headers=header)
        assert answer.status_code == 403
        assert "表单来源不符" in answer.text
    assert judge.client.post("/portraits", data={**question, "token": token}).status_code == 303


def test_an_address_makes_a_portrait_only_for_who_comes_from_here(judge: Visitor, town: Town) -> None:
    one = town.one
    there = f"/portrait?case={one.case}&debtor={one.debtor}&as_of={one.as_of}"

    asked = judge.client.get(there)
    assert asked.status_code == 200
    assert f'value="{one.case} {one.debtor}"' in asked.text
    assert judge.client.get(f"{there}&purpose=review").headers["location"].startswith("/portraits/")
    linked = judge.client.get(f"{there}&purpose=review", headers={"Sec-Fetch-Site": "cross-site"})
    assert linked.status_code == 200


def test_pages_load_nothing_from_elsewhere_and_run_nothing_inline(judge: Visitor, town: Town) -> None:
    portrait = judge.portrait(town.one.question())
    pages = (
        "/",
        "/sign-in",
        f"/queue?court={COURT}",
        f"/cases?case={town.one.case}",
        portrait,
        "/nowhere?x=1",
    )
    for path in (*pages, f"{portrait}/evidence/deposit_accounts"):
        answer = judge.client.get(path)
        assert SCRIPTED.search(answer.text) is None, path
        assert ELSEWHERE.search(answer.text) is None, path
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"


def test_an_address_that_is_not_there_is_a_page_for_people(judge: Visitor) -> None:
    answer = judge.client.get("/nowhere", headers={"Accept": "text/html,*/*"})

    assert answer.status_code == 404
    assert "没有该地址" in answer.text
    assert answer.headers["content-type"].startswith("text/html")
    assert judge.client.get("/nowhere").headers["content-type"] == "application/problem+json"


def test_a_case_number_alone_lists_the_debtors(judge: Visitor, town: Town) -> None:
    answer = judge.send("/portraits", case=town.one.number, debtor="", purpose="review")

    page = judge.client.get(answer.headers["location"]).text
    assert f'value="{town.one.case} {town.one.debtor}"' in page
    assert '<option value="review" selected>' in page


def test_the_page_says_what_the_api_says(judge: Visitor, town: Town) -> None:
    page = judge.client.get(judge.portrait(town.one.question())).text
    said = judge.client.post(
        "/v1/portraits", json=town.one.question(), headers={"X-API-Key": "judge-one.judge-secret"}
    ).json()

    assert f"{said['score']:.1f}<span" in page
    for standing in said["standings"]:
        row = re.search(rf'data-family="{standing["family"]}" data-state="(\w+)"', page)
        assert row is not None
        assert row.group(1) == standing["state"]
    for digest in (said["id"], said["bundle"], said["snapshot"], said["catalogue"]):
        assert digest in page
    assert "仅供参考" in page


def test_not_asked_asked_and_empty_and_found_look_and_read_differently(judge: Visitor, town: Town) -> None:
    chips: dict[str, str] = {}
    for obligation in town.open:
        page = judge.client.get(judge.portrait(obligation.question())).text
        chips |= dict(
            re.findall(r'class="chip chip-(\w+)"><span class="mark" aria-hidden="true"></span>([^<]+)<', page)
        )

    assert chips["not_asked"] == "未查询"
    assert chips["empty"] == "已查询，无记录"
    assert chips["found"] == "已查询，有记录"
    css = judge.client.get("/static/court.css").text
    assert all(f".chip-{state}" in css for state in chips)


def test_with_too_little_known_the_page_abstains_and_says_what_to_ask(judge: Visitor, town: Town) -> None:
    page = judge.client.get(judge.portrait(town.silent.question())).text

    assert "信息不足，不给出分数" in page
    assert 'id="score-value"' not in page
    assert 'id="fall"' not in page
    assert re.search(r'<ol class="ask"><li>银行存款</li>', page)


def test_the_language_is_switched_and_remembered(judge: Visitor, town: Town) -> None:
    there = judge.portrait(town.one.question())
    english = judge.client.get(f"{there}?lang=en")

    assert '<html lang="en">' in english.text
    assert "For reference only" in english.text
    assert '<html lang="en">' in judge.client.get("/").text
    assert '<html lang="zh-CN">' in judge.client.get("/?lang=zh").text
    chinese = re.sub(r'<a class="language".*?</a>', "", english.text)
    left = set(re.findall(r"[\u4e00-\u9fff]+", words(chinese))) - set(
        re.findall(r"[\u4e00-\u9fff]+", town.one.number + " ".join(rule.cited.en for rule in RULES))
    )
    assert all(len(word) <= 1 for word in left), left  # a masked name keeps its first character


def test_evidence_is_a_page_of_its_own_and_a_fragment_of_the_portrait(judge: Visitor, town: Town) -> None:
    there = judge.portrait(town.one.question())
    whole = judge.client.get(f"{there}/evidence/deposit_accounts").text
    part = judge.client.get(f"{there}/evidence/deposit_accounts", params={"fragment": "1"}).text

    assert "<html" in whole
    assert "<html" not in part
    article = part[part.index("<article") : part.index("</article>")]
    assert article in whole


def test_a_clerk_gets_the_portrait_without_its_records(visitor: Visitor, town: Town) -> None:
    visitor.sign_in(Role.CLERK)
    there = visitor.portrait(town.one.question())

    assert "/evidence/" not in visitor.client.get(there).text
    refused = visitor.client.get(f"{there}/evidence/deposit_accounts")
    assert refused.status_code == 403
    assert "没有权限" in refused.text


def test_an_analyst_finds_totals_and_the_model_and_no_debtor(visitor: Visitor, town: Town) -> None:
    visitor.sign_in(Role.ANALYST)

    home = visitor.client.get("/").text
    assert "队列汇总" in home
    assert all(each.debtor not in home for each in town.open)
    assert "Small model of the town" in visitor.client.get("/model").text
    assert visitor.client.get(f"/queue?court={COURT}").status_code == 403


def test_the_auditor_finds_the_audit(visitor: Visitor, town: Town) -> None:
    visitor.sign_in(Role.JUDGE)
    visitor.portrait(town.one.question())
    visitor.sign_in(Role.AUDITOR)

    assert visitor.client.get("/").headers["location"] == "/audit"
    page = visitor.client.get(f"/audit?debtor={town.one.debtor}").text
    assert "未见改动" in page
    assert town.one.case in page
    assert visitor.client.get("/model").status_code == 403


def test_what_a_person_typed_is_never_taken_for_markup(visitor: Visitor) -> None:
    desk = visitor.client.app.state.desk  # type: ignore[attr-defined]
    key = desk.keys.issue(role=Role.JUDGE, label="<script>alert(1)</script>")
    visitor.client.post("/sign-in", data={"key": key})
    page = visitor.client.get("/cases", params={"case": "<img src=x onerror=alert(1)>"})

    assert "<script>alert" not in visitor.client.get("/").text
    assert "<img" not in page.text
    assert page.status_code == 422


def test_what_may_be_taken_stands_beside_the_score_line_by_line(judge: Visitor, town: Town) -> None:
    page = judge.client.get(_with_property(judge, town)).text
    ledger = page[page.index('class="ledger"') : page.index('<h2 id="conduct">')]

    assert "依法可供执行的财产" in ledger
    found = re.findall(r'<td class="number[^"]*" data-label="12个月内 · 居中">([^<]+)</td>', ledger)
    assert len(found) > 3
    assert "《民事诉讼法》" in ledger
    assert "分数" not in words(ledger).replace("与分数并列", "")


def test_a_line_of_the_ledger_opens_to_its_rows_and_only_for_who_may_read_them(
    judge: Visitor, town: Town, running: FastAPI
) -> None:
    there = _with_property(judge, town)
    link = re.search(r'href="(/portraits/[0-9a-f]+/records\?of=[^"]+)"', judge.client.get(there).text)
    assert link is not None
    rows = judge.client.get(unescape(link.group(1)))
    assert rows.status_code == 200
    assert "依据的记录" in rows.text
    assert "返回画像" in rows.text
    assert "返回画像" not in judge.client.get(unescape(link.group(1)) + "&fragment=1").text

    clerk = Visitor(TestClient(running))
    clerk.sign_in(Role.CLERK)
    assert "/records?of=" not in clerk.client.get(there).text
    assert clerk.client.get(unescape(link.group(1))).status_code == 403


def test_families_not_asked_are_named_as_not_known_and_never_as_zero(judge: Visitor, town: Town) -> None:
    page = judge.client.get(judge.portrait(town.silent.question())).text
    ledger = words(page[page.index('class="ledger"') : page.index('<h2 id="conduct">')])

    assert 'data-reading="unknown"' in page
    assert "这不是“无履行能力”" in page
    assert "尚不清楚的财产类别，未计为零" in ledger
    assert "不动产" in ledger


def test_facts_of_conduct_are_a_page_of_their_own_without_a_score(judge: Visitor, town: Town) -> None:
    for obligation in town.open:
        there = judge.portrait(obligation.question())
        page = judge.client.get(f"{there}/conduct")
        if "/records?of=" in page.text:
            break
    assert page.status_code == 200
    assert "行为事实（不计分）" in page.text
    assert "由法院认定" in page.text
    assert "法释〔" in page.text
    assert 'id="score"' not in page.text
    link = re.search(r'href="(/portraits/[0-9a-f]+/records\?of=[^"]+)"', page.text)
    assert link is not None
    assert judge.client.get(unescape(link.group(1))).status_code == 200


def test_a_portrait_of_old_is_a_page_without_a_ledger(judge: Visitor, town: Town, running: FastAPI) -> None:
    desk = running.state.desk
    kept = desk.archive.named(judge.portrait(town.one.question()).rsplit("/", 1)[1])
    document = {
        name: value
        for name, value in json.loads(kept.document).items()
        if name not in ("ledger", "ability", "conduct")
    }
    desk.archive.keep(replace(kept, id="0" * 24, document=json.dumps({**document, "id": "0" * 24})))

    page = judge.client.get(f"/portraits/{'0' * 24}")
    assert page.status_code == 200
    assert 'class="ledger"' not in page.text
    assert "重新生成" in judge.client.get(f"/portraits/{'0' * 24}/conduct").text


def _with_property(judge: Visitor, town: Town) -> str:
    """The address of a portrait whose ledger has an asset."""
    for obligation in town.open:
        there = judge.portrait(obligation.question())
        if 'id="asset-1"' in judge.client.get(there).text:
            return there
    raise AssertionError("no debtor of the town has anything")

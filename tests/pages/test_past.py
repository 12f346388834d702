"""In a real browser: replay, change, readiness, clues and the list of what to ask, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from serving.permissions import Role
from tests.serving.town import KEYS, Town

WIDTH, HEIGHT = 1280, 900
MOST = 60


@pytest.fixture(scope="module")
def two(address: str, town: Town) -> tuple[str, str]:
    """Ids of an earlier and a later portrait of one obligation, whose score moved between them."""
    with httpx.Client(base_url=address, headers={"X-API-Key": KEYS[Role.JUDGE]}, timeout=60) as judge:
        for obligation in town.open[:MOST]:
            day = date.fromisoformat(obligation.as_of) - timedelta(days=60)
            earlier = judge.post("/v1/portraits", json={**obligation.question(), "as_of": day.isoformat()})
            if earlier.status_code == 200 and earlier.json()["score"] is not None:
                later = judge.post("/v1/portraits", json=obligation.question()).json()
                if later["score"] is not None and abs(later["score"] - earlier.json()["score"]) > 1:
                    return earlier.json()["id"], later["id"]
    raise AssertionError("no portrait of the town moved in sixty days")


@pytest.fixture(params=["zh", "en"])
def page(request: pytest.FixtureRequest, address: str, browser: Browser) -> Iterator[Page]:
    """A judge signed in, in either language; the browser tells of no error on any page."""
    opened = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    said: list[str] = []
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("console", lambda told: said.append(told.text) if told.type == "error" else None)
    opened.goto(f"{address}/sign-in?lang={request.param}")
    opened.locator("input[name=key]").fill(KEYS[Role.JUDGE])
    opened.locator("main button").first.click()
    yield opened
    opened.close()
    assert said == []


def language(page: Page) -> str:
    return "zh" if page.locator("html").get_attribute("lang") == "zh-CN" else "en"


def fits(page: Page) -> None:
    """Nothing makes the page wider than the window."""
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


def test_from_the_portrait_to_what_changed_and_to_the_rows_of_a_part(
    page: Page, address: str, two: tuple[str, str], tmp_path: Path
) -> None:
    earlier, later = two
    page.goto(f"{address}/portraits/{later}")
    page.locator(f"nav.further a[href='/portraits/{later}/change']").click()

    expect(page.locator("#since")).to_have_value(earlier)
    parts = page.locator("#fall tbody[data-part]")
    assert [each.get_attribute("data-part") for each in parts.all()] == [
        "model",
        "time",
        "law",
        "expired",
        "records",
    ]
    page.locator("tbody[data-part=records] button.open").click()
    page.locator("section:last-of-type a.evidence").first.click()
    expect(page.get_by_role("dialog").get_by_role("table").first).to_be_visible()
    page.screenshot(path=tmp_path / "change.png")
    fits(page)


def test_an_earlier_date_is_chosen_by_hand(page: Page, address: str, two: tuple[str, str]) -> None:
    page.goto(f"{address}/portraits/{two[1]}/change")
    day = page.locator("#since option:checked").inner_text()[:10]
    page.locator("#since").select_option("")
    page.locator("#on").fill(day)
    page.locator("form[action$='/change'] button").click()
    expect(page.locator("h1")).to_contain_text(day)


def test_a_replay_says_its_verdict(page: Page, address: str, two: tuple[str, str], tmp_path: Path) -> None:
    page.goto(f"{address}/portraits/{two[0]}/replay")
    words = {"zh": "完全一致", "en": "Identical"}[language(page)]
    expect(page.locator("#verdict")).to_have_text(words)
    page.screenshot(path=tmp_path / "replay.png", full_page=True)
    fits(page)


def test_the_conditions_of_a_termination_stand_in_two_tables_and_open_to_rows(
    page: Page, address: str, two: tuple[str, str], tmp_path: Path
) -> None:
    page.goto(f"{address}/portraits/{two[1]}/readiness")
    expect(page.locator("table.readiness")).to_have_count(2)
    assert page.locator("tr[data-rule]").count() >= 24
    page.locator("tr[data-rule=notice] a.evidence").click()
    expect(page.get_by_role("dialog").get_by_role("table").first).to_be_visible()
    page.screenshot(path=tmp_path / "readiness.png")
    fits(page)


def test_clues_stand_apart_and_one_is_handed_in(page: Page, address: str, two: tuple[str, str]) -> None:
    page.goto(f"{address}/portraits/{two[1]}")
    section = page.locator("section.clues")
    expect(section).to_be_visible()
    section.locator("summary").click()
    section.get_by_role("button").click()
    expect(page.locator("h1")).to_have_text(
        {"zh": "线索已收到", "en": "The clue was received"}[language(page)]
    )


def test_what_to_ask_is_a_page_with_a_paper(page: Page, address: str, town: Town, tmp_path: Path) -> None:
    with httpx.Client(base_url=address, headers={"X-API-Key": KEYS[Role.JUDGE]}, timeout=60) as judge:
        made = judge.post("/v1/portraits", json=town.silent.question()).json()
    page.goto(f"{address}/portraits/{made['id']}/asking")
    assert page.locator("table.asking tbody tr").count() == len(made["ask"])
    link = page.locator("a[href*='asking.pdf']")
    assert f"lang={language(page)}" in str(link.get_attribute("href"))
    answer = page.request.get(f"{address}{link.get_attribute('href')}")
    assert answer.headers["content-type"] == "application/pdf"
    page.screenshot(path=tmp_path / "asking.png", full_page=True)
    fits(page)


def test_where_the_case_stands_is_named_with_its_place(
    page: Page, address: str, two: tuple[str, str]
) -> None:
    page.goto(f"{address}/portraits/{two[1]}")
    words = {"zh": "11个节点之第", "en": "of 11)"}[language(page)]
    expect(page.locator(".stamp").first).to_contain_text(words)

"""A clerk's morning in a real browser: the tracks as tabs, a filter, an override with its reason, a download."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from serving.permissions import Role
from tests.serving.town import COURT, KEYS

pytestmark = pytest.mark.browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser of a Chinese reader; anything that the page or its policy complains of fails the test."""
    opened = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    opened.on("weberror", lambda error: complaints.append(str(error.error)))
    opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield opened
    opened.close()
    assert complaints == []


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """The clerk, at the queue of the court."""
    page = context.new_page()
    page.goto(f"{address}/queue?court={COURT}")
    page.get_by_label("密钥").fill(KEYS[Role.CLERK])
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name=f"执行队列 · {COURT}")).to_be_visible()
    return page


def test_a_clerk_opens_a_track_and_moves_a_place_with_a_reason(page: Page, tmp_path: Path) -> None:
    tabs = page.get_by_role("navigation", name="分流").get_by_role("link")
    assert tabs.count() >= 2
    tabs.nth(1).click()
    expect(tabs.nth(1)).to_have_attribute("aria-current", "page")
    page.screenshot(path=tmp_path / "track.png", full_page=True)
    case = page.locator("table.queue tbody th").first.inner_text()
    page.get_by_role("link", name="调整").first.click()
    expect(page.get_by_role("heading", name="系统建议")).to_be_visible()
    page.get_by_label("改入").select_option("relief")
    page.get_by_label("理由").fill("申请执行人住院，先行审查救助")
    page.screenshot(path=tmp_path / "override.png", full_page=True)
    page.get_by_role("button", name="保存调整").click()
    expect(page.get_by_text("人工调整（a clerk）：申请执行人住院，先行审查救助")).to_be_visible()
    assert page.locator("table.queue tbody th").first.inner_text() == case
    page.screenshot(path=tmp_path / "moved.png", full_page=True)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_text("Overridden by a clerk")).to_be_visible()
    page.screenshot(path=tmp_path / "moved-en.png", full_page=True)


def test_a_filter_and_an_order_stay_while_the_track_changes(page: Page) -> None:
    page.get_by_label("排序").select_option("deadline")
    page.get_by_label("只看").select_option("pressing")
    page.get_by_role("button", name="应用").click()
    page.get_by_role("navigation", name="分流").get_by_role("link").nth(1).click()
    expect(page.get_by_label("排序")).to_have_value("deadline")
    expect(page.get_by_label("只看")).to_have_value("pressing")


def test_the_chosen_places_are_downloaded(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    content = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert content.startswith("序,建议流程")
    assert len(content.splitlines()) > 1

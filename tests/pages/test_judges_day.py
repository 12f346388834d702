"""A judge's day in a real browser: sign in, open the queue, open a portrait, click a reason, see its rows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from serving.permissions import Role
from tests.serving.town import COURT, KEYS, Obligation, Town

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "images"
LONGEST = 350_000
HEIGHT = 1750
"""Pictures for the documents end here."""
KEPT = ("portrait-zh", "portrait-en", "queue-zh", "ledger-zh", "conduct-zh")


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
    """The judge, signed in."""
    page = context.new_page()
    page.goto(f"{address}/")
    page.get_by_label("密钥").fill(KEYS[Role.JUDGE])
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="查询画像")).to_be_visible()
    return page


@pytest.fixture
def portrait(page: Page, address: str, town: Town) -> Page:
    """The judge, at the portrait of an obligation of which much is known."""
    page.goto(f"{address}/queue?court={COURT}")
    rows = page.locator("table.queue tbody tr")
    known = rows.filter(has_text="高")
    (known if known.count() else rows).first.get_by_role("button", name="打开画像").click()
    expect(page.get_by_role("heading", name="分数从何而来")).to_be_visible()
    return page


def picture(page: Page, folder: Path, name: str, *, whole: bool = True) -> None:
    """Keep a screenshot for looking at; among the documents' pictures when asked to."""
    path = folder / f"{name}.png"
    page.screenshot(path=path, full_page=whole)
    assert path.stat().st_size > 0
    if name in KEPT and os.environ.get("PORTRAIT_WRITE_PICTURES") == "1":
        height = min(HEIGHT, page.evaluate("document.documentElement.scrollHeight"))
        keep(page, path.name, clip={"x": 0, "y": 0, "width": 1280, "height": height}, full_page=True)


def part(page: Page, selector: str, folder: Path, name: str) -> None:
    """Keep a screenshot of a part of the page, as `picture` does."""
    found = page.locator(selector)
    found.screenshot(path=folder / f"{name}.png")
    if name in KEPT and os.environ.get("PORTRAIT_WRITE_PICTURES") == "1":
        keep(found, f"{name}.png")


def keep(what: Page | Locator, name: str, **of: Any) -> None:
    """Keep a screenshot among the documents' pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    what.screenshot(path=PICTURES / name, **of)
    assert (PICTURES / name).stat().st_size < LONGEST


def test_from_signing_in_to_the_rows_behind_a_reason(page: Page, tmp_path: Path) -> None:
    page.get_by_role("link", name=COURT).click()
    expect(page.get_by_role("heading", name=f"执行队列 · {COURT}")).to_be_visible()
    picture(page, tmp_path, "queue-zh")
    page.get_by_label("查询目的").select_option("round_termination")
    page.get_by_role("button", name="打开画像").first.click()

    expect(page.get_by_text("终本审查")).to_be_visible()
    family = page.locator("#family-deposits")
    expect(family.locator("tr.item").first).to_be_hidden()
    family.get_by_role("button").click()
    expect(family.get_by_role("button")).to_have_attribute("aria-expanded", "true")
    family.locator("a.evidence").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("table").first).to_be_visible()
    expect(dialog.get_by_text("银行存款，共")).to_be_visible()
    picture(page, tmp_path, "evidence-zh", whole=False)
    dialog.get_by_role("button", name="关闭").click()
    expect(dialog).to_be_hidden()


def test_the_language_is_switched_on_the_same_portrait(portrait: Page, tmp_path: Path) -> None:
    score = portrait.locator("#score-value").inner_text()
    picture(portrait, tmp_path, "portrait-zh")
    portrait.get_by_role("link", name="English").click()

    expect(portrait.get_by_role("heading", name="Where the score comes from")).to_be_visible()
    assert portrait.locator("html").get_attribute("lang") == "en"
    assert portrait.locator("#score-value").inner_text() == score
    picture(portrait, tmp_path, "portrait-en")


def test_from_what_may_be_taken_to_the_rows_of_a_line(portrait: Page, tmp_path: Path) -> None:
    ledger = portrait.locator("section.ledger")
    expect(ledger.get_by_role("heading", name="依法可供执行的财产")).to_be_visible()
    asset = ledger.locator("tbody.family").last
    expect(asset.locator("tr.item").first).to_be_hidden()
    asset.get_by_role("button").click()
    expect(asset.locator("tr.item").first).to_be_visible()
    part(portrait, "section.ledger", tmp_path, "ledger-zh")
    asset.locator("a.evidence").first.click()
    dialog = portrait.get_by_role("dialog")
    expect(dialog.get_by_role("table").first).to_be_visible()
    expect(dialog.get_by_role("heading", name="依据的记录")).to_be_visible()


def test_figures_of_the_ledger_stand_in_columns_and_fit_the_page(portrait: Page) -> None:
    for language in ("zh", "en"):
        portrait.set_viewport_size({"width": 1200, "height": 900})
        portrait.goto(f"{portrait.url.split('?')[0]}?lang={language}")
        for button in portrait.locator("section.ledger button.open").all():
            button.click()
        assert portrait.evaluate("document.documentElement.scrollWidth") <= 1200
        assert portrait.evaluate(
            "[...document.querySelectorAll('.ledger .scroll')].every((e) => e.scrollWidth <= e.clientWidth)"
        )
        aligned = (
            "[...document.querySelectorAll('.capacity td.number')].map((e) => getComputedStyle(e).textAlign)"
        )
        assert set(portrait.evaluate(aligned)) == {"right"}
        assert portrait.evaluate(_FAINT) == []


def test_facts_of_conduct_are_read_on_their_own_page(
    page: Page, address: str, town: Town, tmp_path: Path
) -> None:
    one = _with_facts(page, address, town)
    page.goto(f"{address}/portrait?case={one.case}&debtor={one.debtor}&as_of={one.as_of}")
    page.get_by_role("button", name="打开画像").click()
    page.get_by_role("link", name="查看行为事实").click()

    expect(page.get_by_role("heading", name="行为事实（不计分）")).to_be_visible()
    picture(page, tmp_path, "conduct-zh")
    assert page.evaluate(_FAINT) == []
    page.locator("a.evidence").first.click()
    expect(page.get_by_role("dialog").get_by_role("table").first).to_be_visible()
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_all_of_it_works_by_keyboard(portrait: Page) -> None:
    portrait.keyboard.press("Tab")
    expect(portrait.get_by_role("link", name="跳到正文")).to_be_focused()
    family = portrait.locator("#family-deposits")
    family.get_by_role("button").focus()
    portrait.keyboard.press("Enter")
    portrait.keyboard.press("Tab")
    link = family.locator("a.evidence").first
    expect(link).to_be_focused()
    portrait.keyboard.press("Enter")
    expect(portrait.get_by_role("dialog")).to_be_visible()
    portrait.keyboard.press("Escape")
    expect(portrait.get_by_role("dialog")).to_be_hidden()
    expect(link).to_be_focused()


def test_without_javascript_every_item_is_shown_and_records_are_a_page(
    browser: Browser, portrait: Page, address: str
) -> None:
    plain = browser.new_context(locale="zh-CN", java_script_enabled=False)
    plain.add_cookies(portrait.context.cookies(address))  # type: ignore[arg-type]
    page = plain.new_page()
    page.goto(portrait.url)

    item = page.locator("#family-deposits tr.item").first
    expect(item).to_be_visible()
    item.locator("a").click()
    expect(page.get_by_role("link", name="返回画像")).to_be_visible()
    assert "/evidence/" in page.url
    plain.close()


def test_printed_it_shows_every_item_and_no_buttons(portrait: Page, tmp_path: Path) -> None:
    portrait.emulate_media(media="print")

    expect(portrait.locator("header.top")).to_be_hidden()
    expect(portrait.locator("#family-deposits tr.item").first).to_be_visible()
    expect(portrait.locator("p.advice")).to_be_visible()
    picture(portrait, tmp_path, "print-zh")


def test_a_portrait_without_a_score_says_so_first(
    page: Page, address: str, town: Town, tmp_path: Path
) -> None:
    silent = town.silent
    there = f"{address}/portrait?case={silent.case}&debtor={silent.debtor}&as_of={silent.as_of}"
    page.goto(there)
    page.get_by_role("button", name="打开画像").click()

    expect(page.get_by_role("heading", name="信息不足，不给出分数")).to_be_visible()
    assert page.locator(".chip-found").count() == 0
    picture(page, tmp_path, "silent-zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_stand_out_from_their_ground(portrait: Page, language: str) -> None:
    portrait.goto(f"{portrait.url}?lang={language}")
    faint = portrait.evaluate(_FAINT)

    assert faint == []


def test_on_a_telephone_nothing_is_wider_than_the_screen(portrait: Page, tmp_path: Path) -> None:
    portrait.set_viewport_size({"width": 390, "height": 844})

    assert portrait.evaluate("document.documentElement.scrollWidth") <= 390
    picture(portrait, tmp_path, "telephone-zh")


def _with_facts(page: Page, address: str, town: Town) -> Obligation:
    """An obligation of the town with more than one fact of conduct."""
    key = {"X-API-Key": KEYS[Role.JUDGE]}
    for each in town.open:
        told = page.request.post(f"{address}/v1/portraits", data=each.question(), headers=key).json()
        if len({fact["rule"] for fact in told["conduct"]}) > 1:
            return each
    raise AssertionError("no debtor of the town has two kinds of facts")


# Contrast of every visible text with the nearest ground behind it (WCAG 2.1, 1.4.3: 4.5 to 1).
_FAINT = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !element.checkVisibility()) continue;
    const [a, b] = [light(numbers(getComputedStyle(element).color)), light(ground(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faint.push(`${element.className} ${element.textContent.trim()} ${contrast.toFixed(2)}`);
  }
  return faint;
}"""

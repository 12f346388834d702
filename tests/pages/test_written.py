"""What people write on the pages: edits, disputes and the judge's word, by forms alone."""

from __future__ import annotations

import re
from html import unescape

import pytest

from serving.permissions import Role
from tests.pages.conftest import Visitor
from tests.serving.town import Town

REASON = "评估机构2025年12月的报告（卷宗第41页）"
SIX = ("now_low", "now_mid", "now_high", "year_low", "year_mid", "year_high")


def words(page: str) -> str:
    """The text of a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


@pytest.fixture
def address(judge: Visitor, town: Town) -> str:
    """The page of a portrait with a line to edit."""
    for each in town.open:
        there = judge.portrait(each.question())
        if 'class="capacity' in (page := judge.client.get(there).text) and "/edits?line=" in page:
            return there
    raise AssertionError("the town has no portrait with a line to edit")


def lines(page: str) -> list[str]:
    """The addresses of the forms for editing a line."""
    return [unescape(each) for each in re.findall(r'href="([^"]+/edits\?line=[^"]+)"', page)]


def test_a_judge_edits_a_line_reads_both_figures_and_withdraws_it(judge: Visitor, address: str) -> None:
    form = judge.client.get(lines(judge.client.get(address).text)[0]).text
    line = unescape(re.search(r'name="line" value="([^"]+)"', form).group(1))  # type: ignore[union-attr]
    sent = judge.send(f"{address}/edits", line=line, reason=REASON, **dict.fromkeys(SIX, "1,234.50"))
    assert sent.status_code == 303, words(sent.text)

    edited = words(judge.client.get(sent.headers["location"]).text)
    assert f"理由：{REASON}" in edited
    assert "1,234.50" in edited
    assert "按规则" in edited
    history = judge.client.get(sent.headers["location"].replace("#ledger", "/edits")).text
    withdrawal = re.search(r'action="([^"]+/withdrawal)"', history)
    assert withdrawal is not None
    gone = judge.send(withdrawal.group(1), reason="报告有误")
    assert gone.status_code == 303
    assert "撤回：报告有误" in words(judge.client.get(gone.headers["location"]).text)


def test_a_figure_that_is_none_and_a_missing_reason_are_named(judge: Visitor, address: str) -> None:
    wanted = {"line": "deposits:1/found", "reason": REASON, **dict.fromkeys(SIX, "1")}
    none = judge.send(f"{address}/edits", **{**wanted, "now_mid": "much"})
    silent = judge.send(f"{address}/edits", **{**wanted, "reason": ""})

    assert (none.status_code, silent.status_code) == (422, 422)
    assert "now.mid" in none.text
    assert "reason" in silent.text


def test_a_clerk_reads_edits_and_is_offered_no_form(visitor: Visitor, judge: Visitor, address: str) -> None:
    there = lines(judge.client.get(address).text)[0]
    visitor.sign_in(Role.CLERK)

    assert "/edits?line=" not in visitor.client.get(address).text
    assert visitor.client.get(f"{address}/edits").status_code == 200
    assert visitor.client.get(there).status_code == 403


def test_promises_are_told_on_the_page_of_every_portrait(judge: Visitor, address: str) -> None:
    assert "同一财产只清偿一次" in words(judge.client.get(address).text)
    assert "Capacity is spent once" in words(judge.client.get(f"{address}?lang=en").text)


def test_a_judge_writes_down_a_dispute_from_the_record_itself_and_settles_it(
    judge: Visitor, address: str
) -> None:
    page = judge.client.get(address).text
    records = unescape(re.search(r'class="evidence" href="([^"]+/records[^"]+)"', page).group(1))  # type: ignore[union-attr]
    form = unescape(
        re.search(r'href="([^"]+/disputes\?table=[^"]+)"', judge.client.get(records).text).group(1)
    )  # type: ignore[union-attr]
    said = dict(re.findall(r'name="(table|row)" value="([^"]+)"', judge.client.get(form).text))
    sent = judge.send(
        f"{address}/disputes", **said, said_by="被执行人本人", said_on="2025-12-30", says="不是我的账户"
    )
    assert sent.status_code == 303, words(sent.text)

    told = judge.client.get(sent.headers["location"]).text
    assert "被执行人本人，2025-12-30：不是我的账户" in words(told)
    assert "如不计这些记录" in words(judge.client.get(address).text)
    assert 'class="contested"' in judge.client.get(records).text
    end = re.search(r'action="([^"]+/settlement)"', told)
    assert end is not None
    assert judge.send(end.group(1), outcome="rejected", why="开户证明不符").status_code == 303
    assert "异议不成立。开户证明不符" in words(judge.client.get(f"{address}/disputes").text)


def test_a_judge_says_whether_the_portrait_agreed(judge: Visitor, address: str) -> None:
    silent = judge.send(f"{address}/agreement", answer="differs", why="")
    assert silent.status_code == 422
    assert "须说明理由" in words(silent.text)

    sent = judge.send(f"{address}/agreement", answer="differs", why="存款已被他案扣划")
    assert sent.headers["location"] == f"{address}#agreement"
    assert "与案情不符。存款已被他案扣划" in words(judge.client.get(address).text)


def test_long_lists_of_records_are_read_in_pages(
    judge: Visitor, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serving.pages.portrait.MOST_ROWS", 2)
    there = next(
        f"{address}/evidence/deposit_accounts"
        for address in (judge.portrait(each.question()) for each in town.open)
        if 'rel="next"' in judge.client.get(f"{address}/evidence/deposit_accounts").text
    )
    first = judge.client.get(there).text
    after = unescape(re.search(r'rel="next" href="([^"]+)"', first).group(1))  # type: ignore[union-attr]
    second = judge.client.get(after).text

    assert "第1–2条" in words(first)
    assert "第3–" in words(second)
    assert 'rel="prev"' in second
    assert not set(_rows(first)) & set(_rows(second))


def _rows(page: str) -> list[str]:
    """The ids of the records on a page of deposits."""
    return re.findall(r'table=deposits&amp;row=([0-9a-f]+)"', page)

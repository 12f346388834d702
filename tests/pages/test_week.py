"""The plan of the week and the key figures as pages, in both languages."""

from __future__ import annotations

import pytest

from serving.permissions import Role
from tests.pages.conftest import Visitor
from tests.serving.town import COURT


@pytest.mark.parametrize(("language", "heading"), [("zh", "当周安排"), ("en", "the week of")])
def test_a_clerk_reads_the_plan_by_officer(visitor: Visitor, language: str, heading: str) -> None:
    visitor.sign_in(Role.CLERK)
    page = visitor.client.get(f"/plan?court={COURT}&lang={language}")
    assert page.status_code == 200
    assert heading in page.text
    assert 'scope="rowgroup"' in page.text


@pytest.mark.parametrize("role", [Role.CLERK, Role.JUDGE, Role.ANALYST])
def test_key_figures_are_open_to_whoever_reads_totals(visitor: Visitor, role: Role) -> None:
    visitor.sign_in(role)
    page = visitor.client.get(f"/kpis?court={COURT}&lang=zh")
    assert page.status_code == 200
    assert "有财产案件法定期限内实际执结率" in page.text
    assert "86.62%" in page.text


@pytest.mark.parametrize(
    ("language", "source", "other"),
    [
        ("zh", "陕西2024年公布数据：69.17%；每案至多计至其标的额 (2024)", "as reported"),
        ("en", "Shaanxi 2024, as reported: 69.17 %; each case counts at most its claim (2024)", "公布数据"),
    ],
)
def test_a_figures_source_is_read_in_the_language_asked_for(
    visitor: Visitor, language: str, source: str, other: str
) -> None:
    visitor.sign_in(Role.ANALYST)
    page = visitor.client.get(f"/kpis?court={COURT}&lang={language}").text
    assert source in page
    assert other not in page


def test_the_auditor_reads_neither(visitor: Visitor) -> None:
    visitor.sign_in(Role.AUDITOR)
    assert visitor.client.get(f"/plan?court={COURT}").status_code == 403
    assert visitor.client.get("/kpis").status_code == 403

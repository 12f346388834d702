"""Every rule says where it stands and since when, and its words are found in the stored text of its article."""

from __future__ import annotations

import importlib
import inspect
import re
from datetime import date
from pathlib import Path

import pytest

from portraits.figures import figures
from portraits.law import DOCUMENTS, RULES, Rule, acts, assets, claim, order

LAW = Path(__file__).resolve().parents[3] / "shared" / "law"
NUMERALS = "零一二三四五六七八九十百千"


def articles(text: str) -> dict[str, str]:
    """Article number as written in the stored text -> its words."""
    found: dict[str, str] = {}
    for part in re.split(rf"\n(?=第[{NUMERALS}]+条[ 　]|\d+\.)", text):
        head = re.match(rf"(第[{NUMERALS}]+条)|(\d+)\.", part)
        if head:
            found[head.group(1) or f"第{head.group(2)}条"] = part
    return found


def names(article: str) -> list[str]:
    return re.findall(rf"第[{NUMERALS}\d]+条", article)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_names_its_article_its_document_and_its_first_day(rule: Rule) -> None:
    assert names(rule.article) or rule.document.key == "older_interest"
    assert rule.document.number
    assert date(1949, 10, 1) < rule.in_force_from <= date(2026, 1, 1)
    assert all((rule.says.zh, rule.says.en, rule.cited.zh, rule.cited.en))
    assert bool(rule.words) is (rule.document.text is not None), "words are quoted where the text is stored"
    assert rule.document.text or rule.document.seen, "says on what the citation rests"


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.document.text], ids=lambda rule: rule.name)
@pytest.mark.shared_data
def test_the_words_quoted_stand_in_the_article_cited(rule: Rule) -> None:
    path = LAW / str(rule.document.text)
    if not path.exists():
        pytest.skip(f"the text [{path.name}] does not lie beside the checkout, in ../shared/law")
    stored = articles(path.read_text(encoding="utf-8"))
    assert any(rule.words in stored[name] for name in names(rule.article)), f"{rule.name}: {rule.article}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_followed_in_the_module_that_it_names(rule: Rule) -> None:
    constant = next(
        name for place in (acts, assets, claim, order) for name, value in vars(place).items() if value is rule
    )
    source = inspect.getsource(importlib.import_module(rule.coded))

    assert re.search(rf"\b{constant}\b", source), f"{rule.coded} does not use {constant}"


@pytest.mark.parametrize("name", sorted(figures()))
def test_a_figure_names_its_unit_its_source_and_its_first_day(name: str) -> None:
    """Rates, exemptions, thresholds, costs: each says where it is from."""
    for value in figures().dated[name]:
        assert value.unit
        assert len(value.source) > 10
        assert value.in_force_from <= date(2026, 1, 1)


def test_rules_and_documents_are_named_once() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert len({document.key for document in DOCUMENTS}) == len(DOCUMENTS)
    assert {rule.document.key for rule in RULES} <= {document.key for document in DOCUMENTS}

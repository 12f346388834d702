"""Whom to ask about each family: every family has an organ, a basis, a source and a first day."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from portraits.asking import FILE, organs
from tests.law.test_sources import LAW, articles
from vocabulary.families import ASKED
from vocabulary.problems import PortraitError

TODAY = date(2026, 6, 30)


def test_every_family_that_can_be_asked_about_has_an_organ() -> None:
    assert tuple(organs(TODAY)) == ASKED


@pytest.mark.parametrize("family", ASKED)
def test_an_organ_says_what_for_on_what_basis_and_since_when(family: str) -> None:
    organ = organs(TODAY)[family]
    assert len(organ.source) > 10
    assert date(1949, 10, 1) < organ.in_force_from <= TODAY
    for text in (organ.organ, organ.asks, *(each.cited for each in organ.basis)):
        assert re.search(r"[\u4e00-\u9fff]", text.zh)
        assert text.en
    assert not re.search(r"[\u4e00-\u9fff]", organ.organ.en + organ.asks.en)


@pytest.mark.parametrize("family", ASKED)
@pytest.mark.shared_data
def test_the_articles_named_are_in_the_stored_texts(family: str) -> None:
    for basis in organs(TODAY)[family].basis:
        path = LAW / str(basis.document.text)
        if not path.exists():
            pytest.skip(f"the text [{path.name}] does not lie beside the checkout, in ../shared/law")
        assert basis.article in articles(path.read_text(encoding="utf-8"))


def test_a_later_version_of_an_organ_counts_from_its_first_day(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    moved = """
- family: vehicles
  organ: {zh: "车管所二部", en: "Second vehicle office"}
  asks: {zh: "登记车辆", en: "Vehicles registered"}
  basis: [{document: investigation, article: 第十二条}]
  in_force_from: 2026-03-01
  source: "letter of the vehicle office to the court, 2026"
"""
    path = tmp_path / "organs.yaml"
    path.write_text(text + moved, encoding="utf-8")
    assert organs(date(2026, 2, 28), path)["vehicles"].organ.en == "Vehicle register of the traffic police"
    assert organs(date(2026, 3, 1), path)["vehicles"].organ.en == "Second vehicle office"


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ('source: "民诉法 (2023) Art. 254', 'source: ""\n  #'),
        ("family: income", "family: fortune"),
        ("{document: equity, article: 第六条}", "{document: hearsay, article: 第六条}"),
        ("in_force_from: 2022-01-01", "in_force_from: soon"),
    ],
)
def test_an_entry_without_source_day_or_basis_is_refused(tmp_path: Path, line: str, instead: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert line in text
    path = tmp_path / "organs.yaml"
    path.write_text(text.replace(line, instead), encoding="utf-8")
    with pytest.raises(PortraitError) as refused:
        organs(TODAY, path)
    assert refused.value.problem.code == "organs.malformed"

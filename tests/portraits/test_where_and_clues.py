"""Where in the process a portrait stands, and clues: told apart from findings, checked in seven days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portraits.clues import FILE, clues
from portraits.node import EVERY, named, node_of
from records.contracts.court import NODES
from records.parameters import Parameters
from tests.law.cases import DAY, dossier

CASE = """
cases
court | kind  | cause | filed_on   | node  | on
3202  | first | other | 2024-01-10 | {node} | 2024-01-10
"""
TAKEN = """
measures
case_id | kind | node          | on
100     | seal | asset_control | -40d
100     | fine |               | -20d
"""


def test_there_are_eleven_nodes_from_filing_to_closing() -> None:
    assert [node.code for node in EVERY] == list(NODES)
    assert (EVERY[0].label.zh, EVERY[-1].label.zh) == ("执行立案", "结案管理")
    assert [node.place for node in EVERY] == list(range(1, 12))
    assert len({node.label.en for node in EVERY}) == 11


def test_the_case_register_says_where_the_case_is() -> None:
    node = node_of(dossier(CASE.format(node="disposal") + TAKEN))
    assert node is not None
    assert (node.code, node.place) == ("disposal", 4)


def test_where_the_register_is_silent_the_newest_measure_says_it() -> None:
    node = node_of(dossier(TAKEN))
    assert node is not None
    assert node.code == "asset_control"


def test_where_nothing_names_a_node_there_is_none() -> None:
    assert node_of(dossier("")) is None
    assert named(None) is None


TWO = """
clues
case_id | author      | family   | confidence | value  | on
100     | grid_worker | vehicles | middle     | 80,000 | 2025-06-28
100     | reward      | income   | high       |        | 2025-05-01
"""


def test_an_open_clue_is_to_be_checked_within_seven_days() -> None:
    """财产调查规定 Art. 2: a clear clue is checked within seven days."""
    newest, older = clues(dossier(TWO))
    assert (newest.author, newest.family, newest.value) == ("grid_worker", "vehicles", 8_000_000)
    assert newest.check_by == date(2025, 7, 5)
    assert older.check_by == date(2025, 5, 8)
    assert not older.checked


def test_a_check_made_after_the_date_is_not_known_on_it() -> None:
    text = (
        TWO.replace("confidence | value  | on", "confidence | verified_on | on")
        .replace("middle     | 80,000 | 2025-06-28", "middle | 2025-07-02 | 2025-06-28")
        .replace("high       |        | 2025-05-01", "high | 2025-05-03 | 2025-05-01")
    )
    newest, older = clues(dossier(text))
    assert newest.checked_on is None
    assert (older.checked_on, older.check_by) == (date(2025, 5, 3), None)
    assert clues(dossier(text, as_of=DAY + timedelta(days=5)))[0].checked


@pytest.mark.parametrize("name", list(Parameters.read(FILE).dated))
def test_the_term_names_its_source(name: str) -> None:
    assert all(each.source for each in Parameters.read(FILE).dated[name])

"""Everything a page may show has words in both languages: columns, codes, tables, families, roles, purposes."""

from __future__ import annotations

import pytest

from features.catalogue import CATALOGUE
from features.evidence import ALWAYS_SHOWN
from portraits.evidence import RECEIPT_COLUMNS
from records.contracts import TABLES
from serving.pages.words import WORDS
from serving.permissions import ACT_LABELS, ROLE_LABELS, Act, Role
from serving.purposes import Purpose
from vocabulary.labels import column_label, table_label, word
from vocabulary.text import Text

SHOWN = sorted(
    {
        (feature.rows.table, column)
        for feature in CATALOGUE.made_of_rows
        for column in (*ALWAYS_SHOWN, *feature.shows)
    }
    | {("queries", column) for column in RECEIPT_COLUMNS}
)


def speaks_both(text: Text) -> bool:
    """Chinese on one side, English on the other."""
    chinese = any("\u4e00" <= character <= "\u9fff" for character in text.zh)
    return chinese and text.en != "" and not any("\u4e00" <= character <= "\u9fff" for character in text.en)


@pytest.mark.parametrize(("table", "column"), SHOWN, ids=[f"{table}.{column}" for table, column in SHOWN])
def test_every_column_that_evidence_shows_and_its_codes_have_words(table: str, column: str) -> None:
    assert speaks_both(column_label(table, column))
    assert speaks_both(table_label(table))
    codes = () if column == "row_id" else TABLES[table].column(column).codes
    for code in codes:
        assert speaks_both(word(table, column, code))


def test_every_column_and_code_of_every_contract_has_words() -> None:
    for table in TABLES.values():
        for column in table.columns:
            assert speaks_both(column_label(table.name, column.name))
            for code in column.codes:
                assert speaks_both(word(table.name, column.name, code))


def test_words_of_one_column_differ_from_code_to_code() -> None:
    for table in TABLES.values():
        for column in table.columns:
            words = [word(table.name, column.name, code) for code in column.codes]
            assert len({text.zh for text in words}) == len(words), f"{table.name}.{column.name}"
            assert len({text.en for text in words}) == len(words), f"{table.name}.{column.name}"


def test_roles_acts_and_purposes_have_words() -> None:
    assert set(ROLE_LABELS) == set(Role)
    assert set(ACT_LABELS) == set(Act)
    texts = [*ROLE_LABELS.values(), *ACT_LABELS.values(), *(purpose.label for purpose in Purpose)]
    assert all(speaks_both(text) for text in texts)


def test_words_of_the_pages_fill_the_same_places_in_both_languages() -> None:
    for name, text in WORDS.items():
        places = [sorted(part.split("}")[0] for part in side.split("{")[1:]) for side in (text.zh, text.en)]
        assert places[0] == places[1], name

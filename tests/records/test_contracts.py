"""The contracts about themselves: every column says what it means, and personal data has one place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from records import handbook
from records.contracts import TABLES, Column, Kind, Table
from records.schema import contracts_digest
from vocabulary.families import ASKED, FAMILIES

REPOSITORY = Path(__file__).resolve().parents[2]
COLUMNS = [(table, column) for table in TABLES.values() for column in table.columns]


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_table_and_column_says_what_it_means_and_names_are_unique(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert table.meaning
    assert all(column.meaning for column in table.columns)
    assert len(set(names)) == len(names)
    assert {"happened_at", "known_at", "receipt_id", "corrects_row_id", "retracted"} <= set(names)
    assert not {"row_id", "load_id", "superseded_at"} & set(names)
    assert set(table.key) <= set(names)
    assert table.family in FAMILIES
    assert table.owner_column is None or table.column(table.owner_column).required


def test_money_is_in_yuan_and_only_codes_have_values() -> None:
    for table, column in COLUMNS:
        assert (column.unit == "CNY") == (column.kind is Kind.MONEY), (table.name, column.name)
        assert bool(column.codes) == (column.kind is Kind.CODE), (table.name, column.name)


def test_names_addresses_and_id_numbers_are_held_in_parties_only() -> None:
    personal = {(table.name, column.name) for table, column in COLUMNS if _is_personal(column)}
    held = {"name", "address", "id_number", "former_number"}
    assert personal == {("parties", name) for name in held}


def test_every_family_that_is_asked_for_has_a_table_to_answer_in() -> None:
    answered = {
        table.family for table in TABLES.values() if table.of_obligors_only and table.name != "queries"
    }
    assert set(ASKED) <= answered
    assert set(ASKED) == set(TABLES["queries"].column("family").codes)


def test_an_unknown_column_is_told_with_those_there_are() -> None:
    with pytest.raises(KeyError, match=r"\[deposits\] has no column \[balanse\]; it has: .*balance"):
        TABLES["deposits"].column("balanse")


def test_the_digest_of_the_contracts_is_the_same_every_time() -> None:
    assert contracts_digest() == contracts_digest()
    assert len(contracts_digest()) == 64


def test_the_handbook_in_docs_is_current() -> None:
    written = (REPOSITORY / handbook.PLACE).read_text(encoding="utf-8")
    assert written == handbook.handbook(), "run: python -m records.handbook"
    assert all(f"### `{name}`" in written for name in TABLES)


def test_what_a_service_reads_a_dossier_with_is_light() -> None:
    said = (
        "import sys, records.dossiers, records.dossier, records.states, records.parameters;"
        "heavy = {'duckdb', 'pandas', 'pandera', 'pyarrow', 'numpy'} & set(sys.modules);"
        "print(sorted(heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", said], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def _is_personal(column: Column) -> bool:
    return column.kind in (Kind.PERSONAL, Kind.IDENTITY) or column.sensitivity == "personal"

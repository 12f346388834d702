"""Credit-card clients at the door: six months of columns become dated rows, protected facts stay apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from records.adapters import Adapted, taiwan_credit
from records.contracts import TABLES, Kind

CLIENT = {
    "ID": "1", "LIMIT_BAL": "20000", "SEX": "2", "EDUCATION": "2", "MARRIAGE": "1", "AGE": "24",
    "PAY_0": "2", "PAY_2": "2", "PAY_3": "-1", "PAY_4": "-1", "PAY_5": "-2", "PAY_6": "0",
    "BILL_AMT1": "3913", "BILL_AMT2": "3102", "BILL_AMT3": "689", "BILL_AMT4": "-5", "BILL_AMT5": "0",
    "BILL_AMT6": "611", "PAY_AMT1": "0", "PAY_AMT2": "689", "PAY_AMT3": "0", "PAY_AMT4": "0", "PAY_AMT5": "0",
    "PAY_AMT6": "25", "default.payment.next.month": "1",
}  # fmt: skip


@pytest.fixture
def clients(tmp_path: Path) -> Callable[..., Adapted]:
    """Adapts clients that differ from `CLIENT` by what each says; the first is on line 2."""
    return lambda *said: taiwan_credit.adapt(_file(tmp_path / "clients.csv", CLIENT, "ID", said))


def test_six_months_of_a_client_become_dated_rows(clients: Callable[..., Adapted]) -> None:
    consumption = clients({}).tables["consumption"]
    assert _rows(consumption, "happened_at", "billed", "amount", "months_late") == [
        (date(2005, 4, 30), 611, 25, 0),
        (date(2005, 5, 31), 0, 0, -2),
        (date(2005, 6, 30), -5, 0, -1),
        (date(2005, 7, 31), 689, 0, -1),
        (date(2005, 8, 31), 3102, 689, 2),
        (date(2005, 9, 30), 3913, 0, 2),
    ]
    assert consumption["known_at"].equals(consumption["happened_at"])
    assert set(consumption["category"]) == {"credit_repayment"}
    assert set(consumption["channel"]) == {"credit_line"}


def test_the_statements_are_one_receipt_answered_in_april_and_renewed_in_september(
    clients: Callable[..., Adapted],
) -> None:
    tables = clients({}).tables
    april, september = date(2005, 4, 30), date(2005, 9, 30)
    assert _rows(tables["queries"], "family", "source", "status", "asked_at", "answered_at", "known_at") == [
        ("consumption", "manual", "found", april, april, april),
        ("consumption", "manual", "found", april, september, september),
    ]
    assert set(tables["queries"]["receipt_id"]) == set(tables["consumption"]["receipt_id"])


def test_a_client_owes_the_line_of_credit_and_keeps_or_misses_the_duty_of_october(
    clients: Callable[..., Adapted],
) -> None:
    tables = clients({}, {"default.payment.next.month": "0"}).tables
    assert _rows(tables["titles"], "principal", "revolving") == [(20_000, True), (20_000, True)]
    assert set(tables["cases"]["cause"]) == {"credit_card"}
    assert set(tables["cases"]["filed_on"]) == {date(2005, 9, 30)}
    assert _rows(tables["payments"], "case_id", "amount", "known_at") == [
        ("taiwan-case-1", 0.0, date(2005, 10, 31)),
        ("taiwan-case-2", 20_000.0, date(2005, 10, 31)),
    ]


def test_sex_age_and_marriage_of_a_client_go_only_to_protected_columns(
    clients: Callable[..., Adapted],
) -> None:
    one, other = clients({}).tables, clients({"SEX": "1", "AGE": "60", "MARRIAGE": "2"}).tables
    assert _row(one["parties"], "sex", "birth_year") == ("female", 1981)
    assert _row(other["parties"], "sex", "birth_year") == ("male", 1945)
    assert (*one["civil_status"]["marital"], *other["civil_status"]["marital"]) == ("married", "single")
    changed = {
        (name, column)
        for name, frame in one.items()
        for column in frame
        if not frame[column].equals(other[name][column])
    }
    assert changed == {("parties", "sex"), ("parties", "birth_year"), ("civil_status", "marital")}
    assert all(TABLES[name].column(column).sensitivity == "protected" for name, column in changed)


def test_schooling_is_not_read(clients: Callable[..., Adapted]) -> None:
    for name, frame in clients({}).tables.items():
        pd.testing.assert_frame_equal(frame, clients({"EDUCATION": "6"}).tables[name])
    assert set(CLIENT) == set(taiwan_credit.COLUMNS) | set(taiwan_credit.UNUSED)


@pytest.mark.parametrize("code", ["0", "3"])
def test_a_marital_code_without_a_word_in_the_contract_is_listed_and_the_client_kept(
    clients: Callable[..., Adapted], code: str
) -> None:
    adapted = clients({"MARRIAGE": code})
    assert adapted.tables["civil_status"].empty
    assert len(adapted.tables["consumption"]) == 6
    assert [(each.column, each.value, each.lost) for each in adapted.rejected] == [
        ("MARRIAGE", code, "value")
    ]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"LIMIT_BAL": "0"}, "a line of credit above 0"),
        ({"PAY_3": "12"}, "-2 to 9"),
        ({"BILL_AMT4": "n/a"}, "an amount"),
        ({"PAY_AMT2": "-1"}, "an amount not below 0"),
        ({"default.payment.next.month": ""}, "0 or 1"),
        ({"ID": "1"}, "a client is listed once"),
    ],
)
def test_a_client_with_an_unreadable_month_is_refused_whole(
    clients: Callable[..., Adapted], said: dict[str, str], rule: str
) -> None:
    adapted = clients({}, said)
    (refused,) = adapted.rejected
    assert (refused.line, refused.column, refused.rule, refused.value, refused.lost) == (
        3, *said, rule, *said.values(), "row",
    )  # fmt: skip
    assert set(adapted.tables["obligors"]["party_id"]) == {"taiwan-1"}


def test_every_frame_of_clients_keeps_its_contract(clients: Callable[..., Adapted]) -> None:
    for name, frame in clients({}, {"MARRIAGE": "0"}).tables.items():
        _keeps_contract(name, frame)


@pytest.mark.shared_data
def test_the_real_clients_come_in_whole(shared_data: Callable[[str], Path]) -> None:
    adapted = taiwan_credit.adapt(shared_data("taiwan_credit/clients.csv"))
    assert adapted.counts["clients"] == 30_000
    assert adapted.counts["defaulted"] == 6_636
    assert len(adapted.tables["consumption"]) == 180_000
    assert {(each.column, each.lost) for each in adapted.rejected} == {("MARRIAGE", "value")}
    for name, frame in adapted.tables.items():
        _keeps_contract(name, frame)


def _file(path: Path, usual: Mapping[str, str], number: str, said: tuple[dict[str, str], ...]) -> Path:
    rows = [{**usual, number: str(place), **each} for place, each in enumerate(said, start=1)]
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


def _row(frame: pd.DataFrame, *columns: str) -> tuple[object, ...]:
    (row,) = _rows(frame, *columns)
    return row


def _rows(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return list(frame[list(columns)].itertuples(index=False, name=None))


def _keeps_contract(name: str, frame: pd.DataFrame) -> None:
    table = TABLES[name]
    assert set(frame) <= {column.name for column in table.columns}
    for column in table.columns:
        if column.required:
            assert frame[column.name].notna().all(), (name, column.name)
        if column.name in frame and column.codes:
            assert set(frame[column.name].dropna()) <= set(column.codes), (name, column.name)
        if column.name in frame and column.kind is Kind.MONEY:
            assert (frame[column.name].dropna() == frame[column.name].dropna().round(2)).all()

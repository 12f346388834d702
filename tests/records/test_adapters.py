"""Loans at the door: what becomes of each messy line, and that no column that knows the outcome is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from records.adapters import ADAPTERS, Adapted, refuse_leaks, sba
from records.contracts import TABLES, Kind
from records.load import load
from records.store import Store
from vocabulary.problems import PortraitError

LOAN = {
    "LoanNr_ChkDgt": "1", "BorrowerKey": "3dee", "City": "EVANSVILLE", "State": "IN", "Zip": "47711",
    "Bank": "FIFTH THIRD BANK", "BankState": "OH", "NAICS": "451120", "ApprovalDate": "2/28/1997",
    "ApprovalFY": "1997", "Term": "84", "NoEmp": "4", "NewExist": "2", "CreateJob": "0", "RetainedJob": "0",
    "FranchiseCode": "1", "UrbanRural": "0", "RevLineCr": "N", "LowDoc": "Y", "ChgOffDate": "",
    "DisbursementDate": "2/28/1999", "DisbursementGross": "60000", "MIS_Status": "P I F", "ChgOffPrinGr": "0",
    "GrAppv": "60000", "SBA_Appv": "48000",
}  # fmt: skip
CHARGED_OFF = {"MIS_Status": "CHGOFF", "ChgOffDate": "28-Feb-06", "ChgOffPrinGr": "45000"}


@pytest.fixture
def loans(tmp_path: Path) -> Callable[..., Adapted]:
    """Adapts loans that differ from `LOAN` by what each says; the first is on line 2."""
    return lambda *said: sba.adapt(_file(tmp_path / "loans.csv", LOAN, "LoanNr_ChkDgt", said))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("28-Feb-06", date(2006, 2, 28)),
        ("2/28/2006", date(2006, 2, 28)),
        ("2/28/06", date(2006, 2, 28)),
        ("4-Jun-10", date(2010, 6, 4)),
        ("31-OCT-88", date(1988, 10, 31)),
        ("1-Jan-60", date(1960, 1, 1)),
        ("31-Dec-14", date(2014, 12, 31)),
        ("1-Jan-15", None),  # neither 1915 nor 2015 is a year of these loans
        ("2/30/2006", None),
        ("28/2/2006", None),
        ("28-Fev-06", None),
        ("2006", None),
        ("", None),
    ],
)
def test_a_date_is_read_in_either_form_and_only_within_the_years_of_the_loans(
    written: str, day: date | None
) -> None:
    assert sba.read_date(written) == day


def test_a_loan_becomes_a_borrower_a_case_and_a_claim(loans: Callable[..., Adapted]) -> None:
    tables = loans({}).tables
    assert _row(tables["parties"], "party_id", "kind", "industry", "employees", "region") == (
        "sba-3dee", "organisation", "F", 4, "US-IN",
    )  # fmt: skip
    assert _row(tables["registrations"], "company_id", "role", "status") == ("sba-3dee", "self", "new")
    assert _row(tables["cases"], "case_id", "court", "cause", "filed_on") == (
        "sba-loan-1", "SBA-IN", "bank_loan", date(1999, 2, 28),
    )  # fmt: skip
    assert _row(tables["titles"], "principal", "guaranteed", "revolving", "effective_on") == (
        60_000, 48_000, False, date(1997, 2, 28),
    )  # fmt: skip
    assert _row(tables["applicants"], "kind", "amount") == ("financial", 60_000)
    assert _row(tables["obligors"], "party_id", "case_id", "role") == ("sba-3dee", "sba-loan-1", "principal")


def test_what_the_borrower_stated_is_known_at_approval_as_declared_and_the_claim_at_disbursement(
    loans: Callable[..., Adapted],
) -> None:
    tables = loans({}).tables
    approval, disbursement = date(1997, 2, 28), date(1999, 2, 28)
    for name in ("parties", "registrations", "queries"):
        assert _row(tables[name], "happened_at", "known_at") == (approval, approval)
    for name in ("cases", "titles", "applicants", "obligors"):
        assert _row(tables[name], "happened_at", "known_at") == (disbursement, disbursement)
    assert _row(tables["queries"], "family", "source", "status") == ("registrations", "declared", "found")
    assert tables["queries"]["receipt_id"].equals(tables["registrations"]["receipt_id"])


@pytest.mark.parametrize(
    ("said", "paid", "known", "quality"),
    [
        ({}, 60_000.0, date(2014, 12, 31), "as_reported"),
        (CHARGED_OFF, 15_000.0, date(2006, 2, 28), "as_reported"),
        # a third of what was drawn over the life was lost: the share is taken of the approved 60,000
        ({**CHARGED_OFF, "DisbursementGross": "135000"}, 40_000.0, date(2006, 2, 28), "as_reported"),
        ({**CHARGED_OFF, "ChgOffPrinGr": "61000"}, 0.0, date(2006, 2, 28), "as_reported"),
        ({**CHARGED_OFF, "ChgOffPrinGr": "0"}, 60_000.0, date(2006, 2, 28), "disputed"),
        ({**CHARGED_OFF, "ChgOffDate": ""}, 15_000.0, date(2014, 12, 31), "as_reported"),
        ({"ChgOffDate": "28-Feb-06"}, 60_000.0, date(2014, 12, 31), "disputed"),
    ],
)
def test_the_share_of_performance_is_a_payment_known_when_the_loan_ended(
    loans: Callable[..., Adapted], said: dict[str, str], paid: float, known: date, quality: str
) -> None:
    payments = loans(said).tables["payments"]
    assert _row(payments, "amount", "happened_at", "known_at", "quality") == (paid, known, known, quality)


def test_a_loan_without_a_status_has_no_outcome_and_is_counted(loans: Callable[..., Adapted]) -> None:
    adapted = loans({"MIS_Status": ""}, {}, {**CHARGED_OFF, "ChgOffPrinGr": "70000"})
    assert list(adapted.tables["payments"]["case_id"]) == ["sba-loan-2", "sba-loan-3"]
    assert len(adapted.tables["cases"]) == 3
    assert adapted.counts == {
        "lines": 3,
        "loans": 3,
        "labelled": 2,
        "without_outcome": 1,
        "negative_shares_clipped": 1,
        "paid_in_full_with_charge_off_date": 0,
        "charged_off_nothing": 0,
    }


@pytest.mark.parametrize(
    ("said", "column", "rule"),
    [
        ({"DisbursementDate": ""}, "DisbursementDate", "a loan has a disbursement date"),
        ({"DisbursementDate": "2/30/1999"}, "DisbursementDate", "a date within 1960-2014"),
        ({"GrAppv": "0"}, "GrAppv", "an approved amount above 0"),
        ({"GrAppv": "$60,000.00"}, "GrAppv", "an approved amount above 0"),
        ({"BorrowerKey": ""}, "BorrowerKey", "a loan has a borrower"),
        ({"State": ""}, "State", "a borrower has a state"),
        ({"LoanNr_ChkDgt": "A1"}, "LoanNr_ChkDgt", "a loan has a number"),
        ({"LoanNr_ChkDgt": "1"}, "LoanNr_ChkDgt", "a loan is listed once"),
    ],
)
def test_a_loan_that_cannot_be_a_case_is_refused_with_its_place_and_rule(
    loans: Callable[..., Adapted], said: dict[str, str], column: str, rule: str
) -> None:
    adapted = loans({}, said)
    (refused,) = adapted.rejected
    assert (refused.file, refused.line, refused.column, refused.rule, refused.value, refused.lost) == (
        "loans.csv", 3, column, rule, said[column], "row",
    )  # fmt: skip
    assert all(len(frame) == 1 for frame in adapted.tables.values())


@pytest.mark.parametrize(
    ("said", "table", "column"),
    [
        ({"RevLineCr": "T"}, "titles", "revolving"),
        ({"RevLineCr": "`"}, "titles", "revolving"),
        ({"RevLineCr": ""}, "titles", "revolving"),
        ({"SBA_Appv": "60001"}, "titles", "guaranteed"),
        ({"ApprovalDate": "3/1/1999"}, "titles", "effective_on"),
        ({"ApprovalDate": "spring"}, "titles", "effective_on"),
        ({"NAICS": "999999"}, "parties", "industry"),
        ({"NoEmp": "four"}, "parties", "employees"),
        ({"FranchiseCode": "?"}, "parties", "franchise"),
        ({"UrbanRural": "3"}, "parties", "setting"),
    ],
)
def test_a_value_that_has_no_place_is_missing_and_listed_and_its_loan_kept(
    loans: Callable[..., Adapted], said: dict[str, str], table: str, column: str
) -> None:
    adapted = loans(said)
    (foreign_column,) = said
    assert adapted.tables[table][column].isna().all()
    assert [(each.line, each.column, each.value, each.lost) for each in adapted.rejected] == [
        (2, foreign_column, said[foreign_column], "value")
    ]
    assert len(adapted.tables["payments"]) == 1


@pytest.mark.parametrize(
    ("said", "table"),
    [
        ({"Bank": ""}, "applicants"),
        ({"NewExist": "0"}, "registrations"),
        ({"MIS_Status": "PAID"}, "payments"),
        ({**CHARGED_OFF, "DisbursementGross": "0"}, "payments"),
        ({**CHARGED_OFF, "ChgOffPrinGr": "much"}, "payments"),
    ],
)
def test_a_row_that_needs_a_missing_value_is_not_made_and_the_value_listed(
    loans: Callable[..., Adapted], said: dict[str, str], table: str
) -> None:
    adapted = loans(said)
    assert adapted.tables[table].empty
    assert len(adapted.tables["cases"]) == 1
    assert [each.lost for each in adapted.rejected] == ["value"]


@pytest.mark.parametrize(
    ("said", "table", "column", "value"),
    [
        ({"NAICS": "0"}, "parties", "industry", None),
        ({"UrbanRural": "0"}, "parties", "setting", None),
        ({"UrbanRural": "2"}, "parties", "setting", "rural"),
        ({"FranchiseCode": "0"}, "parties", "franchise", False),
        ({"FranchiseCode": "78760"}, "parties", "franchise", True),
        ({"RevLineCr": "Y"}, "titles", "revolving", True),
        ({"NewExist": "1"}, "registrations", "status", "active"),
    ],
)
def test_documented_codes_are_mapped_and_those_for_unknown_are_missing_without_complaint(
    loans: Callable[..., Adapted], said: dict[str, str], table: str, column: str, value: object
) -> None:
    adapted = loans(said)
    (found,) = adapted.tables[table][column]
    assert pd.isna(found) if value is None else found == value
    assert adapted.rejected == ()


def test_two_loans_of_one_borrower_are_two_cases_of_one_party(loans: Callable[..., Adapted]) -> None:
    tables = loans({}, {"DisbursementDate": "3/31/2004"}).tables
    assert set(tables["obligors"]["party_id"]) == {"sba-3dee"}
    assert set(tables["obligors"]["case_id"]) == {"sba-loan-1", "sba-loan-2"}


def test_no_column_that_knows_the_outcome_changes_a_row_known_at_disbursement(
    loans: Callable[..., Adapted],
) -> None:
    as_written = loans({}, CHARGED_OFF)
    otherwise = {
        "Term": "12", "ChgOffDate": "1-Mar-99", "ChgOffPrinGr": "7", "MIS_Status": "CHGOFF",
        "DisbursementGross": "612345",
    }  # fmt: skip
    assert set(otherwise) == set(sba.LEAKS)
    rewritten = loans(otherwise, otherwise)
    for name, frame in as_written.tables.items():
        if name == "payments":
            assert not frame.equals(rewritten.tables[name])
        else:
            pd.testing.assert_frame_equal(frame, rewritten.tables[name])
    assert (as_written.tables["payments"]["known_at"] > date(1999, 2, 28)).all()


@pytest.mark.parametrize(
    "name", ["Term", "ChgOffDate", "term", "chg_off_date", "MIS_Status", "disbursement_gross"]
)
def test_a_leaking_column_is_refused_as_a_feature_however_it_is_written(name: str) -> None:
    with pytest.raises(PortraitError) as refused:
        refuse_leaks(["claim_principal", name], sba.LEAKS)
    assert refused.value.problem.code == "records.leaking_column"
    assert f"[{name}]" in refused.value.problem.detail.en
    assert f"[{name}]" in refused.value.problem.detail.zh


def test_columns_that_do_not_leak_are_let_through() -> None:
    refuse_leaks(["claim_principal", "employees", "days_since_title"], sba.LEAKS)


def test_every_column_of_the_loans_is_mapped_or_has_a_reason_not_to_be() -> None:
    assert set(LOAN) == set(sba.COLUMNS) | set(sba.UNUSED) | set(sba.LEAKS)
    assert not set(sba.COLUMNS) & set(sba.UNUSED)
    assert "Term" not in sba.COLUMNS


def test_a_line_with_too_few_fields_is_refused_and_the_others_read(tmp_path: Path) -> None:
    path = _file(tmp_path / "loans.csv", LOAN, "LoanNr_ChkDgt", ({},))
    path.write_text(path.read_text() + "77,3dee,EVANSVILLE\n")
    adapted = sba.adapt(path)
    assert [(each.line, each.rule, each.value) for each in adapted.rejected] == [
        (3, "a row has 26 fields", "3 fields")
    ]
    assert len(adapted.tables["cases"]) == 1
    assert adapted.counts["lines"] == 2


def test_a_file_that_lacks_a_column_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "loans.csv"
    pd.DataFrame([LOAN]).drop(columns="GrAppv").to_csv(path, index=False)
    with pytest.raises(PortraitError, match=r"\[GrAppv\]"):
        sba.tables(path)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_written_files_say_the_same_in_both_forms_and_keep_the_list_of_the_rejected(
    tmp_path: Path, form: sba.Format
) -> None:
    path = _file(tmp_path / "loans.csv", LOAN, "LoanNr_ChkDgt", (CHARGED_OFF, {"RevLineCr": "T"}))
    steps: list[tuple[str, int, int]] = []
    adapted = sba.write(path, tmp_path / "out", form=form, progress=lambda *step: steps.append(step))
    assert steps[-1] == (f"payments.{form}", 8, 8)
    assert {file.name for file in (tmp_path / "out").iterdir()} == {
        *(f"{name}.{form}" for name in adapted.tables),
        "rejected.jsonl",
    }
    (rejected,) = (tmp_path / "out" / "rejected.jsonl").read_text().splitlines()
    assert json.loads(rejected) == {
        "file": "loans.csv",
        "line": 3,
        "column": "RevLineCr",
        "rule": "one of the documented codes",
        "value": "T",
        "lost": "value",
    }
    read = pd.read_csv if form == "csv" else pd.read_parquet
    titles = read(tmp_path / "out" / f"titles.{form}")
    assert [str(day) for day in titles["effective_on"]] == ["1997-02-28", "1997-02-28"]
    assert list(titles["principal"]) == [60_000, 60_000]
    assert titles["revolving"].isna().tolist() == [False, True]


def test_every_frame_of_loans_keeps_its_contract(loans: Callable[..., Adapted]) -> None:
    for name, frame in loans({}, CHARGED_OFF).tables.items():
        _keeps_contract(name, frame)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_messy_loans_pass_the_door_whole_and_a_second_time_add_nothing(
    tmp_path: Path, form: sba.Format
) -> None:
    said = (CHARGED_OFF, {"RevLineCr": "T"}, {"NewExist": "0"}, {"Bank": ""}, {"DisbursementDate": ""})
    path = _file(tmp_path / "loans.csv", LOAN, "LoanNr_ChkDgt", said)
    adapted = sba.write(path, tmp_path / "out", form=form)
    with Store.open(tmp_path / "court.duckdb", b"a court's secret") as store:
        first, second = load(store, tmp_path / "out"), load(store, tmp_path / "out")
    for name, frame in adapted.tables.items():
        assert first.of(name).loaded == len(frame)
    assert (first.quarantined, sum(each.refused for each in first.tables)) == (0, 0)
    assert (second.loaded, second.already_there) == (0, first.loaded)


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["sba/loans.csv", "taiwan_credit/clients.csv"])
def test_the_real_sets_pass_the_door_whole(
    shared_data: Callable[[str], Path], tmp_path: Path, name: str
) -> None:
    adapter = ADAPTERS[name.split("/")[0]]
    adapted = adapter.write(shared_data(name), tmp_path / "out")
    with Store.open(tmp_path / "court.duckdb", b"a court's secret") as store:
        report = load(store, tmp_path / "out")
    assert report.loaded == sum(map(len, adapted.tables.values()))
    assert (report.quarantined, report.rules) == (0, ())


@pytest.mark.shared_data
def test_the_real_loans_come_in_as_their_description_counts_them(shared_data: Callable[[str], Path]) -> None:
    adapted = sba.adapt(shared_data("sba/loans.csv"))
    # 34 lines lack a disbursement date: 22 with a status, and 12 of the 119 without one
    assert adapted.counts["lines"] == 22_373
    assert [each.column for each in adapted.rejected if each.lost == "row"] == ["DisbursementDate"] * 34
    assert adapted.counts["loans"] == 22_373 - 34
    assert adapted.counts["without_outcome"] == 119 - 12
    assert adapted.counts["negative_shares_clipped"] == 53
    payments = adapted.tables["payments"]
    titles = adapted.tables["titles"].set_index("case_id")["principal"]
    share = payments["amount"] / payments["case_id"].map(titles)
    assert share.between(0, 1).all()
    charged_off = payments["known_at"] < sba.EXTRACT_END
    assert share[charged_off].mean() == pytest.approx(0.374, abs=0.001)
    assert (share[~charged_off] == 1).mean() > 0.999
    for name, frame in adapted.tables.items():
        _keeps_contract(name, frame)


def test_each_adapter_is_named_after_its_folder() -> None:
    assert list(ADAPTERS) == ["sba", "taiwan_credit"]


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

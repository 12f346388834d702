"""Bad rows at the door: each in quarantine with its place, rule and value; good rows go in; nothing is repaired."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from records.load_report import LoadProgress
from records.rules import ROW_RULES, WORDS
from tests.records.papers import CASE, DEBTOR, GUARANTOR, Papers, balance, write_csv
from vocabulary.identity import citizen_check
from vocabulary.problems import PortraitError

GOOD_ID = "32010619900307663" + citizen_check("32010619900307663")
BAD_ID = GOOD_ID[:-1] + ("1" if GOOD_ID[-1] != "1" else "2")


def test_good_rows_go_in_and_each_bad_one_is_named_with_line_column_rule_and_value(court: Papers) -> None:
    court.write(
        "deposits",
        balance(account=1, bank="a bank\nin two lines"),
        balance(account=2, amount="12.345"),
        balance(account=3, nature="savings", happened_at="2024-02-30", bank="two\nlines"),
        balance(account=4, amount="50", available="50.01"),
        balance(account=5, amount="7.5", happened_at="2024/3/1", known_at="20240302"),
    )
    report = court.load()
    found = [
        (each["file"], each["line"], each["column"], each["rule"], each["value"])
        for each in court.store.quarantine()
    ]
    assert found == [
        ("deposits.csv", 4, "available", "money", "12.345"),
        ("deposits.csv", 4, "balance", "money", "12.345"),
        ("deposits.csv", 5, "happened_at", "date", "2024-02-30"),
        ("deposits.csv", 5, "nature", "code", "savings"),
        ("deposits.csv", 7, "available", "available_above_balance", "50.01"),
    ]
    assert [(row["account_id"], row["balance"], row["happened_at"]) for row in by_account(court)] == [
        (1, 10_000, date(2024, 1, 10)),
        (5, 750, date(2024, 3, 1)),
    ]
    counts = report.of("deposits")
    assert (counts.read, counts.loaded, counts.quarantined, counts.refused) == (5, 2, 3, 0)


def test_a_parquet_file_is_judged_by_the_same_rules_and_names_the_row(court: Papers) -> None:
    write_parquet(
        court.files / "deposits.parquet",
        party_id=[DEBTOR] * 4,
        account_id=[1, 2, 3, 4],
        balance=[0.1 + 0.2, 1234.56, float("nan"), 9.0],
        available=[Decimal("0.30"), Decimal("1234.50"), Decimal("1.00"), Decimal("9.00")],
        happened_at=[date(2024, 1, 10)] * 4,
        known_at=[datetime(2024, 1, 11)] * 3 + [datetime(2024, 1, 11, 15)],
    )
    court.load()
    found = [(each["line"], each["column"], each["rule"], each["value"]) for each in court.store.quarantine()]
    assert found == [
        (1, "balance", "money", "0.30000000000000004"),
        (3, "balance", "money", "nan"),
        (4, "known_at", "date", "2024-01-11 15:00:00.000000"),
    ]
    assert [(row["balance"], row["available"], row["known_at"]) for row in by_account(court)] == [
        (123_456, 123_450, date(2024, 1, 11))
    ]


def test_an_instant_in_a_parquet_file_is_the_day_it_was_in_shanghai(court: Papers) -> None:
    evening = pa.array([datetime(2024, 1, 10, 16, 30)], pa.timestamp("us", "UTC"))
    write_parquet(
        court.files / "deposits.parquet",
        party_id=[DEBTOR],
        account_id=[1],
        balance=["5"],
        available=["5"],
        happened_at=[date(2024, 1, 10)],
        known_at=evening,
    )
    court.load()
    assert [row["known_at"] for row in by_account(court)] == [date(2024, 1, 11)]


@pytest.mark.parametrize(
    ("table", "row", "column", "rule"),
    [
        ("deposits", balance(amount=""), "balance", "required"),
        ("deposits", balance(amount="-1"), "balance", "bounds"),
        ("deposits", balance(amount="1,000"), "balance", "money"),
        ("deposits", balance(amount="9999999999999"), "balance", "bounds"),
        ("deposits", balance(happened_at="9999-12-31"), "happened_at", "date_range"),
        ("deposits", balance(known_at="2024-07-02"), "known_at", "known_in_future"),
        ("deposits", balance(known_at="10.01.2024"), "known_at", "date"),
        ("deposits", balance(retracted="true"), "corrects_row_id", "retracted_names_no_row"),
        ("deposits", balance(retracted="maybe"), "retracted", "flag"),
        ("deposits", balance(corrects_row_id="17"), "corrects_row_id", "key"),
        ("deposits", balance(corrects_row_id="5000000000000000000"), "corrects_row_id", "corrects_unknown_row"),
        ("deposits", balance(receipt_id="12.0"), "receipt_id", "key"),
        ("equity", {"party_id": DEBTOR, "thing_id": 1, "share": "1.01"}, "share", "bounds"),
        ("equity", {"party_id": DEBTOR, "thing_id": 1, "share": "nan"}, "share", "number"),
        ("civil_status", {"party_id": DEBTOR, "dependants": "2.5"}, "dependants", "whole_number"),
        (
            "payments",
            {"party_id": DEBTOR, "case_id": CASE, "amount": "-3", "channel": "voluntary"},
            "amount",
            "bounds",
        ),
        (
            "encumbrances",
            {"party_id": DEBTOR, "thing_id": 1, "on_family": "vehicles", "kind": "seal",
             "effective_on": "2024-02-01", "expires_on": "2024-01-01"},
            "expires_on",
            "expires_before_effective",
        ),
        (
            "cases",
            {"case_id": 5, "court": "3202", "kind": "first", "cause": "lease", "filed_on": "2024-01-10",
             "closed_on": "2024-01-09"},
            "closed_on",
            "closed_before_filed",
        ),
        (
            "queries",
            {"party_id": DEBTOR, "family": "deposits", "source": "national", "asked_at": "2024-01-10",
             "status": "found", "receipt_id": 3},
            "answered_at",
            "answer_without_day",
        ),
        (
            "queries",
            {"party_id": DEBTOR, "family": "deposits", "source": "national", "asked_at": "2024-01-10",
             "status": "pending"},
            "receipt_id",
            "query_without_receipt",
        ),
        (
            "queries",
            {"party_id": DEBTOR, "family": "deposits", "source": "national", "asked_at": "2024-01-10",
             "answered_at": "2024-01-09", "status": "empty", "receipt_id": 3},
            "answered_at",
            "answered_before_asked",
        ),
        (
            "queries",
            {"party_id": DEBTOR, "family": "deposits", "source": "national", "asked_at": "2024-01-10",
             "answered_at": "2024-01-11", "status": "empty", "receipt_id": 3},
            "answered_at",
            "answered_after_known",
        ),
        ("parties", {"party_id": DEBTOR, "kind": "natural", "name": "a\x07b"}, "name", "text"),
    ],
)  # fmt: skip
def test_a_row_that_breaks_a_rule_is_kept_out_for_that_rule(
    court: Papers, table: str, row: dict[str, Any], column: str, rule: str
) -> None:
    if table == "cases":
        write_csv(court.files / "cases.csv", [{"happened_at": "2024-01-10", "known_at": "2024-01-10"} | row])
    else:
        court.write(table, row)
    report = court.load()
    assert (column, rule) in [(each["column"], each["rule"]) for each in court.store.quarantine()]
    assert report.of(table).loaded == 0
    assert next(each for each in report.rules if each.rule == rule).words.zh


def test_every_rule_has_words_in_both_languages() -> None:
    assert {rule.name for rule in ROW_RULES} <= set(WORDS)
    assert all(words.zh and words.en for words in WORDS.values())


def test_a_row_with_too_few_or_too_many_fields_is_quarantined_masked(court: Papers) -> None:
    (court.files / "parties.csv").write_text(
        "party_id,happened_at,known_at,kind,name\n"
        f"{DEBTOR},2024-01-10,2024-01-10,natural,张三,extra\n"
        f"{GUARANTOR},2024-01-10,2024-01-10,natural,李四\n"
        f"{DEBTOR},2024-01-10\n",
        encoding="utf-8",
    )
    report = court.load()
    found = [(each["line"], each["rule"], each["value"]) for each in court.store.quarantine()]
    assert found == [(2, "field_count", "6"), (4, "field_count", "2")]
    assert "张三" not in json.dumps(court.store.quarantine(), ensure_ascii=False, default=str)
    assert report.of("parties").loaded == 1


def test_quarantine_never_shows_a_name_an_address_or_an_id_number(court: Papers) -> None:
    court.write(
        "parties",
        {
            "party_id": DEBTOR,
            "kind": "person",
            "name": "欧阳明",
            "address": "无锡市梁溪区",
            "id_number": GOOD_ID,
        },
        {"party_id": GUARANTOR, "kind": "natural", "id_number": BAD_ID},
    )
    court.load()
    told = json.dumps(court.store.quarantine(), ensure_ascii=False, default=str)
    assert [each["rule"] for each in court.store.quarantine()] == ["code", "id_number"]
    assert "欧阳" not in told
    assert "梁溪" not in told
    assert "19900307" not in told
    assert "欧**" in told


def test_read_is_loaded_and_already_there_and_quarantined_and_refused_together(court: Papers) -> None:
    court.write("deposits", balance(), balance(), balance(amount="x"), balance(party=77, account=9))
    court.load()
    report = court.load()
    for each in report.tables:
        assert each.read == each.loaded + each.already_there + each.quarantined + each.refused
    assert (report.loaded, report.already_there, report.quarantined, report.refused) == (0, 5, 1, 1)


def test_progress_reaches_the_end_of_every_file(court: Papers) -> None:
    seen: list[LoadProgress] = []
    court.write("deposits", *(balance(account=n) for n in range(1, 50)))
    court.load(progress=seen.append)
    last = {each.file: each for each in seen}
    assert set(last) == {"cases.csv", "obligors.csv", "deposits.csv"}
    assert all(each.done == each.total for each in last.values())


def test_words_that_are_no_numbers_are_never_coerced_to_some(court: Papers) -> None:
    court.write("deposits", balance(amount="1e3"), balance(amount="０.5"), balance(amount="12 000"))
    assert court.load().of("deposits").loaded == 0


def test_a_file_in_gb18030_says_so_and_loads_when_told(court: Papers) -> None:
    rows = [{"happened_at": "2024-01-10", "known_at": "2024-01-10"} | balance(bank="无锡农商行")]
    write_csv(court.files / "deposits.csv", rows, encoding="gb18030")
    with pytest.raises(PortraitError, match="encoding=gb18030"):
        court.load()
    assert court.store.count("cases") == 0
    court.load(encoding="gb18030")
    assert [row["bank"] for row in by_account(court)] == ["无锡农商行"]


def by_account(court: Papers) -> list[dict[str, Any]]:
    return sorted(court.rows("deposits"), key=lambda row: row["account_id"])


def write_parquet(path: Path, **columns: Any) -> None:
    pq.write_table(pa.table(columns), path)

"""A load is all or nothing and adds nothing twice; a file that is wrong as a whole leaves the store untouched."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from records.load import load
from records.mapping import FileMapping
from records.problems import store_in_use
from records.row_ids import row_ids
from records.store import Store
from tests.records.papers import CASE, DEBTOR, LOADED_ON, SECRET, SMALL, Papers, balance
from vocabulary.identity import shown_key
from vocabulary.problems import PortraitError


def test_loading_the_same_files_twice_adds_no_row_and_no_second_quarantine(court: Papers) -> None:
    court.write("deposits", balance(), balance(account=2, amount="x"))
    first = court.load()
    before = (court.rows("deposits"), court.store.quarantine())
    second = court.load()
    assert (first.loaded, second.loaded, second.already_there) == (4, 0, 4)
    assert (court.rows("deposits"), court.store.quarantine()) == before
    assert [each["load_id"] for each in court.store.loads()] == [1, 2]


def test_two_identical_rows_of_one_file_are_two_facts_once(court: Papers) -> None:
    court.write("deposits", balance(), balance(), balance())
    assert court.load().of("deposits").loaded == 3
    assert len({row["row_id"] for row in court.rows("deposits")}) == 3
    assert court.load().of("deposits").loaded == 0


def test_the_same_row_in_two_files_of_a_table_is_one_fact(court: Papers) -> None:
    path = court.write("deposits", balance(), balance(account=2))
    parts = court.files / "deposits"
    parts.mkdir()
    (parts / "again.csv").write_bytes(path.read_bytes())
    counts = court.load().of("deposits")
    assert (counts.read, counts.loaded, counts.already_there) == (4, 2, 2)


def test_the_row_ids_a_writer_reckons_are_those_the_store_gives(court: Papers) -> None:
    rows = pa.table(
        {
            "party_id": [DEBTOR, DEBTOR, DEBTOR],
            "account_id": [1, 1, 2],
            "balance": [10.5, 10.5, 0.07],
            "available": ["10.50", "10.5", "0.07"],
            "bank": ["  甲行 ", "甲行", None],
            "happened_at": pa.array(["2024-01-10"] * 3).cast(pa.date32()),
            "known_at": pa.array(["2024-01-10"] * 3).cast(pa.date32()),
            "retracted": [None, None, False],
        }
    )
    pq.write_table(rows, court.files / "deposits.parquet")
    court.load()
    reckoned = row_ids("deposits", rows).to_pylist()
    assert sorted(reckoned) == [row["row_id"] for row in court.rows("deposits")]
    assert len(set(reckoned)) == 3
    assert all(len(str(each)) == 19 for each in reckoned)


def test_a_row_id_is_the_md5_of_what_the_row_says() -> None:
    day = pa.array(["2024-01-10"]).cast(pa.date32())
    row = pa.table(
        {"happened_at": day, "known_at": day, "party_id": [7], "account_id": [1], "balance": [1.5]}
    )
    none = "\x00"
    said = ["deposits", "2024-01-10", "2024-01-10", none, none, none, "7", "1", none, none, "150", none, "0"]
    digest = hashlib.md5("\x1f".join(said).encode(), usedforsecurity=False).digest()
    assert row_ids("deposits", row).to_pylist() == [
        int.from_bytes(digest[8:], "little") & (2**62 - 1) | 2**62
    ]


def test_a_correction_may_name_its_row_in_digits_or_as_it_is_shown_outside(court: Papers) -> None:
    court.write("deposits", balance(account=1), balance(account=2))
    court.load()
    first, second = sorted(court.rows("deposits"), key=lambda row: row["account_id"])
    court.write(
        "deposits",
        balance(account=1, amount="7", corrects_row_id=str(first["row_id"])),
        balance(account=2, amount="8", corrects_row_id=shown_key(second["row_id"])),
    )
    court.load()
    corrected = {row["balance"]: row["corrects_row_id"] for row in court.rows("deposits")}
    assert corrected == {10_000: None, 700: first["row_id"], 800: second["row_id"]}


def test_a_correction_of_a_quarantined_correction_is_quarantined_too(court: Papers) -> None:
    lost = balance(amount="1", corrects_row_id="5000000000000000000")
    path = court.write("deposits", lost)
    lost_id = row_ids("deposits", _as_table(path)).to_pylist()[0]
    court.write("deposits", lost, balance(amount="2", corrects_row_id=lost_id))
    assert court.load().of("deposits").loaded == 0
    assert [each["rule"] for each in court.store.quarantine()] == ["corrects_unknown_row"] * 2


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("deposit.csv", "party_id\n1\n", r"\[deposit\], which is not declared. Did you mean \[deposits\]"),
        (
            "deposits.csv",
            "happened_at,known_at,party_id,account_id,balanse,available\n",
            r"has column \[balanse\], which \[deposits\] does not have. Did you mean \[balance\]",
        ),
        (
            "deposits.csv",
            "happened_at,known_at,party_id,account_id,available\n",
            r"lacks column \[balance\], which \[deposits\] requires",
        ),
        ("deposits.csv", "party_id,party_id\n", r"column \[party_id\] appears twice"),
        ("deposits.csv", "", r"is empty and has no header"),
        ("deposits.parquet", "not parquet at all", r"not a sound Parquet file"),
        (
            "deposits.csv",
            'happened_at,known_at,party_id,account_id,balance,available\n2024-01-10,"2024-01-10,1,1,1,1\n',
            r"not well-formed CSV near line",
        ),
        ("deposits.csv", "happened_at,known_at,\x00", r"\[deposits.csv\]"),
    ],
)
def test_a_file_that_is_wrong_as_a_whole_is_named_and_nothing_of_the_load_is_kept(
    court: Papers, name: str, content: str, message: str
) -> None:
    (court.files / name).write_text(content, encoding="utf-8")
    with pytest.raises(PortraitError, match=message) as raised:
        court.load()
    assert raised.value.problem.detail.zh
    assert (court.store.count("cases"), court.store.loads(), court.store.quarantine()) == (0, [], [])


def test_a_csv_file_that_breaks_off_in_the_middle_leaves_the_store_as_it_was(court: Papers) -> None:
    path = court.write("deposits", *(balance(account=n) for n in range(1, 200)))
    path.write_bytes(path.read_bytes() + b"\xff\xfe\xfd\n")
    with pytest.raises(PortraitError, match="not UTF-8"):
        court.load()
    assert (court.store.count("cases"), court.store.count("deposits"), court.store.loads()) == (0, 0, [])
    court.write("deposits", balance())
    assert court.load().loaded == 4


def test_a_folder_without_data_is_said_to_be_so(papers: Papers) -> None:
    (papers.files / "README.md").write_text("nothing here", encoding="utf-8")
    with pytest.raises(PortraitError, match="holds no CSV or Parquet file"):
        papers.load()


def test_files_may_be_named_one_by_one(court: Papers) -> None:
    path = court.write("deposits", balance()).rename(court.folder / "balances of May.csv")
    load(court.store, court.files, on=LOADED_ON)
    report = load(court.store, {"deposits": path}, on=LOADED_ON)
    assert report.of("deposits").loaded == 1
    with pytest.raises(PortraitError, match="unknown_table"):
        load(court.store, {"deposit": path})


def test_a_file_saved_by_a_spreadsheet_with_a_byte_order_mark_loads(court: Papers) -> None:
    path = court.write("deposits", balance())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert court.load().of("deposits").loaded == 1


def test_a_second_writer_of_the_same_process_is_turned_away(court: Papers) -> None:
    with pytest.raises(PortraitError, match="store_in_use"):
        Store.open(court.store.path, SECRET)
    assert store_in_use(court.store.path).problem.status == 409


def test_a_store_opens_only_under_the_secret_it_was_made_under(tmp_path: Path) -> None:
    with Store.open(tmp_path / "court.duckdb", SECRET, limits=SMALL):
        pass
    with pytest.raises(PortraitError, match="another secret"):
        Store.open(tmp_path / "court.duckdb", b"a guess")
    with pytest.raises(PortraitError, match="secret is missing"):
        Store.open(tmp_path / "court.duckdb", b"")
    with Store.open(tmp_path / "court.duckdb", SECRET, limits=SMALL) as store:
        assert store.count("cases") == 0


def test_a_file_that_is_no_store_is_not_overwritten(tmp_path: Path) -> None:
    letter = tmp_path / "letter.duckdb"
    letter.write_text("Dear court, " * 1000, encoding="utf-8")
    with pytest.raises(PortraitError, match="no readable store"):
        Store.open(letter, SECRET)
    assert letter.read_text(encoding="utf-8").startswith("Dear court")


def test_a_case_row_that_changes_standing_is_a_second_row_not_a_correction(court: Papers) -> None:
    court.load()
    closed = {"case_id": CASE, "court": "3202", "kind": "first", "cause": "bank_loan", "filed_on": "2024-01-10",
              "closed_on": "2024-05-01", "happened_at": "2024-05-01", "known_at": "2024-05-01"}  # fmt: skip
    court.write("cases", closed)
    court.load(mapping=FileMapping())
    assert court.store.count("cases") == 2


def _as_table(path: Path) -> pa.Table:
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").split()]
    table = pa.table({name: [row[n] for row in rows[1:]] for n, name in enumerate(rows[0])})
    return table.set_column(
        table.schema.get_field_index("party_id"), "party_id", table.column("party_id").cast(pa.int64())
    ).set_column(
        table.schema.get_field_index("account_id"), "account_id", table.column("account_id").cast(pa.int64())
    )

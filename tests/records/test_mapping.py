"""A court's own column names and words are mapped by a file, not by code; a slip in it is named with the line's key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from records.contracts import TABLES
from records.mapping import FileMapping
from tests.records.papers import CASE, DEBTOR, Papers, write_csv
from vocabulary.problems import PortraitError

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "mapping-example.yaml"
OURS = {
    "tables": {
        "parties": {
            "file": "dsr*.csv",
            "columns": {"编号": "party_id", "性别": "sex", "入库": "known_at", "发生": "happened_at"},
            "values": {"sex": {"男": "male", "女": "female", "未知": None}},
            "constants": {"kind": "natural"},
            "ignore": ["电话"],
        }
    }
}


def test_a_file_with_a_courts_own_columns_and_words_loads(court: Papers, tmp_path: Path) -> None:
    rows = [{"编号": DEBTOR, "性别": "男", "入库": "2024/1/11", "发生": "20240110", "电话": "139"},
            {"编号": DEBTOR, "性别": "未知", "入库": "2024/1/12", "发生": "20240110", "电话": ""},
            {"编号": DEBTOR, "性别": "M", "入库": "2024/1/13", "发生": "20240110", "电话": ""}]  # fmt: skip
    write_csv(court.files / "dsr_2024.csv", rows)
    report = court.load(mapping=written(tmp_path, OURS))
    assert (report.of("parties").loaded, report.of("parties").quarantined) == (2, 1)
    assert sorted((row["known_at"], row["sex"], row["kind"]) for row in court.rows("parties")) == [
        (date(2024, 1, 11), "male", "natural"),
        (date(2024, 1, 12), None, "natural"),
    ]
    assert [(each["column"], each["value"]) for each in court.store.quarantine()] == [("sex", "M")]


def test_a_column_that_is_neither_mapped_nor_ignored_is_refused(court: Papers, tmp_path: Path) -> None:
    write_csv(court.files / "dsr.csv", [{"编号": DEBTOR, "性别": "男", "入库": "", "发生": "", "邮箱": ""}])
    with pytest.raises(PortraitError, match=r"column \[邮箱\].*under ignore in a mapping file"):
        court.load(mapping=written(tmp_path, OURS))


def test_with_ignore_star_columns_not_named_are_left_aside(court: Papers, tmp_path: Path) -> None:
    write_csv(
        court.files / "dsr.csv",
        [
            {
                "编号": DEBTOR,
                "性别": "男",
                "入库": "2024-01-11",
                "发生": "2024-01-10",
                "邮箱": "a@b",
                "name": "张三",
            }
        ],
    )
    changed = {"tables": {"parties": OURS["tables"]["parties"] | {"ignore": "*"}}}
    court.load(mapping=written(tmp_path, changed))
    assert [row["name"] for row in court.rows("parties")] == ["张三"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"tabels": {}}, r"\[tabels\].*Did you mean \[tables\]"),
        ({"tables": {"deposit": {}}}, r"\[tables.deposit\].*Did you mean \[deposits\]"),
        ({"tables": {"deposits": {"colums": {}}}}, r"\[tables.deposits.colums\].*Did you mean \[columns\]"),
        (
            {"tables": {"deposits": {"columns": {"ye": "balanse"}}}},
            r"\[tables.deposits.columns.ye\] of \[map.yaml\].*Did you mean \[balance\]",
        ),
        (
            {"tables": {"parties": {"values": {"sex": {"男": "man"}}}}},
            r"\[tables.parties.values.sex.男\].*Known names: female, male|Did you mean \[male\]",
        ),
        ({"tables": {"parties": {"constants": {"sexe": "male"}}}}, r"Did you mean \[sex\]"),
        (
            {"tables": {"parties": {"columns": {"a": "sex"}, "constants": {"sex": "male"}}}},
            r"\[tables.parties\].*column \[sex\] is given twice",
        ),
        ({"tables": {"parties": ["sex"]}}, r"\[tables.parties\].*hold keys and values"),
    ],
)
def test_a_slip_in_a_mapping_file_is_named_with_its_key_and_what_was_meant(
    tmp_path: Path, content: object, message: str
) -> None:
    with pytest.raises(PortraitError, match=message) as raised:
        written(tmp_path, content)
    assert raised.value.problem.next_step.zh


def test_a_key_given_twice_in_a_mapping_is_refused_where_yaml_would_keep_the_last(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text("tables: {}\ntables: {}\n", encoding="utf-8")
    with pytest.raises(PortraitError, match=r"\[tables\] is given twice \(line 2\)"):
        FileMapping.read(path)
    with pytest.raises(PortraitError, match="it does not exist"):
        FileMapping.read(tmp_path / "none.yaml")


def test_the_example_maps_unofficial_aliases_to_columns_that_exist_and_says_they_are_unverified() -> None:
    example = FileMapping.read(EXAMPLE)
    assert example.encoding_of("cases") == "gb18030"
    assert example.tables_of("sahlaxx_2023.csv") == ("cases",)
    for name, each in example.tables.items():
        required = {column.name for column in TABLES[name].columns if column.required}
        assert required <= {*each.columns.values(), *each.constants}, name
    assert "UNVERIFIED" in EXAMPLE.read_text(encoding="utf-8")


def test_a_folder_in_the_examples_names_loads(papers: Papers) -> None:
    clocks = {"fsrq": "2024-01-10", "rkrq": "2024-01-10"}
    case = {"ajid": CASE, "ah": "(2024)苏02执1号", "fydm": "3202", "ajlx": "首次执行", "laay": "民间借贷纠纷",
            "sarq": "2024-01-08", "larq": "2024-01-10", "cbr": "5"}  # fmt: skip
    write_csv(papers.files / "sahlaxx_2024.csv", [case | clocks], encoding="gb18030")
    subject = {"ajid": CASE, "dsrid": DEBTOR, "dsrfldw": "连带保证人", "dsr": "张三", "dsrlx": "自然人"}
    write_csv(papers.files / "zxztxx_2024.csv", [subject | clocks], encoding="gb18030")
    papers.load(mapping=FileMapping.read(EXAMPLE))
    assert [(row["cause"], row["case_number"]) for row in papers.rows("cases")] == [
        ("private_loan", "(2024)苏02执1号")
    ]
    assert [row["role"] for row in papers.rows("obligors")] == ["joint_guarantor"]


def written(folder: Path, content: object) -> FileMapping:
    path = folder / "map.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return FileMapping.read(path)


def test_money_kept_in_ten_thousand_yuan_comes_in_as_yuan_to_the_fen(court: Papers, tmp_path: Path) -> None:
    mapping = {
        "tables": {
            "cases": {"file": "cases.csv"},
            "obligors": {"file": "obligors.csv"},
            "titles": {
                "file": "zxyj*.csv",
                "columns": {
                    "案件": "case_id",
                    "依据": "title_id",
                    "本金": "principal",
                    "日期": "happened_at",
                },
                "units": {"principal": "万元"},
            },
        }
    }
    rows = [
        {"案件": CASE, "依据": "1", "本金": amount, "日期": "2024-01-10", "known_at": "2024-01-11"}
        for amount in ("12.345678", "1,200", "万余")
    ]
    write_csv(court.files / "zxyj.csv", rows)

    report = court.load(mapping=written(tmp_path, mapping))
    assert sorted(row["principal"] for row in court.rows("titles")) == [12_345_678, 1_200_000_000]
    assert report.of("titles").quarantined == 1


def test_a_unit_that_is_none_of_money_is_named(tmp_path: Path) -> None:
    mapping = {"tables": {"titles": {"units": {"principal": "亩"}}}}

    with pytest.raises(PortraitError, match=r"tables.titles.units.principal"):
        FileMapping.read(written(tmp_path, mapping))

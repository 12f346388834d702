"""Another court's export: the synthetic court in that court's own file names, columns, words, units and encoding."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import yaml

from records.contracts import TABLES, Column, Kind, Table
from vocabulary.labels import column_label, table_label, word

ENCODING = "gb18030"


def export(files: Path, out: Path, *, until: date | None = None) -> Path:
    """Write what the court knew by ``until`` as its own CSV files; returns the folder."""
    out.mkdir(parents=True)
    for table in TABLES.values():
        source = files / f"{table.name}.parquet"
        if source.exists():
            rows = pq.read_table(source).to_pylist()
            kept = [row for row in rows if until is None or row["known_at"] <= until]
            _write(out / f"{table_label(table.name).zh}_2026.csv", table, kept)
    return out


def mapping(path: Path) -> Path:
    """Write the mapping file that an analyst of that court would write; returns its path."""
    tables: dict[str, Any] = {}
    for table in TABLES.values():
        entry: dict[str, Any] = {
            "file": f"{table_label(table.name).zh}_*.csv",
            "columns": {_theirs(table, column): column.name for column in table.columns},
        }
        words = {column.name: _words(table, column) for column in table.columns if column.kind is Kind.CODE}
        entry["values"] = {name: {zh: code for code, zh in of.items()} for name, of in words.items() if of}
        money = [column.name for column in table.columns if column.kind is Kind.MONEY]
        entry["units"] = dict.fromkeys(money, "万元")
        tables[table.name] = entry
    path.write_text(yaml.safe_dump({"encoding": ENCODING, "tables": tables}, allow_unicode=True), "utf-8")
    return path


def _write(path: Path, table: Table, rows: list[dict[str, Any]]) -> None:
    forms = {column.name: _form(table, column) for column in table.columns}
    with path.open("w", encoding=ENCODING, newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_theirs(table, column) for column in table.columns])
        for row in rows:
            writer.writerow(
                ["" if row.get(name) is None else form(row[name]) for name, form in forms.items()]
            )


def _theirs(table: Table, column: Column) -> str:
    return column_label(table.name, column.name).zh


def _words(table: Table, column: Column) -> dict[str, str]:
    """Their word for each code; a word that would stand for two codes is left a code."""
    words = {code: word(table.name, column.name, code).zh for code in column.codes}
    times = Counter(words.values())
    return {code: zh for code, zh in words.items() if times[zh] == 1}


def _form(table: Table, column: Column) -> Callable[[Any], str]:
    if column.kind is Kind.DATE:
        return lambda day: day.strftime("%Y%m%d")
    if column.kind is Kind.MONEY:
        return lambda yuan: format(Decimal(repr(yuan)) / 10_000, "f")
    if column.kind is Kind.FLAG:
        return lambda flag: "是" if flag else "否"
    if column.kind is Kind.CODE:
        words = _words(table, column)
        return lambda code: words.get(code, code)
    return str

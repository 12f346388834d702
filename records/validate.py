"""Contracts as pandera schemas: first the form of every text, then the facts it states; all failures collected."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from records import forms
from records.contracts import TABLES, Column, Kind, Table
from records.quarantine import Failure, quarantined
from records.rules import EARLIEST, EVERY, LATEST, MOST_FEN, ROW_RULES, RowRule

# Pandera looks for PySpark's own pandas, which warns of pandas 3 and then fails to load on it: it need not try.
sys.modules.setdefault("pyspark.pandas", None)  # type: ignore[arg-type]
import pandera.pandas as pandera  # noqa: E402

LINE = "line_"
_BOUNDED = (Kind.MONEY, Kind.WHOLE, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class Checked:
    """A chunk after its contract: ``good`` rows in inside form with their LINE, ``bad`` ones as quarantine holds them.

    ``bad`` has one row per broken rule (`records.quarantine.SCHEMA`).
    """

    good: pa.Table
    bad: pa.Table


def check(
    table: Table, texts: pa.Table, lines: pa.Array, *, key_of: Callable[[str], int], today: date
) -> Checked:
    """Divide rows of text (every column of the contract, missing as null) into good and bad.

    A row is bad when any rule fails, and every failure is told. Nothing is repaired.
    """
    failures = _failures(form_schema(table.name), texts.to_pandas())
    inside = _inside(table, texts, failures, key_of)
    frame = inside.to_pandas(types_mapper=pd.ArrowDtype)
    failures += _failures(fact_schema(table.name, today), frame)
    if not failures:
        return Checked(inside.append_column(LINE, lines), quarantined(table, texts, lines, [], inside))
    good = np.ones(texts.num_rows, dtype=bool)
    good[[failure.row for failure in failures]] = False
    return Checked(
        inside.append_column(LINE, lines).filter(pa.array(good)),
        quarantined(table, texts, lines, failures, inside),
    )


@lru_cache(maxsize=64)
def form_schema(table: str) -> pandera.DataFrameSchema:
    """What the texts of a table must look like, by the kind of each column."""
    return pandera.DataFrameSchema(
        {
            column.name: pandera.Column(
                None,
                pandera.Check(partial(_has_form, column), name=forms.RULES[column.kind]),
                nullable=not column.required,
            )
            for column in TABLES[table].columns
        }
    )


@lru_cache(maxsize=64)
def fact_schema(table: str, today: date) -> pandera.DataFrameSchema:
    """What the values of a table must be, alone and together; nothing is known later than the day after `today`."""
    contract = TABLES[table]
    rules = [rule for rule in ROW_RULES if rule.table in (EVERY, table)]
    return pandera.DataFrameSchema(
        {
            column.name: pandera.Column(None, checks, nullable=True)
            for column in contract.columns
            if (checks := _value_checks(column, today))
        },
        checks=[pandera.Check(partial(_holds, rule), name=rule.name, ignore_na=False) for rule in rules],
    )


def _value_checks(column: Column, today: date) -> list[pandera.Check]:
    if column.kind is Kind.DATE:
        checks = [pandera.Check.in_range(EARLIEST, LATEST, error="date_range")]
        if column.name == "known_at":
            checks.append(
                pandera.Check.less_than_or_equal_to(today + timedelta(days=1), error="known_in_future")
            )
        return checks
    if column.kind not in _BOUNDED:
        return []
    scale = 100 if column.kind is Kind.MONEY else 1
    most = MOST_FEN if column.kind is Kind.MONEY else np.finfo(float).max
    least = -most if column.least is None else column.least * scale
    return [
        pandera.Check.in_range(least, most if column.most is None else column.most * scale, error="bounds")
    ]


def _has_form(column: Column, texts: pd.Series) -> pd.Series:
    answers = forms.has_form(column, pa.Array.from_pandas(texts, type=pa.string()))
    return pd.Series(answers.to_numpy(zero_copy_only=False).astype(bool), index=texts.index)


def _holds(rule: RowRule, rows: pd.DataFrame) -> pd.Series:
    answers: pd.Series = rule.holds(rows)
    return answers.fillna(value=True).astype(bool)


def _failures(schema: pandera.DataFrameSchema, frame: pd.DataFrame) -> list[Failure]:
    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases
    else:
        return []
    blames = {rule.name: rule.blames for rule in ROW_RULES}
    found = {
        (int(row), blames.get(check, column), "required" if check == "not_nullable" else check): None
        for row, column, check in zip(cases["index"], cases["column"], cases["check"], strict=True)
    }
    return [Failure(*each) for each in found]


def _inside(table: Table, texts: pa.Table, failures: list[Failure], key_of: Callable[[str], int]) -> pa.Table:
    """The texts that have their form, read; the others missing."""
    formless: dict[str, list[int]] = {}
    for failure in failures:
        formless.setdefault(failure.column, []).append(failure.row)
    columns = []
    for column in table.columns:
        values = texts.column(column.name).combine_chunks()
        if column.name in formless:
            has_form = np.ones(texts.num_rows, dtype=bool)
            has_form[formless[column.name]] = False
            values = pc.if_else(pa.array(has_form), values, pa.scalar(None, pa.string()))
        columns.append(forms.read(column, values, key_of).cast(forms.INSIDE[column.kind]))
    return pa.Table.from_arrays(columns, names=[column.name for column in table.columns])

"""Outcomes as the records tell them, and a few plain aggregates of records: what the oracle is compared with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from simulation.calibration import FAR, read
from simulation.clock import FIRST_DAY, day_of
from simulation.files import Files
from vocabulary.dates import months_after

Numbers = NDArray[np.float64]


def open_on(files: Files, days: list[date]) -> pa.Table:
    """Obligations of first cases that are open on the days: party_id, case_id, as_of."""
    rows = read(files.out, "obligors", "case_id", "party_id", "served_on")
    once = rows["served_on"] == FAR
    case, party = rows["case_id"][once], rows["party_id"][once]
    place = files.at(case)
    first = files.cases["kind"][place] == "first"
    parts = []
    for day in days:
        number = day_of(day)
        kept = first & (files.cases["filed_on"][place] < number) & (files.cases["closed_on"][place] > number)
        columns = {"party_id": party[kept], "case_id": case[kept], "as_of": [day] * int(kept.sum())}
        parts.append(
            pa.table(
                columns,
                schema=pa.schema([("party_id", pa.int64()), ("case_id", pa.int64()), ("as_of", pa.date32())]),
            )
        )
    return pa.concat_tables(parts)


def paid(files: Files, truth: pa.Table, months: int) -> Numbers:
    """What each debtor paid on the claim (in whatever case of its chain) in the months after the day, in yuan."""
    payments = files.payments
    root = files.root(payments["case_id"])
    total = []
    for party, case, day in zip(
        *(truth[name].to_pylist() for name in ("party_id", "case_id", "as_of")), strict=True
    ):
        begin, end = day_of(day), day_of(months_after(day, months))
        mine = (root == case) & (payments["party_id"] == party)
        mine &= (payments["happened_at"] > begin) & (payments["happened_at"] <= end)
        total.append(payments["amount"][mine].sum())
    return np.array(total)


def plain_features(out: Path, truth: pa.Table) -> Numbers:
    """Aggregates of what the court knew: money and things found, spending, earlier payments, the claim itself."""
    files = Files(out)
    case, party = truth["case_id"].to_numpy(), truth["party_id"].to_numpy()
    day = np.array([day_of(each) for each in truth["as_of"].to_pylist()])
    place = files.at(case)
    columns = [files.claim[place], (day - files.cases["filed_on"][place]).astype(float)]
    for table, column in (
        ("deposits", "available"),
        ("real_property", "appraised_value"),
        ("vehicles", "appraised_value"),
        ("wealth_products", "cash_value"),
        ("income", "monthly_amount"),
        ("consumption", "amount"),
        ("payments", "amount"),
        ("encumbrances", "secured"),
    ):
        rows = read(out, table, "party_id", "known_at", column)
        sums = [
            np.nansum(rows[column][(rows["party_id"] == who) & (rows["known_at"] <= when)])
            for who, when in zip(party, day, strict=True)
        ]
        columns.append(np.array(sums))
        columns.append(np.array(sums) / np.maximum(files.claim[place], 1))
    return np.column_stack(columns)


def gini(outcome: Numbers, score: Numbers) -> float:
    """Gini of a score against outcomes, 1 for a perfect order."""

    def area(order: NDArray[np.int64]) -> float:
        return float((np.cumsum(outcome[order]) / outcome.sum()).mean()) - 0.5

    return area(np.argsort(-score, kind="stable")) / area(np.argsort(-outcome, kind="stable"))


def crps(outcome: Numbers, draws: Numbers) -> float:
    """Mean CRPS of forecasts given as draws, one row an outcome: E|X − y| − ½E|X − X'| over distinct pairs."""
    ordered = np.sort(draws, axis=1)
    count = ordered.shape[1]
    weights = 2 * np.arange(1, count + 1) - count - 1
    spread = (ordered * weights).sum(axis=1) / (count * max(count - 1, 1))
    return float((np.abs(ordered - outcome[:, None]).mean(axis=1) - spread).mean())


assert FIRST_DAY < FAR

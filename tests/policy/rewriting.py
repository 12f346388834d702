"""Rewrites a dossier's records, so that all is computed anew from them: families out, answers and property in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from features.day import profile
from records.contracts import TABLES
from records.dossier import Dossier, Row
from scoring.bundle import Bundle
from scoring.score import Scores, score
from vocabulary.states import QueryState

FREE = ("ordinary", "payroll")
"""Natures of accounts that may be deducted from."""
HOLDINGS = ("securities", "wealth_products", "insurance", "housing_fund", "platform_balances")
SHARED = ("parties", "obligors")
"""Registers that the court keeps itself, whatever family they are filed under: asking has no part in them."""
_NEW = 7_000_000_002


def scores(bundle: Bundle, dossiers: Sequence[Dossier]) -> Scores:
    """Everything anew from the records: profiles by the day engine, scores by the bundle."""
    return score(bundle, np.array([profile(each).values for each in dossiers]))


def never_asked(dossier: Dossier, *families: str) -> Dossier:
    """The dossier as if nobody had asked about the families: neither receipts nor rows of them, nor liens on them."""
    for family in families:
        dossier = replace(dossier, party=_left(dossier.party, family), case=_left(dossier.case, family))
    return dossier


def answered(dossier: Dossier, family: str, status: str, *, days_ago: int = 3) -> Dossier:
    """The dossier with one more answer of the national inquiry on its file."""
    day = dossier.as_of - timedelta(days=days_ago)
    receipt = _row("queries", dossier, day, family=family, source="national", asked_at=day, answered_at=day)
    return _with(dossier, "queries", receipt | {"status": status, "receipt_id": 7_000_000_001})


def asked_and_empty(dossier: Dossier, family: str, *, days_ago: int = 3) -> Dossier:
    """The dossier as if the family had been asked about once, and nothing was found."""
    return answered(never_asked(dossier, family), family, "empty", days_ago=days_ago)


def as_found(dossier: Dossier, family: str) -> Dossier:
    """The same answers, of the same days, that now say found: what a receipt says when it brings a row."""
    state = profile(dossier).states[family]
    if state.state is not QueryState.EMPTY:
        return dossier
    told = (
        {**row, "status": "found"} if row["receipt_id"] in state.receipts else row
        for row in dossier.rows("queries")
    )
    return replace(dossier, party={**dossier.party, "queries": tuple(told)})


def with_deposit(
    dossier: Dossier,
    fen: int,
    *,
    days_ago: int = 3,
    bank: str = "ICBC",
    nature: str = "ordinary",
    number: int = 0,
) -> Dossier:
    """The dossier with one more account, all of it free; ``number`` tells several apart."""
    day = dossier.as_of - timedelta(days=days_ago)
    account = _row("deposits", dossier, day, account_id=_NEW + number, bank=bank, nature=nature)
    return _with(dossier, "deposits", account | {"balance": fen, "available": fen})


def with_more(dossier: Dossier, fen: int, *, place: int = 0) -> Dossier | None:
    """The dossier with a newer, higher balance on one of its free accounts; None where it has no such account."""
    newest = {row["account_id"]: row for row in dossier.rows("deposits")}
    free = [row for row in newest.values() if row["nature"] in FREE]
    if not free:
        return None
    old = free[place % len(free)]
    more = {column: old[column] + fen for column in ("balance", "available")}
    dated = {"happened_at": dossier.as_of, "known_at": dossier.as_of, "row_id": 9_000_000_001}
    return _with(dossier, "deposits", {**old, **dated, **more})


def with_holding(dossier: Dossier, table: str, fen: int, *, rule: str = "free") -> Dossier:
    """The dossier with one more holding, whose cash value is known."""
    held = _row(table, dossier, dossier.as_of - timedelta(days=3), holding_id=_NEW, rule=rule)
    return _with(dossier, table, held | {"value": fen, "cash_value": fen})


def _left(tables: Mapping[str, tuple[Row, ...]], family: str) -> dict[str, tuple[Row, ...]]:
    kept = {
        table: tuple(row for row in rows if not _of(table, row, family)) for table, rows in tables.items()
    }
    return {table: rows for table, rows in kept.items() if rows}


def _of(table: str, row: Row, family: str) -> bool:
    if table in SHARED:
        return False
    if table == "queries":
        return bool(row["family"] == family)
    if table == "encumbrances":
        return bool(row["on_family"] == family)
    return TABLES[table].family == family


def _row(table: str, dossier: Dossier, day: date, **columns: object) -> dict[str, object]:
    empty = {column.name: None for column in TABLES[table].columns}
    common = {"happened_at": day, "known_at": day, "party_id": dossier.party_id, "row_id": 9_000_000_001}
    return {**empty, **common, **columns}


def _with(dossier: Dossier, table: str, row: Row) -> Dossier:
    rows = sorted((*dossier.rows(table), row), key=lambda one: (one["happened_at"], one["known_at"]))
    return replace(dossier, party={**dossier.party, table: tuple(rows)})

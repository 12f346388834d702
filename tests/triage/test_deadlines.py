"""Statutory days from the court's own registers, as known on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from records.contracts import TABLES
from tests.features.in_memory import InMemory
from triage.deadline_kinds import DEADLINES
from triage.deadlines import Clocks, clocks, due, pressing
from triage.tracks.figures import policy

DAY = date(2026, 6, 30)
FILED = date(2026, 3, 31)
CASE, DEBTOR = 20, 10
READ = (
    "cases", "suspensions", "measures", "payments", "encumbrances", "deposits", "real_property", "vehicles", "equity",
    "clues",
)  # fmt: skip


class Court(InMemory):
    """Registers of one case; values by name beside the tables, as a snapshot takes them."""

    def query(self, sql: str, **values: Any) -> pa.Table:
        """The answer; plain values take the place of ``$name``."""
        tables = {name: value for name, value in values.items() if isinstance(value, pa.Table)}
        for name, table in tables.items():
            self._connection.register(name, table)
        plain = {name: value for name, value in values.items() if name not in tables}
        return self._connection.execute(sql, plain).to_arrow_table()


def test_six_months_from_filing_end_with_the_month() -> None:
    assert _due()["term"] == date(2026, 9, 30)
    assert _due(case={"filed_on": date(2026, 8, 31)}, day=date(2026, 9, 1))["term"] == date(2027, 2, 28)


def test_periods_that_do_not_count_move_the_term_and_count_once_where_they_overlap() -> None:
    appraisal = {"from_on": date(2026, 4, 1), "to_on": date(2026, 4, 20), "kind": "appraisal"}
    dispute = {"from_on": date(2026, 4, 11), "to_on": date(2026, 4, 30), "kind": "dispute"}
    assert _due(suspensions=[appraisal])["term"] == date(2026, 9, 30) + timedelta(20)
    assert _due(suspensions=[appraisal, dispute])["term"] == date(2026, 9, 30) + timedelta(30)


def test_a_period_that_still_runs_counts_up_to_the_day() -> None:
    stay = {"from_on": date(2026, 6, 21), "to_on": None, "kind": "stay"}
    assert _due(suspensions=[stay])["term"] == date(2026, 9, 30) + timedelta(10)


def test_a_suspension_reported_tomorrow_moves_nothing_today() -> None:
    late = {
        "from_on": date(2026, 4, 1),
        "to_on": date(2026, 4, 20),
        "kind": "stay",
        "known_at": date(2026, 7, 1),
    }
    assert _due(suspensions=[late])["term"] == date(2026, 9, 30)


def test_pricing_starts_within_thirty_days_of_the_seal_and_a_price_ends_that() -> None:
    seal = {"kind": "seal", "happened_at": date(2026, 6, 1)}
    assert _due(measures=[seal])["pricing"] == date(2026, 7, 1)
    price = {"kind": "appraisal", "happened_at": date(2026, 6, 20)}
    found = _due(measures=[seal, price])
    assert (found["pricing"], found["offer"]) == (None, date(2026, 6, 30))
    offer = {"kind": "auction", "happened_at": date(2026, 6, 25)}
    assert _due(measures=[seal, price, offer])["offer"] is None
    assert _due(measures=[seal | {"lifted_on": date(2026, 6, 10)}])["pricing"] is None


def test_money_that_came_in_is_paid_out_within_thirty_days() -> None:
    money = {"happened_at": date(2026, 6, 10), "amount": 5_00, "channel": "voluntary"}
    assert _due(payments=[money])["payout"] == date(2026, 7, 10)
    assert _due(payments=[money | {"paid_out_on": date(2026, 6, 20)}])["payout"] is None


def test_the_next_seal_of_the_case_to_lapse_is_watched_not_that_of_others() -> None:
    seal = {"kind": "seal", "on_family": "real_property", "happened_at": date(2026, 4, 1), "thing_id": 5}
    mine = seal | {"holder_case_id": CASE, "expires_on": date(2026, 7, 9)}
    other = seal | {"holder_case_id": 99, "expires_on": date(2026, 7, 1), "thing_id": 6}
    assert _due(encumbrances=[mine, other])["lapse"] == date(2026, 7, 9)
    assert _due(encumbrances=[mine | {"released_on": date(2026, 5, 1)}])["lapse"] is None


def test_a_terminated_round_is_dormant_until_a_later_case_resumes_it() -> None:
    ended = {"closed_on": date(2026, 6, 1), "closing_mode": "round_terminated"}
    found = _clocks(case=ended)
    assert (found.dormant.tolist(), found.news.tolist()) == ([True], [False])
    assert _due(case=ended)["term"] is None
    resumed = {"case_id": 21, "kind": "resumed", "predecessor_case_id": CASE}
    assert _clocks(case=ended, cases=[resumed]).dormant.tolist() == [False]


def test_property_is_news_when_the_court_did_not_know_it_when_the_round_ended() -> None:
    ended = {"closed_on": date(2026, 6, 1), "closing_mode": "round_terminated"}
    balance = {
        "account_id": 3,
        "available": 8_000_00,
        "happened_at": date(2026, 6, 20),
        "known_at": date(2026, 6, 20),
    }
    assert _clocks(case=ended, deposits=[balance]).news.tolist() == [True]
    assert _clocks(case=ended, deposits=[balance | {"available": 10_00}]).news.tolist() == [False]
    flat = {"thing_id": 4, "happened_at": date(2026, 5, 1), "known_at": date(2026, 5, 1)}
    again = flat | {"happened_at": date(2026, 6, 20), "known_at": date(2026, 6, 20)}
    assert _clocks(case=ended, real_property=[again]).news.tolist() == [True]
    assert _clocks(case=ended, real_property=[flat, again]).news.tolist() == [False], "known before"


def test_a_deadline_presses_more_the_nearer_it_is_and_less_when_long_past() -> None:
    def boost(days_left: int) -> float:
        days = {each.code: np.array([np.datetime64("NaT", "D")]) for each in DEADLINES}
        days["payout"] = np.array([np.datetime64(DAY + timedelta(days_left), "D")])
        return float(pressing(days, as_of=DAY, table=policy())[0][0])

    assert [boost(20), boost(0), boost(-60), boost(-61)] == [0.0, 1.0, 1.0, 0.2]
    assert 0 < boost(10) < boost(3) < 1


def test_the_deadline_shown_is_the_one_that_presses_else_the_next() -> None:
    money = {"happened_at": date(2026, 6, 10), "amount": 5_00, "channel": "voluntary"}
    for payments, shown in (([money], "payout"), ([], "term")):
        days = due(_clocks(payments=payments), as_of=DAY, table=policy())
        _, which, on = pressing(days, as_of=DAY, table=policy())
        assert DEADLINES[which[0]].code == shown
        assert on[0] == days[shown][0]


def _clocks(*, case: dict[str, Any] | None = None, day: date = DAY, **rows: list[dict[str, Any]]) -> Clocks:
    standing = {"case_id": CASE, "court": "A", "kind": "first", "filed_on": FILED, "happened_at": FILED}
    rows["cases"] = [standing | (case or {}), *rows.get("cases", [])]
    full = {
        table: [_row(table, row, number) for number, row in enumerate(given)] for table, given in rows.items()
    }
    asked = pa.table({"case_id": [CASE], "party_id": [DEBTOR]})
    with Court(full, only=READ) as court:
        return clocks(court, asked, as_of=day, table=policy())  # type: ignore[arg-type]


def _due(**registers: Any) -> dict[str, date | None]:
    day = registers.get("day", DAY)
    found = due(_clocks(**registers), as_of=day, table=policy())
    return {code: days[0].item() for code, days in found.items()}


def _row(table: str, given: dict[str, Any], number: int) -> dict[str, Any]:
    row: dict[str, Any] = {column.name: None for column in TABLES[table].columns}
    row |= {
        "case_id": CASE,
        "party_id": DEBTOR,
        "happened_at": FILED,
        "superseded_at": None,
        "row_id": number,
    }
    row |= given
    row["known_at"] = given.get("known_at", row["happened_at"])
    return {name: value for name, value in row.items() if name in _names(table)}


def _names(table: str) -> set[str]:
    return {column.name for column in TABLES[table].columns} | {"row_id", "superseded_at"}

"""Nothing impossible is found in a town; and what is impossible is found when it is put there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from simulation.files import Files
from simulation.invariants import INVARIANTS, broken


def test_a_town_holds_nothing_impossible(town: Path) -> None:
    assert {name: count for name, count in broken(town).items() if count} == {}


def _set(column: str, change: Callable[[pa.ChunkedArray], pa.Array]) -> Callable[[pa.Table], pa.Table]:
    return lambda rows: rows.set_column(rows.column_names.index(column), column, change(rows[column]))


def _moved(days: int) -> Callable[[pa.ChunkedArray], pa.Array]:
    return lambda column: pc.add(column.cast(pa.int32()), pa.scalar(days, pa.int32())).cast(pa.date32())


def _all(value: object) -> Callable[[pa.ChunkedArray], pa.Array]:
    return lambda column: pa.array([value] * len(column)).cast(column.type)


def _twice(change: Callable[[pa.Table], pa.Table]) -> Callable[[pa.Table], pa.Table]:
    return lambda rows: pa.concat_tables([rows, change(rows).cast(rows.schema)])


def _everything(rows: pa.Table) -> pa.Table:
    """Every thing of the first hundreds, disposed of long ago."""
    many = rows.take(pa.array([0] * 400))
    things = pa.array([5_000_000_000_001 + number for number in range(400)])
    return _set("happened_at", _moved(-4_000))(_set("thing_id", lambda _: things)(many))


@pytest.mark.parametrize(
    ("invariant", "table", "change"),
    [
        ("known_before_it_happened", "deposits", _set("known_at", _moved(-1))),
        ("found_without_rows_or_rows_without_found", "vehicles", lambda rows: rows.slice(3)),
        ("paid_more_than_owed", "payments", _set("amount", lambda amount: pc.multiply(amount, 9.0))),
        ("paid_out_of_time", "payments", _set("happened_at", _moved(-900))),
        ("asked_before_owing", "obligors", _set("known_at", _moved(30))),
        ("paid_by_a_stranger", "payments", _set("party_id", lambda party: pc.add(party, 500_000))),
        ("sealed_before_it_was_theirs", "real_property", _set("acquired_on", _moved(9_000))),
        ("sealed_before_it_was_known", "real_property", _set("known_at", _moved(700))),
        ("things_of_the_unborn", "parties", _set("birth_year", lambda year: pc.add(year, 30))),
        ("firms_sued_before_founding", "parties", _set("founded_on", _moved(9_000))),
        ("titles_out_of_order", "titles", _set("sued_on", _moved(2_000))),
        ("measures_out_of_time", "measures", _set("happened_at", _moved(-400))),
        ("closed_before_filed", "cases", _set("closed_on", _moved(-3_000))),
        ("resumed_from_nowhere", "cases", _set("filed_on", _moved(-3_000))),
        ("sold_below_the_opening", "auctions", _set("sold_price", lambda price: pc.multiply(price, 0.5))),
        ("sold_twice", "auctions", lambda rows: pa.concat_tables([rows, rows])),
        ("offered_without_a_seal", "encumbrances", _set("registered_on", _moved(3_000))),
        ("more_dependants_than_people", "civil_status", _set("dependants", lambda count: pc.add(count, 5))),
        ("undervalue_to_strangers", "transfers", _set("price", lambda price: pc.multiply(price, 0.1))),
        ("available_above_balance", "deposits", _set("available", lambda money: pc.add(money, 1.0))),
        ("only_dwelling_of_several", "real_property", _set("sole_dwelling", _all(True))),
        ("vehicles_past_scrapping", "vehicles", _set("acquired_on", _moved(-5_600))),
        ("secured_above_the_claim", "measures", _set("amount", lambda amount: pc.multiply(amount, 9.0))),
        ("first_behind_another", "encumbrances", _set("rank", _all(1))),
        ("seals_out_of_order", "encumbrances", _set("expires_on", _moved(-3_000))),
        ("freezes_of_several_dates", "encumbrances", _twice(_set("registered_on", _moved(-5)))),
        ("months_told_twice", "consumption", _twice(_set("amount", lambda amount: pc.add(amount, 1.0)))),
        ("salaries_unlike_wages", "account_flows", _set("amount", lambda amount: pc.multiply(amount, 50.0))),
        (
            "firms_of_two_capitals",
            "registrations",
            _twice(_set("subscribed", lambda all_: pc.add(all_, 1.0))),
        ),
        ("facts_of_another_kind", "parties", _set("employees", lambda staff: pc.fill_null(staff, 3))),
        ("schools_without_children", "restricted_consumption", _set("kind", _all("private_school"))),
        ("cases_elsewhere_before_being", "litigation", _set("from_on", _moved(-9_000))),
        ("outcomes_that_cannot_be", "litigation", _set("outcome", _all("performed"))),
        ("bankrupt_without_a_court", "registrations", _set("status", _all("bankrupt"))),
        ("told_after_the_end", "clues", _set("happened_at", _moved(900))),
        ("moved_and_still_theirs", "transfers", lambda rows: _everything(rows)),
        ("worked_on_after_their_end", "measures", _set("happened_at", _moved(9_000))),
        ("added_for_want_of_capital", "obligors", _set("added_ground", _all("变更追加规定第十七条"))),
    ],
)
def test_what_cannot_be_is_noticed(
    town: Path, tmp_path: Path, invariant: str, table: str, change: Callable[[pa.Table], pa.Table]
) -> None:
    check = next(each for each in INVARIANTS if each.__name__ == invariant)
    copy = shutil.copytree(town, tmp_path / "town")
    path = copy / f"{table}.parquet"
    pq.write_table(change(pq.read_table(path)), path)
    assert check(Files(copy)) > 0


def test_every_invariant_has_its_counterexample() -> None:
    marks = test_what_cannot_be_is_noticed.pytestmark  # type: ignore[attr-defined]
    assert {case[0] for case in marks[0].args[1]} == {check.__name__ for check in INVARIANTS}

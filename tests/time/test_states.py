"""What was asked and answered by a day: three kinds of silence are three states, and day and night agree on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.contracts import TABLES
from records.dossier import Dossier
from records.states import FLAGS, FamilyState, family_states, shelf_days, states_sql
from records.versions import versions_sql
from vocabulary.families import ASKED
from vocabulary.states import QueryState

AS_OF = date(2024, 6, 30)
DEBTOR, OTHER, SILENT = 7, 8, 9


def receipt(
    number: int, family: str, status: str, days_ago: int = 5, source: str = "national", **said: Any
) -> dict[str, Any]:
    """A standing of a query, asked and (when found or empty) answered so many days before AS_OF."""
    day = AS_OF - timedelta(days=days_ago)
    answered = day if status in ("found", "empty", "failed", "refused") else None
    row = {
        "row_id": number, "happened_at": day, "known_at": day, "receipt_id": number, "corrects_row_id": None,
        "retracted": None, "superseded_at": None, "party_id": DEBTOR, "family": family, "source": source,
        "asked_at": day, "answered_at": answered, "status": status,
    }  # fmt: skip
    return row | said


def state(*rows: dict[str, Any], family: str = "deposits") -> FamilyState:
    """What day and night both say of a family from rows of one debtor."""
    day = family_states(rows, AS_OF)[family]
    (night,) = [
        row
        for row in _night(list(rows), [AS_OF], wide=False)
        if (row["party_id"], row["family"]) == (DEBTOR, family)
    ]
    assert (night["state"], night["age_days"]) == (day.state.value, day.age_days)
    return day


def test_not_asked_asked_and_empty_and_found_are_three_states() -> None:
    states = family_states([receipt(1, "deposits", "found"), receipt(2, "vehicles", "empty")], AS_OF)
    assert states["deposits"] == FamilyState(QueryState.FOUND, 5, (1,))
    assert states["vehicles"] == FamilyState(QueryState.EMPTY, 5, (2,))
    assert states["securities"] == FamilyState(QueryState.NOT_ASKED)
    assert set(states) == set(ASKED)


def test_without_a_single_receipt_nothing_is_known_not_even_that_nobody_asked() -> None:
    assert {each.state for each in family_states([], AS_OF).values()} == {QueryState.UNKNOWN}


def test_a_question_without_an_answer_is_pending_and_a_refusal_is_a_failure() -> None:
    assert state(receipt(1, "deposits", "pending")).state is QueryState.PENDING
    assert state(receipt(1, "deposits", "refused")).state is QueryState.FAILED
    assert state(receipt(1, "deposits", "refused")).age_days is None


def test_the_newest_standing_of_a_receipt_counts() -> None:
    asked = receipt(1, "deposits", "pending", days_ago=9)
    answered = receipt(1, "deposits", "empty", days_ago=3, row_id=2)
    assert state(answered, asked) == FamilyState(QueryState.EMPTY, 3, (1,))


def test_the_standing_of_a_receipt_is_the_one_that_happened_last_not_the_one_learned_last() -> None:
    learned_late = receipt(1, "deposits", "found", days_ago=9, known_at=AS_OF)
    happened_last = receipt(1, "deposits", "empty", days_ago=3, row_id=2)
    assert state(learned_late, happened_last) == FamilyState(QueryState.EMPTY, 3, (1,))


def test_of_two_answers_of_a_source_on_one_day_the_later_receipt_stands() -> None:
    assert state(receipt(1, "deposits", "found"), receipt(2, "deposits", "empty")).receipts == (2,)
    assert state(receipt(2, "deposits", "found"), receipt(1, "deposits", "empty")).state is QueryState.FOUND
    assert state(receipt(1, "deposits", "empty"), receipt(2, "deposits", "found")).state is QueryState.FOUND


def test_an_answer_goes_stale_the_day_after_its_shelf_life() -> None:
    shelf = shelf_days("deposits", AS_OF)
    assert state(receipt(1, "deposits", "found", days_ago=shelf)).state is QueryState.FOUND
    assert state(receipt(1, "deposits", "found", days_ago=shelf + 1)) == FamilyState(
        QueryState.STALE, shelf + 1, (1,)
    )


def test_a_sources_later_answer_replaces_its_earlier_one_and_a_failure_does_not() -> None:
    found, empty = receipt(1, "deposits", "found", 40), receipt(2, "deposits", "empty", 10)
    assert state(found, empty) == FamilyState(QueryState.EMPTY, 10, (2,))
    assert state(found, receipt(2, "deposits", "failed", 10)) == FamilyState(QueryState.FOUND, 40, (1,))


def test_of_two_sources_the_one_that_knows_most_counts_and_the_difference_is_flagged() -> None:
    national = receipt(1, "deposits", "empty", 2)
    local = receipt(2, "deposits", "found", 20, source="local")
    assert state(national, local) == FamilyState(QueryState.FOUND, 2, (2,), ("sources_disagree",))


def test_what_a_debtor_declares_or_a_creditor_hints_is_no_answer_of_a_source() -> None:
    declared = receipt(1, "deposits", "found", source="declared")
    assert state(declared) == FamilyState(QueryState.DECLARED_ONLY, None, (1,))
    assert state(receipt(1, "deposits", "empty", source="clue")).state is QueryState.DECLARED_ONLY
    assert state(receipt(1, "deposits", "pending", source="declared")).state is QueryState.NOT_ASKED
    assert state(declared, receipt(2, "deposits", "failed")).state is QueryState.DECLARED_ONLY
    assert state(declared, receipt(2, "deposits", "empty")).state is QueryState.EMPTY


def test_a_found_answer_without_rows_and_rows_without_an_answer_are_flagged() -> None:
    rows = [receipt(1, "deposits", "found"), receipt(2, "vehicles", "empty"), receipt(3, "equity", "found")]
    flags = {
        name: each.flags
        for name, each in family_states(rows, AS_OF, held={"vehicles": 2, "equity": 1}).items()
    }
    assert (flags["deposits"], flags["vehicles"], flags["equity"]) == (
        ("found_without_rows",),
        ("rows_without_receipt",),
        (),
    )
    silent = family_states([], AS_OF, held={"deposits": 1})
    assert (silent["deposits"].flags, silent["vehicles"].flags) == (("rows_without_receipt",), ())
    assert set(flags["deposits"] + flags["vehicles"]) <= set(FLAGS)


@st.composite
def receipts(draw: st.DrawFn) -> dict[str, Any]:
    """A standing on one of few days, among them the last of a shelf life, so that ties and edges come up often."""
    day = AS_OF - timedelta(days=draw(st.sampled_from([0, 5, 92, 93, 184, 185, -3])))
    row = receipt(
        draw(st.integers(1, 3)),
        draw(st.sampled_from(["deposits", "vehicles"])),
        draw(st.sampled_from(["pending", "empty", "found", "failed", "refused"])),
        source=draw(st.sampled_from(["national", "national", "local", "declared", "clue"])),
    )
    return row | {
        "happened_at": day,
        "known_at": day + timedelta(days=draw(st.sampled_from([0, 0, 0, 4]))),
        "answered_at": row["answered_at"] and day,
        "party_id": draw(st.sampled_from([DEBTOR, DEBTOR, OTHER])),
        "corrects_row_id": draw(st.none() | st.integers(0, 3)),
        "retracted": draw(st.sampled_from([None, None, None, False, True])),
    }


HISTORIES = st.lists(receipts(), max_size=9)


@given(told=HISTORIES, days=st.lists(st.sampled_from([0, 1, 89, 300]), min_size=1, max_size=2, unique=True))
def test_day_and_night_give_every_family_the_same_state_and_age(
    told: list[dict[str, Any]], days: list[int]
) -> None:
    versions, points = _versions(told), [AS_OF - timedelta(days=each) for each in days]
    night = _night(versions, points, wide=False)
    wide = _night(versions, points, wide=True)
    for as_of in points:
        for party in (DEBTOR, OTHER, SILENT):
            day = family_states(_known(versions, party, as_of), as_of)
            at_night = {
                row["family"]: row for row in night if (row["party_id"], row["as_of"]) == (party, as_of)
            }
            (across,) = [row for row in wide if (row["party_id"], row["as_of"]) == (party, as_of)]
            for family in ASKED:
                said = (day[family].state.value, day[family].state.code, day[family].age_days)
                assert tuple(at_night[family][name] for name in ("state", "state_code", "age_days")) == said
                assert (across[f"{family}_state"], across[f"{family}_age_days"]) == said[1:]


@given(told=HISTORIES, late=st.lists(receipts(), min_size=1, max_size=4), days=st.integers(0, 30))
def test_receipts_known_after_the_day_change_no_state_of_it(
    told: list[dict[str, Any]], late: list[dict[str, Any]], days: int
) -> None:
    as_of = AS_OF - timedelta(days=days)
    later = [row | {"known_at": as_of + timedelta(days=1 + n)} for n, row in enumerate(late)]
    before = family_states(_known(_versions(told), DEBTOR, as_of), as_of)
    assert family_states(_known(_versions([*told, *later]), DEBTOR, as_of), as_of) == before


@pytest.mark.parametrize("family", ASKED)
def test_every_family_that_is_asked_for_has_a_shelf_life(family: str) -> None:
    assert 30 <= shelf_days(family, date(1995, 5, 1)) <= 366


def _versions(told: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with ids in order of telling; a correction of a row not told yet is a row of its own."""
    rows = [
        row
        | {
            "row_id": n,
            "corrects_row_id": row["corrects_row_id"] if row["corrects_row_id"] in range(n) else None,
        }
        for n, row in enumerate(told)
    ]
    if not rows:
        return []
    engine = _holding("queries", rows)
    found = engine.execute(versions_sql(TABLES["queries"])).to_arrow_table().drop_columns(["load_id"])
    return list(found.to_pylist())


def _known(versions: list[dict[str, Any]], party: int, as_of: date) -> Sequence[Any]:
    rows = [row for row in versions if row["party_id"] == party]
    return Dossier.assemble(party_id=party, case_id=1, as_of=as_of, party={"queries": rows}, case={}).rows(
        "queries"
    )


def _night(versions: list[dict[str, Any]], points: list[date], *, wide: bool) -> list[dict[str, Any]]:
    asked = [{"party_id": party, "as_of": as_of} for as_of in points for party in (DEBTOR, OTHER, SILENT)]
    engine = _holding("queries", versions)
    engine.register("points", pa.Table.from_pylist(asked))
    return list(engine.execute(states_sql(wide=wide)).to_arrow_table().to_pylist())


def _holding(name: str, rows: list[dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    """The one engine of these tests, with the rows as the table of that name."""
    engine = _engine()
    engine.register(name, pa.Table.from_pylist(rows, schema=_SCHEMA))
    return engine


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


_SCHEMA = pa.schema(
    [
        *((name, pa.int64()) for name in ("row_id", "receipt_id", "corrects_row_id", "party_id", "load_id")),
        *(
            (name, pa.date32())
            for name in ("happened_at", "known_at", "superseded_at", "asked_at", "answered_at")
        ),
        *((name, pa.string()) for name in ("family", "source", "status")),
        ("retracted", pa.bool_()),
    ]
)

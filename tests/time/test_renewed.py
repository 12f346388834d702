"""A later answer of the same source takes the earlier one's place; replays of earlier days still see the earlier."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from records.contracts import TABLES
from records.dossiers import Dossiers
from records.renewed import RENEWED
from tests.records.papers import CASE, DEBTOR, Papers, balance, papers_in

FIRST, SECOND = date(2024, 1, 15), date(2024, 5, 15)


@pytest.fixture
def court(tmp_path: Path) -> Iterator[Papers]:
    for papers in papers_in(tmp_path):
        papers.court()
        yield papers


def test_an_account_that_the_second_answer_no_longer_lists_is_gone_from_its_day_on(court: Papers) -> None:
    court.write("queries", answer(1, FIRST), answer(2, SECOND))
    court.write(
        "deposits", held(1, FIRST, account=11), held(1, FIRST, account=12), held(2, SECOND, account=12)
    )

    assert accounts(court, date(2024, 5, 14)) == [11, 12]
    assert accounts(court, SECOND) == [12]


def test_an_empty_answer_ends_what_was_found_before(court: Papers) -> None:
    court.write("queries", answer(1, FIRST), answer(2, SECOND, status="empty"))
    court.write("deposits", held(1, FIRST, account=11))

    assert accounts(court, date(2024, 5, 14)) == [11]
    assert accounts(court, SECOND) == []


@pytest.mark.parametrize("status", ["pending", "failed", "refused"])
def test_a_question_without_an_answer_ends_nothing(court: Papers, status: str) -> None:
    second = answer(2, SECOND, status=status) | {"answered_at": None if status == "pending" else SECOND}
    court.write("queries", answer(1, FIRST), second)
    court.write("deposits", held(1, FIRST, account=11))

    assert accounts(court, SECOND) == [11]


def test_another_source_ends_nothing(court: Papers) -> None:
    court.write("queries", answer(1, FIRST, source="national"), answer(2, SECOND, source="local"))
    court.write("deposits", held(1, FIRST, account=11), held(2, SECOND, account=12))

    assert accounts(court, SECOND) == [11, 12]


def test_another_family_ends_nothing(court: Papers) -> None:
    court.write("queries", answer(1, FIRST), answer(2, SECOND, family="vehicles", status="empty"))
    court.write("deposits", held(1, FIRST, account=11))

    assert accounts(court, SECOND) == [11]


def test_two_answers_to_one_round_of_asking_stand_side_by_side(court: Papers) -> None:
    """Asked on one day, answered bank by bank: the second answer is not to a later question."""
    late = answer(2, date(2024, 1, 20)) | {"asked_at": FIRST}
    court.write("queries", answer(1, FIRST), late)
    court.write("deposits", held(1, FIRST, account=11), held(2, date(2024, 1, 20), account=12))

    assert accounts(court, date(2024, 1, 31)) == [11, 12]


def test_found_without_a_row_says_nothing_and_ends_nothing(court: Papers) -> None:
    court.write("queries", answer(1, FIRST), answer(2, SECOND))
    court.write("deposits", held(1, FIRST, account=11))

    assert accounts(court, SECOND) == [11]


def test_a_row_without_a_receipt_is_ended_by_no_answer(court: Papers) -> None:
    court.write("queries", answer(2, SECOND, status="empty"))
    court.write("deposits", balance(DEBTOR, 11) | {"happened_at": FIRST, "known_at": FIRST})

    assert accounts(court, SECOND) == [11]


def test_holdings_are_renewed_and_events_and_encumbrances_are_not() -> None:
    assert {"deposits", "real_property", "vehicles", "equity", "registrations", "civil_status"} <= set(
        RENEWED
    )
    assert {"account_flows", "income", "consumption", "encumbrances", "payments"}.isdisjoint(RENEWED)
    assert all(TABLES[name].key for name in RENEWED)


def answer(receipt: int, day: date, **said: Any) -> dict[str, Any]:
    """A question asked and answered on one day: deposits, found, unless said."""
    told = {
        "receipt_id": receipt,
        "party_id": DEBTOR,
        "family": "deposits",
        "source": "national",
        "status": "found",
    }
    return told | {"happened_at": day, "known_at": day, "asked_at": day, "answered_at": day} | said


def held(receipt: int, day: date, *, account: int) -> dict[str, Any]:
    """A balance that an answer lists."""
    return balance(DEBTOR, account) | {"receipt_id": receipt, "happened_at": day, "known_at": day}


def accounts(court: Papers, as_of: date) -> list[int]:
    """Accounts seen on a day."""
    court.load()
    dossiers = Dossiers.open(court.publish())
    rows = dossiers.fetch(DEBTOR, CASE, as_of).rows("deposits")
    dossiers.close()
    return sorted(row["account_id"] for row in rows)

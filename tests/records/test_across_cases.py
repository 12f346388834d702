"""What a snapshot answers across cases: whose a case number is, and which lots were known on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from records.dossiers import Dossiers
from serving.holdings import Holdings
from tests.records.papers import CASE, DEBTOR, Papers

NUMBER = "（2024）苏0281执1234号"


def lot(**said: Any) -> dict[str, Any]:
    """A lot of real property offered in the first round, appraised at 1,000,000."""
    return {
        "case_id": CASE,
        "party_id": DEBTOR,
        "thing_id": 1,
        "kind": "real_property",
        "round": 1,
        "appraised_value": "1000000.00",
        "sold": "true",
        "sold_price": "800000.00",
    } | said


def numbered(number: str, **said: Any) -> dict[str, Any]:
    """The case under a number."""
    about = {
        "case_id": CASE,
        "court": "3202",
        "kind": "first",
        "cause": "bank_loan",
        "filed_on": "2024-01-10",
    }
    return about | {"case_number": number} | said


@pytest.mark.parametrize("written", [NUMBER, "(2024)苏0281执1234号"])
@pytest.mark.parametrize("asked", [NUMBER, "(2024)苏0281执1234号"])
def test_a_case_is_found_by_its_number_whatever_the_brackets(court: Papers, written: str, asked: str) -> None:
    court.write("cases", numbered(written))
    court.load()
    assert Dossiers.open(court.publish()).case_of(asked) == CASE


def test_a_case_is_found_by_the_number_it_had_before(court: Papers) -> None:
    court.write("cases", numbered("（2023）苏0281执7号"), numbered(NUMBER, known_at="2024-03-01"))
    court.load()
    dossiers = Dossiers.open(court.publish())
    assert dossiers.case_of("（2023）苏0281执7号") == dossiers.case_of(NUMBER) == CASE
    assert dossiers.case_of("（2022）苏0281执7号") is None


def test_haircuts_count_lots_known_on_the_first_of_the_month_and_not_taken_back(court: Papers) -> None:
    court.write("auctions", lot(), lot(thing_id=2, known_at="2024-02-10", sold="false", sold_price=""))
    court.load()
    wrong = lot(thing_id=3, known_at="2024-02-12")
    court.write("auctions", wrong)
    court.load()
    taken_back = next(row["row_id"] for row in court.rows("auctions") if row["thing_id"] == 3)
    court.write(
        "auctions", wrong | {"known_at": "2024-03-05", "corrects_row_id": taken_back, "retracted": "true"}
    )
    court.load()
    held = Holdings(court.publish().parent).current()
    lots = {month: held.haircuts(date(2024, month, 28)).lots for month in (1, 2, 3, 4)}
    assert lots == {1: 0, 2: 1, 3: 3, 4: 2}
    assert ("3202", "real_property", 1) in held.haircuts(date(2024, 4, 1)).courts

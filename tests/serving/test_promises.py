"""Promises over the API: sums stay exact, other courts' cases have no name, expected money says what took it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from serving.permissions import Role
from serving.shapes.promises import ELSEWHERE, PromisesShape
from tests.law.test_expected import TWO_CASES, firm, shared
from tests.serving.conftest import headers
from tests.serving.town import Town

READINGS = [(time, reading) for time in ("now", "year") for reading in ("low", "mid", "high")]
OF_ANOTHER_COURT = """
cases
case_id | court | kind  | cause | filed_on   | case_number
200     | 3203  | first | other | 2024-02-01 | （2024）沪0203执200号
"""


def test_a_case_of_another_court_has_a_part_and_no_name() -> None:
    own, other = (firm(TWO_CASES.format(title=case), case=case) for case in (100, 200))
    other = firm(TWO_CASES.format(title=200) + OF_ANOTHER_COURT, case=200)
    told = PromisesShape.of(shared(own, other), "3202")

    here, there = told.cases
    assert (here.case, there.case) == ("100", None)
    assert there.label.zh == ELSEWHERE.zh
    assert there.promised.year.mid == 80_000
    assert "沪0203" not in told.model_dump_json()
    assert sum(case.promised.year.mid for case in told.cases) == told.promised.year.mid


def test_what_is_promised_reserved_and_left_is_the_capacity_and_lines_are_in_turn(
    standing: TestClient, town: Town
) -> None:
    for each in town.open:
        portrait = standing.post("/v1/portraits", json=each.question(), headers=headers(Role.JUDGE)).json()
        told = portrait["promises"]
        for time, reading in READINGS:
            parts = sum(told[name][time][reading] for name in ("promised", "reserved", "fees", "left"))
            assert parts == pytest.approx(told["capacity"][time][reading], abs=0.005)
        for pot in told["pots"]:
            turns = [turn["turn"] for turn in pot["turns"]]
            assert turns == sorted(turns)
            assert all(turn["rule"]["in_force_from"] for turn in pot["turns"])
        debtors = told["debtors"]
        assert [debtor["here"] for debtor in debtors] == [place == 0 for place in range(len(debtors))]
        assert sum(each["share"]["year"]["mid"] for each in debtors) <= told["claim"]["year"]["mid"] + 0.005
        expected = portrait["expected"]
        if expected is not None:
            taken = expected["spent"] + expected["joint"]
            assert portrait["expected_money"] == pytest.approx(expected["alone"] - taken, abs=0.005)

"""What came true of an obligation: who paid what in time, who was not seen to the end, and who was never seen."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from scoring.outcomes import AS_REPORTED, CONFIRMED, DISPUTED, outcomes
from tests.features.in_memory import obligations
from tests.scoring.small_court import SmallCourt

ASKED = date(2023, 1, 11)
LATE = date(2026, 1, 1)


def outcome(
    court: SmallCourt, *, as_of: date = ASKED, party: int = 5, case: int = 1, cutoff: date = LATE
) -> dict[str, Any]:
    with court.open() as rows:
        return outcomes(rows, obligations([(party, case, as_of)]), cutoff=cutoff).to_pylist()[0]


def owing(yuan: int = 1000) -> SmallCourt:
    return SmallCourt().case().claim(yuan).debtor()


def test_a_share_is_what_was_credited_in_the_window_over_what_was_owed_on_the_day() -> None:
    court = (
        owing().pays(200, on=date(2023, 1, 5)).pays(300, on=date(2023, 3, 1)).pays(100, on=date(2023, 12, 1))
    )

    found = outcome(court)

    assert found["outstanding"] == 800.0
    assert [found[f"share_{h}"] for h in (3, 6, 12, 24)] == [0.375, 0.375, 0.5, 0.5]


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2023, 1, 11), 0.0),  # the as-of day itself is before
        (date(2023, 1, 12), 1.0),
        (date(2023, 4, 11), 1.0),  # the last day of three months counts
        (date(2023, 4, 12), 0.0),
    ],
)
def test_the_window_is_open_at_its_start_and_closed_at_its_end(day: date, share: float) -> None:
    court = owing(2000).pays(1000, on=day)
    owed = 1000.0 if day <= ASKED else 2000.0

    found = outcome(court)

    assert (found["outstanding"], found["share_3"]) == (owed, share * 1000 / owed)


def test_months_are_clipped_at_month_ends() -> None:
    court = owing().pays(1000, on=date(2023, 2, 28))

    assert outcome(court, as_of=date(2022, 11, 30))["outstanding"] == 0.0  # the claim was not known yet
    assert outcome(court, as_of=date(2023, 1, 31))["share_3"] == 1.0
    assert outcome(owing().pays(1000, on=date(2023, 4, 30)), as_of=date(2023, 1, 31))["share_3"] == 1.0
    assert outcome(owing().pays(1000, on=date(2023, 5, 1)), as_of=date(2023, 1, 31))["share_3"] == 0.0


def test_more_than_the_debt_is_a_share_of_one() -> None:
    assert outcome(owing().pays(1500, on=date(2023, 2, 1)))["share_3"] == 1.0


def test_an_open_case_counts_at_the_horizons_it_has_reached() -> None:
    found = outcome(owing(), cutoff=date(2023, 7, 11))

    assert [found[f"followed_{h}"] for h in (3, 6, 12, 24)] == [True, True, False, False]
    assert found["share_6"] == 0.0
    assert np.isnan(found["share_12"])


def test_what_is_paid_in_the_resumed_case_counts_for_the_round_that_was_terminated() -> None:
    court = owing().pays(100, on=date(2023, 2, 1))
    court.case(2, on=date(2023, 9, 1), kind="resumed", predecessor_case_id=1).claim(900, 2, title=2).debtor(
        case=2
    )
    court.pays(400, on=date(2023, 10, 1), case=2)
    court.case(3, on=date(2024, 3, 1), kind="resumed", predecessor_case_id=2).debtor(case=3)
    court.pays(500, on=date(2024, 4, 1), case=3)

    found = outcome(court)

    assert [found[f"share_{h}"] for h in (3, 6, 12, 24)] == [0.1, 0.1, 0.5, 1.0]
    assert found["outstanding"] == 1000.0
    assert outcome(court, as_of=date(2023, 11, 1))["outstanding"] == 900.0
    assert outcome(court, as_of=date(2023, 11, 1), case=2)["share_12"] == pytest.approx(500 / 500)


def test_the_end_of_a_round_is_no_end() -> None:
    court = owing().case(on=date(2023, 6, 1), closed_on=date(2023, 6, 1), closing_mode="round_terminated")
    court.pays(400, on=date(2023, 10, 1))

    found = outcome(court)

    assert found["followed_12"]
    assert found["share_12"] == 0.4


def test_bankruptcy_freezes_the_paid_share_and_keeps_the_row() -> None:
    court = owing().pays(100, on=date(2023, 2, 1)).ends("bankruptcy", on=date(2023, 3, 1))

    found = outcome(court)

    assert (found["share_12"], found["followed_12"], found["discharged"]) == (0.1, True, True)


def test_a_withdrawal_is_marked_and_is_no_discharge() -> None:
    found = outcome(owing().ends("withdrawal", on=date(2023, 3, 1)))

    assert (found["withdrawn"], found["discharged"]) == (True, False)


def test_what_was_waived_before_is_no_longer_owed() -> None:
    found = outcome(owing().ends("waiver", on=date(2023, 1, 5), yuan=400).pays(300, on=date(2023, 2, 1)))

    assert (found["outstanding"], found["share_3"], found["discharged"]) == (600.0, 0.5, False)


def test_another_debtors_discharge_is_not_this_ones() -> None:
    court = owing().debtor(6).ends("settlement", on=date(2023, 3, 1), yuan=100, party_id=6)

    assert outcome(court)["discharged"] is False
    assert outcome(court, party=6)["discharged"] is True


def test_a_debt_that_another_debtor_paid_is_a_competing_event_and_no_zero() -> None:
    court = owing().debtor(6).pays(100, on=date(2023, 2, 1)).pays(900, on=date(2023, 5, 1), party=6)

    found = outcome(court)

    assert [found[f"by_other_{h}"] for h in (3, 6, 12)] == [False, True, True]
    assert (
        outcome(court, party=6)["by_other_12"] is True
    )  # 0.9 was paid, how much more could have been is unseen
    assert (
        outcome(owing().debtor(6).pays(1000, on=date(2023, 5, 1), party=6), party=6)["by_other_12"] is False
    )


def test_part_payment_by_another_leaves_this_ones_share_as_it_is() -> None:
    found = outcome(owing().debtor(6).pays(500, on=date(2023, 5, 1), party=6))

    assert (found["by_other_12"], found["share_12"]) == (False, 0.0)


def test_a_guarantor_owes_no_more_than_the_cap_less_what_was_paid() -> None:
    court = SmallCourt().case().claim(1000).debtor(5).debtor(6, cap=300)
    court.pays(100, on=date(2023, 1, 5), party=6).pays(100, on=date(2023, 2, 1), party=6)

    found = outcome(court, party=6)

    assert (found["outstanding"], found["share_3"]) == (200.0, 0.5)
    assert outcome(court)["outstanding"] == 900.0


def test_a_cap_that_was_raised_counts_as_it_stood_on_the_day() -> None:
    court = SmallCourt().case().claim(1000).debtor(6, cap=300).debtor(6, cap=500, on=date(2023, 1, 8))

    assert outcome(court, party=6, as_of=date(2023, 1, 7))["outstanding"] == 300.0
    assert outcome(court, party=6)["outstanding"] == 500.0


def test_nothing_owed_is_not_followed() -> None:
    found = outcome(owing().pays(1000, on=date(2023, 1, 5)))

    assert found["outstanding"] == 0.0
    assert not found["followed_3"]
    assert np.isnan(found["share_3"])


def test_a_payment_reported_after_the_cut_off_is_not_read() -> None:
    court = owing().pays(500, on=date(2023, 2, 1), known=date(2024, 2, 2))

    assert outcome(court, cutoff=date(2024, 2, 1))["share_12"] == 0.0
    assert outcome(court, cutoff=date(2024, 2, 2))["share_12"] == 0.5


def test_a_corrected_payment_counts_as_it_was_known_on_the_cut_off() -> None:
    court = owing().pays(500, on=date(2023, 2, 1), superseded_at=date(2024, 3, 1))
    court.pays(50, on=date(2023, 2, 1), known=date(2024, 3, 1))

    assert outcome(court, cutoff=date(2024, 2, 29))["share_12"] == 0.5
    assert outcome(court, cutoff=date(2024, 3, 1))["share_12"] == 0.05


def test_a_claim_known_later_is_not_owed_yet() -> None:
    court = owing().claim(500, title=2, on=date(2023, 2, 1))

    assert outcome(court)["outstanding"] == 1000.0
    assert outcome(court, as_of=date(2023, 2, 1))["outstanding"] == 1500.0


@pytest.mark.parametrize(
    ("quality", "audit", "expected"),
    [
        ("confirmed", None, CONFIRMED),
        ("as_reported", "confirmed", AS_REPORTED),
        ("confirmed", "misreported", DISPUTED),
        ("disputed", None, DISPUTED),
    ],
)
def test_a_label_is_as_good_as_its_payments_unless_an_audit_contradicts_it(
    quality: str, audit: str | None, expected: int
) -> None:
    court = owing().pays(100, on=date(2023, 2, 1), quality=quality).case(on=date(2024, 3, 1), audit=audit)

    assert outcome(court)["quality"] == expected


def test_a_life_is_followed_when_the_case_is_over_or_a_payment_tells_how_it_ended() -> None:
    over = {"closed_on": date(2023, 9, 1), "closing_mode": "terminated"}

    assert np.isnan(outcome(owing())["share_life"])
    assert outcome(owing().case(on=date(2023, 9, 1), **over))["share_life"] == 0.0
    assert outcome(owing().pays(0, on=date(2025, 1, 1)))["share_life"] == 0.0
    assert outcome(owing().pays(700, on=date(2025, 6, 1)))["share_life"] == 0.7


def test_rows_come_back_in_the_order_asked() -> None:
    court = owing().pays(500, on=date(2023, 2, 1))
    days = [date(2023, 3, 1), ASKED, date(2023, 1, 20)]
    with court.open() as rows:
        found = outcomes(rows, obligations([(5, 1, day) for day in days]), cutoff=LATE)

    assert found["outstanding"].to_pylist() == [500.0, 1000.0, 1000.0]

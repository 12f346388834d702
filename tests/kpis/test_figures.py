"""Key figures: who counts above and below the line, by hand-written cases."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.scoring.small_court import SmallCourt
from triage.kpis import KPIS, Figure, Planned, kept, months, with_plan, year_to_date
from triage.kpis.catalogue import PROGRAMME
from triage.kpis.count import figures
from triage.kpis.keep import keep

DAY = date(2023, 12, 31)
YEAR = year_to_date(DAY)
TABLES = (
    "petitions", "suspensions", "deposits", "securities", "wealth_products", "insurance", "platform_balances",
    "real_property", "vehicles", "equity",
)  # fmt: skip


def counted(court: SmallCourt, *planned: Planned, periods: Any = YEAR, of: str = "A") -> dict[str, Figure]:
    with court.open(*TABLES) as rows:
        found = figures(rows, periods, as_of=DAY, planned=planned)
    return {figure.code: figure for figure in found if figure.court == of}


def closed(docket: SmallCourt, case: int, mode: str, on: date, **more: Any) -> SmallCourt:
    return docket.case(case, on=on, closed_on=on, closing_mode=mode, **more)


def four_cases() -> SmallCourt:
    """One performed, one round ended, one terminated late, one open; 1,000 yuan each."""
    court = SmallCourt()
    for case in (1, 2, 3, 4):
        court.case(case).claim(1000, case, title=case).debtor(case, case)
    court.pays(1000, on=date(2023, 2, 1), party=1, case=1).pays(200, on=date(2023, 2, 1), party=2, case=2)
    closed(court, 1, "performed", date(2023, 3, 1))
    closed(court, 2, "round_terminated", date(2023, 4, 1), audit="confirmed")
    return closed(court, 3, "terminated", date(2023, 11, 1))


def both(figure: Figure) -> tuple[float, float]:
    return figure.above, figure.below


@pytest.mark.parametrize(
    ("code", "above", "below"),
    [
        ("closing_rate", 3, 4),
        ("actual_completion_rate", 2, 3),
        ("performed_rate", 1, 3),
        ("closed_within_term", 2, 3),
        ("completed_within_term", 1, 3),
        ("round_termination_compliance", 1, 1),
        ("recovery_rate", 1200, 3000),
        ("recovery_rate_2008", 1000, 3000),
        ("three_year_closing_rate", 3, 4),
    ],
)
def test_each_figure_counts_what_its_words_say(code: str, above: float, below: float) -> None:
    assert both(counted(four_cases())[code]) == (above, below)


def test_speed_and_effect_are_two_measures_of_the_cases_with_property() -> None:
    court = four_cases()
    for party in (1, 2):
        court.row("vehicles", on=date(2023, 1, 20), party_id=party, thing_id=party)

    found = counted(court)

    assert both(found["property_closed_within_term"]) == (2, 2)
    assert both(found["property_completion_rate"]) == (1, 2)


@pytest.mark.parametrize(("yuan", "counts"), [(49, 0), (51, 1), (999, 1), (1000, 1)])
def test_a_deposit_below_a_thousand_and_a_twentieth_of_the_claim_is_no_property(
    yuan: int, counts: int
) -> None:
    court = four_cases().row(
        "deposits", on=date(2023, 1, 20), party_id=1, account_id=9, receipt_id=3, available=yuan * 100
    )
    assert counted(court)["property_completion_rate"].below == counts


def test_periods_that_do_not_count_are_taken_out_once() -> None:
    court = four_cases()
    for begin, end in ((date(2023, 5, 1), date(2023, 8, 31)), (date(2023, 8, 1), date(2023, 10, 31))):
        court.row("suspensions", on=begin, case_id=3, kind="appraisal", from_on=begin, to_on=end)

    assert counted(court)["closed_within_term"].above == 3  # 304 days less 184


def test_a_preservation_is_no_enforcement() -> None:
    court = four_cases().case(9, kind="preservation")
    assert counted(court)["closing_rate"].below == 4


def test_petitions_are_counted_as_they_stand() -> None:
    court = four_cases().row("petitions", on=date(2023, 3, 1), case_id=1, kind="inaction")
    court.row("petitions", on=date(2023, 3, 1), case_id=2, kind="other", resolved_on=date(2023, 4, 1))
    assert both(counted(court)["petition_rate"]) == (1, 2)


def test_what_was_not_known_by_the_day_does_not_count() -> None:
    court = four_cases()
    court.row(
        "cases", on=date(2023, 12, 1), known=date(2024, 1, 5), case_id=4, court="A", kind="first",
        cause="private_loan", filed_on=date(2023, 1, 1), closed_on=date(2023, 12, 1), closing_mode="performed",
    )  # fmt: skip
    assert both(counted(court)["closing_rate"]) == (3, 4)


def test_a_plan_moves_figures_by_its_chances() -> None:
    found = counted(four_cases(), Planned(case_id=4, chance=0.25, money=100.0))

    assert both(found["closing_rate"]) == pytest.approx((3.25, 4))
    assert both(found["performed_rate"]) == pytest.approx((1.25, 3.25))
    assert both(found["recovery_rate"]) == pytest.approx((1300, 3250))


def test_a_plan_cannot_close_what_is_closed() -> None:
    assert counted(four_cases(), Planned(case_id=1, chance=1.0, money=900.0)) == counted(four_cases())


def test_months_sum_to_the_year_and_courts_to_the_whole() -> None:
    court = four_cases().case(7, court="B").claim(50, 7, title=7).debtor(7, 7)
    closed(court, 7, "performed", date(2023, 6, 1), court="B")
    with court.open(*TABLES) as rows:
        by_month = figures(rows, months(DAY), as_of=DAY)
        by_year = figures(rows, YEAR, as_of=DAY)

    def performed(found: list[Figure], court: str) -> float:
        return sum(each.above for each in found if each.code == "performed_rate" and each.court == court)

    assert performed(by_month, "A") == performed(by_year, "A") == 1
    assert performed(by_year, "") == performed(by_year, "A") + performed(by_year, "B") == 2


def test_nothing_over_nothing_is_no_rate() -> None:
    assert (
        counted(four_cases(), periods=[("2021", date(2023, 1, 1), date(2023, 1, 2))])["performed_rate"].rate
        is None
    )


def test_every_figure_names_its_words_source_and_version() -> None:
    for kpi in KPIS:
        for words in (kpi.name, kpi.numerator, kpi.denominator, kpi.source):
            assert words.zh
            assert words.en
        assert kpi.version.isdigit()
    assert len(PROGRAMME) == 4  # 三个90% 一个80%


@pytest.mark.parametrize(
    "planned", [(Planned(4, 0.25, 100.0),), (Planned(4, 1.0, 400.0), Planned(1, 1.0, 5.0)), ()]
)
def test_the_kept_figures_move_as_the_counted_ones_do(tmp_path: Path, planned: tuple[Planned, ...]) -> None:
    court = four_cases().row("vehicles", on=date(2023, 1, 20), party_id=4, thing_id=4)
    with court.open(*TABLES) as rows:
        keep(tmp_path, rows, as_of=DAY)
        counted_anew = [each for each in figures(rows, YEAR, as_of=DAY, planned=planned) if each.court == "A"]

    moved = with_plan(tmp_path, kept(tmp_path, court="A", periods=["2023"]), planned)

    for ours, theirs in zip(moved, counted_anew, strict=True):
        assert ours.code == theirs.code
        assert both(ours) == pytest.approx(both(theirs)), ours.code


def test_a_queue_without_figures_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"kpis\.sqlite"):
        kept(tmp_path, court="A")

"""Haircuts: few lots are drawn to the kind, many speak for themselves; checked on real auctions not seen before."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from scipy import stats

from scoring.haircuts import KINDS, PRIORS, ROUNDS, Haircuts, Lot, fit_haircuts, lots_of
from tests.portraits.brazil import halves, leave_one_out
from tests.portraits.brazil import lots as real_lots

DAY = date(2025, 6, 30)
DOCS = Path(__file__).resolve().parents[2] / "docs" / "haircuts.md"


def fit(*lots: Lot) -> Haircuts:
    return fit_haircuts(lots, fitted_on=DAY)


def sales(court: str, sold: int, unsold: int, share: float = 0.8) -> list[Lot]:
    return [Lot(court, "vehicle", 1, True, share)] * sold + [Lot(court, "vehicle", 1, False, None)] * unsold


def test_without_a_single_lot_every_kind_and_round_has_a_declared_prior() -> None:
    haircuts = fit()

    for kind in KINDS:
        for turn in ROUNDS:
            cell = haircuts.cell(kind, turn, "3202")
            assert cell.chance[1] == pytest.approx(PRIORS[kind, turn].chance)
            assert cell.share[1] == pytest.approx(PRIORS[kind, turn].share)
            assert cell.lots == 0


def test_a_court_with_three_lots_is_drawn_to_the_kind_and_one_with_three_hundred_is_not() -> None:
    others = [lot for court in range(8) for lot in sales(f"court {court}", 20 + court, 30 - court)]
    haircuts = fit(*others, *sales("small", 3, 0), *sales("large", 270, 30))
    kind, small, large = (haircuts.cell("vehicle", 1, court).chance[1] for court in (None, "small", "large"))

    assert kind < small < 0.9
    assert large == pytest.approx(0.9, abs=0.03)


def test_more_lots_give_a_narrower_range() -> None:
    haircuts = fit(*sales("small", 3, 3), *sales("large", 150, 150), *sales("third", 40, 20))
    narrow, wide = haircuts.cell("vehicle", 1, "large").chance, haircuts.cell("vehicle", 1, "small").chance

    assert narrow[2] - narrow[0] < wide[2] - wide[0]


@pytest.mark.parametrize(("a", "b"), [(3.0, 7.0), (10.0, 2.0), (40.0, 60.0), (2.5, 2.5)])
def test_the_range_of_a_chance_is_that_of_the_beta_distribution(a: float, b: float) -> None:
    prior = {("goods", turn): PRIORS["goods", turn] for turn in ROUNDS}
    strength = a + b
    prior["goods", 1] = type(PRIORS["goods", 1])(chance=a / strength, share=0.7, weight=strength)
    low, mid, high = fit_haircuts([], fitted_on=DAY, priors=prior).kinds["goods", 1].chance

    assert mid == pytest.approx(a / strength)
    assert (low, high) == pytest.approx(stats.beta(a, b).ppf([0.1, 0.9]), abs=0.05)


def test_an_appraisal_runs_through_the_rounds() -> None:
    """Half sell in each of three rounds: 7 in 8 sell in the end; the price leans on the earlier rounds."""
    lots = [
        Lot("c", "goods", turn, sold, share if sold else None)
        for turn, share in ((1, 0.9), (2, 0.6), (3, 0.5))
        for sold in (True, False)
        for _ in range(2000)
    ]
    realised = fit(*lots).realisation("goods", "c")

    assert realised.chance[1] == pytest.approx(0.875, abs=0.01)
    assert realised.share[1] == pytest.approx((0.9 * 4 + 0.6 * 2 + 0.5) / 7, abs=0.01)
    assert realised.of_court


def test_rows_of_auctions_become_lots_and_rows_that_do_not_say_are_left_out() -> None:
    rows = [
        {
            "case_id": 1,
            "kind": "vehicle",
            "round": 1,
            "appraised_value": 100_00,
            "sold": True,
            "sold_price": 80_00,
        },
        {
            "case_id": 1,
            "kind": "vehicle",
            "round": None,
            "appraised_value": 100_00,
            "sold": False,
            "sold_price": None,
        },
        {
            "case_id": 1,
            "kind": "vehicle",
            "round": 1,
            "appraised_value": 0,
            "sold": True,
            "sold_price": 80_00,
        },
        {
            "case_id": 2,
            "kind": "vehicle",
            "round": 1,
            "appraised_value": 100_00,
            "sold": None,
            "sold_price": None,
        },
    ]
    lots = lots_of(rows, {1: "3202"}.get)

    assert lots == [Lot("3202", "vehicle", 1, True, 0.8), Lot("3202", "vehicle", 1, False, None)]


def test_haircuts_say_whose_auctions_they_are_and_of_what_day() -> None:
    haircuts = fit_haircuts([], fitted_on=DAY, source="auctions of court 3202")

    assert (haircuts.source, haircuts.fitted_on) == ("auctions of court 3202", DAY)
    with pytest.raises(ValueError, match="source"):
        fit_haircuts([], fitted_on=DAY, source=" ")


def test_the_digest_tells_lots_apart() -> None:
    assert fit(*sales("a", 3, 1)).digest == fit(*sales("a", 3, 1)).digest
    assert fit(*sales("a", 3, 1)).digest != fit(*sales("a", 3, 2)).digest


@pytest.mark.shared_data
def test_a_proceeding_never_seen_sells_as_foretold(shared_data: Callable[[str], Path]) -> None:
    """Leave one proceeding out, 63 times: four in five sold lots should lie in the range."""
    told = leave_one_out(real_lots(shared_data("br_judicial_auctions/lots.csv")))

    assert 0.72 <= told.inside <= 0.90
    assert abs(told.centred) < 0.15
    assert told.chance_foretold == pytest.approx(told.chance_seen, abs=0.03)


@pytest.mark.shared_data
def test_drawing_to_the_kind_beats_the_group_alone_and_the_kind_alone(
    shared_data: Callable[[str], Path],
) -> None:
    chance, price = halves(real_lots(shared_data("br_judicial_auctions/lots.csv")))

    assert chance.shrunk < min(chance.own, chance.pooled)
    assert price.shrunk < min(price.own, price.pooled)


@pytest.mark.shared_data
def test_the_handbook_shows_the_figures_of_today(shared_data: Callable[[str], Path]) -> None:
    held = real_lots(shared_data("br_judicial_auctions/lots.csv"))
    told, (chance, price) = leave_one_out(held), halves(held)
    page = DOCS.read_text(encoding="utf-8")

    assert f"{told.inside:.1%}" in page
    for row in (chance, price):
        assert f"| {row.shrunk:.4f} | {row.own:.4f} | {row.pooled:.4f} |" in page
    assert math.isfinite(told.centred)

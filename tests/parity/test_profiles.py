"""Whole profiles over made records: night as day, one as many, and what must never change them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from features.catalogue import CATALOGUE
from features.catalogue.deposits import Deposits
from features.day import profile
from features.declare import Derived, Feature, Leans, Standing, Values
from features.night import build, matrix
from tests.features.in_memory import InMemory, obligations
from tests.parity.made_records import (
    Point,
    Tables,
    again,
    close,
    differing,
    dossier_of,
    points,
    superseded,
    tables,
)

READ = tuple(sorted({feature.rows.table for feature in CATALOGUE.made_of_rows} | {"queries"}))
# Over all tables at once shrinking takes many minutes; the tests by table shrink.
FEW = settings(
    max_examples=max(settings.default.max_examples // 12, 5), phases=(Phase.explicit, Phase.generate)
)
SOME = settings(max_examples=max(settings.default.max_examples // 3, 10))
A_POINT = points().map(lambda asked: asked[0])


def _by_night(made: Tables, asked: list[Point]) -> Values:
    with InMemory(made) as store:
        return matrix(build(store, obligations(asked)))


@FEW
@given(made=tables(*READ, most=4), asked=points())
def test_day_equals_night_on_every_feature_and_state(made: Tables, asked: list[Point]) -> None:
    for point, night in zip(asked, _by_night(made, asked), strict=True):
        day = profile(dossier_of(point, made)).values
        assert differing(CATALOGUE.names, day, night) == {}, point


@FEW
@given(made=tables(*READ, most=3), asked=points())
def test_one_obligation_alone_is_what_it_is_among_many(made: Tables, asked: list[Point]) -> None:
    together = _by_night(made, asked)
    np.testing.assert_array_equal(_by_night(made, asked[-1:])[0], together[-1])


@FEW
@given(made=tables(*READ, most=4), asked=points())
def test_the_order_in_which_rows_lie_changes_nothing(made: Tables, asked: list[Point]) -> None:
    turned = {name: rows[::-1] for name, rows in made.items()}
    day = profile(dossier_of(asked[0], made)).values
    np.testing.assert_array_equal(profile(dossier_of(asked[0], turned)).values, day)
    assert differing(CATALOGUE.names, day, _by_night(turned, asked[:1])[0]) == {}


@FEW
@given(made=tables(*READ, most=5), point=A_POINT)
def test_rows_known_later_change_nothing(made: Tables, point: Point) -> None:
    past = _known_by(made, point[2])
    now = profile(dossier_of(point, made)).values
    np.testing.assert_array_equal(profile(dossier_of(point, past)).values, now)
    assert differing(CATALOGUE.names, now, _by_night(past, [point])[0]) == {}


@SOME
@given(made=tables("deposits", "account_flows", "queries"), point=A_POINT, free=st.integers(0, 10**9))
def test_one_free_deposit_more_never_lowers_what_leans_to_able(made: Tables, point: Point, free: int) -> None:
    before = profile(dossier_of(point, made))
    more = made | {"deposits": [*made["deposits"], _free_deposit(point, free)]}
    after = profile(dossier_of(point, more))
    for feature in Deposits.features():
        if feature.leans is Leans.ABLE:
            assert not after[feature.name] < before[feature.name], feature.name


@FEW
@given(made=tables(*READ, most=5), point=A_POINT)
def test_every_feature_comes_again_from_its_evidence_alone(made: Tables, point: Point) -> None:
    dossier = dossier_of(point, made)
    values = profile(dossier)
    for name in CATALOGUE.names:
        assert close(again(name, dossier), values[name]), name


def test_every_kind_of_feature_is_among_those_compared() -> None:
    kinds = {type(feature) for feature in CATALOGUE.features}
    assert kinds == {Feature, Derived, Standing}


def _known_by(made: Tables, day: date) -> Tables:
    return {
        name: superseded([dict(row) for row in rows if row["known_at"] <= day]) for name, rows in made.items()
    }


def _free_deposit(point: Point, free: int) -> dict[str, Any]:
    party, _, day = point
    return {
        "party_id": party, "row_id": 9_999, "happened_at": day, "known_at": day, "superseded_at": None,
        "retracted": None, "corrects_row_id": None, "receipt_id": None, "account_id": 9_999, "bank": "A",
        "nature": "ordinary", "balance": free, "available": free,
    }  # fmt: skip

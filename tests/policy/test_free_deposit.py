"""A free deposit more never lowers a score, whatever is known of the debtor: nothing is allowed for rounding.

Records are rewritten and everything is computed anew. The answer that brings the deposit is the one on file, which then
says found. It rests on two things: a free deposit moves only columns that lean towards ability, and upwards; and no
tree moves against a leaning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.catalogue import CATALOGUE
from features.day import Profile, profile
from features.declare import Leans, Values
from records.dossier import Dossier
from records.dossiers import Dossiers
from records.snapshot import Snapshot
from scoring.bundle import Bundle
from scoring.cohort import cohort
from scoring.score import Scores, score
from tests.parity.made_records import Point, Tables, dossier_of, points, tables
from tests.policy.rewriting import (
    FREE,
    HOLDINGS,
    as_found,
    asked_and_empty,
    scores,
    with_deposit,
    with_holding,
    with_more,
)
from tests.serving.town import Town, town
from training.sides import newest
from vocabulary.states import QueryState

__all__ = ["town"]

LOOKED_AT = 120
"""Obligations of the town whose records are rewritten, over all dates on which portraits are asked for."""
MOST = 1_000_000_000
"""Ten million yuan, in fen."""
NEAR = 1e-9
fen = st.one_of(st.just(1), st.integers(1, 100_000), st.integers(1, MOST))


@dataclass(frozen=True, eq=False)
class Pairs:
    """Profiles of dossiers, and of the same ones richer by a free deposit."""

    before: tuple[Profile, ...]
    after: tuple[Profile, ...]

    def scores(self, bundle: Bundle) -> tuple[Scores, Scores]:
        sides = (np.array([each.values for each in side]) for side in (self.before, self.after))
        before, after = (score(bundle, values) for values in sides)
        return before, after


@pytest.fixture(scope="module")
def known(town: Town) -> tuple[Dossier, ...]:
    """Dossiers of whose deposits there is an answer, each once as it is and once as if the answer were empty."""
    snapshot, rng = Snapshot.current(town.root / "snapshots"), np.random.default_rng(5)
    asked = cohort(snapshot, cutoff=newest(snapshot)).to_pylist()
    held = Dossiers.open(snapshot.path)
    found = []
    for row in asked[:: len(asked) // LOOKED_AT]:
        dossier = held.fetch(row["party_id"], row["case_id"], row["as_of"])
        if profile(dossier).states["deposits"].state.answered:
            found.append(dossier)
        found.append(asked_and_empty(dossier, "deposits", days_ago=int(rng.integers(0, 60))))
    held.close()
    return tuple(found)


@pytest.fixture(scope="module")
def pairs(known: tuple[Dossier, ...]) -> Pairs:
    """Each dossier beside four richer ones: from one fen to ten million yuan, half below 1,000."""
    rng, before, after = np.random.default_rng(7), [], []
    for dossier in known:
        amounts = [1, *np.exp(rng.uniform(0, np.log([1e5, 1e5, MOST]))).astype(int).tolist()]
        before += [profile(dossier)] * len(amounts)
        after += [profile(richer(dossier, amount, rng)) for amount in amounts]
    return Pairs(tuple(before), tuple(after))


@pytest.fixture(scope="module")
def before_and_after(bundle: Bundle, pairs: Pairs) -> tuple[Scores, Scores]:
    return pairs.scores(bundle)


def richer(dossier: Dossier, amount: int, rng: np.random.Generator) -> Dossier:
    """The dossier with a new free account, or with more on one that is there."""
    more = with_more(as_found(dossier, "deposits"), amount, place=int(rng.integers(9)))
    if more is not None and rng.random() < 0.5:
        return more
    nature, bank = FREE[rng.integers(2)], ("ICBC", "CCB", "a village bank")[rng.integers(3)]
    told = as_found(dossier, "deposits")
    return with_deposit(told, amount, days_ago=int(rng.integers(0, 400)), bank=bank, nature=nature)


def moved(before: Values, after: Values) -> dict[str, tuple[float, float]]:
    """Columns that differ, by name, with both values."""
    apart = ~((before == after) | (np.isnan(before) & np.isnan(after)))
    return {CATALOGUE.names[n]: (float(before[n]), float(after[n])) for n in np.flatnonzero(apart)}


def assert_only_leaning_columns_rise(before: Profile, after: Profile) -> None:
    for name, (old, new) in moved(before.values, after.values).items():
        assert CATALOGUE[name].leans is Leans.ABLE, name
        assert new > old, name


class TestOfTheTown:
    def test_a_free_deposit_lowers_no_score_and_no_cautious_score(
        self, before_and_after: tuple[Scores, Scores]
    ) -> None:
        before, after = before_and_after

        assert len(before.score) > 4 * LOOKED_AT
        assert (after.score >= before.score).all()
        assert (after.cautious >= before.cautious).all()
        assert after.score.mean() > before.score.mean() + 1

    def test_nor_any_chance_of_the_curve_before_it_is_tilted_nor_its_mean(
        self, before_and_after: tuple[Scores, Scores]
    ) -> None:
        before, after = before_and_after

        assert (after.odds >= before.odds).all()
        assert (after.curve.mean() >= before.curve.mean() - NEAR).all()

    def test_the_room_of_the_likely_set_stays(self, before_and_after: tuple[Scores, Scores]) -> None:
        before, after = before_and_after

        np.testing.assert_allclose(after.likely.size, before.likely.size, rtol=0, atol=NEAR)

    def test_first_deposits_of_a_few_yuan_after_an_empty_answer_are_among_them(self, pairs: Pairs) -> None:
        small = [
            after
            for before, after in zip(pairs.before, pairs.after, strict=True)
            if before.states["deposits"].state is QueryState.EMPTY
            and after.states["deposits"].state is QueryState.FOUND
            and after["deposit_available_latest"] < 1_000
        ]

        assert len(small) > LOOKED_AT

    def test_one_deposit_after_another_lowers_nothing(
        self, bundle: Bundle, known: tuple[Dossier, ...]
    ) -> None:
        @settings(deadline=None)
        @given(
            place=st.integers(0, len(known) - 1),
            amounts=st.lists(fen, min_size=1, max_size=3),
            days_ago=st.integers(0, 400),
            new=st.booleans(),
        )
        def rises(place: int, amounts: list[int], days_ago: int, new: bool) -> None:
            chain = [known[place]]
            for number, amount in enumerate(amounts):
                told = as_found(chain[-1], "deposits")
                more = None if new else with_more(told, amount, place=place)
                chain.append(more or with_deposit(told, amount, days_ago=days_ago, number=number))
            found = scores(bundle, chain)
            assert (np.diff(found.score) >= 0).all()
            assert (np.diff(found.cautious) >= 0).all()

        rises()


class TestOfTheColumns:
    def test_a_free_deposit_moves_only_columns_that_lean_towards_ability(self, pairs: Pairs) -> None:
        for before, after in zip(pairs.before, pairs.after, strict=True):
            assert_only_leaning_columns_rise(before, after)

    @pytest.mark.parametrize("family", HOLDINGS)
    @pytest.mark.parametrize("rule", ["free", "surrender", "term", "retirement_only", "restricted"])
    def test_so_does_a_holding_of_known_cash_value(
        self, known: tuple[Dossier, ...], family: str, rule: str
    ) -> None:
        for dossier in known[::20]:
            for told in (dossier, asked_and_empty(dossier, family)):
                before = profile(told)
                if before.states[family].state.answered:
                    after = profile(with_holding(as_found(told, family), family, 1, rule=rule))
                    assert_only_leaning_columns_rise(before, after)

    @settings(deadline=None)
    @given(made=tables("deposits", "account_flows", "queries", most=6), asked=points(), amount=fen)
    def test_so_it_is_of_any_records(self, made: Tables, asked: list[Point], amount: int) -> None:
        """Corrected, retracted and frozen ones too, of any nature, to the fen."""
        about_deposits = made | {"queries": [row | {"family": "deposits"} for row in made["queries"]]}
        for point in asked:
            dossier = dossier_of(point, about_deposits)
            before, told = profile(dossier), as_found(dossier, "deposits")
            if before.states["deposits"].state.answered:
                for richer_one in (with_deposit(told, amount), with_more(told, amount)):
                    if richer_one is not None:
                        assert_only_leaning_columns_rise(before, profile(richer_one))

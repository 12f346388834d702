"""What is not known may not pay: records of debtors are rewritten, and everything is computed again from them.

A family is taken out as if nobody had asked, or answered with nothing; an account is put in. What then holds of every
debtor, by construction, is told apart from what holds on average, because the model has learned it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest

from features.catalogue import CATALOGUE
from features.day import profile
from portraits.portrait import assemble
from records.dossier import Dossier
from records.dossiers import Dossiers
from records.snapshot import Snapshot
from scoring.bundle import Bundle
from scoring.cohort import cohort
from scoring.score import Scores
from tests.policy.rewriting import answered, asked_and_empty, never_asked, scores, with_deposit
from tests.serving.town import Town, town
from training.sides import newest
from vocabulary.families import ASKED, ASSETS
from vocabulary.states import QueryState

__all__ = ["town"]

LOOKED_AT = 80
"""Obligations whose records are rewritten, over all dates on which portraits are asked for."""
NEAR = 1e-9
YUAN = 100


@pytest.fixture(scope="module")
def snapshot(town: Town) -> Snapshot:
    return Snapshot.current(town.root / "snapshots")


@pytest.fixture(scope="module")
def dossiers(snapshot: Snapshot) -> tuple[Dossier, ...]:
    asked = cohort(snapshot, cutoff=newest(snapshot)).to_pylist()
    held = Dossiers.open(snapshot.path)
    every = len(asked) // LOOKED_AT
    found = tuple(held.fetch(row["party_id"], row["case_id"], row["as_of"]) for row in asked[::every])
    held.close()
    return found


@pytest.fixture(scope="module")
def as_they_are(bundle: Bundle, dossiers: tuple[Dossier, ...]) -> Scores:
    return scores(bundle, dossiers)


def where(dossiers: Sequence[Dossier], family: str, *states: QueryState) -> list[int]:
    return [n for n, each in enumerate(dossiers) if profile(each).states[family].state in states]


def no_higher(after: np.ndarray, before: np.ndarray) -> bool:
    return bool((after <= before + NEAR).all())


class TestOfEveryDebtor:
    @pytest.mark.parametrize("family", ASSETS)
    def test_hiding_an_asset_family_never_raises_the_cautious_score_nor_narrows_the_likely_set(
        self, bundle: Bundle, dossiers: tuple[Dossier, ...], as_they_are: Scores, family: str
    ) -> None:
        hidden = scores(bundle, [never_asked(each, family) for each in dossiers])

        assert no_higher(hidden.cautious, as_they_are.cautious)
        assert no_higher(as_they_are.likely.size, hidden.likely.size)

    @pytest.mark.parametrize("family", [family for family in ASKED if family not in ASSETS])
    def test_hiding_any_other_family_never_narrows_the_likely_set(
        self, bundle: Bundle, dossiers: tuple[Dossier, ...], as_they_are: Scores, family: str
    ) -> None:
        hidden = scores(bundle, [never_asked(each, family) for each in dossiers])

        assert no_higher(as_they_are.likely.size, hidden.likely.size)

    def test_the_more_asset_families_are_hidden_the_lower_and_the_wider(
        self, bundle: Bundle, dossiers: tuple[Dossier, ...], as_they_are: Scores
    ) -> None:
        before = as_they_are
        for number in range(2, len(ASSETS) + 1, 3):
            after = scores(bundle, [never_asked(each, *ASSETS[:number]) for each in dossiers])
            assert no_higher(after.cautious, before.cautious)
            assert no_higher(before.likely.size, after.likely.size)
            before = after
        assert before.cautious.mean() < as_they_are.cautious.mean() - 1
        assert (before.likely.size > as_they_are.likely.size + NEAR).any()

    @pytest.mark.parametrize("family", ["deposits", "real_property", "equity"])
    def test_the_cautious_score_of_what_was_not_asked_is_not_above_that_of_nothing_found(
        self, bundle: Bundle, dossiers: tuple[Dossier, ...], family: str
    ) -> None:
        silent = scores(bundle, [never_asked(each, family) for each in dossiers])
        empty = scores(bundle, [asked_and_empty(each, family) for each in dossiers])

        assert no_higher(silent.cautious, empty.cautious)
        assert no_higher(silent.cautious, empty.score)

    def test_nothing_found_makes_the_likely_set_no_wider_than_not_asked(
        self, bundle: Bundle, dossiers: tuple[Dossier, ...]
    ) -> None:
        silent = scores(bundle, [never_asked(each, "deposits") for each in dossiers])
        empty = scores(bundle, [asked_and_empty(each, "deposits") for each in dossiers])

        assert no_higher(empty.likely.size, silent.likely.size)

    @pytest.mark.parametrize("yuan", [1, 3_000, 1_000_000])
    def test_one_more_free_deposit_never_lowers_the_score_of_who_was_answered_about(
        self, bundle: Bundle, dossiers: tuple[Dossier, ...], as_they_are: Scores, yuan: int
    ) -> None:
        """The answer on file stays as it is: what a second account of the same answer is worth."""
        known = where(dossiers, "deposits", QueryState.FOUND, QueryState.STALE, QueryState.EMPTY)
        richer = scores(bundle, [with_deposit(dossiers[n], yuan * YUAN) for n in known])

        assert len(known) > LOOKED_AT * 0.9
        assert no_higher(as_they_are.score[known], richer.score)
        assert no_higher(as_they_are.cautious[known], richer.cautious)

    @pytest.mark.parametrize("yuan", [1, 1_000_000])
    def test_a_first_deposit_never_lowers_the_cautious_score_of_who_was_not_asked_about(
        self, bundle: Bundle, dossiers: tuple[Dossier, ...], yuan: int
    ) -> None:
        """The score itself may fall: that all there is is one yuan is worse than not to know."""
        silent = [never_asked(each, "deposits") for each in dossiers]
        known = [with_deposit(answered(each, "deposits", "found"), yuan * YUAN) for each in silent]
        before = scores(bundle, silent)

        for after in (
            scores(bundle, [with_deposit(each, yuan * YUAN) for each in silent]),
            scores(bundle, known),
        ):
            assert no_higher(before.cautious, after.cautious)

    def test_a_new_answer_with_a_deposit_is_not_worse_than_the_same_answer_without(
        self, bundle: Bundle, dossiers: tuple[Dossier, ...]
    ) -> None:
        found = [dossiers[n] for n in where(dossiers, "deposits", QueryState.FOUND)]
        renewed = [answered(each, "deposits", "found") for each in found]
        poorer, richer = (
            scores(bundle, renewed),
            scores(bundle, [with_deposit(e, 50_000 * YUAN) for e in renewed]),
        )

        assert len(found) > LOOKED_AT / 2
        assert no_higher(poorer.score, richer.score)
        assert richer.score.mean() > poorer.score.mean() + 1

    def test_an_empty_answer_and_then_a_deposit_is_found(
        self, bundle: Bundle, dossiers: tuple[Dossier, ...]
    ) -> None:
        empty = [asked_and_empty(each, "deposits") for each in dossiers]
        found = [
            with_deposit(answered(never_asked(each, "deposits"), "deposits", "found"), 50_000 * YUAN)
            for each in dossiers
        ]

        assert no_higher(scores(bundle, empty).score, scores(bundle, found).score)


class TestOnAverage:
    def test_nothing_found_is_below_not_asked_and_that_below_what_was_found(
        self, bundle: Bundle, dossiers: tuple[Dossier, ...], as_they_are: Scores
    ) -> None:
        """Of deposits, which nearly everyone is asked about and has: what is hidden there was learned best."""
        held = where(dossiers, "deposits", QueryState.FOUND)
        mean = {
            name: scores(bundle, [rewrite(dossiers[n], "deposits") for n in held]).score.mean()
            for name, rewrite in REWRITTEN.items()
        }

        assert mean["empty"] < mean["not asked"] < as_they_are.score[held].mean()

    def test_over_all_asset_families_together_too(
        self, bundle: Bundle, dossiers: tuple[Dossier, ...], as_they_are: Scores
    ) -> None:
        found, empty, silent = [], [], []
        for family in ASSETS:
            held = where(dossiers, family, QueryState.FOUND)
            found += as_they_are.score[held].tolist()
            for into, rewrite in ((empty, "empty"), (silent, "not asked")):
                if held:
                    again = scores(bundle, [REWRITTEN[rewrite](dossiers[n], family) for n in held])
                    into += again.score.tolist()

        assert np.mean(empty) <= np.mean(silent) <= np.mean(found)


REWRITTEN: Mapping[str, Callable[[Dossier, str], Dossier]] = {
    "empty": asked_and_empty,
    "not asked": never_asked,
}


def test_a_portrait_says_the_cautious_score_that_the_rewritten_records_give(
    bundle: Bundle, dossiers: tuple[Dossier, ...], snapshot: Snapshot
) -> None:
    told = 0
    for dossier in dossiers[::10]:
        hidden = never_asked(dossier, "securities", "vehicles")
        before, after = (
            assemble(each, bundle=bundle, snapshot=snapshot.digest) for each in (dossier, hidden)
        )
        if after.cautious is None or before.cautious is None:
            continue
        told += 1
        assert after.cautious == pytest.approx(scores(bundle, [hidden]).cautious[0], abs=1e-6)
        assert after.cautious <= before.cautious + NEAR
    assert told > 3


def test_rewriting_takes_out_what_it_says_and_nothing_else(dossiers: tuple[Dossier, ...]) -> None:
    changed = 0
    for dossier in dossiers[::8]:
        before, after = profile(dossier), profile(never_asked(dossier, "real_property"))
        others = [family for family in ASKED if family != "real_property"]
        changed += before.states["real_property"].state.answered
        assert not after.states["real_property"].state.answered
        assert {f: before.states[f].state for f in others} == {f: after.states[f].state for f in others}
        liens = [f.name for f in CATALOGUE.made_of_rows if f.family in ("vehicles", "equity", "party")]
        assert [before[name] for name in liens] == pytest.approx([after[name] for name in liens], nan_ok=True)
    assert changed > 3

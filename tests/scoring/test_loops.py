"""Where nothing can be compiled plain numpy answers, with the same numbers, and the reason is said once."""

from __future__ import annotations

import logging

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import loops
from scoring.contributions import Contributions
from scoring.curve import MARKS
from scoring.likely import conformity, likely_sets, room
from scoring.trees import Trees
from tests.scoring.forgiving import forgiven as forgiven
from tests.scoring.small_models import AWKWARD, Trained, made_shares, plain_model, train, trained_models

EQUAL = 1e-10


def assert_plain_loops_answer_as_compiled_ones(trained: Trained) -> None:
    trees = Trees.parse(trained.text)
    ours = Contributions(trees)
    for rows in (trained.rows, trained.rows[:1], trained.rows[:0]):
        raw, explained = trees.raw(rows), ours.of(rows)
        with loops.plain():
            assert np.array_equal(trees.raw(rows), raw)
            assert np.abs(ours.of(rows) - explained).max(initial=0.0) <= EQUAL


@settings(max_examples=60, deadline=None)
@given(trained=trained_models())
def test_plain_loops_answer_and_explain_as_compiled_ones(trained: Trained) -> None:
    assert_plain_loops_answer_as_compiled_ones(trained)


@pytest.mark.parametrize("missing", [{"use_missing": False}, {"zero_as_missing": True}], ids=str)
def test_awkward_numbers_are_the_same_to_plain_loops(missing: dict[str, bool]) -> None:
    rng = np.random.default_rng(9)
    X = rng.choice(np.concatenate([AWKWARD, rng.normal(size=5)]), size=(300, 3))
    booster = train(X, made_shares(rng, X), num_leaves=16, **missing)

    assert_plain_loops_answer_as_compiled_ones(Trained(booster=booster, rows=X))


@given(seed=st.integers(0, 2**32 - 1))
def test_likely_sets_grow_alike(seed: int) -> None:
    """Distributions with peaks at either end, empty bins and bins of equal density among them."""
    rng = np.random.default_rng(seed)
    chances = rng.choice([0.0, 0.1, 0.1, 0.5, 1.0, 3.0, 9.0], (50, len(MARKS) + 1)) + 1e-6
    exceed = 1.0 - np.cumsum(chances / chances.sum(axis=1, keepdims=True), axis=1)[:, :-1]
    share = np.where(rng.random(50) < 0.3, rng.choice(MARKS, 50), rng.random(50))

    def told() -> list[np.ndarray]:
        rooms = room(exceed)
        sets = likely_sets(exceed, rooms, np.full(50, 1.1))
        return [rooms, sets.low, sets.high, sets.nothing, sets.everything, conformity(exceed, rooms, share)]

    compiled = told()
    with loops.plain():
        for one, other in zip(compiled, told(), strict=True):
            np.testing.assert_allclose(one, other, rtol=0, atol=1e-12)


@pytest.mark.usefixtures("forgiven")
def test_a_loop_that_cannot_be_compiled_is_named_once_and_plain_ones_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    trained = plain_model()
    trees = Trees.parse(trained.text)
    ours, raw = Contributions(trees).of(trained.rows), trees.raw(trained.rows)

    def broken(*given: object) -> None:
        raise RuntimeError("no room for code")

    monkeypatch.setattr(loops.explain_blocks, "compiled", broken)
    with caplog.at_level(logging.WARNING):
        explained = [Contributions(trees).of(trained.rows) for _ in range(2)]

    assert [np.abs(each - ours).max() <= EQUAL for each in explained] == [True, True]
    assert np.array_equal(trees.raw(trained.rows), raw)
    assert loops.refusal() == loops.Refusal(loops.NOT_COMPILED, "RuntimeError('no room for code')")
    assert [record.message.count("[kernel.not_compiled]") for record in caplog.records] == [1]


@pytest.mark.usefixtures("forgiven")
def test_want_of_memory_is_no_reason_to_answer_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: object) -> None:
        raise MemoryError

    monkeypatch.setattr(loops.explain_blocks, "compiled", full)
    trained = plain_model()

    with pytest.raises(MemoryError):
        Contributions(Trees.parse(trained.text)).of(trained.rows)
    assert loops.refusal() is None

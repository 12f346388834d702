"""Likely sets: what they hold, how they grow, what they say, and that hiding a family never makes one narrower."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.bundle import Bundle, read
from scoring.curve import MARKS
from scoring.hidden import masked
from scoring.likely import (
    LEAST_CHANCE,
    LEAST_ROOM,
    MOST_LEVEL,
    MOST_ROOM,
    POINT,
    Levels,
    LikelySet,
    conformity,
    likely_sets,
    room,
)
from scoring.score import score
from tests.scoring.made_bundle import made_bundle, made_rows
from vocabulary.families import ASKED

SURE_OF_NOTHING = np.full((1, len(MARKS)), 0.01)
ALL_OR_NOTHING = np.full((1, len(MARKS)), 0.4)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return read(made_bundle(tmp_path_factory.mktemp("likely") / "made"))


chances = arrays(float, (8, len(MARKS)), elements=st.floats(0.001, 0.999)).map(
    lambda drawn: np.sort(drawn, axis=1)[:, ::-1].copy()
)


@given(exceed=chances, level=st.floats(0.1, 3.0), seed=st.integers(0, 2**32 - 1))
def test_a_share_is_held_from_its_own_level_on(exceed: np.ndarray, level: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    share = rng.choice([0.0, 1.0, *rng.random(4)], len(exceed))
    rooms = room(exceed)
    needed = conformity(exceed, rooms, share)
    held = likely_sets(exceed, rooms, np.full(len(exceed), level)).holds(share)
    capped = (rooms * level >= MOST_ROOM) | (needed >= MOST_LEVEL)
    close = np.abs(needed - level) < 1e-9

    assert np.array_equal(held[~capped & ~close], (needed <= level)[~capped & ~close])


@given(exceed=chances, small=st.floats(0.1, 2.0), more=st.floats(0.0, 2.0))
def test_of_two_levels_the_higher_holds_all_that_the_lower_does(
    exceed: np.ndarray, small: float, more: float
) -> None:
    rooms = room(exceed)
    first = likely_sets(exceed, rooms, np.full(len(exceed), small))
    second = likely_sets(exceed, rooms, np.full(len(exceed), small + more))

    for share in np.linspace(0, 1, 41):
        shares = np.full(len(exceed), share)
        assert (second.holds(shares) | ~first.holds(shares)).all()


@given(exceed=chances, level=st.floats(0.1, 3.0))
def test_the_size_of_a_set_is_its_room_times_its_level(exceed: np.ndarray, level: float) -> None:
    rooms = room(exceed)
    found = likely_sets(exceed, rooms, np.full(len(exceed), level))

    assert found.size == pytest.approx(np.clip(rooms * level, LEAST_ROOM, MOST_ROOM), abs=1e-9)


def test_points_of_little_chance_are_left_out() -> None:
    sure = likely_sets(SURE_OF_NOTHING, np.array([0.2]), np.ones(1))[0]
    either = likely_sets(ALL_OR_NOTHING, np.array([2 * POINT]), np.ones(1))[0]

    assert sure == LikelySet(nothing=True, low=0.0, high=pytest.approx(0.15), everything=False)
    assert either == LikelySet(nothing=True, low=None, high=None, everything=True)
    assert LEAST_CHANCE > 0.01


def test_where_the_registers_alone_are_sure_there_is_little_room() -> None:
    assert room(SURE_OF_NOTHING)[0] < room(np.linspace(0.9, 0.1, len(MARKS))[None, :])[0]


@pytest.mark.parametrize("family", ASKED)
def test_hiding_a_family_never_makes_a_set_narrower(bundle: Bundle, family: str) -> None:
    rows = made_rows(200, seed=6)
    hidden = masked(rows, np.tile(np.isin(ASKED, [family]), (len(rows), 1)))

    assert (score(bundle, hidden).likely.size >= score(bundle, rows).likely.size - 1e-12).all()


def test_the_same_profile_has_the_same_set_alone_and_among_others(bundle: Bundle) -> None:
    rows = made_rows(60, seed=7)

    assert score(bundle, rows[5:6]).likely[0] == score(bundle, rows).likely[5]


def test_a_group_without_a_level_of_its_own_takes_its_bands() -> None:
    levels = Levels({"low": 1.2, "middle": 1.1, "high": 1.0, "low|organisation": 1.5})

    found = levels.level(
        np.array(["low", "low", "high"]), np.array(["organisation", "natural", "organisation"])
    )

    assert found.tolist() == [1.5, 1.2, 1.0]


@pytest.mark.parametrize(
    ("likely", "zh", "en"),
    [
        (
            LikelySet(True, 0.1, 0.454, True),
            "十二个月内，此类情形十之九为：分文未付，或履行10%至45%，或全部履行。",
            "Within twelve months, in nine of ten such cases: nothing is paid, or 10 to 45 % is paid, or all of it "
            "is paid.",
        ),
        (
            LikelySet(False, 0.3, 0.6, False),
            "十二个月内，此类情形十之九为：履行30%至60%。",
            "Within twelve months, in nine of ten such cases: 30 to 60 % is paid.",
        ),
    ],
)
def test_it_is_said_in_plain_words(likely: LikelySet, zh: str, en: str) -> None:
    assert likely.text.zh == zh
    assert likely.text.en == en

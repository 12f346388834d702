"""The waterfall: bars follow from one another, whatever the numbers; small items folded together lose nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serving.pages.waterfall import MOST_ITEMS, SMALL, WIDTH, waterfall
from serving.shapes.common import Words
from serving.shapes.portrait import GroupShape, PortraitShape, ReasonShape

WORDS = Words(zh="词", en="word")
POINTS = st.floats(min_value=-60, max_value=60, allow_nan=False)


def portrait(base: float, families: list[list[float]]) -> PortraitShape:
    """A portrait whose families' items add these points; no other field matters here."""
    groups = [
        GroupShape(
            family=f"family{number}",
            label=WORDS,
            contribution=sum(items),
            reasons=[
                ReasonShape(
                    feature=f"f{number}_{place}",
                    label=WORDS,
                    contribution=points,
                    value=None,
                    shown=WORDS,
                    sentence=WORDS,
                    standing=None,
                )
                for place, points in enumerate(items)
            ],
        )
        for number, items in enumerate(families)
    ]
    score = base + sum(group.contribution for group in groups)
    return PortraitShape.model_construct(base=base, score=score, contributions=groups)


@given(
    base=st.floats(min_value=0, max_value=100),
    families=st.lists(st.lists(POINTS, min_size=1, max_size=20), max_size=8),
)
def test_every_bar_begins_where_the_one_before_ended(base: float, families: list[list[float]]) -> None:
    shown = portrait(base, families)
    fall = waterfall(shown, every=False)

    at = base
    for step in fall.steps:
        assert step.bar.start == pytest.approx(at, abs=1e-9)
        inside = at
        for item in step.items:
            assert item.bar.start == pytest.approx(inside, abs=1e-9)
            inside = item.bar.end
        if step.rest is not None:
            assert step.rest.bar.start == pytest.approx(inside, abs=1e-9)
            inside = step.rest.bar.end
        assert inside == pytest.approx(step.bar.end, abs=1e-9)
        at = step.bar.end
    if fall.rest is not None:
        at = fall.rest.bar.end
    assert shown.score is not None
    assert at == pytest.approx(shown.score, abs=1e-6)


@given(
    base=st.floats(min_value=0, max_value=100),
    families=st.lists(st.lists(POINTS, min_size=1, max_size=5), max_size=8),
)
def test_bars_stay_within_the_drawing_and_the_marks_are_even(
    base: float, families: list[list[float]]
) -> None:
    fall = waterfall(portrait(base, families), every=True)

    bars = [fall.base, fall.total, *(step.bar for step in fall.steps)]
    bars += [item.bar for step in fall.steps for item in step.items]
    assert all(bar.x >= -0.01 and bar.x + bar.width <= WIDTH + 1.01 for bar in bars)
    places = [x for _, x in fall.marks]
    assert places[0] == 0
    assert places[-1] == WIDTH
    gaps = [after - before for before, after in pairwise(places)]
    assert max(gaps) - min(gaps) < 0.05


def test_small_items_are_one_line_unless_all_are_asked_for() -> None:
    shown = portrait(20, [[10.0, SMALL / 2, -SMALL / 4], [SMALL / 5, SMALL / 5]])

    folded = waterfall(shown, every=False)
    assert [len(step.items) for step in folded.steps] == [1]
    assert folded.steps[0].rest is not None
    assert folded.steps[0].rest.count == 2
    assert folded.rest is not None
    assert folded.rest.count == 1
    whole = waterfall(shown, every=True)
    assert [len(step.items) for step in whole.steps] == [3, 2]
    assert whole.rest is None


def test_a_long_family_shows_its_weightiest_items() -> None:
    fall = waterfall(portrait(20, [[1.0] * 30]), every=False)

    assert len(fall.steps[0].items) == MOST_ITEMS
    assert fall.steps[0].rest is not None
    assert fall.steps[0].rest.count == 30 - MOST_ITEMS

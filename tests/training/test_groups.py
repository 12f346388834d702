"""Error and coverage by group: a group that a model fails shows it, and no group is shown of too few people."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.training.test_curve import waiting
from training.card_groups import groups_section
from training.distribution import coverage
from training.figures import compare
from training.groups import DRAWS, LEAST_ROWS, Groups, grouped
from training.outlook_figures import RowFigures
from training.sample import Sample
from training.train import TrainingReport

SIZE = 600
WRONGED = "女"


@pytest.fixture(scope="module")
def tested() -> Sample:
    """Two rows a debtor; of what anyone owes 40 % is performed, and so it is expected of everyone."""
    rng = np.random.default_rng(2)
    rows = waiting(np.full((SIZE, 4), np.nan))
    return replace(rows, target=rng.choice([0.0, 0.4, 0.8], SIZE), party=np.arange(SIZE) // 2)


@pytest.fixture(scope="module")
def marks() -> dict[str, np.ndarray]:
    sex = np.where(np.arange(SIZE) % 3 == 0, WRONGED, "男")
    return {"sex": sex, "region": np.where(np.arange(SIZE) < SIZE - 40, "620100", "620200")}


def expected(tested: Sample, marks: dict[str, np.ndarray], *, wrong: float) -> np.ndarray:
    return np.where(marks["sex"] == WRONGED, 0.4 - wrong, 0.4) + np.zeros(len(tested))


def outlook(marks: dict[str, np.ndarray]) -> RowFigures:
    """Likely sets that hold nine of ten outcomes, of the wronged group only four of five."""
    turn = np.arange(SIZE) // 3
    held = np.where(marks["sex"] == WRONGED, turn % 5 > 0, turn % 10 > 0)
    return RowFigures(np.where(held, 0.1, 0.3), held, np.full(SIZE, 0.5))


def measured(tested: Sample, marks: dict[str, np.ndarray], *, wrong: float = 0.2) -> Groups:
    share = expected(tested, marks, wrong=wrong)
    return grouped(tested, share, marks, outlook=outlook(marks), seed=1)


def test_a_group_of_which_too_little_is_expected_shows_it(
    tested: Sample, marks: dict[str, np.ndarray]
) -> None:
    found = {one.name: one for one in measured(tested, marks).found}

    assert found[WRONGED].bias.high < 0
    assert found["男"].bias.low < 0 < found["男"].bias.high
    assert found[WRONGED].rows == SIZE // 3


def test_how_far_groups_lie_apart_is_told_figure_by_figure(
    tested: Sample, marks: dict[str, np.ndarray]
) -> None:
    fair, unfair = (measured(tested, marks, wrong=wrong).apart["sex"] for wrong in (0.0, 0.2))

    assert unfair["bias"] > fair["bias"] + 0.1
    assert unfair["covered"] == pytest.approx(0.1, abs=1e-9)
    assert unfair["width"] == 0


def test_a_group_of_too_few_rows_is_not_shown(tested: Sample, marks: dict[str, np.ndarray]) -> None:
    found = measured(tested, marks)
    regions = [one.name for one in found.found if one.by == "region"]

    assert (marks["region"] == "620200").sum() < LEAST_ROWS
    assert regions == ["620100"]
    assert "region" not in found.apart


def test_figures_of_a_group_are_those_of_its_rows_alone(tested: Sample, marks: dict[str, np.ndarray]) -> None:
    share, spread = expected(tested, marks, wrong=0.2), outlook(marks)
    here = np.flatnonzero(marks["sex"] == WRONGED)
    alone = tested.take(here)
    told = compare(
        alone.target, {"": share[here]}, weight=alone.weight, debtor=alone.party, seed=1, draws=DRAWS
    )
    found = next(one for one in measured(tested, marks).found if one.name == WRONGED)

    assert found.brier == told.of[""]["brier"]
    assert found.covered == coverage(
        spread.held[here], spread.width[here], debtor=alone.party, weight=alone.weight
    )
    assert found.crps is not None
    assert found.crps.value == pytest.approx(spread.crps[here].mean())


def test_rows_of_a_debtor_are_drawn_together(tested: Sample, marks: dict[str, np.ndarray]) -> None:
    """Each debtor twice tells no more than once: the interval must not shrink with the copies."""
    once = tested.take(np.arange(0, SIZE, 2))
    twice = replace(once.take(np.repeat(np.arange(len(once)), 2)))
    named = {"sex": np.full(len(once), "男")}
    doubled = {"sex": np.full(len(twice), "男")}
    wide = [
        grouped(rows, np.full(len(rows), 0.4), of, seed=1).found[0].bias
        for rows, of in ((once, named), (twice, doubled))
    ]

    assert wide[1].high - wide[1].low == pytest.approx(wide[0].high - wide[0].low, rel=1e-6)


def test_a_model_without_a_curve_has_neither_crps_nor_coverage(
    tested: Sample, marks: dict[str, np.ndarray]
) -> None:
    found = grouped(tested, expected(tested, marks, wrong=0.0), marks, seed=1)

    assert {(one.crps, one.covered) for one in found.found} == {(None, None)}
    assert set(found.apart["sex"]) == {"bias", "brier"}
    assert "| – | – | – |" in groups_section(found, "en")


@pytest.mark.parametrize(
    ("language", "words"), [("zh", ["| 性别 |", "覆盖", "之间最大差距"]), ("en", ["| sex |"])]
)
def test_the_card_shows_coverage_and_distance(
    tested: Sample, marks: dict[str, np.ndarray], language: str, words: list[str]
) -> None:
    section = groups_section(measured(tested, marks), language)  # type: ignore[arg-type]

    assert all(word in section for word in words)
    assert "0.800 ± 0.0" in section
    assert "nan" not in section


def test_the_card_names_groups_whose_likely_sets_do_not_keep_their_word(
    tested: Sample, marks: dict[str, np.ndarray]
) -> None:
    kept = {"sex": np.full(SIZE, "男")}
    spread = replace(outlook(marks), held=np.arange(SIZE) % 10 > 0)
    fair = grouped(tested, np.full(SIZE, 0.4), kept, outlook=spread, seed=1)

    assert "at their word" in groups_section(measured(tested, marks), "en")
    assert f"性别 {WRONGED}。" in groups_section(measured(tested, marks), "zh")
    assert "No group's coverage misses" in groups_section(fair, "en")


def test_the_card_of_a_trained_model_tells_groups_with_their_likely_sets(trained: TrainingReport) -> None:
    card = (trained.bundle / "card.en.md").read_text()

    for by in ("sex", "age band", "kind of debtor", "region", "size of claim (CNY)", "record coverage"):
        lines = [line for line in card.splitlines() if line.startswith(f"| {by} |")]
        assert sum("±" in line for line in lines) >= 1, by

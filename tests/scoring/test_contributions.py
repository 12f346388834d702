"""What each feature adds to a score: equal to LightGBM's pred_contrib, to shap, and to the definition by subsets."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from math import factorial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from features.catalogue import CATALOGUE
from scoring import _kernel, _one_row, loops
from scoring.contributions import Contributions, quadrature, warm
from scoring.trees import Trees
from tests.scoring.small_models import AWKWARD, Trained, made_shares, plain_model, train, trained_models
from vocabulary.problems import PortraitError

EQUAL = 1e-10
SUMS = 1e-9


@pytest.fixture(scope="module")
def plain() -> Trained:
    return plain_model()


def assert_equal_to_pred_contrib(trained: Trained) -> None:
    trees = Trees.parse(trained.text)
    ours = Contributions(trees)
    theirs = trained.contributions()[:, :-1]

    together = ours.of(trained.rows)
    alone = np.concatenate([ours.of(row[None, :]) for row in trained.rows])

    assert np.abs(together - theirs).max() <= EQUAL
    assert np.abs(alone - theirs).max() <= EQUAL
    assert np.abs(together.sum(axis=1) - (trees.raw(trained.rows) - trees.expected)).max() <= SUMS


@settings(max_examples=150, deadline=None)
@given(trained=trained_models())
def test_contributions_are_pred_contribs(trained: Trained) -> None:
    assert_equal_to_pred_contrib(trained)


@pytest.mark.parametrize("features", [1, 2, 40])
def test_deep_trees_and_features_asked_again_and_again(features: int) -> None:
    """Half of what is left splits off at every step: paths of some forty splits, on one feature or on forty."""
    steps = np.arange(2_000)
    X = np.column_stack([(steps * (3 * f + 1)) % 1999 + f for f in range(features)]).astype(float)
    X[:, 0] = steps
    y = 1 - 0.8 ** (steps % 37)
    booster = train(X, y, trees=3, num_leaves=200, max_bin=1000, learning_rate=0.9)
    rows = np.concatenate([X[::40], np.full((1, features), np.nan)])

    assert_equal_to_pred_contrib(Trained(booster=booster, rows=rows))


def test_a_path_over_many_different_features() -> None:
    """A flag a feature, asked one after the other: the path of the last leaf is as long as there are features."""
    flags = 24
    X = np.array([[float(i <= row) for i in range(flags)] for row in range(-1, flags) for _ in range(3)])
    y = np.repeat(2.0 ** -np.arange(flags + 1), 3)
    booster = train(X, y, trees=2, num_leaves=flags + 1, objective="regression", learning_rate=0.5)
    trained = Trained(booster=booster, rows=X)
    longest = int(Trees.parse(trained.text).tables.points.max())

    assert longest >= 7
    assert_equal_to_pred_contrib(trained)


def test_the_rule_of_points_is_exact_for_a_path_over_every_feature() -> None:
    most = (len(CATALOGUE.names) + 1) // 2
    points, weights = quadrature(most, width=most)
    degrees = [0, 1, most, 2 * most - 1]

    assert [float(weights[most] @ points[most] ** d * (d + 1)) for d in degrees] == pytest.approx(
        [1] * 4, abs=1e-11
    )


def test_a_model_of_one_leaf_explains_nothing() -> None:
    X = np.zeros((50, 2))
    ours = Contributions(Trees.parse(train(X, np.full(50, 0.3)).model_to_string()))

    assert np.array_equal(ours.of(X), np.zeros((50, 2)))


def test_a_feature_that_no_split_asks_adds_exactly_nothing() -> None:
    rng = np.random.default_rng(8)
    X = rng.normal(size=(300, 3))
    X[:, 1] = 4.0
    ours = Contributions(Trees.parse(train(X, made_shares(rng, X), num_leaves=16).model_to_string()))

    assert np.array_equal(ours.of(X)[:, 1], np.zeros(300))


@pytest.mark.parametrize(
    "missing", [{"use_missing": False}, {"use_missing": True}, {"zero_as_missing": True}], ids=str
)
def test_awkward_numbers_are_explained_as_lightgbm_explains_them(missing: dict[str, bool]) -> None:
    rng = np.random.default_rng(9)
    X = rng.choice(np.concatenate([AWKWARD, rng.normal(size=5)]), size=(500, 3))

    assert_equal_to_pred_contrib(
        Trained(booster=train(X, made_shares(rng, X), num_leaves=16, **missing), rows=X)
    )


def test_contributions_are_shapley_values_by_their_definition() -> None:
    trained = plain_model(trees=3, leaves=9, features=4)
    trees = [tree["tree_structure"] for tree in trained.booster.dump_model()["tree_info"]]
    ours = Contributions(Trees.parse(trained.text)).of(trained.rows[:12])

    for row, contributions in zip(trained.rows, ours, strict=False):
        assert contributions == pytest.approx(shapley(trees, row), abs=EQUAL)


def shapley(trees: list[dict[str, Any]], row: NDArray[np.float64]) -> list[float]:
    """Each feature's mean gain over all orders of asking, straight from the definition: slow and plain."""
    n = len(row)

    def answer(known: frozenset[int]) -> float:
        return sum(_mean(tree, row, known) for tree in trees)

    def value(feature: int) -> float:
        others = [f for f in range(n) if f != feature]
        return sum(
            factorial(size) * factorial(n - size - 1) / factorial(n)
            * (answer(frozenset(some) | {feature}) - answer(frozenset(some)))
            for size in range(n)
            for some in combinations(others, size)
        )  # fmt: skip

    return [value(feature) for feature in range(n)]


def _mean(node: dict[str, Any], row: NDArray[np.float64], known: frozenset[int]) -> float:
    """The tree's answer when only the known features are asked; elsewhere both sides, by their training rows."""
    if "leaf_value" in node:
        return float(node["leaf_value"])
    x, sides = row[node["split_feature"]], (node["left_child"], node["right_child"])
    if node["split_feature"] in known:
        left = node["default_left"] if np.isnan(x) else x <= node["threshold"]
        return _mean(sides[0] if left else sides[1], row, known)
    counts = [side.get("internal_count", side.get("leaf_count")) for side in sides]
    return sum(count * _mean(side, row, known) for count, side in zip(counts, sides, strict=True)) / sum(
        counts
    )


@pytest.mark.filterwarnings("ignore")  # shap's own, while it is imported
@pytest.mark.global_randomness(reason="shap may draw while it is imported")
def test_contributions_are_shap_tree_explainers(plain: Trained) -> None:
    import shap

    theirs = shap.TreeExplainer(plain.booster).shap_values(plain.rows)

    assert np.abs(Contributions(Trees.parse(plain.text)).of(plain.rows) - theirs).max() <= EQUAL


def test_threads_and_askers_at_the_same_time_change_nothing(plain: Trained) -> None:
    ours = Contributions(Trees.parse(plain.text))
    many = np.tile(plain.rows, (7, 1))[:601]
    alone = ours.of(many)

    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(lambda _: ours.of(many, threads=2), range(8)))

    assert all(np.abs(answer - alone).max() < 1e-14 for answer in at_once)


def test_no_rows_give_no_contributions_and_a_missing_column_is_said(plain: Trained) -> None:
    ours = Contributions(Trees.parse(plain.text))

    assert ours.of(np.empty((0, 4))).shape == (0, 4)
    with pytest.raises(PortraitError, match="matrix-shape"):
        ours.of(plain.rows[:, :3])


def test_one_row_a_few_and_a_block_agree(plain: Trained) -> None:
    ours = Contributions(Trees.parse(plain.text))
    rows = np.concatenate([plain.rows, plain.rows[::-1]])
    alone = np.concatenate([ours.of(row[None, :]) for row in rows])

    for many in (2, _kernel.FEW, _kernel.FEW + 1, _kernel.ROWS - 1, _kernel.ROWS, _kernel.ROWS + 1):
        assert np.abs(ours.of(rows[:many]) - alone[:many]).max() < 1e-14


def test_a_model_too_large_to_be_explained_in_blocks_is_explained_row_by_row(
    plain: Trained, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tree of 65,536 leaves over all features would take 18 GB a thread."""
    ours = Contributions(Trees.parse(plain.text))
    together = ours.of(plain.rows)
    monkeypatch.setattr("scoring.contributions.MOST_ROOM", 0)
    monkeypatch.delattr(loops, "explain_blocks")

    assert np.abs(ours.of(plain.rows) - together).max() < 1e-14


def test_other_kinds_of_matrix_are_read_as_the_same_numbers(plain: Trained) -> None:
    ours = Contributions(Trees.parse(plain.text))
    single = plain.rows.astype(np.float32)
    sealed = plain.rows.copy()
    sealed.setflags(write=False)

    assert np.array_equal(ours.of(single), ours.of(single.astype(np.float64)))
    assert np.array_equal(ours.of(np.asfortranarray(plain.rows)), ours.of(plain.rows))
    assert np.array_equal(ours.of(sealed), ours.of(plain.rows))


def test_after_warming_nothing_is_left_to_compile(plain: Trained) -> None:
    warm()
    loops = (
        _kernel.walk_each,
        _kernel.answer_blocks,
        _kernel.explain_blocks,
        _kernel.fill_cells,
        _one_row.explain_row,
    )
    ready = [len(loop.signatures) for loop in loops]
    trees = Trees.parse(plain.text)

    for rows in (plain.rows, plain.rows[:1], plain.rows[::3], plain.rows.astype(np.float32)):
        trees.raw(rows, threads=2)
        Contributions(trees).of(rows, threads=2)

    assert [len(loop.signatures) for loop in loops] == ready == [1] * len(loops)

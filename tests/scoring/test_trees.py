"""Trees read from LightGBM's text answer as LightGBM does, bit for bit, and refuse what they cannot carry."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import lightgbm
import numpy as np
import pytest
from hypothesis import given, settings

from scoring.trees import Trees
from tests.scoring.small_models import AWKWARD, Trained, made_shares, plain_model, train, trained_models
from vocabulary.problems import PortraitError


@pytest.fixture(scope="module")
def plain() -> Trained:
    return plain_model()


@settings(max_examples=60, deadline=None)
@given(trained=trained_models())
def test_raw_scores_are_lightgbms_bit_for_bit(trained: Trained) -> None:
    trees = Trees.parse(trained.text)

    together = trees.raw(trained.rows)
    alone = [trees.raw(row[None, :])[0] for row in trained.rows]

    assert together.tobytes() == trained.raw().tobytes()
    assert np.array(alone).tobytes() == together.tobytes()


@settings(max_examples=30, deadline=None)
@given(trained=trained_models())
def test_the_expected_raw_score_is_the_last_column_of_pred_contrib(trained: Trained) -> None:
    assert Trees.parse(trained.text).expected == pytest.approx(trained.contributions()[0, -1], abs=1e-12)


@pytest.mark.parametrize(
    "missing", [{"use_missing": False}, {"use_missing": True}, {"zero_as_missing": True}], ids=str
)
def test_a_number_near_zero_and_an_endless_one_go_where_lightgbm_sends_them(missing: dict[str, bool]) -> None:
    rng = np.random.default_rng(5)
    X = rng.choice(np.concatenate([AWKWARD, rng.normal(size=5)]), size=(500, 2))
    trained = Trained(booster=train(X, made_shares(rng, X), num_leaves=16, **missing), rows=X)

    assert np.array_equal(Trees.parse(trained.text).raw(X), trained.raw())


def test_a_model_trained_further_on_data_with_gaps_keeps_both_rules_of_what_is_missing() -> None:
    rng = np.random.default_rng(6)
    whole = rng.normal(size=(300, 2))
    gaps = np.where(rng.random(whole.shape) < 0.3, np.nan, whole)
    first = train(whole, made_shares(rng, whole))
    both = lightgbm.train(
        {"objective": "cross_entropy", "num_threads": 1, "verbosity": -1},
        lightgbm.Dataset(gaps, made_shares(rng, gaps)),
        5,
        init_model=first,
    )

    trees = Trees.parse(both.model_to_string())

    assert len(trees.tables.column_feature) > len(trees.feature_names)
    assert np.array_equal(trees.raw(gaps), both.predict(gaps, raw_score=True))


def test_a_model_of_one_leaf_answers_the_same_for_everyone() -> None:
    X = np.zeros((50, 2))
    trained = Trained(booster=train(X, np.full(50, 0.3)), rows=X)

    trees = Trees.parse(trained.text)

    assert set(trees.raw(X)) == {trees.expected} == set(trained.raw())


def test_feature_names_and_objective_are_read(plain: Trained) -> None:
    trees = Trees.parse(plain.text)

    assert trees.feature_names == tuple(plain.booster.feature_name())
    assert trees.objective == "cross_entropy"


def test_no_rows_give_no_answers_and_a_missing_column_is_said(plain: Trained) -> None:
    trees = Trees.parse(plain.text)

    assert trees.raw(np.empty((0, 4))).shape == (0,)
    with pytest.raises(PortraitError, match="matrix-shape"):
        trees.raw(plain.rows[:, :3])


def test_threads_and_askers_at_the_same_time_change_nothing(plain: Trained) -> None:
    trees = Trees.parse(plain.text)
    many = np.tile(plain.rows, (7, 1))[:601]
    alone = trees.raw(many)

    with ThreadPoolExecutor(4) as pool:
        at_once = list(pool.map(lambda _: trees.raw(many, threads=2), range(8)))

    assert all(np.array_equal(answer, alone) for answer in at_once)


@pytest.mark.parametrize(
    ("params", "labels", "told"),
    [
        ({"objective": "multiclass", "num_class": 3}, 3, "several classes"),
        ({"boosting": "rf", "bagging_freq": 1, "bagging_fraction": 0.5}, 0, "averaged forest"),
        ({"linear_tree": True, "objective": "regression"}, 0, "linear models"),
        ({"categories": (0,), "cat_smooth": 0.0, "min_data_per_group": 1}, 0, "categorical splits"),
    ],
)
def test_what_is_not_carried_is_refused_by_name(params: dict[str, object], labels: int, told: str) -> None:
    rng = np.random.default_rng(7)
    X = np.column_stack([rng.integers(0, 5, 200), rng.normal(size=200)]).astype(float)
    y = rng.integers(0, labels, 200) if labels else (X[:, 0] % 2) * 0.8 + 0.1

    with pytest.raises(PortraitError, match=told) as refused:
        Trees.parse(train(X, y, **params).model_to_string())

    assert refused.value.problem.code == "trees-not-carried"


def test_text_cut_anywhere_is_refused(plain: Trained) -> None:
    text = plain.text
    end = text.index("end of parameters")

    for cut in range(0, end, 97):
        with pytest.raises(PortraitError, match="trees-malformed"):
            Trees.parse(text[:cut])


FIRST = r"(?<=\n{}=)[^\n]*"


def _rewritten(text: str, field: str, change: dict[int, str]) -> str:
    """The text with some numbers of the first tree's ``field`` changed, tree_sizes made to fit again."""
    found = re.search(FIRST.format(field), text)
    assert found is not None
    numbers = found[0].split(" ")
    for place, number in change.items():
        numbers[place] = number
    altered = text[: found.start()] + " ".join(numbers) + text[found.end() :]
    longer = len(altered) - len(text)
    return re.sub(r"tree_sizes=(\d+)", lambda m: f"tree_sizes={int(m[1]) + longer}", altered, count=1)


@pytest.mark.parametrize(
    ("field", "change", "told"),
    [
        ("left_child", {0: "0"}, "do not form one tree"),
        ("left_child", {0: "99"}, "do not form one tree"),
        ("right_child", {0: "-99"}, "do not form one tree"),
        ("leaf_count", {0: "1"}, "do not add up"),
        ("internal_count", {0: "401"}, "do not add up"),
        ("leaf_value", {0: "nan"}, "no list of numbers"),
        ("leaf_value", {0: "inf"}, "not finite"),
        ("leaf_value", {0: "1e999"}, "not finite"),
        ("leaf_value", {0: "1_0"}, "no list of numbers"),
        ("threshold", {0: "nan"}, "no list of numbers"),
        ("split_feature", {0: "4"}, "does not name"),
        ("split_feature", {0: "-1"}, "does not name"),
        ("split_feature", {0: "1.5"}, "no list of whole numbers"),
        ("split_feature", {0: "1 1"}, "differ in length"),
        ("leaf_count", {0: "1 1"}, "differs in length"),
        ("num_leaves", {0: "9"}, "differ in length"),
        ("decision_type", {0: "64"}, "unknown bits"),
        ("decision_type", {0: "12"}, "unknown bits"),
        ("num_cat", {0: "1"}, "categorical"),
        ("is_linear", {0: "1"}, "linear"),
        ("shrinkage", {0: "inf"}, "not finite"),
    ],
)
def test_an_altered_tree_is_refused(plain: Trained, field: str, change: dict[int, str], told: str) -> None:
    with pytest.raises(PortraitError, match=told):
        Trees.parse(_rewritten(plain.text, field, change))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("tree\n", "forest\n", "no header"),
        ("version=v4", "version=v3", "version v3"),
        ("max_feature_idx=3", "max_feature_idx=4", "differ"),
        ("feature_names=Column_0 Column_1", "feature_names=Column_0 Column_0", "double"),
        ("feature_infos=", "feature_infos=none ", "differ in number"),
        ("objective=cross_entropy\n", "", "objective is absent"),
        ("num_class=1\n", "num_class=1\nnum_class=1\n", "double"),
        ("num_class=1\n", "num_class=1\nsurprise=1\n", "unknown"),
        ("tree_sizes=", "tree_sizes=7 ", "does not start|do not end"),
        ("Tree=1", "Tree=2", "does not start"),
        ("end of trees", "end of tries", "do not end"),
    ],
)
def test_an_altered_frame_is_refused(plain: Trained, old: str, new: str, told: str) -> None:
    assert old in plain.text
    with pytest.raises(PortraitError, match=told):
        Trees.parse(plain.text.replace(old, new, 1))


def test_answering_imports_no_training_library() -> None:
    heavy = "{'lightgbm', 'mlflow', 'pandas', 'shap', 'sklearn'}"
    asked = f"import sys, scoring.contributions; print(sorted({heavy} & set(sys.modules)))"

    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "[]"

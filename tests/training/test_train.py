"""The whole way from a snapshot to a bundle that serves, on a synthetic town."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from features.catalogue import CATALOGUE
from records.snapshot import Snapshot
from scoring.bundle import read
from scoring.cohort import cohort
from scoring.outcomes import DISPUTED
from scoring.score import score
from scoring.shelf import Shelf
from tests.training.conftest import QUICK
from training.learn import LOGISTIC, MEAN, OURS, learn
from training.register import CHAMPION, MODEL, client, register
from training.sample import Sample
from training.sides import newest, samples
from training.splits import SIDES, time_split
from training.train import TrainingReport, train


@pytest.fixture(scope="module")
def sides(town: Snapshot) -> dict[str, Sample]:
    last = newest(town)
    rows = cohort(town, cutoff=last)
    split = time_split(
        rows["as_of"].to_numpy().astype("datetime64[D]"), rows["party_id"].to_numpy(), months=12, cutoff=last
    )
    return samples(town, rows, split, QUICK)[0]


def test_the_champion_on_the_shelf_is_the_model_that_was_trained(trained: TrainingReport, runs: Path) -> None:
    champion = Shelf(runs / "shelf").champion()

    assert champion.digest == trained.registered.digest
    assert (champion.path / "share.txt").read_text() == trained.learned.text
    assert champion.names == CATALOGUE.names


def test_it_knows_more_than_the_mean_and_stands_beside_both_baselines(trained: TrainingReport) -> None:
    gini, r2 = (trained.figures[OURS][name] for name in ("gini", "r2"))

    assert gini.low > 0.2
    assert r2.value > trained.figures[MEAN]["r2"].value
    assert list(trained.figures) == [OURS, LOGISTIC, MEAN]
    assert trained.table.count("\n") == 4


def test_the_run_is_on_record_with_parameters_figures_and_the_bundle(
    trained: TrainingReport, runs: Path
) -> None:
    with client(runs) as registry:
        run = registry.get_run(trained.registered.run_id)
        version = registry.get_model_version_by_alias(MODEL, CHAMPION)
        filed = {item.path for item in registry.list_artifacts(run.info.run_id, "bundle")}

    assert run.data.metrics["portrait.gini"] == trained.figures[OURS]["gini"].value
    assert run.data.params["catalogue"] == CATALOGUE.digest
    assert version.tags["bundle"] == trained.registered.digest
    assert {"bundle/share.txt", "bundle/bundle.json", "bundle/card.html", "bundle/manifest.json"} <= filed


def test_nothing_filed_is_a_pickle(trained: TrainingReport, runs: Path) -> None:
    assert trained.bundle.is_dir()
    endings = {path.suffix for path in runs.rglob("*") if path.is_file()}

    assert endings <= {".txt", ".json", ".jsonl", ".lock", ".md", ".html", ".png", ".db"}


def test_a_moved_folder_still_serves(trained: TrainingReport, runs: Path, tmp_path: Path) -> None:
    shutil.copytree(runs, tmp_path / "elsewhere")
    moved = Shelf(tmp_path / "elsewhere" / "shelf").champion()

    assert moved.digest == trained.registered.digest
    values = np.full((1, len(CATALOGUE.names)), np.nan)
    assert score(moved, values).score == score(read(trained.bundle), values).score


def test_training_again_gives_the_same_bytes_and_a_second_version(
    trained: TrainingReport, town: Snapshot, tmp_path: Path
) -> None:
    again = train(town, out=tmp_path, plan=QUICK, promote=False)

    assert again.learned.text == trained.learned.text
    assert again.registered.digest == trained.registered.digest
    assert not (tmp_path / "shelf" / "champion.json").exists()


def test_every_cohort_row_is_used_or_counted(trained: TrainingReport, town: Snapshot) -> None:
    rows = cohort(town, cutoff=newest(town)).num_rows

    assert sum(trained.counts.values()) == rows


def test_what_comes_later_does_not_decide_how_much_a_row_weighs(sides: dict[str, Sample]) -> None:
    # Who pays within ten days has one row, who never pays three: 1 ÷ rows would weigh a row by its outcome.
    train_rows = sides["train"]
    disputed = train_rows.quality == DISPUTED

    assert set(train_rows.weight[disputed]) <= {0.5}
    assert set(train_rows.weight[~disputed]) == {1.0}
    assert set(sides["test"].weight) == {1.0}


def test_no_debtor_of_the_test_side_was_trained_on(sides: dict[str, Sample]) -> None:
    assert not np.isin(sides["test"].party, sides["train"].party).any()
    assert all(len(sides[side]) for side in SIDES)


def test_the_model_keeps_the_signs_that_the_catalogue_declares(
    trained: TrainingReport, sides: dict[str, Sample]
) -> None:
    model, tested = trained.learned.model, sides["test"]
    place = CATALOGUE.names.index("deposit_available_latest")
    known = tested.values[~np.isnan(tested.values[:, place])]
    richer = known.copy()
    richer[:, place] += 50_000.0

    assert (model.share(richer) >= model.share(known) - 1e-12).all()
    assert (model.share(richer) > model.share(known)).any()


def test_calibration_rows_are_met_on_average(trained: TrainingReport, sides: dict[str, Sample]) -> None:
    later = sides["calibrate"]
    apart = later.weight @ (trained.learned.model.share(later.values) - later.target) / later.weight.sum()

    assert abs(apart) < 0.01


def test_another_seed_masks_other_rows_and_gives_another_model(
    trained: TrainingReport, sides: dict[str, Sample]
) -> None:
    other = learn(sides["train"], sides["calibrate"], grid=QUICK.grid, seed=QUICK.seed + 1)

    assert other.text != trained.learned.text


def test_the_bundle_says_what_it_was_trained_on(trained: TrainingReport, town: Snapshot) -> None:
    about = json.loads((trained.bundle / "bundle.json").read_text())

    assert about["data"] == town.digest
    assert about["target"] == "share_12"
    assert about["figures"][OURS]["gini"]["value"] == trained.figures[OURS]["gini"].value
    assert set(about["comparables"]) >= {"natural", "organisation"}


@pytest.mark.parametrize("name", ["card.zh.md", "card.en.md", "card.html"])
def test_the_card_says_how_good_for_whom_and_where_not(trained: TrainingReport, name: str) -> None:
    card = (trained.bundle / name).read_text()
    wanted = {
        "card.zh.md": ["仅供参考", "局限与禁用", "失信", "| 记录覆盖率 | 低 |", "| 自然人 |"],
        "card.en.md": ["must not be used", "never features", "record coverage", "paid by another debtor"],
        "card.html": ["仅供参考", "must not be used", "data:image/png;base64", "<table>"],
    }[name]

    assert all(words in card for words in wanted)
    assert str(trained.figures[OURS]["brier"]) in card
    assert not [mark for mark in ("{", "nan") if mark in card.split("<body>")[-1] and name != "card.html"]


def test_protected_facts_are_measured_and_never_learned_from(trained: TrainingReport) -> None:
    card = (trained.bundle / "card.en.md").read_text()

    assert "| sex |" in card
    assert "| age band |" in card
    assert not [
        n for n in CATALOGUE.names if any(word in n for word in ("sex", "gender", "birth", "marital"))
    ]


def test_after_a_move_the_next_run_is_filed_in_the_new_place(
    trained: TrainingReport, runs: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(runs, moved)

    filed = register(
        trained.bundle,
        runs=moved,
        shelf=Shelf(moved / "shelf"),
        name="again",
        parameters={},
        figures={},
        tags={},
    )

    assert (moved / "artifacts" / filed.run_id / "artifacts" / "bundle" / "share.txt").exists()
    assert filed.version == "2"

"""A bundle is text under a digest: what was changed, cut short or made for another catalogue never answers."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from features.catalogue import CATALOGUE
from features.declare import Catalogue
from scoring.bundle import Bundle, CurvePart, comparables_of, read, share_text, write
from scoring.calibration import Calibration
from scoring.shelf import Shelf
from tests.scoring.made_bundle import made_bundle
from vocabulary.problems import PortraitError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_bundle(tmp_path_factory.mktemp("bundle") / "made")


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "copy"))


def refusal(path: Path, catalogue: Catalogue = CATALOGUE) -> str:
    with pytest.raises(PortraitError) as refused:
        read(path, catalogue)
    assert refused.value.problem.code == "bundle_refused"
    return refused.value.problem.detail.en


def test_what_was_written_is_read_back(folder: Path) -> None:
    bundle = read(folder)

    assert bundle.names == CATALOGUE.names
    assert bundle.calibration == Calibration(0.9, -0.1)
    assert bundle.catalogue_digest == CATALOGUE.digest
    assert bundle.about["target"] == "share_12"
    assert 0 < bundle.base < 100


def test_the_same_content_has_the_same_digest_wherever_it_lies(folder: Path, copy: Path) -> None:
    assert read(folder).digest == read(copy).digest


@pytest.mark.parametrize("name", ["share.txt", "curve.txt"])
def test_a_tree_that_was_tampered_with_is_refused(copy: Path, name: str) -> None:
    text = (copy / name).read_text()
    (copy / name).write_text(text.replace("leaf_value=", "leaf_value=9", 1))

    assert f"[{name}] differs from its digest" in refusal(copy)


@pytest.mark.parametrize(
    ("plain", "other"),
    [("num_cat=0", "num_cat=1"), ("is_linear=0", "is_linear=1")],
    ids=["categorical splits", "linear leaves"],
)
def test_a_kind_of_model_that_is_not_carried_does_not_reach_the_shelf(
    copy: Path, tmp_path: Path, plain: str, other: str
) -> None:
    _altered(copy, "share.txt", (copy / "share.txt").read_text().replace(plain, other, 1))

    with pytest.raises(PortraitError) as refused:
        Shelf(tmp_path / "shelf").put(copy)
    assert refused.value.problem.code == "trees-not-carried"
    assert not (tmp_path / "shelf").exists()


def test_a_text_asked_for_later_is_the_one_that_was_read(copy: Path) -> None:
    bundle = read(copy)
    assert share_text(bundle) == (copy / "share.txt").read_text()

    _altered(copy, "share.txt", (copy / "share.txt").read_text().replace("leaf_value=", "leaf_value=1", 1))
    with pytest.raises(PortraitError) as refused:
        share_text(bundle)
    assert refused.value.problem.code == "bundle_refused"


@pytest.mark.parametrize("name", ["share.txt", "curve.txt"])
def test_a_tree_that_no_longer_adds_up_is_refused_even_where_the_manifest_was_made_to_fit(
    copy: Path, name: str
) -> None:
    _altered(copy, name, (copy / name).read_text().replace("leaf_count=", "leaf_count=1", 1))

    with pytest.raises(PortraitError) as refused:
        read(copy)
    assert refused.value.problem.code == "trees-malformed"


@pytest.mark.parametrize("name", ["share.txt", "curve.txt", "bundle.json"])
def test_a_truncated_bundle_is_refused(copy: Path, name: str) -> None:
    content = (copy / name).read_bytes()
    (copy / name).write_bytes(content[: len(content) // 2])

    assert f"[{name}] differs" in refusal(copy)


@pytest.mark.parametrize("lost", ["share.txt", "curve.txt", "bundle.json", "manifest.json"])
def test_a_bundle_with_a_file_missing_is_refused(copy: Path, lost: str) -> None:
    (copy / lost).unlink()

    assert "cannot be read" in refusal(copy)


def test_a_bundle_of_another_catalogue_is_refused_and_what_differs_is_named(folder: Path) -> None:
    fewer = Catalogue(families=CATALOGUE.families[:-1])
    missing = sorted(feature.name for feature in CATALOGUE.families[-1].features())[0]

    said = refusal(folder, fewer)

    assert "feature catalogue" in said
    assert f"[{missing}]" in said


def test_trees_that_read_other_columns_are_refused(tmp_path: Path) -> None:
    made = made_bundle(tmp_path / "made", names=tuple(reversed(CATALOGUE.names)))

    assert "other columns" in refusal(made)


def test_an_unknown_form_is_refused(copy: Path, tmp_path: Path) -> None:
    write(
        tmp_path / "new",
        share=(copy / "share.txt").read_text(),
        calibration=Calibration(),
        curve=CurvePart((copy / "curve.txt").read_text()),
        comparables={},
        about={"format": 1},
    )

    assert "form [1] where this version reads form [2]" in refusal(tmp_path / "new")
    assert "no curve" in refusal(tmp_path / "new")


def test_a_curve_over_other_thresholds_is_refused(copy: Path) -> None:
    about = json.loads((copy / "bundle.json").read_text())
    about["curve"]["marks"][1] = 0.03
    altered = json.dumps(about).encode()
    (copy / "bundle.json").write_bytes(altered)
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["bundle.json"] = hashlib.sha256(altered).hexdigest()
    (copy / "manifest.json").write_text(json.dumps(manifest))

    assert "other horizons or thresholds" in refusal(copy)


def test_a_value_stands_among_comparable_debtors_of_its_kind(folder: Path) -> None:
    bundle: Bundle = read(folder)
    grid = bundle.comparables["natural"]["deposit_available_latest"]

    def standing(value: float, kind: str = "natural") -> float | None:
        return bundle.standing(kind=kind, name="deposit_available_latest", value=value)

    assert standing(grid[10]) == pytest.approx(0.5)
    assert standing(grid[0] - 1) == 0.0
    assert standing(grid[-1] + 1) == 1.0
    assert standing((grid[4] + grid[5]) / 2) == pytest.approx(0.225)
    assert standing(float("nan")) is None
    assert standing(1.0, kind="organisation") is None


def test_a_value_shared_by_many_stands_in_their_middle() -> None:
    values = np.array([[0.0]] * 60 + [[float(n)] for n in range(1, 41)])
    grid = comparables_of(values, ["natural"] * 100, ["held"])["natural"]["held"]

    assert grid.count(0.0) == 12
    assert len(grid) == 21


def test_few_known_values_make_no_comparison() -> None:
    assert comparables_of(np.ones((19, 1)), ["natural"] * 19, ["held"]) == {"natural": {}}


def test_the_champion_changes_when_the_pointer_moves_and_not_before(folder: Path, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    first = shelf.put(folder)
    second = shelf.put(made_bundle(tmp_path / "other", seed=2))
    shelf.point(first)
    held = shelf.champion()

    assert held.digest == first != second
    assert shelf.champion() is held
    shelf.point(second)
    assert shelf.champion().digest == second
    assert json.loads((tmp_path / "shelf" / "champion.json").read_text()) == {"bundle": second}


def test_a_shelf_without_a_champion_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(PortraitError) as refused:
        Shelf(tmp_path).champion()

    assert refused.value.problem.code == "no_bundle"
    assert "portrait train" in refused.value.problem.next_step.en


def test_a_bundle_whose_manifest_was_rewritten_is_refused_by_the_shelf(folder: Path, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    digest = shelf.put(folder)
    manifest = tmp_path / "shelf" / digest / "manifest.json"
    manifest.write_text(manifest.read_text() + " \n")

    with pytest.raises(PortraitError) as found:
        shelf.named(digest)

    assert found.value.problem.code == "bundle_refused"


def _altered(folder: Path, name: str, text: str) -> None:
    """Write another text into a bundle, and its digest into the manifest."""
    (folder / name).write_text(text)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest[name] = hashlib.sha256(text.encode()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest))

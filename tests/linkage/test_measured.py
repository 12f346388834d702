"""Precision and recall on planted variants and traps: a floor for the figures of docs/linkage.md."""

from __future__ import annotations

from pathlib import Path

from benchmarks.linkage import measure, table
from benchmarks.planted_parties import plant
from tests.records.papers import SMALL


def test_planted_variants_are_found_and_planted_traps_left_alone(tmp_path: Path) -> None:
    figures = measure(plant(seed=5, firms=700, people=300), tmp_path, limits=SMALL)
    by_number = (
        "unified_code",
        "organisation_code",
        "old_registration",
        "person, 15 digits",
        "person, full width",
    )
    assert figures.wrong == ()
    assert figures.recall > 0.85
    assert figures.doubted > 0.3 * (figures.true_pairs - figures.right)
    for variant in by_number:
        true, found, _ = figures.by_variant[variant]
        assert found == true, variant
    assert table(figures).startswith(f"{figures.parties} parties")


def test_the_same_seed_plants_the_same_town() -> None:
    assert plant(seed=5, firms=30, people=10) == plant(seed=5, firms=30, people=10)
    assert plant(seed=5, firms=30, people=10) != plant(seed=6, firms=30, people=10)

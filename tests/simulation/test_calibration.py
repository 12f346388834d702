"""The town against published figures, and the table that shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation import simulate
from simulation.calibration import Row, as_markdown, compare
from simulation.published import FIGURES, Published
from simulation.truth import unable_share

CASES, SEED = 20_000, 2


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    out = tmp_path_factory.mktemp("district") / "records"
    simulate(cases=CASES, seed=SEED, out=out, workers=2)
    return compare(out, unable=unable_share(cases=CASES, seed=SEED))


def test_every_published_figure_is_met_within_its_tolerance(table: list[Row]) -> None:
    off = {
        row.figure.name: (row.figure.low, row.figure.high, row.simulated) for row in table if not row.holds
    }
    assert off == {}


def test_every_published_figure_is_in_the_table(table: list[Row]) -> None:
    assert [row.figure.name for row in table] == [figure.name for figure in FIGURES]


def test_every_figure_says_its_denominator_horizon_and_source() -> None:
    assert all(figure.denominator and figure.horizon and figure.source for figure in FIGURES)


def test_the_table_marks_what_is_off() -> None:
    figure = Published("rate", "a rate", 0.5, 0.5, 0.1, "all", "a year", "a court")
    marked = as_markdown([Row(figure, 0.55), Row(figure, 0.75)])
    assert [line.rstrip(" |")[-1] for line in marked.splitlines()[2:]] == ["✓", "✗"]


def test_a_town_can_be_compared_without_the_latent_share(town: Path) -> None:
    assert "unable" not in {row.figure.name for row in compare(town)}

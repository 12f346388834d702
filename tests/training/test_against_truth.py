"""A model beside the oracle: scores of distributions, and the share of the gain that only the truth could give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.snapshot import Snapshot
from scoring.cohort import cohort
from scoring.outcomes import outcomes
from scoring.shelf import Shelf
from tests.serving.town import Town, town
from training.against_truth import against_truth, crps
from vocabulary.problems import PortraitError

__all__ = ["town"]

SINCE = date(2023, 6, 1)


@pytest.fixture(scope="module")
def snapshot(town: Town) -> Iterator[Snapshot]:
    found = Snapshot.current(town.root / "snapshots")
    yield found
    found.close()


@pytest.fixture(scope="module")
def foresight(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A truth that knows exactly what came: every draw is the share that was performed."""
    assert snapshot.newest is not None
    asked = cohort(snapshot, cutoff=snapshot.newest, moments=("first_answers", "three_months")).select(
        ["party_id", "case_id", "as_of"]
    )
    share = np.nan_to_num(outcomes(snapshot, asked, cutoff=snapshot.newest)["share_12"].to_numpy())
    asked = asked.append_column("open", pa.array(np.ones(len(share), dtype=bool)))
    asked = asked.append_column("ability", pa.array(share))
    asked = asked.append_column("share_12", pa.array([[float(s)] * 4 for s in share], pa.list_(pa.float64())))
    path = tmp_path_factory.mktemp("truth") / "town.truth.parquet"
    pq.write_table(asked, path)
    return path


def test_an_oracle_that_knows_what_came_is_perfect_and_the_mean_is_nothing(
    town: Town, snapshot: Snapshot, foresight: Path
) -> None:
    report = against_truth(snapshot, Shelf(town.root / "shelf").champion(), foresight, since=SINCE)

    assert report.comparison.of["oracle"]["gini"].value == pytest.approx(1.0)
    assert report.comparison.of["mean only"]["gini"].value == pytest.approx(0.0)
    assert report.crps["oracle"] == pytest.approx(0.0)
    assert report.crps["oracle"] < report.crps["portrait"]
    assert 0 < report.gain["gini"] < 1
    assert report.money["oracle"][-1] >= report.money["portrait"][-1]
    assert "Share of the oracle's gain" in report.table
    assert report.ability.true == pytest.approx(0.3, abs=0.2)
    assert 0 < report.ability.correlation < 1
    assert "Ability at the reference effort" in report.table


def test_rows_before_the_day_shape_and_rows_after_it_are_measured(
    town: Town, snapshot: Snapshot, foresight: Path
) -> None:
    bundle = Shelf(town.root / "shelf").champion()
    later = against_truth(snapshot, bundle, foresight, since=date(2023, 12, 1))

    assert later.rows < against_truth(snapshot, bundle, foresight, since=SINCE).rows


def test_a_day_that_leaves_too_few_is_refused(town: Town, snapshot: Snapshot, foresight: Path) -> None:
    with pytest.raises(PortraitError, match="truth_unusable"):
        against_truth(snapshot, Shelf(town.root / "shelf").champion(), foresight, since=date(2025, 12, 1))


def test_a_file_that_is_no_truth_is_refused(town: Town, snapshot: Snapshot) -> None:
    with pytest.raises(PortraitError, match="no truth file"):
        against_truth(
            snapshot, Shelf(town.root / "shelf").champion(), snapshot.parquet("deposits"), since=SINCE
        )


def test_the_score_of_one_draw_is_its_distance() -> None:
    assert crps(np.array([0.2, 1.0]), np.array([[0.5], [1.0]])) == pytest.approx(0.15)


def test_the_score_of_a_fair_coin_is_a_quarter() -> None:
    assert crps(np.array([0.0]), np.array([[0.0, 1.0]])) == pytest.approx(0.25)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=9), st.floats(0, 1))
def test_the_score_is_the_integral_of_the_squared_distance_to_the_outcomes_step(
    draws: list[float], outcome: float
) -> None:
    grid = (np.arange(20_000) + 0.5) / 20_000
    below = np.searchsorted(np.sort(draws), grid, side="right") / len(draws)
    integral = float(np.mean((below - (grid >= outcome)) ** 2))

    assert crps(np.array([outcome]), np.array([draws])) == pytest.approx(integral, abs=2e-4)

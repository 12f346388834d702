"""The truth beside the records: it says what then happens, better than any model of the records can."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import lightgbm
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from simulation.files import Files
from simulation.truth import HORIZONS, write_truth
from tests.simulation.ledger import Numbers, crps, gini, open_on, paid, plain_features

TOWN, TOWN_SEED = 1_200, 7  # as the fixture `town`
DAYS = [
    date(2021, 6, 2),
    date(2021, 10, 6),
    date(2022, 3, 2),
    date(2022, 7, 6),
    date(2023, 2, 1),
    date(2023, 6, 7),
]


@pytest.fixture(scope="module")
def truth(town: Path) -> pa.Table:
    asked = open_on(Files(town), DAYS)
    path = write_truth(town, cases=TOWN, seed=TOWN_SEED, asked=asked, draws=48)
    table = pq.read_table(path)
    assert table.num_rows == asked.num_rows
    return table.filter(table["open"])


@pytest.fixture(scope="module")
def shares(town: Path, truth: pa.Table) -> dict[int, Numbers]:
    owed = truth["owed"].to_numpy()
    return {horizon: np.clip(paid(Files(town), truth, horizon) / owed, 0, 1) for horizon in HORIZONS}


def draws(truth: pa.Table, horizon: int) -> Numbers:
    return np.stack(truth[f"share_{horizon}"].to_pylist()).astype(float)


@pytest.mark.parametrize("horizon", HORIZONS)
def test_what_the_truth_expects_comes_true_on_average(
    truth: pa.Table, shares: dict[int, Numbers], horizon: int
) -> None:
    expected = truth[f"mean_{horizon}"].to_numpy()
    error = shares[horizon] - expected
    assert abs(error.mean()) < 3 * error.std() / np.sqrt(len(error)) + 0.005


@pytest.mark.parametrize("horizon", HORIZONS)
def test_no_forecast_from_records_beats_the_oracle(
    town: Path, truth: pa.Table, shares: dict[int, Numbers], horizon: int
) -> None:
    rows = plain_features(town, truth)
    early = np.array([day < DAYS[3] for day in truth["as_of"].to_pylist()])
    y, oracle = shares[horizon], draws(truth, horizon)
    settings = {
        "objective": "cross_entropy",
        "num_leaves": 7,
        "min_data_in_leaf": 15,
        "verbose": -1,
        "seed": 1,
    }
    model = lightgbm.train(settings | {"num_threads": 1}, lightgbm.Dataset(rows[early], y[early]), 60)
    score = model.predict(rows)
    assert isinstance(score, np.ndarray)
    climate = np.tile(y[early], (int((~early).sum()), 1))
    near = np.argsort(np.abs(score[~early][:, None] - score[early][None, :]), axis=1)[:, :25]
    best = crps(y[~early], oracle[~early])
    assert best < crps(y[~early], climate)
    assert best < crps(y[~early], y[early][near])
    assert gini(y[~early], oracle[~early].mean(axis=1)) > gini(y[~early], score[~early])


def test_the_share_can_only_grow_with_the_horizon(truth: pa.Table) -> None:
    means = np.stack([truth[f"mean_{horizon}"].to_numpy() for horizon in HORIZONS])
    assert (np.diff(means, axis=0) >= -1e-6).all()
    assert ((means >= 0) & (means <= 1)).all()


def test_ability_at_reference_effort_orders_obligations_as_their_future_does(truth: pa.Table) -> None:
    ability, future = truth["ability"].to_numpy(), truth["mean_24"].to_numpy()
    assert np.corrcoef(ability, future)[0, 1] > 0.85
    assert 0.8 < ability.mean() / future.mean() < 1.5


def test_strangers_have_no_truth(town: Path, tmp_path: Path) -> None:
    asked = pa.table({"party_id": [1], "case_id": [2], "as_of": pa.array([DAYS[0]], pa.date32())})
    path = write_truth(tmp_path / "none", cases=TOWN, seed=TOWN_SEED, asked=asked, draws=4)
    assert not path.exists()
    assert town.exists()


def test_asking_for_the_truth_leaves_the_records_as_they_are(town: Path) -> None:
    assert not (town / "truth.parquet").exists()

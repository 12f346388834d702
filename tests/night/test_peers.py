"""What the benchmarks set beside the night engine computes the same numbers, or the comparison would mean nothing."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from benchmarks.hand_sql import BY_HAND
from benchmarks.night_cases import debtors, generated_for
from benchmarks.peers import TABLES, by_pandas, by_polars
from features.declare import Values
from features.night_sql import scan_sql
from records.snapshot import Snapshot


@pytest.mark.parametrize("table", sorted(BY_HAND))
def test_sql_by_hand_gives_the_numbers_of_the_generated(
    snapshot: Snapshot, obligations: pa.Table, table: str
) -> None:
    features = generated_for(table)
    asked = obligations.append_column("n", pa.array(np.arange(obligations.num_rows)))
    ours, theirs = (
        snapshot.query(scan_sql(features), asked=asked),
        snapshot.query(BY_HAND[table], asked=asked),
    )
    assert set(theirs.column_names) == {"n", *(feature.name for feature in features)}
    for feature in features:
        np.testing.assert_allclose(
            _placed(ours, feature.name, asked.num_rows),
            _placed(theirs, feature.name, asked.num_rows),
            rtol=1e-9,
            err_msg=feature.name,
        )


def test_pandas_gives_the_same_numbers(snapshot: Snapshot) -> None:
    assert snapshot.newest is not None
    _same(snapshot, by_pandas(snapshot.path, snapshot.newest))


@pytest.mark.skipif(find_spec("polars") is None, reason="Polars is not installed: make setup brings it")
def test_polars_gives_the_same_numbers(snapshot: Snapshot) -> None:
    assert snapshot.newest is not None
    _same(snapshot, by_polars(snapshot.path, snapshot.newest).to_pandas())


def _same(snapshot: Snapshot, theirs: Any) -> None:
    asked = debtors(snapshot)
    theirs = theirs.set_index("party_id").reindex(asked["party_id"].to_numpy())
    for table in TABLES:
        features = generated_for(table)
        ours = snapshot.query(scan_sql(features, day=snapshot.newest), asked=asked)
        for feature in features:
            np.testing.assert_allclose(
                _placed(ours, feature.name, asked.num_rows),
                theirs[feature.name].to_numpy(dtype=float),
                rtol=1e-9,
                err_msg=feature.name,
            )


def _placed(found: pa.Table, name: str, size: int) -> Values:
    values = np.full(size, np.nan)
    values[found["n"].to_numpy()] = found[name].to_numpy(zero_copy_only=False)
    return values

"""The town by night: its snapshot, and every obligation of it on the last day."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pytest

from records.snapshot import Snapshot
from records.store import Limits
from tests.night.towns import published


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """The town's snapshot, with little memory for the engine."""
    root = tmp_path_factory.getbasetemp() / "night"
    root.mkdir(exist_ok=True)
    opened = Snapshot.open(published(root), limits=Limits(memory="256MB", threads=1, spill=root / "spill"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def obligations(snapshot: Snapshot) -> pa.Table:
    """Every obligation on a day of its own, in no order, some debtors twice."""
    return snapshot.query(
        """SELECT party_id, case_id, CAST(min(happened_at) + CAST(hash(party_id) % 600 AS INTEGER) AS DATE) AS as_of
        FROM obligors GROUP BY party_id, case_id ORDER BY hash(party_id, case_id)"""
    )

"""One Spark on two cores of this machine for the whole run, and the courts it works on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from operations.spark import session
from operations.spark_problems import refuse_without_java
from records.snapshot import Snapshot
from scoring.bundle import Bundle
from scoring.shelf import Shelf
from tests.serving.town import Town, town
from triage.nightly import open_obligations
from vocabulary.problems import PortraitError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["town"]


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    """A session on local[2]; skips without Java, fails where PORTRAIT_REQUIRE_JAVA=1 asks for one."""
    try:
        refuse_without_java()
    except PortraitError as error:
        if os.environ.get("PORTRAIT_REQUIRE_JAVA") == "1":
            pytest.fail(str(error))
        pytest.skip(str(error))
    with session("local[2]") as started:
        yield started


@pytest.fixture(scope="session")
def snapshot(town: Town) -> Iterator[Snapshot]:
    """The town's records."""
    opened = Snapshot.current(town.root / "snapshots")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def model(town: Town) -> Bundle:
    """The town's champion."""
    return Shelf(town.root / "shelf").champion()


@pytest.fixture(scope="session")
def obligations(snapshot: Snapshot) -> pa.Table:
    """Every obligation of the town on its last day, closed cases too."""
    assert snapshot.newest is not None
    return open_obligations(snapshot, snapshot.newest, closed_too=True)

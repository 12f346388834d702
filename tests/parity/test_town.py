"""A small synthetic town through the door, published: night over the snapshot, day over its dossiers, evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from features.catalogue import CATALOGUE
from features.day import profile
from features.declare import Standing, Values
from features.night import build, matrix
from records.dossiers import Dossiers
from records.load import load
from records.publish import publish
from records.snapshot import Snapshot
from records.store import Store
from simulation import simulate
from tests.parity.made_records import again, close, differing

SAMPLED, OPENED = 200, 40


@dataclass(frozen=True)
class Town:
    """Obligations with a date of their own, what the night says of them, and the dossiers for the day."""

    points: list[tuple[int, int, date]]
    night: Values
    profiles: pa.Table
    dossiers: Dossiers


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    room: Path = tmp_path_factory.mktemp("parity")
    simulate(cases=150, seed=5, out=room / "files")
    with Store.open(room / "store.duckdb", b"a secret of the tests") as store:
        load(store, room / "files")
        folder = publish(store, room / "snapshots")
    snapshot, dossiers = Snapshot.open(folder), Dossiers.open(folder)
    sampled = _sampled(snapshot)
    profiles = build(snapshot, sampled)
    points = list(zip(*(sampled[name].to_pylist() for name in sampled.column_names), strict=True))
    yield Town(points, matrix(profiles), profiles, dossiers)
    snapshot.close()
    dossiers.close()


def test_night_over_a_snapshot_is_day_over_its_dossiers(town: Town) -> None:
    for point, night in zip(town.points, town.night, strict=True):
        day = profile(town.dossiers.fetch(*point)).values
        assert differing(CATALOGUE.names, day, night) == {}, point


def test_every_feature_comes_again_from_its_evidence_alone(town: Town) -> None:
    for point in town.points[:OPENED]:
        dossier = town.dossiers.fetch(*point)
        values = profile(dossier)
        for name in CATALOGUE.names:
            assert close(again(name, dossier), values[name]), (name, point)


def test_a_town_fills_nearly_every_feature(town: Town) -> None:
    empty = {
        name
        for name, known in zip(CATALOGUE.names, (~np.isnan(town.night)).any(axis=0), strict=True)
        if not known and not isinstance(CATALOGUE[name], Standing)
    }
    assert len(empty) <= 5, empty


def test_profiles_carry_the_digest_of_the_catalogue_that_made_them(town: Town) -> None:
    assert town.profiles.schema.metadata[b"catalogue"].decode() == CATALOGUE.digest
    other = town.profiles.replace_schema_metadata({"catalogue": "0" * 64})
    with pytest.raises(ValueError, match="build again"):
        matrix(other)


def _sampled(snapshot: Snapshot) -> pa.Table:
    """Obligations on a day between the filing and two years later, drawn by a hash."""
    return snapshot.query(
        f"""WITH drawn AS (
            SELECT party_id, case_id, min(filed_on) AS filed_on, hash(party_id, case_id) AS dice
            FROM obligors JOIN cases USING (case_id) GROUP BY party_id, case_id
        )
        SELECT party_id, case_id, CAST(filed_on + CAST(dice % 700 AS INTEGER) AS DATE) AS as_of
        FROM drawn ORDER BY dice LIMIT {SAMPLED}"""
    )

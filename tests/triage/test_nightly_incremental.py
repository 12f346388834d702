"""A second run of one date: what arrived since is made anew, all else taken over, and the queue is a full run's.

The story: a court's files, some of which come late. The night runs on what is there, then again after every delivery.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from features.catalogue import CATALOGUE
from records.load import load
from records.publish import publish
from records.snapshot import Snapshot
from records.store import Store
from scoring.bundle import Bundle
from tests.night.towns import published
from triage import queue
from triage.nightly import Way, open_obligations, run
from triage.nightly_content import content, recent
from triage.slices import GRAIN

CASES = 150
LATE = ("deposits", "queries", "payments", "titles", "income", "real_property", "measures", "obligors")
"""Tables of which some rows may come late; of ``obligors`` whole cases, with all of their debtors' rows."""
SECRET = b"a secret of the tests"


@cache
def _files(place: Path) -> dict[str, pa.Table]:
    published(place / "late", cases=CASES)
    return {file.stem: pq.read_table(file) for file in sorted((place / "late" / "files").glob("*.parquet"))}


@cache
def _full(place: Path, bundle_digest: str) -> tuple[Snapshot, Path, Any]:
    """The court with all of its files, and its full night: the folder of the queue."""
    from scoring import bundle as bundles

    snapshot = Snapshot.open(published(place / "late", cases=CASES))
    assert snapshot.newest is not None
    asked = open_obligations(snapshot, snapshot.newest, closed_too=True)
    folder = run(
        snapshot,
        bundles.read(place / "bundle"),
        as_of=snapshot.newest,
        root=place / "full",
        obligations=asked,
        way=Way(whole=True),
    )
    return snapshot, folder, asked


@pytest.mark.parametrize(("seed", "deliveries"), [(1, 1), (2, 2), (3, 3)])
def test_nights_after_late_deliveries_end_as_a_full_night(
    place: Path, bundle: Bundle, seed: int, deliveries: int
) -> None:
    full, expected, asked = _full(place, bundle.digest)
    rng = np.random.default_rng(seed)
    there, late = _withheld(_files(place), rng)
    with _court() as (store, folder):
        _load(store, folder / "first", there)
        done = _night(store, folder, bundle, full)
        for number, part in enumerate(_split(late, rng, deliveries)):
            _load(store, folder / f"later-{number}", part)
            done = _night(store, folder, bundle, full)
        assert _scores(done).equals(_scores(expected))
        assert _places(done) == _places(expected)
        np.testing.assert_allclose(_points(done), _points(expected), rtol=0, atol=2 * GRAIN)
        record = json.loads((done / "run.json").read_text())
        touched = _touched(asked, late)
        assert 0 < sum(record["made_anew"].values()) <= touched < asked.num_rows
        assert record["kept_of_the_last_queue"] + sum(record["made_anew"].values()) == asked.num_rows


def test_a_night_without_news_takes_everything_over(place: Path, bundle: Bundle, tmp_path: Path) -> None:
    full, expected, asked = _full(place, bundle.digest)
    assert full.newest is not None
    again = tmp_path / "queues"
    run(full, bundle, as_of=full.newest, root=again, obligations=asked.slice(0, 60))
    done = run(full, bundle, as_of=full.newest, root=_renamed(again), obligations=asked)
    record = json.loads((done / "run.json").read_text())
    assert record["kept_of_the_last_queue"] == 60
    assert _scores(done).equals(_scores(expected))


def test_a_new_date_makes_everything_anew_recent_cases_first(
    place: Path, bundle: Bundle, tmp_path: Path
) -> None:
    full, _, asked = _full(place, bundle.digest)
    assert full.newest is not None
    eve = full.newest - timedelta(days=1)
    asked_then = asked.set_column(2, "as_of", pa.array([eve] * asked.num_rows, pa.date32()))
    run(full, bundle, as_of=eve, root=tmp_path, obligations=asked_then)
    done = run(full, bundle, as_of=full.newest, root=tmp_path, obligations=asked)
    record = json.loads((done / "run.json").read_text())
    assert record["kept_of_the_last_queue"] == 0
    assert sum(record["made_anew"].values()) == asked.num_rows
    assert list(record["made_anew"]) == [
        part for part in ("recent", "changed", "rest") if part in record["made_anew"]
    ]
    assert record["made_anew"]["changed"] < record["made_anew"]["rest"]


def test_a_case_known_since_yesterday_is_recent(place: Path, bundle: Bundle) -> None:
    full, _, _ = _full(place, bundle.digest)
    filed = full.query(
        "SELECT case_id, filed_on, min(known_at) AS known FROM cases GROUP BY ALL ORDER BY filed_on"
    )
    row = filed.slice(filed.num_rows - 1, 1).to_pylist()[0]
    for days, expected in ((0, True), (1, True), (2, True), (3, False)):
        day = max(row["filed_on"], row["known"]) + timedelta(days=days)
        found = recent(full, day)["case_id"].to_pylist()
        assert (row["case_id"] in found) == expected


def test_what_is_known_of_a_later_day_does_not_change_what_a_debtor_rests_on(
    place: Path, bundle: Bundle, tmp_path: Path
) -> None:
    full, _, asked = _full(place, bundle.digest)
    assert full.newest is not None
    early = full.newest - timedelta(days=200)
    tables = {
        name: table.filter(pc.less_equal(table["known_at"].cast(pa.date32()), pa.scalar(early)))
        for name, table in _files(place).items()
    }
    with _court() as (store, folder):
        _load(store, folder / "then", tables)
        then = Snapshot.open(publish(store, folder / "snapshots"))
        np.testing.assert_array_equal(
            content(then, asked, early).to_pylist(), content(full, asked, early).to_pylist()
        )
        then.close()


@contextmanager
def _court() -> Iterator[tuple[Store, Path]]:
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "store.duckdb", SECRET) as store:
        yield store, Path(folder)


def _load(store: Store, folder: Path, tables: dict[str, pa.Table]) -> None:
    folder.mkdir(parents=True)
    for name, table in tables.items():
        if table.num_rows:
            pq.write_table(table, folder / f"{name}.parquet")
    if any(folder.iterdir()):
        report = load(store, folder)
        assert (report.quarantined, report.refused) == (0, 0)


def _night(store: Store, folder: Path, bundle: Bundle, full: Snapshot) -> Path:
    """The night of the court's last day, on what its store holds."""
    assert full.newest is not None
    snapshot = Snapshot.open(publish(store, folder / "snapshots"))
    asked = open_obligations(snapshot, full.newest, closed_too=True)
    done = run(snapshot, bundle, as_of=full.newest, root=folder / "queues", obligations=asked)
    snapshot.close()
    return done


def _withheld(
    tables: dict[str, pa.Table], rng: np.random.Generator
) -> tuple[dict[str, pa.Table], dict[str, pa.Table]]:
    """What is there from the start, and what comes late: some debtors' rows of some tables, and some whole cases."""
    late_of = {
        name: _some(table, "party_id" if "party_id" in table.column_names else "case_id", rng)
        for name, table in tables.items()
        if name in LATE and name != "obligors"
    }
    obligors = tables["obligors"]
    cases = rng.choice(obligors["case_id"].unique().to_numpy(), 3, replace=False)
    with_them = pc.is_in(obligors["case_id"], pa.array(cases))
    others = obligors.filter(pc.invert(with_them))["party_id"]
    alone = obligors.filter(with_them)["party_id"].filter(
        pc.invert(pc.is_in(obligors.filter(with_them)["party_id"], others))
    )
    there, late = {}, {}
    for name, table in tables.items():
        mask = late_of.get(name, pa.array([False] * table.num_rows, pa.bool_()))
        if "case_id" in table.column_names:
            mask = pc.or_(mask, pc.is_in(table["case_id"], pa.array(cases)))
        if "party_id" in table.column_names:
            mask = pc.or_(mask, pc.is_in(table["party_id"], alone))
        there[name], late[name] = table.filter(pc.invert(mask)), table.filter(mask)
    return there, late


def _some(table: pa.Table, owner: str, rng: np.random.Generator) -> pa.Array:
    owners = table[owner].unique().drop_null().to_numpy(zero_copy_only=False)
    few = rng.choice(owners, min(len(owners), 2), replace=False) if len(owners) else owners
    return pc.is_in(table[owner], pa.array(few, table[owner].type))


def _split(late: dict[str, pa.Table], rng: np.random.Generator, deliveries: int) -> list[dict[str, pa.Table]]:
    """Deliveries: first all that names cases and debtors, the rest of every table whole in one of them."""
    first = {name: table for name, table in late.items() if name in ("cases", "obligors", "parties")}
    parts: list[dict[str, pa.Table]] = [{} for _ in range(deliveries)]
    parts[0].update(first)
    for name, table in late.items():
        if name not in first:
            parts[int(rng.integers(deliveries))][name] = table
    return parts


def _touched(asked: pa.Table, late: dict[str, pa.Table]) -> int:
    """Obligations whose debtor or case has rows among the late ones: no more may be made anew."""
    parties = [t["party_id"].combine_chunks() for t in late.values() if "party_id" in t.column_names]
    cases = [t["case_id"].combine_chunks() for t in late.values() if "case_id" in t.column_names]
    by_party = _is_among(asked["party_id"], parties)
    return int(np.count_nonzero(by_party | _is_among(asked["case_id"], cases)))


def _is_among(column: pa.ChunkedArray, values: list[pa.Array]) -> np.ndarray:
    every = np.concatenate([each.cast(pa.int64()).drop_null().to_numpy() for each in values])
    return np.isin(column.to_numpy(), every)


def _renamed(root: Path) -> Path:
    """The same queues as if the last were of other records: a run of the same ones would find it done."""
    old = json.loads((root / "current.json").read_text())["queue"]
    new = old[:17] + "0" * 12 + old[29:]
    (root / old).rename(root / new)
    (root / "current.json").write_text(json.dumps({"queue": new}))
    return root


def _scores(folder: Path) -> pa.Table:
    table = pq.read_table(folder / "scores.parquet")
    return table.sort_by([("party_id", "ascending"), ("case_id", "ascending")]).combine_chunks()


def _places(folder: Path) -> list[Any]:
    return [queue.read(folder, court=court, most=count) for court, count in queue.courts(folder)]


def _points(folder: Path) -> np.ndarray:
    kept = ds.dataset(folder / "contributions").to_table()
    kept = kept.sort_by([("party_id", "ascending"), ("case_id", "ascending")])
    return np.column_stack([kept[name].to_numpy() for name in CATALOGUE.names])

"""What is written: every table by its contract, the same bytes for the same seed, whoever does the work."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from records.contracts import TABLES
from simulation import simulate
from simulation.world import BLOCK


def digests(out: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir())}


def test_every_table_has_its_file_with_the_columns_of_its_contract(town: Path) -> None:
    for name, table in TABLES.items():
        assert pq.read_schema(town / f"{name}.parquet").names == [column.name for column in table.columns]


def test_no_table_is_left_empty(town: Path) -> None:
    rows = json.loads((town / "about.json").read_text(encoding="utf-8"))["rows"]
    assert {name for name, count in rows.items() if not count} == set()


def test_the_same_seed_and_size_give_the_same_bytes(tmp_path: Path) -> None:
    simulate(cases=60, seed=3, out=tmp_path / "once")
    simulate(cases=60, seed=3, out=tmp_path / "again")
    assert digests(tmp_path / "once") == digests(tmp_path / "again")


def test_another_seed_is_another_town(tmp_path: Path) -> None:
    simulate(cases=60, seed=3, out=tmp_path / "three")
    simulate(cases=60, seed=4, out=tmp_path / "four")
    three, four = digests(tmp_path / "three"), digests(tmp_path / "four")
    assert all(
        three[name] != four[name] for name in ("cases.parquet", "deposits.parquet", "payments.parquet")
    )


def test_two_workers_write_what_one_writes(tmp_path: Path) -> None:
    cases = BLOCK + 150
    simulate(cases=cases, seed=3, out=tmp_path / "one", workers=1)
    simulate(cases=cases, seed=3, out=tmp_path / "two", workers=2)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_the_number_of_cases_is_what_was_asked_for(town: Path) -> None:
    cases = pq.read_table(town / "cases.parquet", columns=["case_id"])
    assert len(cases["case_id"].unique()) == 1_200


def test_there_are_more_obligations_than_cases_and_fewer_debtors(town: Path) -> None:
    obligors = pq.read_table(town / "obligors.parquet", columns=["case_id", "party_id"]).group_by(
        ["case_id", "party_id"]
    )
    assert obligors.aggregate([]).num_rows > 1_200
    assert pq.read_metadata(town / "parties.parquet").num_rows < 0.8 * 1_200


def test_progress_counts_up_to_all_cases(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    simulate(cases=40, seed=1, out=tmp_path / "out", progress=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (40, 40)


def test_no_case_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one"):
        simulate(cases=0, seed=1, out=tmp_path)


def test_a_single_case_can_be_written(tmp_path: Path) -> None:
    assert simulate(cases=1, seed=1, out=tmp_path).rows["cases"] >= 1

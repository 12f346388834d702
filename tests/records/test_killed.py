"""kill -9 during a load: the store stays readable and is as it was; nobody else writes while a load runs."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from records.store import Store
from tests.records.papers import CASE, DEBTOR, LOADED_ON, SECRET, SMALL, Papers, balance
from vocabulary.problems import PortraitError

ROWS = 260_000
REPOSITORY = Path(__file__).resolve().parents[2]
LOADER = """
import sys
from datetime import date
from pathlib import Path
from records.load import load
from records.store import Limits, Store

def tell(at):
    print(at.table, at.done, at.total, flush=True)

with Store.open(Path(sys.argv[1]), sys.argv[2].encode(), limits=Limits("512MB", 1)) as store:
    load(store, Path(sys.argv[3]), on=date.fromisoformat(sys.argv[4]), progress=tell)
    print("kept", flush=True)
"""


def test_a_load_killed_at_any_moment_leaves_the_store_readable_and_unchanged(tmp_path: Path) -> None:
    store, files = _a_court_with_one_balance(tmp_path)
    for chunk in (1, 3):
        loader = _start(store, files)
        _wait_for(loader, chunks=chunk)
        _kill(loader)
        with Store.open(store, SECRET, limits=SMALL) as held:
            assert (held.count("deposits"), len(held.loads()), held.quarantine()) == (1, 1, [])


@pytest.mark.parametrize("wait", [0.0, 0.05, 0.3])
def test_a_load_killed_while_it_is_being_kept_is_kept_whole_or_not_at_all(
    tmp_path: Path, wait: float
) -> None:
    store, files = _a_court_with_one_balance(tmp_path)
    loader = _start(store, files)
    _wait_for(loader, chunks=-(-ROWS // 65_536))
    try:
        loader.wait(timeout=wait)
    except subprocess.TimeoutExpired:
        _kill(loader)
    with Store.open(store, SECRET, limits=SMALL) as held:
        assert (held.count("deposits"), len(held.loads())) in [(1, 1), (1 + ROWS, 2)]
        report = Papers(tmp_path, held).load()
        assert held.count("deposits") == 1 + ROWS
        assert report.of("deposits").loaded + report.of("deposits").already_there == ROWS


def test_while_one_process_loads_another_is_told_that_the_store_is_in_use(tmp_path: Path) -> None:
    store, files = _a_court_with_one_balance(tmp_path)
    loader = _start(store, files)
    try:
        _wait_for(loader, chunks=1)
        with pytest.raises(PortraitError, match="store_in_use"):
            Store.open(store, SECRET)
    finally:
        _kill(loader)


def _a_court_with_one_balance(folder: Path) -> tuple[Path, Path]:
    """A store that holds one deposit, and beside it a folder with ROWS more to load."""
    path = folder / "court.duckdb"
    with Store.open(path, SECRET, limits=SMALL) as store:
        papers = Papers(folder, store)
        papers.court()
        papers.write("deposits", balance())
        papers.load()
    (papers.files / "deposits.csv").unlink()
    day = pa.array(np.full(ROWS, "2024-02-01", dtype="datetime64[D]"))
    sums = pa.array(np.arange(ROWS) / 100)
    pq.write_table(
        pa.table(
            {"party_id": pa.array(np.full(ROWS, DEBTOR)), "account_id": pa.array(np.arange(ROWS) + CASE),
             "happened_at": day, "known_at": day, "balance": sums, "available": sums}
        ),
        papers.files / "deposits.parquet",
    )  # fmt: skip
    return path, papers.files


def _start(store: Path, files: Path) -> subprocess.Popen[str]:
    said = [sys.executable, "-c", LOADER, str(store), SECRET.decode(), str(files), LOADED_ON.isoformat()]
    return subprocess.Popen(said, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)


def _wait_for(loader: subprocess.Popen[str], *, chunks: int) -> None:
    """Until the loader has said that it read so many chunks of deposits."""
    assert loader.stdout is not None
    for line in loader.stdout:
        chunks -= line.startswith("deposits")
        if chunks == 0:
            return
    pytest.fail("the loader ended before it had read that much")


def _kill(loader: subprocess.Popen[str]) -> None:
    loader.send_signal(signal.SIGKILL)
    loader.wait()
    assert loader.stdout is not None
    loader.stdout.close()

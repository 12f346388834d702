"""A night on a machine that may not compile: LightGBM explains, everything else goes on, and the reason is said."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from operations import explaining
from operations.models import score_open
from operations.nights import Asked, night
from operations.settings import Settings
from records.snapshot import Snapshot
from scoring import loops
from scoring.bundle import Bundle
from scoring.shelf import Shelf
from tests.night.towns import published
from tests.scoring.forgiving import forgiven as forgiven
from triage.nightly import Way, current, run
from triage.slices import score_slices

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2025, 12, 31)
EQUAL = 1e-9
SEALED = """
import ctypes, sys
if ctypes.CDLL(None).prctl(65, 1, 0, 0, 0):  # PR_SET_MDWE, what systemd's MemoryDenyWriteExecute asks for
    sys.modules["numba"] = None  # Linux before 6.3
from operations.cli import main
main()
"""
"""A process that may not have memory that is both written and run: nothing can be compiled in it."""


def test_a_night_that_may_not_compile_ends_with_the_same_queue(
    bundle: Bundle, place: Path, tmp_path: Path
) -> None:
    published(place / "late", cases=150)
    usual, sealed = _court(tmp_path / "usual", place / "late", bundle), Settings(home=tmp_path / "sealed")
    night(usual, Asked(as_of=DAY))
    shutil.copytree(usual.home, sealed.home, ignore=shutil.ignore_patterns("queues", "nights"))
    asked = ["--home", str(sealed.home), "nightly", "--as-of", DAY.isoformat(), "--portraits", "0"]
    done = subprocess.run(
        [sys.executable, "-c", SEALED, *asked],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == _told(usual)["exit_code"], done.stderr
    assert _told(usual)["steps"]["queue"]["run"]["explained"] == {"kernel": 1}
    assert _told(sealed)["steps"]["queue"]["run"]["explained"] == {"pred_contrib [kernel.no_numba]": 1}
    assert done.stderr.count("contributions by LightGBM's pred_contrib [kernel.no_numba]") == 1
    assert done.stderr.count("compiled loops are not used [kernel.no_numba]") == 1
    assert "pred_contrib [kernel.no_numba] explained 1 slices" in done.stdout
    assert_equal_queues(_queue(sealed), _queue(usual))


@pytest.mark.usefixtures("forgiven")
def test_a_kernel_that_explains_otherwise_than_plain_loops_is_not_relied_on(
    snapshot: Snapshot, bundle: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A compiler that errs in the seventh digit: nobody would see it in the queue."""
    assert snapshot.newest is not None
    usual = run(snapshot, bundle, as_of=snapshot.newest, root=tmp_path / "usual")
    right = loops.explain_blocks.compiled

    def wrong(*given: Any) -> None:
        right(*given)
        given[-1][:] *= 1 + 1e-7

    monkeypatch.setattr(loops.explain_blocks, "compiled", wrong)
    explain = explaining.who_explains(bundle)
    way = Way(scoring=partial(score_slices, explain=explain))
    other = run(snapshot, bundle, as_of=snapshot.newest, root=tmp_path / "other", way=way)

    assert loops.refusal() is not None
    assert explain.by == "pred_contrib [kernel.differs]"
    assert_equal_queues(other, usual)


@pytest.mark.usefixtures("forgiven")
def test_without_lightgbm_plain_loops_explain_the_night(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    loops.refuse(loops.OFF, "for this test")
    monkeypatch.setitem(sys.modules, "lightgbm", None)

    assert explaining.who_explains(bundle) is bundle.explain
    assert bundle.explain.by == "plain [kernel.off]"
    assert "there is no LightGBM" in caplog.text


@pytest.mark.usefixtures("forgiven")
def test_portrait_score_asks_who_explains_as_the_nightly_run_does(
    snapshot: Snapshot,
    bundle: Bundle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PORTRAIT_HOME", str(tmp_path))
    (tmp_path / "snapshots").symlink_to(snapshot.path.parent)
    shelf = Shelf(Settings().shelf)
    shelf.point(shelf.put(bundle.path))
    loops.refuse(loops.OFF, "for this test")
    score_open()

    told = json.loads((_queue(Settings()) / "run.json").read_text())
    assert {*told["explained"]} == {"pred_contrib [kernel.off]"}
    assert "pred_contrib [kernel.off] explained" in capsys.readouterr().out


def test_a_kernel_that_proves_right_explains_the_night(bundle: Bundle) -> None:
    assert explaining.who_explains(bundle) is bundle.explain
    assert bundle.explain.by == "kernel"


def test_lightgbm_explains_as_the_kernel_does(bundle: Bundle) -> None:
    rows = np.random.default_rng(4).normal(size=(50, len(bundle.names)))
    rows[rows < -1] = np.nan
    other = explaining.PredContrib(explaining.share_text(bundle), because=loops.OFF)

    assert np.abs(other.of(rows) - bundle.explain.of(rows)).max() <= 1e-10
    assert other.of(rows[:0]).shape == (0, len(bundle.names))


def assert_equal_queues(one: Path, other: Path) -> None:
    """Everything that a night leaves of each obligation: scores, ranks, reasons, likely sets, contributions."""
    assert one.name == other.name
    for left, right in ((_scores(one), _scores(other)), (_points(one), _points(other))):
        assert left.column_names == right.column_names
        for name in left.column_names:
            if pa.types.is_floating(left.schema.field(name).type):
                np.testing.assert_allclose(left[name], right[name], rtol=EQUAL, atol=EQUAL, err_msg=name)
            else:
                assert left[name].equals(right[name]), name


def _scores(folder: Path) -> pa.Table:
    return pq.read_table(folder / "scores.parquet").sort_by(_BY)


def _points(folder: Path) -> pa.Table:
    return ds.dataset(folder / "contributions").to_table().sort_by(_BY)


_BY = [("party_id", "ascending"), ("case_id", "ascending")]


def _court(home: Path, late: Path, bundle: Bundle) -> Settings:
    settings = Settings(home=home)
    delivery = settings.inbox / "first"
    shutil.copytree(late / "files", delivery, ignore=shutil.ignore_patterns("*.json"))
    shelf = Shelf(settings.shelf)
    shelf.point(shelf.put(bundle.path))
    secret = home / "secrets" / "identity"
    secret.parent.mkdir()
    secret.write_text("5e" * 32)
    return settings


def _queue(settings: Settings) -> Path:
    folder = current(settings.queues)
    assert folder is not None
    return folder


def _told(settings: Settings) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(min(settings.nights.glob("*/run.json")).read_text())
    return told

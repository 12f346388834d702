"""The same bundle and the same rows on another machine: the same scores, curves, likely sets and contributions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

from scoring import loops
from scoring.bundle import Bundle, read
from scoring.score import score
from tests.scoring.made_bundle import made_bundle, made_rows

ROOT = Path(__file__).resolve().parents[2]
EQUAL = 1e-9
"""Of 1, or of a value's own size where that is more."""
ROWS = 300
"""Enough to be cut between threads, and to end with a block that is not full."""
SPECIAL = [name for name in __cpu_dispatch__ if __cpu_features__[name]]
"""What numpy uses of this processor beyond the least that it was built for."""

Told = Mapping[str, np.ndarray]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return read(made_bundle(tmp_path_factory.mktemp("elsewhere") / "bundle"))


@pytest.fixture(scope="module")
def here(bundle: Bundle) -> Told:
    """What this machine says, on one thread."""
    return told(bundle, made_rows(ROWS), threads=1)


def told(bundle: Bundle, rows: np.ndarray, *, threads: int) -> Told:
    """All that `score` tells of rows, and of the first once more alone."""
    many, one = score(bundle, rows, threads=threads), score(bundle, rows[:1])
    return {
        "score": many.score,
        "cautious": many.cautious,
        "contributions": many.contributions,
        "contributions of one row": one.contributions,
        "curve": many.curve.exceed,
        "likely: nothing": many.likely.nothing,
        "likely: low": many.likely.low,
        "likely: high": many.likely.high,
        "likely: everything": many.likely.everything,
    }


def assert_same(one: Told, other: Told) -> None:
    assert [*one] == [*other]
    for name in one:
        size = np.maximum(1.0, np.abs(np.nan_to_num(one[name].astype(float))))
        np.testing.assert_allclose(other[name] / size, one[name] / size, rtol=0, atol=EQUAL, err_msg=name)


def test_another_machine_says_the_same(bundle: Bundle, here: Told, tmp_path: Path) -> None:
    """Another processor's instructions for compiled loops, numpy and BLAS, other threads, nothing compiled before."""
    machine = {
        "NUMBA_CPU_NAME": "generic",
        "NUMBA_CPU_FEATURES": "",
        "NUMBA_CACHE_DIR": str(tmp_path / "loops"),
        "NPY_DISABLE_CPU_FEATURES": " ".join(SPECIAL),
        "OPENBLAS_CORETYPE": "Prescott",
        "OPENBLAS_NUM_THREADS": "3",
    }
    rows, answers = tmp_path / "rows.npy", tmp_path / "told.npz"
    np.save(rows, made_rows(ROWS))
    done = subprocess.run(
        [sys.executable, "-m", "tests.scoring.elsewhere", str(bundle.path), str(rows), str(answers)],
        cwd=ROOT,
        env={**os.environ, **machine, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"processor": "generic", "special": [], "refused": None}
    assert list((tmp_path / "loops").rglob("*explain_blocks*.nbc"))
    with np.load(answers) as there:
        assert_same(here, dict(there))


def test_a_machine_that_cannot_compile_says_the_same(bundle: Bundle, here: Told) -> None:
    with loops.plain():
        plainly = told(bundle, made_rows(ROWS), threads=2)
    assert_same(here, plainly)
    for name in ("score", "cautious"):
        np.testing.assert_array_equal(plainly[name], here[name], err_msg=name)

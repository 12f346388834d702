"""What every test stands on: settings, shared data, a browser, and a watch on global randomness."""

from __future__ import annotations

import os

os.environ["MLFLOW_ALLOW_PICKLE_DESERIALIZATION"] = "false"
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"

import random
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import rich.style  # noqa: F401 - draws from the global state while it is imported: done before any test is watched
from hypothesis import HealthCheck, settings

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED_DATA = REPOSITORY.parent / "shared" / "data"
CHROMIUM = Path("/usr/bin/chromium")

_SLOW_MACHINES = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    max_examples=60,
    database=None,
    suppress_health_check=_SLOW_MACHINES,
)
settings.register_profile(
    "long",
    derandomize=False,
    deadline=None,
    max_examples=2_000,
    suppress_health_check=_SLOW_MACHINES,
)
settings.load_profile(os.environ.get("PORTRAIT_HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """``shared_data(name)`` is ``../shared/data/name``; the test is skipped, saying why, where it is not there."""

    def find(name: str) -> Path:
        place = SHARED_DATA / name
        if not place.exists():
            pytest.skip(f"shared data [{name}] does not lie beside the checkout, in ../shared/data/{name}")
        return place

    return find


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of Debian's Chromium; skips without one, fails where PORTRAIT_REQUIRE_BROWSER=1 asks for one."""
    found = str(CHROMIUM) if CHROMIUM.exists() else shutil.which("chromium")
    if found:
        return found
    reason = "Chromium is not installed. Debian: apt-get install chromium fonts-wqy-microhei"
    if os.environ.get("PORTRAIT_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _fingerprint() -> tuple[object, ...]:
    name, keys, *rest = np.random.get_state()  # noqa: NPY002 - it is what is watched
    return random.getstate(), name, keys.tobytes(), *rest


@pytest.fixture(autouse=True)
def _global_randomness_untouched(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that moved the global random state: every draw comes from a seeded generator of its own.

    Tests of the browser are excused, Playwright numbers its calls from that state.
    """
    before = _fingerprint()
    yield
    excused = request.node.get_closest_marker("global_randomness") or "chromium" in request.fixturenames
    if _fingerprint() != before and not excused:
        pytest.fail(
            "The test moved the global random state (random or numpy.random). "
            "Draw from random.Random(seed) or numpy.random.default_rng(seed)."
        )


@pytest.fixture(autouse=True)
def _loops_compiled() -> Iterator[None]:
    """Fail a test after which plain loops answer: a compiled one could not be had, and the others hid it."""
    yield
    loops = sys.modules.get("scoring.loops")
    if loops is not None and (why := loops.refusal()) is not None:
        pytest.fail(f"Compiled loops are no longer used [{why.code}]: {why.found}")

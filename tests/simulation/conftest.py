"""One small synthetic town for all tests of the room, and one just larger than a block."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation import simulate

TOWN = 1_200
TOWN_SEED = 7


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of 1,200 cases."""
    out = tmp_path_factory.mktemp("town") / "records"
    simulate(cases=TOWN, seed=TOWN_SEED, out=out)
    return out

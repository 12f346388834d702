"""The other machine of `test_elsewhere`: a process of its own, given a bundle, rows, and where to write."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numba
import numpy as np

from scoring import loops
from scoring.bundle import read
from tests.scoring.test_elsewhere import SPECIAL, told

if __name__ == "__main__":
    bundle, rows, place = sys.argv[1:]
    np.savez(place, **told(read(Path(bundle)), np.load(rows), threads=2))
    machine = {"processor": numba.config.CPU_NAME, "special": SPECIAL, "refused": loops.refusal()}
    sys.stdout.write(json.dumps(machine))

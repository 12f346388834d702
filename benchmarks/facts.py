"""What a figure was taken on, and how a piece of work is timed in a process of its own."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_LIBRARIES = ("duckdb", "pyarrow", "numpy", "pandas", "polars", "numba")


def machine() -> dict[str, Any]:
    """Processor, cores, memory, load when asked, versions."""
    models = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if "model name" in line]
    memory = [line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")]
    return {
        "processor": models[0] if models else platform.processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(int(memory[0]) / 1e6, 1) if memory else None,
        "load": [round(each, 1) for each in os.getloadavg()],
        "python": platform.python_version(),
        "versions": {name: version(name) for name in _LIBRARIES if find_spec(name)},
    }


def timed(work: Callable[[], Mapping[str, Any] | None]) -> dict[str, Any]:
    """Seconds on the wall and of the processor (all threads), peak memory of this process so far, what it says."""
    wall, processor = time.perf_counter(), time.process_time()
    said = work() or {}
    return {
        "wall": time.perf_counter() - wall,
        "processor": time.process_time() - processor,
        "peak_mb": peak_mb(),
        **said,
    }


def peak_mb() -> float:
    """Most memory that this process has held. Linux's rusage would count the parent's, from before exec, too."""
    return held_mb() or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def held_mb(process: int | str = "self") -> float:
    """Most memory that a process has held until now; 0 where Linux does not tell."""
    lines = _lines(f"/proc/{process}/status")
    return sum(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM"))


def alone(module: str, *words: str) -> dict[str, Any]:
    """The JSON that ``python -m module words`` prints last, in a process of its own."""
    done = subprocess.run([sys.executable, "-m", module, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{module} {' '.join(words)} failed:\n{done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def keep(figures: Mapping[str, Any], path: Path | None) -> None:
    """Write figures and machine as JSON, if a file was named."""
    if path:
        path.write_text(json.dumps({**figures, "machine": machine()}, indent=1, default=str) + "\n")


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []

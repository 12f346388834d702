"""Every notebook runs from top to bottom, in a kernel of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((HERE / "notebooks").glob("*.py"))


@pytest.mark.parametrize("script", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_top_to_bottom(script: Path, tmp_path: Path) -> None:
    notebook = tmp_path / f"{script.stem}.ipynb"
    made = _run("jupytext", "--quiet", "--to", "ipynb", "--output", notebook, script)
    assert made.returncode == 0, made.stderr
    ran = _run(
        "pytest", "--nbmake", "--nbmake-timeout=300", "-p", "no:cacheprovider", "--no-header", "-q", notebook
    )
    assert ran.returncode == 0, ran.stdout[-4000:]


def _run(module: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE)

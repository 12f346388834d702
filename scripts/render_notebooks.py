"""Run the notebooks and render them with their pictures into docs/notebooks/, as Markdown."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(names: list[str]) -> None:
    """Render the notebooks named, or all."""
    scripts = [ROOT / "notebooks" / f"{name}.py" for name in names] or sorted(
        (ROOT / "notebooks").glob("*.py")
    )
    out = ROOT / "docs" / "notebooks"
    out.mkdir(parents=True, exist_ok=True)
    for script in scripts:
        with tempfile.TemporaryDirectory() as room:
            notebook = Path(room) / f"{script.stem}.ipynb"
            _run("jupytext", "--quiet", "--to", "ipynb", "--output", notebook, script)
            _run(
                "nbconvert",
                "--execute",
                "--to",
                "markdown",
                "--log-level",
                "WARN",
                "--output-dir",
                out,
                notebook,
            )
        sys.stdout.write(f"{(out / script.stem).relative_to(ROOT)}.md\n")


def _run(module: str, *arguments: object) -> None:
    subprocess.run([sys.executable, "-m", module, *map(str, arguments)], check=True, cwd=ROOT)


if __name__ == "__main__":
    main(sys.argv[1:])

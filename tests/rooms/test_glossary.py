"""The glossary's names are names of the code: a word that nobody uses is not listed as one."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def test_every_name_of_the_glossary_stands_in_the_code() -> None:
    names = set(re.findall(r"`([a-z_]+)`", (REPOSITORY / "docs" / "GLOSSARY.md").read_text("utf-8")))
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.yaml"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    rooms = (path for path in listed.stdout.splitlines() if not path.startswith(("tests/", "notebooks/")))
    code = "\n".join((REPOSITORY / path).read_text("utf-8") for path in rooms if (REPOSITORY / path).exists())
    words = set(re.findall(r"[a-z_]+", code))

    assert len(names) > 50
    assert sorted(names - words) == []

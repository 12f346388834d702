"""docs/law.md is written from the rules; at least thirty articles are tried in worked examples."""

from __future__ import annotations

from pathlib import Path

from portraits.law.handbook import handbook

HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[1] / "docs" / "law.md"


def test_the_page_is_that_of_the_rules() -> None:
    assert PAGE.read_text(encoding="utf-8") == handbook(), "python -m portraits.law.handbook > docs/law.md"


def test_there_are_at_least_thirty_worked_examples() -> None:
    examples = [
        line
        for path in HERE.glob("test_*.py")
        if path.name not in ("test_handbook.py", "test_sources.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("def test_")
    ]

    assert len(examples) >= 30

"""The small court on paper, for stories of linkage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.records.papers import Papers, papers_in


@pytest.fixture
def papers(tmp_path: Path) -> Iterator[Papers]:
    """An empty store and an empty folder of files."""
    yield from papers_in(tmp_path)


@pytest.fixture
def court(papers: Papers) -> Papers:
    """Papers with a case and its two debtors."""
    papers.court()
    return papers

"""For tests that make the process refuse compiled loops: what they made it refuse is forgotten after them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from scoring import loops


@pytest.fixture
def forgiven() -> Iterator[None]:
    """Compiled loops are used again after the test."""
    before = replace(loops._now)
    yield
    loops._now.refusal, loops._now.forced = before.refusal, before.forced

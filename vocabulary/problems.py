"""What went wrong, said once: a code, a title and a detail in both languages, the next step, the values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as people meet it in the CLI, the API (RFC 9457) and the pages. Values never hold personal data."""

    code: str
    title: Text
    detail: Text
    next_step: Text
    status: int = 400
    values: Mapping[str, object] = field(default_factory=dict)


class PortraitError(Exception):
    """Carries a Problem from where it happens to the door where it is said."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(f"{problem.code}: {problem.detail.en} {problem.next_step.en}")

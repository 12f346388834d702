"""What linkage proposes of a pair before it is weighed against all other pairs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from records.linkage.links import Decision, Evidence, LinkKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal: the two parties, what it rests on, and the day on which all that it rests on was known."""

    one: int
    other: int
    kind: LinkKind
    decision: Decision
    by: str
    evidence: tuple[Evidence, ...]
    known_on: date
    probability: float | None = None
    reason: str = ""

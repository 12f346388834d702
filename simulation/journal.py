"""What happened in the weeks of a court, noted as it happens: the raw matter of the court's own registers."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from simulation.draws import Array


class Journal:
    """Events by kind, each with week, subject (obligation, claim or thing) and two numbers."""

    def __init__(self) -> None:
        self._parts: dict[str, list[tuple[int, Array, Array, Array]]] = defaultdict(list)

    def note(
        self, kind: str, week: int, who: Array, first: Array | None = None, second: Array | None = None
    ) -> None:
        """Note the event of the week for each subject."""
        if len(who):
            empty = np.zeros(len(who))
            self._parts[kind].append(
                (week, who, empty if first is None else first, empty if second is None else second)
            )

    def plus(self, later: Journal) -> Journal:
        """Both, as a journal of its own: what either notes from now on stays out of it."""
        both = Journal()
        for journal in (self, later):
            for kind, parts in journal._parts.items():
                both._parts[kind] += parts
        return both

    def kinds(self) -> tuple[str, ...]:
        """Kinds that happened."""
        return tuple(self._parts)

    def of(self, kind: str) -> tuple[Array, Array, Array, Array]:
        """(weeks, subjects, first, second) of a kind, in order of weeks."""
        parts = self._parts.get(kind)
        if not parts:
            return np.zeros(0, int), np.zeros(0, int), np.zeros(0), np.zeros(0)
        weeks = np.repeat([part[0] for part in parts], [len(part[1]) for part in parts])
        return (
            weeks,
            np.concatenate([part[1] for part in parts]).astype(int),
            np.concatenate([part[2] for part in parts]),
            np.concatenate([part[3] for part in parts]),
        )


class Silence(Journal):
    """A journal that keeps nothing: for counting out what may come."""

    def note(
        self, kind: str, week: int, who: Array, first: Array | None = None, second: Array | None = None
    ) -> None:
        """Keep nothing."""

"""From what is found down to what is left, step by step: each step becomes a line, an edit replaces its figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portraits.law.rule import Cited, Rule
from portraits.ledger.lines import Amounts, Edit, Line, Six, Step
from vocabulary.text import Text


class Waterfall:
    """The six amounts left of one asset, and the lines so far; nothing falls below zero."""

    def __init__(self, key: str, edits: Mapping[str, Edit], start: Sequence[int] = (0,) * 6) -> None:
        self.key = key
        self.edits = edits
        self.left = list(start)
        self.lines: list[Line] = []

    def find(self, amount: int, rule: Rule, why: Text, rows: tuple[Cited, ...]) -> None:
        """What was found, the same in every reading."""
        self._put(Step.FOUND, rule, why, rows, [amount] * 6)

    def find_six(self, amounts: Sequence[int], rule: Rule, why: Text, rows: tuple[Cited, ...]) -> None:
        """What was found, by reading."""
        self._put(Step.FOUND, rule, why, rows, list(amounts))

    def take(
        self, step: Step, rule: Rule, why: Text, wanted: Sequence[float], rows: tuple[Cited, ...] = ()
    ) -> None:
        """Deduct what is wanted in each reading, at most what is left."""
        change = [-min(left, round(want)) for left, want in zip(self.left, wanted, strict=True)]
        self._put(step, rule, why, rows, change)

    def keep(
        self, step: Step, rule: Rule, why: Text, shares: Sequence[float], rows: tuple[Cited, ...] = ()
    ) -> None:
        """Keep a share of what is left in each reading (above one for a price above the appraisal)."""
        change = [round(left * share) - left for left, share in zip(self.left, shares, strict=True)]
        self._put(step, rule, why, rows, change)

    @property
    def available(self) -> Amounts:
        """What is left."""
        return Amounts.of(self.left)

    @property
    def six(self) -> Six:
        """What is left, as six numbers."""
        return self.available.six

    def _put(self, step: Step, rule: Rule, why: Text, rows: tuple[Cited, ...], change: list[int]) -> None:
        before = sum(line.step is step for line in self.lines)
        key = f"{self.key}/{step.value}" + (f"/{before + 1}" if before else "")
        edit = self.edits.get(key)
        if edit is None and step is not Step.FOUND and not any(change):
            return
        original = None if edit is None else Amounts.of(change)
        if edit is not None:
            change = list(edit.amounts.six)
        change = [max(each, -left) for each, left in zip(change, self.left, strict=True)]
        self.left = [left + each for left, each in zip(self.left, change, strict=True)]
        self.lines.append(Line(key, step, rule, why, Amounts.of(change), rows, original, edit))


def both(values: Sequence[float]) -> tuple[float, ...]:
    """Three readings for now and for the year alike."""
    return (*values, *values)

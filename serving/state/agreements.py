"""Whether the judge found that the portrait agreed with the case, and why: kept as it was said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from serving.state.database import State
from serving.state.tables import AGREEMENT
from serving.state.written import By, Written, add, rows, written
from vocabulary.text import Text


class Answer(StrEnum):
    """What the judge found."""

    AGREES = "agrees"
    PARTLY = "partly"
    DIFFERS = "differs"

    @property
    def label(self) -> Text:
        """Words for the page."""
        return _LABELS[self]


_LABELS = {
    Answer.AGREES: Text(zh="与案情相符", en="agrees with the case"),
    Answer.PARTLY: Text(zh="部分相符", en="agrees in part"),
    Answer.DIFFERS: Text(zh="与案情不符", en="does not agree"),
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """One judge's word on one portrait. Later words do not replace earlier ones; the newest of each judge counts."""

    by: Written
    answer: Answer
    why: str


class Agreements:
    """The agreements in the state database."""

    def __init__(self, state: State) -> None:
        self._state = state

    def write(self, by: By, *, answer: Answer, why: str) -> int:
        """Keep a judge's word on a portrait."""
        number = add(self._state, AGREEMENT, by, {"answer": answer.value, "why": why})
        assert number is not None, "it ends no other row"
        return number

    def of(self, portrait_id: str) -> list[Agreement]:
        """What was said of a portrait, in the order of writing."""
        found = rows(self._state, AGREEMENT, portrait=portrait_id)
        return [Agreement(written(row), Answer(row["answer"]), row["why"]) for row in found]

"""What is known of a record family of one debtor on a date: its query state, never guessed from missing rows."""

from __future__ import annotations

from enum import Enum

from vocabulary.text import Text


class QueryState(Enum):
    """The state of a record family, ordered from knowing nothing to holding a fresh answer."""

    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"
    PENDING = "pending"
    FAILED = "failed"
    DECLARED_ONLY = "declared_only"
    STALE = "stale"
    EMPTY = "empty"
    FOUND = "found"

    @property
    def code(self) -> int:
        """Position in the order above, 0 to 7."""
        return _ORDER[self]

    @property
    def step(self) -> int:
        """How far asking has come, 0 to 6: what the state feature holds. A fresh answer is one step, whatever it says.

        What it found, the rows say. A step of its own for an empty answer would let a model rank a little found below
        nothing found, and no leaning of the amounts could keep it from that.
        """
        return min(self.code, LAST_STEP)

    @property
    def label(self) -> Text:
        """Words for the page."""
        return _LABELS[self]

    @property
    def answered(self) -> bool:
        """A source answered, lately or long ago."""
        return self in (QueryState.FOUND, QueryState.EMPTY, QueryState.STALE)

    @property
    def fresh(self) -> bool:
        """A source answered within the family's shelf life."""
        return self in (QueryState.FOUND, QueryState.EMPTY)


_ORDER = {state: position for position, state in enumerate(QueryState)}
LAST_STEP = min(state.code for state in QueryState if state.fresh)
"""The step of a fresh answer."""
ANSWERED_STEPS = tuple(sorted({state.step for state in QueryState if state.answered}))
FRESH_STEPS = tuple(sorted({state.step for state in QueryState if state.fresh}))
_LABELS = {
    QueryState.UNKNOWN: Text(zh="无回执，情况不明", en="no receipts, not known"),
    QueryState.NOT_ASKED: Text(zh="未查询", en="not asked"),
    QueryState.PENDING: Text(zh="尚未答复", en="asked, no answer yet"),
    QueryState.FAILED: Text(zh="查询失败或被拒", en="query failed or refused"),
    QueryState.DECLARED_ONLY: Text(zh="仅有申报", en="declared only"),
    QueryState.STALE: Text(zh="答复已过期", en="answer is stale"),
    QueryState.EMPTY: Text(zh="已查询，无记录", en="asked, nothing found"),
    QueryState.FOUND: Text(zh="已查询，有记录", en="found"),
}
_ANSWERED = Text(zh="已查询并答复", en="asked and answered")
ASKING_LABELS = {state.step: _ANSWERED if state.fresh else state.label for state in QueryState}
"""Words for the steps."""

"""Sources that went quiet: how each record family's questions were answered lately, against the time before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from records.snapshot import Snapshot
from vocabulary.dates import months_before

RECENT_MONTHS = 1
BEFORE_MONTHS = 6
QUIET_BELOW = 0.5
"""A source is quiet when its recent answer rate is below this part of the rate of the months before."""

_ANSWERS = """
    WITH standing AS (
        SELECT family, source, receipt_id, asked_at,
            arg_max(status, row(happened_at, known_at, row_id)) AS status
        FROM queries WHERE known_at <= DATE '{day}' AND NOT coalesce(retracted, false)
            AND (superseded_at IS NULL OR superseded_at > DATE '{day}')
        GROUP BY ALL
    )
    SELECT family, source,
        count(*) FILTER (asked_at > DATE '{recent}') AS asked,
        count(*) FILTER (asked_at > DATE '{recent}' AND status IN ('found', 'empty')) AS answered,
        count(*) FILTER (asked_at <= DATE '{recent}') AS asked_before,
        count(*) FILTER (asked_at <= DATE '{recent}' AND status IN ('found', 'empty')) AS answered_before
    FROM standing WHERE asked_at > DATE '{before}' AND asked_at <= DATE '{day}'
    GROUP BY ALL ORDER BY family, source"""


@dataclass(frozen=True, slots=True)
class Answers:
    """Questions of one family to one source in the last month, and in the six months before."""

    family: str
    source: str
    asked: int
    answered: int
    asked_before: int
    answered_before: int

    @property
    def quiet(self) -> bool:
        """The source answered in the months before, and now answers less than half as often."""
        if not self.asked or not self.asked_before or not self.answered_before:
            return False
        return self.answered / self.asked < QUIET_BELOW * self.answered_before / self.asked_before


def answers(snapshot: Snapshot, as_of: date) -> tuple[Answers, ...]:
    """Answers by family and source, as known on the date."""
    recent = months_before(as_of, RECENT_MONTHS)
    sql = _ANSWERS.format(
        day=as_of.isoformat(),
        recent=recent.isoformat(),
        before=months_before(recent, BEFORE_MONTHS).isoformat(),
    )
    return tuple(Answers(**row) for row in snapshot.query(sql).to_pylist())

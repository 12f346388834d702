"""Where people put an obligation of the queue against its proposal, and why. Only added to: the newest one holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import func, insert, select

from serving.permissions import Person
from serving.state.database import State
from serving.state.tables import QUEUE_OVERRIDE
from vocabulary.dates import now

Where = Literal["first", "last"]


@dataclass(frozen=True, slots=True)
class Override:
    """A person's choice for one obligation, by shown keys. ``track`` None: as proposed; ``place`` None: by rank.

    Both None take the earlier choices back. ``proposed``: the track that the queue named proposed.
    """

    court: str
    case_key: str
    debtor: str
    queue: str
    proposed: str
    track: str | None
    place: Where | None
    reason: str
    key_id: str = ""
    label: str = ""
    made_at: str = ""
    id: int = 0

    @property
    def holds(self) -> bool:
        """Whether it chooses anything, rather than taking a choice back."""
        return self.track is not None or self.place is not None


class Overrides:
    """The overrides in the state database."""

    def __init__(self, state: State) -> None:
        self._state = state

    def write(self, by: Person, wanted: Override) -> Override:
        """Keep an override; it takes the place of an earlier one of the obligation."""
        with self._state.writing() as connection:
            newest = connection.execute(select(func.max(QUEUE_OVERRIDE.c.id))).scalar_one()
            values = {
                **{name: getattr(wanted, name) for name in Override.__dataclass_fields__},
                "id": (newest or 0) + 1,
                "key_id": by.key_id,
                "label": by.label,
                "made_at": now().isoformat(),
            }
            connection.execute(insert(QUEUE_OVERRIDE).values(**values))
        return _override(values)

    def standing(self, court: str) -> tuple[Override, ...]:
        """The newest override of each obligation of a court, where it still chooses something; oldest first."""
        newest = (
            select(func.max(QUEUE_OVERRIDE.c.id))
            .where(QUEUE_OVERRIDE.c.court == court)
            .group_by(QUEUE_OVERRIDE.c.case_key, QUEUE_OVERRIDE.c.debtor)
        )
        asked = select(QUEUE_OVERRIDE).where(QUEUE_OVERRIDE.c.id.in_(newest)).order_by(QUEUE_OVERRIDE.c.id)
        with self._state.reading() as connection:
            found = [_override(row._mapping) for row in connection.execute(asked)]
        return tuple(each for each in found if each.holds)

    def history(self, court: str, case_key: str, debtor: str) -> tuple[Override, ...]:
        """Every override of an obligation, newest first."""
        asked = (
            select(QUEUE_OVERRIDE)
            .where(
                QUEUE_OVERRIDE.c.court == court,
                QUEUE_OVERRIDE.c.case_key == case_key,
                QUEUE_OVERRIDE.c.debtor == debtor,
            )
            .order_by(QUEUE_OVERRIDE.c.id.desc())
        )
        with self._state.reading() as connection:
            return tuple(_override(row._mapping) for row in connection.execute(asked))

    def newest(self, court: str, *, first: int = 0, most: int = 50) -> tuple[int, tuple[Override, ...]]:
        """How many overrides a court has had, and those from ``first`` on, newest first."""
        chosen = QUEUE_OVERRIDE.c.court == court
        asked = (
            select(QUEUE_OVERRIDE)
            .where(chosen)
            .order_by(QUEUE_OVERRIDE.c.id.desc())
            .offset(first)
            .limit(most)
        )
        with self._state.reading() as connection:
            count = connection.execute(
                select(func.count()).select_from(QUEUE_OVERRIDE).where(chosen)
            ).scalar_one()
            return count, tuple(_override(row._mapping) for row in connection.execute(asked))


def _override(row: Mapping[Any, Any]) -> Override:
    return Override(**{name: row[name] for name in Override.__dataclass_fields__})

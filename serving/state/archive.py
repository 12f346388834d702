"""Portraits as they were answered: kept as text, returned as that text."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from serving.state.database import State
from serving.state.tables import AUDIT, PORTRAIT
from vocabulary.dates import now
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

_ID = 24
"""Digits of a portrait's id, with which the subject of a read of it begins."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A portrait as it was answered first: ``document`` is its JSON, the rest says what it was about and rested on."""

    id: str
    case_key: str
    debtor: str
    court: str
    as_of: str
    purpose: str
    bundle: str
    snapshot: str
    catalogue: str
    asked_by: str
    document: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One of the portraits kept of an obligation: its id, its date, and when it was kept (UTC)."""

    id: str
    as_of: str
    kept_at: str


class Archive:
    """The portraits in the state database."""

    def __init__(self, state: State) -> None:
        self._state = state

    def keep(self, answered: Answered) -> Answered:
        """Keep an answer, unless the same question to the same knowledge was answered before: then that one stands."""
        held = self.find(answered.id)
        if held is not None:
            return held
        try:
            with self._state.writing() as connection:
                connection.execute(insert(PORTRAIT).values(**asdict(answered), created_at=now().isoformat()))
        except IntegrityError:
            return self.named(answered.id)
        return answered

    def find(self, portrait_id: str) -> Answered | None:
        """The portrait of an id; None when there is none."""
        columns = [PORTRAIT.c[name] for name in Answered.__dataclass_fields__]
        with self._state.reading() as connection:
            row = connection.execute(select(*columns).where(PORTRAIT.c.id == portrait_id)).one_or_none()
        return Answered(**row._mapping) if row else None

    def kept_at(self, portrait_id: str) -> str:
        """When a portrait was kept: an ISO instant in UTC. Raises PortraitError (``no_such_portrait``, 404)."""
        with self._state.reading() as connection:
            at = connection.execute(
                select(PORTRAIT.c.created_at).where(PORTRAIT.c.id == portrait_id)
            ).scalar()
        if at is None:
            raise _unknown()
        return str(at)

    def of_obligation(self, case_key: str, debtor: str) -> list[Kept]:
        """The portraits kept of one debtor in one case, newest date first."""
        asked = select(PORTRAIT.c.id, PORTRAIT.c.as_of, PORTRAIT.c.created_at).where(
            PORTRAIT.c.case_key == case_key, PORTRAIT.c.debtor == debtor
        )
        newest_first = asked.order_by(PORTRAIT.c.as_of.desc(), PORTRAIT.c.created_at.desc())
        with self._state.reading() as connection:
            return [Kept(*row) for row in connection.execute(newest_first)]

    def snapshots(self, *, night: str) -> set[str]:
        """Digests of the snapshots whose portraits a person asked for or read: not those the night alone has seen.

        ``night`` is the key under which the night keeps what it prepares.
        """
        read = select(func.substr(AUDIT.c.subject, 1, _ID)).where(AUDIT.c.key_id != night)
        asked = select(PORTRAIT.c.snapshot).distinct()
        with self._state.reading() as connection:
            found = connection.execute(asked.where((PORTRAIT.c.asked_by != night) | PORTRAIT.c.id.in_(read)))
            return {str(digest) for (digest,) in found}

    def named(self, portrait_id: str) -> Answered:
        """The portrait of an id. Raises PortraitError (``no_such_portrait``, 404)."""
        found = self.find(portrait_id)
        if found is None:
            raise _unknown()
        return found


def _unknown() -> PortraitError:
    return PortraitError(
        Problem(
            code="no_such_portrait",
            title=Text(zh="没有该画像", en="No such portrait"),
            detail=Text(zh="未找到该编号的画像。", en="No portrait has this id."),
            next_step=Text(
                zh="请用案件和被执行人重新生成：POST /v1/portraits。",
                en="Ask for one by case and debtor: POST /v1/portraits.",
            ),
            status=404,
        )
    )

"""The audit: who read whose records, when and what for. It only grows, and every entry seals the one before.

``vocabulary.chain`` says how entries are sealed. Triggers of the database refuse changes. Instants are UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from serving.state.database import State
from serving.state.tables import AUDIT
from vocabulary.chain import START, Check, checked, sealed
from vocabulary.dates import now
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One read, allowed or denied. Empty text where a part is not known; ``subject`` says what exactly was read."""

    request_id: str
    key_id: str
    label: str
    role: str
    act: str
    outcome: str
    case_key: str = ""
    debtor: str = ""
    as_of: str = ""
    purpose: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it is kept."""

    id: int
    at: str
    entry: Entry
    previous: str
    hash: str


class Audit:
    """The audit in the state database."""

    def __init__(self, state: State) -> None:
        self._state = state

    def append(self, entry: Entry) -> int:
        """Write an entry and return its number.

        Raises PortraitError (``audit_unavailable``, 503) when it cannot be written: what cannot be written down
        must not be read.
        """
        try:
            with self._state.writing() as connection:
                newest = connection.execute(
                    select(AUDIT.c.id, AUDIT.c.hash).order_by(AUDIT.c.id.desc()).limit(1)
                ).one_or_none()
                number, previous = (newest.id + 1, newest.hash) if newest else (1, START)
                values = {"id": number, "at": now().isoformat(), **asdict(entry), "previous": previous}
                connection.execute(insert(AUDIT).values(**values, hash=sealed(values)))
                return number
        except SQLAlchemyError as error:
            raise _unavailable() from error

    def newest(
        self, *, first: int = 0, most: int = 50, case_key: str = "", debtor: str = ""
    ) -> tuple[int, list[Kept]]:
        """How many entries there are (of a case, of a debtor), and those from ``first`` on, newest first."""
        chosen = [
            column == wanted
            for column, wanted in ((AUDIT.c.case_key, case_key), (AUDIT.c.debtor, debtor))
            if wanted
        ]
        page = select(AUDIT).where(*chosen).order_by(AUDIT.c.id.desc()).offset(first).limit(most)
        with self._state.reading() as connection:
            count = connection.execute(select(func.count()).select_from(AUDIT).where(*chosen)).scalar_one()
            return count, [_kept(row._mapping) for row in connection.execute(page)]

    def check(self) -> Check:
        """Walk the whole chain."""
        with self._state.reading() as connection:
            rows = connection.execution_options(yield_per=_CHUNK).execute(select(AUDIT).order_by(AUDIT.c.id))
            return checked(dict(row._mapping) for row in rows)


def _kept(row: Mapping[Any, Any]) -> Kept:
    names = Entry.__dataclass_fields__
    entry = Entry(**{name: row[name] for name in names})
    return Kept(row["id"], row["at"], entry, row["previous"], row["hash"])


def _unavailable() -> PortraitError:
    return PortraitError(
        Problem(
            code="audit_unavailable",
            title=Text(zh="无法记录查询", en="The read cannot be written down"),
            detail=Text(
                zh="审计记录写入失败，因此不提供任何个人记录。",
                en="Writing to the audit failed, so no personal record is given out.",
            ),
            next_step=Text(
                zh="请管理员检查状态数据库与磁盘空间，然后重试。",
                en="Have the state database and its disk checked, then try again.",
            ),
            status=503,
        )
    )

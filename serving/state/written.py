"""What people write about an obligation: rows with author and instant, only ever added; ended by a row of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlalchemy.exc import IntegrityError

from serving.permissions import Person
from serving.state.archive import Answered
from serving.state.database import State
from vocabulary.dates import SHANGHAI, now


@dataclass(frozen=True, slots=True)
class Written:
    """Who wrote a row, when (UTC), on which portrait of which obligation."""

    id: int
    case_key: str
    debtor: str
    court: str
    portrait: str
    key_id: str
    label: str
    made_at: str

    @property
    def author(self) -> str:
        """The person as people know them, and the key they used."""
        return f"{self.label} ({self.key_id})"


@dataclass(frozen=True, slots=True)
class By:
    """Who writes, on which kept portrait."""

    person: Person
    portrait: Answered


def add(state: State, table: Table, by: By, values: Mapping[str, Any]) -> int | None:
    """Write a row and return its number; None when it would end a row that another has ended already."""
    about = {name: getattr(by.portrait, name) for name in ("case_key", "debtor", "court")}
    who = {"portrait": by.portrait.id, "key_id": by.person.key_id, "label": by.person.label}
    try:
        with state.writing() as connection:
            newest = connection.execute(select(func.max(table.c.id))).scalar_one()
            number = (newest or 0) + 1
            connection.execute(
                insert(table).values(id=number, made_at=now().isoformat(), **about, **who, **values)
            )
            return int(number)
    except IntegrityError:
        return None


def rows(state: State, table: Table, **wanted: str) -> list[Mapping[str, Any]]:
    """The rows of an obligation or a portrait, in the order of writing."""
    chosen = [table.c[name] == value for name, value in wanted.items()]
    with state.reading() as connection:
        found = connection.execute(select(table).where(*chosen).order_by(table.c.id))
        return [dict(row._mapping) for row in found]


def written(row: Mapping[str, Any]) -> Written:
    """Who wrote a row, and when."""
    return Written(**{name: row[name] for name in Written.__dataclass_fields__})


def day_of(made_at: str) -> str:
    """The Shanghai date of an instant."""
    return datetime.fromisoformat(made_at).astimezone(SHANGHAI).date().isoformat()

"""A court of a few rows, told case by case: what outcomes and cohorts are tested on."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from records.contracts import TABLES
from tests.features.in_memory import InMemory

FILED = date(2023, 1, 1)
TABLES_READ = ("cases", "titles", "obligors", "parties", "payments", "discharges")


class SmallCourt:
    """Rows are added by what happened; amounts are whole yuan, a row is known on the day it happens unless said."""

    def __init__(self) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._last = 0

    def case(self, case: int = 1, *, on: date = FILED, **more: Any) -> SmallCourt:
        standing = {"court": "A", "kind": "first", "cause": "private_loan", "filed_on": FILED}
        return self.row("cases", on=on, case_id=case, **{**standing, **more})

    def claim(self, yuan: int, case: int = 1, *, on: date = FILED, title: int = 1, **more: Any) -> SmallCourt:
        return self.row("titles", on=on, case_id=case, title_id=title, principal=yuan * 100, **more)

    def debtor(self, party: int = 5, case: int = 1, *, on: date = FILED, **more: Any) -> SmallCourt:
        cap = more.pop("cap", None)
        return self.row(
            "obligors",
            on=on,
            party_id=party,
            case_id=case,
            role="principal",
            liability_cap=cap and cap * 100,
            **more,
        )

    def pays(self, yuan: int, *, on: date, party: int = 5, case: int = 1, **more: Any) -> SmallCourt:
        channel = {"channel": "voluntary", "quality": "as_reported"}
        return self.row(
            "payments", on=on, party_id=party, case_id=case, amount=yuan * 100, **{**channel, **more}
        )

    def ends(self, kind: str, *, on: date, case: int = 1, yuan: int | None = None, **more: Any) -> SmallCourt:
        amount = None if yuan is None else yuan * 100
        return self.row("discharges", on=on, case_id=case, kind=kind, amount=amount, **more)

    def row(self, table: str, *, on: date, known: date | None = None, **columns: Any) -> SmallCourt:
        self._last += 1
        empty = {column.name: None for column in TABLES[table].columns}
        given = {
            "row_id": self._last,
            "happened_at": on,
            "known_at": known or on,
            "superseded_at": None,
            **columns,
        }
        self._rows[table].append({**empty, **given})
        return self

    def open(self, *others: str) -> InMemory:
        return InMemory(self._rows, only=(*TABLES_READ, *others))

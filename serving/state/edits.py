"""Judges' edits of ledger lines: kept with author, instant and reason, withdrawn by a further row, never deleted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portraits.ledger import Amounts, Edit
from serving.state.database import State
from serving.state.tables import LEDGER_EDIT
from serving.state.written import By, Written, add, day_of, rows, written


@dataclass(frozen=True, slots=True)
class KeptEdit:
    """An edit as it was written, and the row that withdrew it. It holds for portraits as of ``as_of`` or later."""

    by: Written
    as_of: str
    line: str
    amounts: Amounts
    by_rule: Amounts
    reason: str
    withdrawn: Written | None = None
    why_withdrawn: str = ""

    @property
    def edit(self) -> Edit:
        """The edit as the ledger takes it."""
        made_on = date.fromisoformat(day_of(self.by.made_at))
        return Edit(self.line, self.amounts, self.reason, self.by.author, made_on, str(self.by.id))


class Edits:
    """The edits in the state database."""

    def __init__(self, state: State) -> None:
        self._state = state

    def write(self, by: By, *, line: str, amounts: Amounts, by_rule: Amounts, reason: str) -> int:
        """Keep an edit of a line of the portrait named; it takes the place of an earlier one of the same line."""
        values = {
            "as_of": by.portrait.as_of,
            "line": line,
            "amounts": json.dumps(amounts.six),
            "by_rule": json.dumps(by_rule.six),
            "reason": reason,
        }
        number = add(self._state, LEDGER_EDIT, by, values)
        assert number is not None, "it ends no other row"
        return number

    def withdraw(self, by: By, edit: KeptEdit, *, reason: str) -> int | None:
        """Withdraw an edit by a further row; None when it was withdrawn already."""
        values = {"as_of": edit.as_of, "line": edit.line, "reason": reason, "withdraws": edit.by.id}
        return add(self._state, LEDGER_EDIT, by, values)

    def of(self, case_key: str, debtor: str) -> list[KeptEdit]:
        """Every edit of an obligation, withdrawn ones among them, in the order of writing."""
        found = rows(self._state, LEDGER_EDIT, case_key=case_key, debtor=debtor)
        ends = {row["withdraws"]: row for row in found if row["withdraws"] is not None}
        return [_kept(row, ends.get(row["id"])) for row in found if row["withdraws"] is None]

    def standing(self, case_key: str, debtor: str, as_of: date) -> tuple[Edit, ...]:
        """The edits that hold for a portrait as of a date: the newest of each line that nobody withdrew."""
        day = as_of.isoformat()
        held = [each for each in self.of(case_key, debtor) if each.withdrawn is None and each.as_of <= day]
        return tuple({each.line: each.edit for each in held}.values())

    def named(self, case_key: str, debtor: str, ids: Sequence[str]) -> tuple[Edit, ...]:
        """The edits of these ids, withdrawn since or not, in the order given: those a kept portrait was made with."""
        held = {str(each.by.id): each.edit for each in self.of(case_key, debtor)}
        return tuple(held[each] for each in ids)


def _kept(row: Mapping[str, Any], end: Mapping[str, Any] | None) -> KeptEdit:
    return KeptEdit(
        by=written(row),
        as_of=row["as_of"],
        line=row["line"],
        amounts=Amounts.of(json.loads(row["amounts"])),
        by_rule=Amounts.of(json.loads(row["by_rule"])),
        reason=row["reason"],
        withdrawn=None if end is None else written(end),
        why_withdrawn="" if end is None else end["reason"],
    )

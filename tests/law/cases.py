"""Case files for tests: tables as a judge would write them, money in yuan, read into a dossier.

    deposits
    thing | balance | available
    1     | 500     | 500

A column that a table does not give is missing; `known_at` is the day of the event unless said. Ids are small numbers.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from records.contracts import TABLES, Kind
from records.dossier import Dossier
from vocabulary.money import fen_of

DEBTOR, CASE = 1, 100
DAY = date(2025, 6, 30)
_CASE_OWNED = ("obligors", "payments", "measures", "auctions", "clues", "declarations")


def day(text: str) -> date:
    """A date, or one relative to DAY: `-30d`, `-1y`."""
    if text.endswith("d"):
        return DAY + timedelta(days=int(text[:-1]))
    if text.endswith("y"):
        return DAY.replace(year=DAY.year + int(text[:-1]))
    return date.fromisoformat(text)


def dossier(
    text: str, *, as_of: date = DAY, party: int = DEBTOR, case: int = CASE, natural: bool = True
) -> Dossier:
    """The dossier of one debtor in one case, from tables in text."""
    by_party: dict[str, list[dict[str, Any]]] = {
        "parties": [
            _row("parties", {"kind": "natural" if natural else "organisation", "party_id": str(party)}, 1)
        ],
        "obligors": [
            _row("obligors", {"case_id": str(case), "party_id": str(party), "role": "principal"}, 2)
        ],
    }
    by_case: dict[str, list[dict[str, Any]]] = {
        "cases": [
            _row(
                "cases",
                {
                    "case_id": str(case),
                    "court": "3202",
                    "kind": "first",
                    "cause": "other",
                    "filed_on": "2024-01-10",
                },
                3,
            )
        ]
    }
    number = 10
    for table, cells in _blocks(text):
        number += 1
        owner = by_case if TABLES[table].owner == "case" else by_party
        given = dict(cells)
        if TABLES[table].owner == "party":
            given.setdefault("party_id", str(party))
        else:
            given.setdefault("case_id", str(case))
        row = _row(table, given, number)
        if table in ("obligors", "parties") and row["party_id"] == party:
            by_party[table] = [each for each in by_party[table] if each["row_id"] > 9]
        if row.get("party_id", party) == party or TABLES[table].owner == "case":
            owner.setdefault(table, []).append(row)
        if table in _CASE_OWNED and row.get("case_id") == case:
            by_case.setdefault(table, []).append(row)
    return Dossier.assemble(party_id=party, case_id=case, as_of=as_of, party=by_party, case=by_case)


def _blocks(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    found: list[tuple[str, list[tuple[str, str]]]] = []
    table, head = "", list[str]()
    for line in (line.strip() for line in text.strip().splitlines()):
        if line in TABLES:
            table, head = line, []
        elif line and not head:
            head = [cell.strip() for cell in line.split("|")]
        elif line:
            cells = [cell.strip() for cell in line.split("|")]
            found.append((table, [(name, cell) for name, cell in zip(head, cells, strict=True) if cell]))
    return found


def _row(table: str, cells: dict[str, str], number: int) -> dict[str, Any]:
    row: dict[str, Any] = {column.name: None for column in TABLES[table].columns}
    row.update({name: _value(table, name, cell) for name, cell in cells.items()})
    row["row_id"] = number
    row["happened_at"] = row["happened_at"] or day(cells.get("on", "2024-01-10"))
    row["known_at"] = row["known_at"] or row["happened_at"]
    row.pop("on", None)
    return row


def _value(table: str, name: str, cell: str) -> Any:
    if name == "on":
        return day(cell)
    kind = TABLES[table].column(name).kind
    if kind is Kind.MONEY:
        return fen_of(cell.replace(",", ""))
    if kind is Kind.DATE:
        return day(cell)
    if kind is Kind.FLAG:
        return cell == "yes"
    if kind is Kind.NUMBER:
        return float(cell)
    return int(cell) if kind in (Kind.KEY, Kind.WHOLE) else cell

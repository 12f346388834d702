"""Small cases in plain text, one file a family: tables, a date, and the values that features must have.

The spec tests run them on every engine; the handbook shows them as examples. A case reads::

    # Two accounts, one frozen in part
    as of 2026-03-10
    found: deposits

    deposits
    account_id | nature   | balance | available
    1          | ordinary | 1000    | 400

    deposit_available_latest = 400
    inflow_trend_12m = not known

The debtor is party 1 in case 10. What a table leaves out is filled in: both clocks with the day of ``as of``, the
debtor, the case. Amounts are in yuan, flags yes or no, a blank cell is missing. ``found`` and ``empty`` name the
families that a source answered on the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from records.contracts import TABLES, Column, Kind
from records.dossier import Dossier, Row
from vocabulary.money import fen_of

PARTY, CASE = 1, 10
SPEC = Path(__file__).resolve().parent.parent / "tests" / "spec"
"""Where the cases lie, beside the checkout; an installation without tests has none."""

_EXPECTED = re.compile(r"(\w+) = (.+)")


@dataclass(frozen=True)
class Example:
    """One case: rows by table, as stored (fen, dates), the tables as written, and expected values (None: not known).

    ``answers``: the lines that say which families were answered on the day.
    """

    title: str
    as_of: date
    answers: tuple[str, ...]
    rows: dict[str, tuple[Row, ...]]
    written: dict[str, str]
    expected: dict[str, float | None]

    @property
    def dossier(self) -> Dossier:
        """The dossier of party 1 in case 10."""
        return Dossier.assemble(
            party_id=PARTY,
            case_id=CASE,
            as_of=self.as_of,
            party={name: _of(rows, "party_id", PARTY) for name, rows in self.rows.items()},
            case={name: _of(rows, "case_id", CASE) for name, rows in self.rows.items()},
        )


def examples(folder: Path = SPEC) -> tuple[Example, ...]:
    """Every case of a folder, files in the order of their names; () when the folder is not there.

    Raises ValueError naming file and line for what cannot be read.
    """
    return tuple(example for path in sorted(folder.glob("*.txt")) for example in read(path))


def examples_of(name: str, cases: tuple[Example, ...]) -> tuple[Example, ...]:
    """The cases that expect a value of the feature."""
    return tuple(case for case in cases if name in case.expected)


def read(path: Path) -> Iterator[Example]:
    """The cases of one file."""
    text = path.read_text(encoding="utf-8")
    for part in re.split(r"^# ", text, flags=re.MULTILINE)[1:]:
        try:
            yield _example(part)
        except (KeyError, ValueError) as error:
            title = part.partition("\n")[0]
            raise ValueError(f"{path.name}, case [{title}]: {error}") from error


def _example(text: str) -> Example:
    head, *blocks = re.split(r"\n\s*\n", text.strip())
    title, when, *answers = head.splitlines()
    as_of = date.fromisoformat(when.removeprefix("as of "))
    written: dict[str, str] = {}
    expected: dict[str, float | None] = {}
    for block in blocks:
        name, _, body = block.partition("\n")
        if name in TABLES:
            written[name] = body
        else:
            expected.update(_expectation(line) for line in block.splitlines())
    rows = {name: _rows(name, body, as_of, serial) for serial, (name, body) in enumerate(written.items(), 1)}
    rows["queries"] = rows.get("queries", ()) + tuple(_receipts(answers, as_of))
    return Example(title, as_of, tuple(answers), rows, written, expected)


def _expectation(line: str) -> tuple[str, float | None]:
    found = _EXPECTED.fullmatch(line.strip())
    if not found:
        raise ValueError(f"[{line}] is neither a table of the contracts nor an expected value")
    return found[1], None if found[2] == "not known" else float(found[2])


def _rows(table: str, body: str, as_of: date, serial: int) -> tuple[Row, ...]:
    columns, *lines = [[cell.strip() for cell in line.split("|")] for line in body.splitlines()]
    return tuple(
        _row(table, dict(zip(columns, line, strict=True)), as_of, serial * 1000 + number)
        for number, line in enumerate(lines, 1)
    )


def _row(table: str, cells: dict[str, str], as_of: date, row_id: int) -> Row:
    contract = TABLES[table]
    row: dict[str, Any] = dict.fromkeys(column.name for column in contract.columns)
    row |= {"happened_at": as_of, "row_id": row_id, "superseded_at": None}
    row |= {name: value for name, value in (("party_id", PARTY), ("case_id", CASE)) if name in row}
    superseded = cells.pop("superseded_at", "")
    row |= {name: _cell(contract.column(name), text) for name, text in cells.items()}
    row["known_at"] = row["known_at"] or row["happened_at"]
    if superseded:
        row["superseded_at"] = date.fromisoformat(superseded)
    return row


def _cell(column: Column, text: str) -> Any:
    if text == "":
        return None
    if column.codes and text not in column.codes:
        raise ValueError(f"[{column.name}] has no code [{text}]; it has: {', '.join(column.codes)}")
    return _CELLS.get(column.kind, str)(text)


_CELLS: dict[Kind, Any] = {
    Kind.KEY: int,
    Kind.IDENTITY: int,
    Kind.WHOLE: int,
    Kind.NUMBER: float,
    Kind.MONEY: fen_of,
    Kind.DATE: date.fromisoformat,
    Kind.FLAG: {"yes": True, "no": False}.__getitem__,
}


def _receipts(answers: list[str], as_of: date) -> Iterator[Row]:
    for number, (status, family) in enumerate(
        (line.partition(":")[0], family.strip())
        for line in answers
        for family in line.partition(":")[2].split(",")
    ):
        cells = {"family": family, "status": status, "source": "national", "receipt_id": str(900 + number)}
        days = {"asked_at": as_of.isoformat(), "answered_at": as_of.isoformat()}
        yield _row("queries", cells | days, as_of, 900 + number)


def _of(rows: tuple[Row, ...], column: str, key: int) -> list[Row]:
    return [row for row in rows if row.get(column) == key]

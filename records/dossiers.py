"""One debtor's rows in a fraction of a millisecond: the dossiers of a snapshot, read from SQLite.

Serving imports this: no DuckDB, pandas or Arrow.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from records.contracts import TABLES, Kind
from records.dossier import Dossier, Row
from records.manifest import DOSSIERS, Manifest, current_folder
from records.problems import snapshot_missing
from vocabulary.text import Text

_QUERY = "select owner, name, rows from dossier where owner = 'p' and id = ? union all \
select owner, name, rows from dossier where owner = 'c' and id = ?"

_LOT = ("case_id", "kind", "round", "appraised_value", "sold", "sold_price")
_KNOWN = "known_at <= ? and (superseded_at is null or superseded_at > ?)"
_IN_ORDER = "order by case_id, happened_at, known_at, row_id"
_LOTS = f"select {', '.join(_LOT)} from lot where {_KNOWN} {_IN_ORDER}"
_COURTS = f"select case_id, court from lot_court where {_KNOWN} {_IN_ORDER}"
_CASE_OF = "select case_id from case_number where number = ? order by case_id limit 1"


class Dossiers:
    """The dossiers of one immutable snapshot. May be used from several threads."""

    def __init__(self, path: Path, manifest: Manifest, file: sqlite3.Connection) -> None:
        self.path = path
        self.manifest = manifest
        self._file = file

    @classmethod
    def open(cls, snapshot: Path | str) -> Dossiers:
        """The dossiers in a snapshot's folder. Raises PortraitError `records.snapshot_missing`."""
        folder = Path(snapshot).resolve()
        manifest = Manifest.read(folder)
        try:
            uri = f"{(folder / DOSSIERS).as_uri()}?mode=ro&immutable=1"
            file = sqlite3.connect(uri, uri=True, check_same_thread=False)
            file.execute("pragma mmap_size = 1073741824")
        except sqlite3.Error:
            raise snapshot_missing(
                folder, Text(zh="没有卷宗文件", en="it holds no file of dossiers")
            ) from None
        return cls(folder, manifest, file)

    @classmethod
    def current(cls, root: Path | str) -> Dossiers:
        """The dossiers of the snapshot published last below a root."""
        return cls.open(current_folder(Path(root).resolve()))

    @property
    def digest(self) -> str:
        """The snapshot's digest."""
        return self.manifest.digest

    @property
    def newest(self) -> date | None:
        """The newest known_at of any row."""
        return self.manifest.newest

    def fetch(self, party_id: int, case_id: int, as_of: date) -> Dossier:
        """All rows of a debtor and of a case that were known on a date; without rows for ids not held."""
        sides: dict[str, dict[str, list[Row]]] = {"p": {}, "c": {}}
        for owner, name, content in self._file.execute(_QUERY, (party_id, case_id)).fetchall():
            sides[owner][name] = _rows(name, content)
        return Dossier.assemble(
            party_id=party_id, case_id=case_id, as_of=as_of, party=sides["p"], case=sides["c"]
        )

    def case_of(self, case_number: str) -> int | None:
        """The case of a case number, brackets of either form; None when no case has it."""
        row = self._file.execute(_CASE_OF, (case_number.replace("（", "(").replace("）", ")"),)).fetchone()
        return None if row is None else int(row[0])

    def lots(self, as_of: date) -> tuple[list[Row], dict[int, str]]:
        """Rows of `auctions` known on a date (without their personal parts), and the court of each of their cases."""
        day = (as_of.isoformat(), as_of.isoformat())
        rows: list[Row] = []
        for values in self._file.execute(_LOTS, day):
            row = dict(zip(_LOT, values, strict=True))
            rows.append(row | {"sold": None if row["sold"] is None else bool(row["sold"])})
        courts: dict[int, str] = dict(self._file.execute(_COURTS, day).fetchall())
        return rows, courts

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _rows(name: str, content: bytes) -> list[Row]:
    names, readers = _SHAPES[name]
    rows: list[Row] = []
    for values in orjson.loads(content):
        row: dict[str, Any] = dict(zip(names, values, strict=True))
        for column, read in readers:
            value = row[column]
            if value is not None:
                row[column] = read(value)
        rows.append(row)
    return rows


def _shape(name: str) -> tuple[tuple[str, ...], tuple[tuple[str, Callable[[Any], Any]], ...]]:
    columns = TABLES[name].columns
    read: dict[Kind, Callable[[Any], Any]] = {Kind.DATE: date.fromisoformat, Kind.NUMBER: float}
    readers = tuple((column.name, read[column.kind]) for column in columns if column.kind in read)
    return (
        ("row_id", "superseded_at", *(column.name for column in columns)),
        (("superseded_at", date.fromisoformat), *readers),
    )


_SHAPES = {name: _shape(name) for name in TABLES}

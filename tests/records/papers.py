"""A small court on paper: two debtors of one case, and a folder in which a test writes the files of its own story."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from records.load import load
from records.load_report import LoadReport
from records.publish import publish
from records.store import Limits, Store

SECRET = b"the secret of a court in the tests"
LOADED_ON = date(2024, 6, 30)
CASE, DEBTOR, GUARANTOR, STRANGER = 1001, 2001, 2002, 9999
SMALL = Limits(memory="512MB", threads=1)
_CLOCKS = {"happened_at": "2024-01-10", "known_at": "2024-01-10"}


@dataclass
class Papers:
    """A store and a folder of files. `write` makes a file, `load` brings the folder to the store."""

    folder: Path
    store: Store
    files: Path = field(init=False)

    def __post_init__(self) -> None:
        self.files = self.folder / "files"
        self.files.mkdir(exist_ok=True)

    def write(self, table: str, *rows: Mapping[str, Any]) -> Path:
        """Write a table's CSV file: every row is what it says, over the clocks of 10 January 2024."""
        return write_csv(self.files / f"{table}.csv", [_CLOCKS | row for row in rows])

    def court(self) -> None:
        """The files of the case and its two debtors."""
        self.write(
            "cases",
            {
                "case_id": CASE,
                "court": "3202",
                "kind": "first",
                "cause": "bank_loan",
                "filed_on": "2024-01-10",
            },
        )
        self.write(
            "obligors",
            {"case_id": CASE, "party_id": DEBTOR, "role": "principal"},
            {"case_id": CASE, "party_id": GUARANTOR, "role": "joint_guarantor"},
        )

    def load(self, **options: Any) -> LoadReport:
        """Load the folder on 30 June 2024."""
        return load(self.store, self.files, on=LOADED_ON, **options)

    def publish(self) -> Path:
        """Publish what the store holds."""
        return publish(self.store, self.folder / "snapshots")

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The store's rows of a table."""
        found = self.store.engine.execute(f"select * from {table} order by row_id").to_arrow_table()
        return list(found.to_pylist())


def balance(
    party: int | str = DEBTOR, account: int = 1, amount: str = "100.00", **said: Any
) -> dict[str, Any]:
    """A row of deposits, all of it available unless said."""
    return {"party_id": party, "account_id": account, "balance": amount, "available": amount} | said


def write_csv(path: Path, rows: Sequence[Mapping[str, Any]], encoding: str = "utf-8") -> Path:
    """A CSV file with the union of the rows' columns."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(rows)
    return path


def papers_in(folder: Path) -> Iterator[Papers]:
    """Papers with an open store, closed afterwards."""
    with Store.open(folder / "court.duckdb", SECRET, limits=SMALL) as store:
        yield Papers(folder, store)

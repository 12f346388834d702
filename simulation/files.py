"""A written court read back: its cases as they stand, what was adjudged, the newest version of every payment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from records.row_ids import row_ids
from simulation.calibration import plain, read
from simulation.draws import Array


@dataclass(frozen=True)
class Files:
    """A written court, its tables read once."""

    out: Path

    def read(self, table: str, *columns: str) -> dict[str, Array]:
        """Columns of first versions."""
        return read(self.out, table, *columns)

    @cached_property
    def cases(self) -> dict[str, Array]:
        """Each case once: filed, closed and how, predecessor, kind; in order of reference."""
        rows = self.read(
            "cases",
            "case_id",
            "filed_on",
            "closed_on",
            "closing_mode",
            "predecessor_case_id",
            "kind",
            "known_at",
        )
        order = np.lexsort((rows["known_at"], rows["case_id"]))
        last = np.append(np.diff(rows["case_id"][order]) != 0, True)
        return {name: value[order][last] for name, value in rows.items()}

    def at(self, case: Array) -> Array:
        """Where cases stand in `cases`."""
        return np.searchsorted(self.cases["case_id"], case)

    def root(self, case: Array) -> Array:
        """The first case of the chain of each case."""
        for _ in range(12):
            before = self.cases["predecessor_case_id"][self.at(case)]
            case = np.where(before > 0, before, case)
        return case

    @cached_property
    def claim(self) -> Array:
        """What was adjudged, a case."""
        titles = self.read("titles", "case_id", "principal", "general_interest", "costs", "penalty")
        owed = sum(
            np.nan_to_num(titles[name]) for name in ("principal", "general_interest", "costs", "penalty")
        )
        claim = np.zeros(len(self.cases["case_id"]))
        np.add.at(claim, self.at(titles["case_id"]), owed)
        return claim

    @cached_property
    def payments(self) -> dict[str, Array]:
        """Payments as they stand: the newest version of each."""
        names = ("case_id", "party_id", "amount", "happened_at", "known_at", "corrects_row_id")
        table = pq.read_table(self.out / "payments.parquet")
        rows = {name: plain(table[name]) for name in names}
        own = row_ids("payments", table).to_numpy()
        root = np.where(rows["corrects_row_id"] == 0, own, rows["corrects_row_id"])
        order = np.lexsort((own, rows["known_at"], root))
        last = np.append(np.diff(root[order]) != 0, True)
        return {name: value[order][last] for name, value in rows.items()}

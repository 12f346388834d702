"""What ranking holds at once of all slices: ids, money, scores, and the figures of tracks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from features.declare import Values
from records.parameters import Parameters
from triage.tracks.figures import NIGHT, Figures, figures

if TYPE_CHECKING:
    import pyarrow as pa

_NUMBERS = ("outstanding", "case_owed", "score", "cautious")


@dataclass(frozen=True)
class Docket:
    """All obligations of the night, in the order of the slices. ``ids``: their case_id and party_id as Arrow columns.

    ``court``: codes of courts; ``dropped``: columns of the slices that the queue has no more use for.
    """

    ids: pa.Table
    court: NDArray[np.str_]
    band: NDArray[np.str_]
    abstained: NDArray[np.bool_]
    outstanding: Values
    case_owed: Values
    score: Values
    cautious: Values
    figures: Figures
    dropped: frozenset[str] = frozenset(NIGHT) - {"outstanding"}

    @property
    def case_id(self) -> NDArray[np.int64]:
        """The case of each obligation."""
        ids: NDArray[np.int64] = self.ids["case_id"].to_numpy()
        return ids

    @property
    def party_id(self) -> NDArray[np.int64]:
        """The debtor of each obligation."""
        ids: NDArray[np.int64] = self.ids["party_id"].to_numpy()
        return ids


def docket(files: Sequence[Path], *, as_of: date, table: Parameters) -> Docket:
    """The docket of slices' files; the columns of the night are read slice by slice and not kept."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    slim = ("case_id", "party_id", "court", "band", "abstained", *_NUMBERS)
    kept, parts = [], []
    for file in files:
        whole = pq.read_table(file, columns=[*slim, *NIGHT]).replace_schema_metadata(None)
        kept.append(whole.select(slim))
        night = {name: whole[name].to_numpy() for name in NIGHT}
        parts.append(figures(night, as_of=as_of, table=table))
    held = pa.concat_tables(kept)
    return Docket(
        ids=held.select(["case_id", "party_id"]),
        court=held["court"].to_numpy(zero_copy_only=False).astype(str),
        band=held["band"].to_numpy(zero_copy_only=False).astype(str),
        abstained=held["abstained"].to_numpy(zero_copy_only=False),
        figures={name: np.concatenate([part[name] for part in parts]) for name in parts[0]},
        **{name: held[name].to_numpy() for name in _NUMBERS},
    )

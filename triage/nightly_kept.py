"""What the last queue holds already: its slices, of which a night keeps every row that rests on what it rested on then.

Slices hold one text of content an obligation (`nightly_content`). Within one date and one basis an equal text means
equal values. Another date moves every age and window, so that nothing is kept and the text only says what changed.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from features.catalogue import CATALOGUE
from triage import queue

if TYPE_CHECKING:
    import pyarrow as pa

    from records.snapshot import Snapshot

RUN, SLICES, POINTS = "run.json", "slices", "contributions"
_POINTS_AS = {
    "use_dictionary": False,
    "column_encoding": dict.fromkeys(CATALOGUE.names, "BYTE_STREAM_SPLIT"),
}
Places = NDArray[np.int64]
_MATCH = """
    SELECT a.n, e.file, e.place, e.content = a.content AS same
    FROM asked a JOIN earlier e USING (party_id, case_id) ORDER BY e.file, e.place"""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a night takes from the last queue: files of scores, and of which obligations asked (by place) they tell."""

    files: tuple[Path, ...]
    places: Places

    @classmethod
    def nothing(cls) -> Kept:
        """No file, no obligation."""
        return cls((), np.empty(0, dtype=np.int64))


@dataclass(frozen=True)
class Earlier:
    """The queue published last: its folder and its record."""

    folder: Path
    record: dict[str, Any]

    @classmethod
    def of(cls, folder: Path | None) -> Earlier | None:
        """The queue in a folder; None for none, or one published in an older form."""
        try:
            record = json.loads((folder / RUN).read_text()) if folder else None
        except OSError:
            return None
        return cls(folder, record) if folder and record and (folder / SLICES).is_dir() else None

    def answers(self, as_of: date, basis: str) -> bool:
        """Whether values of this queue stand for a night of the date and basis."""
        return bool(
            self.record["as_of"] == as_of.isoformat() and self.record["digests"].get("basis") == basis
        )

    def matched(self, snapshot: Snapshot, asked: pa.Table) -> pa.Table:
        """Obligations asked that this queue has: n (place asked), file, place in it, same (rests on the same rows)."""
        return snapshot.query(_MATCH, asked=_numbered(asked), earlier=self._contents())

    def keep(self, matched: pa.Table, folder: Path) -> Kept:
        """Bring the rows that rest on the same into a folder: whole files as they are, of others their rows."""
        import pyarrow.compute as pc

        same = matched.filter(pc.field("same"))
        files, of_file = [], same["file"].to_numpy()
        for number, file in enumerate(self._files()):
            places = same["place"].filter(of_file == number)
            if len(places):
                name = f"kept-{number:05d}.parquet"
                files.append(_kept(file, places, folder / SLICES / name))
                _kept(self.folder / POINTS / file.name, places, folder / POINTS / name, **_POINTS_AS)
        return Kept(tuple(files), same["n"].to_numpy())

    def _files(self) -> list[Path]:
        return sorted((self.folder / SLICES).glob("*.parquet"))

    def _contents(self) -> pa.Table:
        import pyarrow as pa
        import pyarrow.parquet as pq

        tables = []
        for number, file in enumerate(self._files()):
            table = pq.read_table(file, columns=["party_id", "case_id", "content"])
            table = table.append_column("file", pa.array([number] * table.num_rows, pa.int64()))
            tables.append(table.append_column("place", pa.array(range(table.num_rows), pa.int64())))
        return pa.concat_tables(tables).replace_schema_metadata(None)


def stands(folder: Path, made_by: Mapping[str, str]) -> bool:
    """Whether a folder holds a published queue that these digests made, whole: not what pruning left of one."""
    if not (folder / queue.NAME).exists():
        return False
    try:
        digests = json.loads((folder / RUN).read_text())["digests"]
    except OSError:
        return False
    return all(digests.get(name) == digest for name, digest in made_by.items())


def link(source: Path, target: Path) -> None:
    """The same file under a second name; a copy where the disk knows no links."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _kept(file: Path, places: pa.ChunkedArray, target: Path, **options: Any) -> Path:
    """A file of the last queue under another name, with the rows of these places only."""
    import pyarrow.parquet as pq

    rows = pq.read_metadata(file).num_rows
    if rows == len(places):
        link(file, target)
    else:
        draft = target.with_name(f"{target.name}.draft")
        pq.write_table(pq.read_table(file).take(places), draft, **{"compression": "zstd", **options})
        draft.replace(target)
    return target


def _numbered(table: pa.Table) -> pa.Table:
    import pyarrow as pa

    return table.select(["party_id", "case_id", "content"]).append_column(
        "n", pa.array(np.arange(table.num_rows))
    )

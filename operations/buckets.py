"""Buckets of debtors: what one worker of a cluster needs of a snapshot to do its part of a night's work.

A debtor's id is a keyed hash of who it is, and the tables of debtors lie sorted by it: a slice of neighbouring ids is
a bucket by debtor hash, and is read where it lies. Tables that are read by case lie in another order. They are cut once
into pieces by the debtors of their cases, and the pieces travel to the buckets: a row whose case has debtors in
several buckets reaches each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from features.catalogue import CATALOGUE
from features.night import Slice, slices
from records.contracts import TABLES
from records.snapshot import Snapshot

BY_CASE = tuple(sorted({each.rows.table for each in CATALOGUE.made_of_rows if each.rows.by == "case"}))
"""Tables of which features read the rows of a case, whichever debtor they are about."""
GROUPS = 8
"""Row groups of a table that one task cuts: a million rows."""
MOST_ROWS = 65_536
"""Rows that travel together: some ten megabytes."""
ASKED, CASES = "asked.parquet", "cases.parquet"


@dataclass(frozen=True, slots=True)
class Part:
    """Row groups ``first`` up to ``last`` (not included) of a table that is read by case."""

    table: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of a table, as an Arrow stream, for one bucket."""

    bucket: int
    table: str
    rows: bytes


@dataclass(frozen=True)
class Bucket:
    """A snapshot as one bucket sees it: debtors' rows where they lie, rows by case as they were brought."""

    snapshot: Snapshot
    asked: Slice
    brought: Mapping[str, pa.Table]

    @property
    def digest(self) -> str:
        """SHA-256 of the snapshot's content."""
        return self.snapshot.digest

    def query(self, sql: str, **tables: Any) -> pa.Table:
        """The answer to DuckDB SQL, which is read by party or by case as on the whole snapshot."""
        return self.snapshot.query(sql, **self._by_case, **tables)

    @cached_property
    def _by_case(self) -> dict[str, pa.Table]:
        """Every table of BY_CASE; one that belongs to debtors with all rows of the bucket's own, too, each row once."""
        found = {}
        for name in BY_CASE:
            schema = pq.read_schema(self.snapshot.parquet(name)).remove_metadata()
            brought = self.brought.get(name, schema.empty_table())
            found[name] = pa.concat_tables([brought, *self._own(name)]).combine_chunks()
        return found

    def _own(self, name: str) -> list[pa.Table]:
        if TABLES[name].owner != "party" or not self.asked.rows.num_rows:
            return []
        return [pq.read_table(self.snapshot.parquet(name), filters=_between(*_span(self.asked)))]


def lay_out(obligations: pa.Table, folder: Path, *, rows: int, wanted: Iterable[int]) -> None:
    """Write what the workers share: the obligations, a row group a bucket, and the cases of the wanted buckets.

    Below ``folder``: ``asked.parquet``, sorted by debtor, and ``cases.parquet`` (case_id, bucket, and the bucket's
    lowest and highest debtor), sorted by case.
    """
    chosen, cases = set(wanted), []
    with pq.ParquetWriter(folder / ASKED, obligations.schema) as writer:
        for each in slices(obligations, rows=rows):
            writer.write_table(each.rows, row_group_size=rows)
            if each.number in chosen:
                cases.append(_cases_of(each))
    together = pa.concat_tables(cases).sort_by([("case_id", "ascending"), ("bucket", "ascending")])
    pq.write_table(together, folder / CASES)


def asked_of(folder: Path, bucket: int) -> Slice:
    """The obligations of a bucket."""
    with pq.ParquetFile(folder / ASKED) as file:
        return Slice(bucket, file.read_row_group(bucket).combine_chunks())


def parts(snapshot: Snapshot) -> list[Part]:
    """All that has to be cut, in parts of a million rows."""
    found = []
    for table in BY_CASE:
        groups = pq.read_metadata(snapshot.parquet(table)).num_row_groups
        found += [Part(table, first, min(first + GROUPS, groups)) for first in range(0, groups, GROUPS)]
    return found


def cut(snapshot: Snapshot, part: Part, folder: Path) -> Iterator[Piece]:
    """The part's rows for every bucket that has a debtor of their case and does not read them as its own."""
    with pq.ParquetFile(snapshot.parquet(part.table)) as file:
        rows = file.read_row_groups(list(range(part.first, part.last)))
    span = pc.min_max(rows["case_id"]).as_py()
    if span["min"] is None:
        return
    cases = pq.read_table(
        folder / CASES,
        filters=(pc.field("case_id") >= span["min"]) & (pc.field("case_id") <= span["max"]),
    )
    own = "WHERE NOT r.party_id BETWEEN c.low AND c.high" if TABLES[part.table].owner == "party" else ""
    sql = f"SELECT c.bucket, r.* FROM part r JOIN cases_of c USING (case_id) {own} ORDER BY bucket, row_id"
    found = snapshot.query(sql, part=rows, cases_of=cases)
    buckets = found["bucket"].to_numpy()
    found = found.drop_columns(["bucket"]).cast(rows.schema.remove_metadata())
    edges = [0, *(np.flatnonzero(np.diff(buckets)) + 1).tolist(), len(buckets)]
    for first, last in pairwise(edges):
        for start in range(first, last, MOST_ROWS):
            few = found.slice(start, min(MOST_ROWS, last - start))
            yield Piece(int(buckets[first]), part.table, _packed(few))


def brought(pieces: Iterable[tuple[str, bytes]]) -> dict[str, pa.Table]:
    """Tables from the pieces (table, rows) that reached a bucket."""
    found: dict[str, list[pa.Table]] = {}
    for table, rows in pieces:
        with pa.ipc.open_stream(rows) as stream:
            found.setdefault(table, []).append(stream.read_all())
    return {table: pa.concat_tables(each) for table, each in found.items()}


def _cases_of(each: Slice) -> pa.Table:
    cases = np.unique(each.rows["case_id"].to_numpy())
    low, high = _span(each)
    told = {"bucket": (each.number, np.int32), "low": (low, np.int64), "high": (high, np.int64)}
    columns = {name: np.full(len(cases), value, kind) for name, (value, kind) in told.items()}
    return pa.table({"case_id": cases, **columns})


def _span(each: Slice) -> tuple[int, int]:
    """Lowest and highest debtor; of an empty slice none."""
    parties: Sequence[int] = each.rows["party_id"].to_numpy()
    return (int(parties[0]), int(parties[-1])) if len(parties) else (0, -1)


def _between(low: int, high: int) -> pc.Expression:
    return (pc.field("party_id") >= low) & (pc.field("party_id") <= high)


def _packed(rows: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as stream:
        stream.write_table(rows)
    return bytes(sink.getvalue())

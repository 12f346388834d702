"""The last step of the night: all slices ranked by expected money, as ``scores.parquet`` and the queue's file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from features.declare import Values
from triage.queue import Place, write

if TYPE_CHECKING:
    import pyarrow as pa

_NUMBERS = ("party_id", "case_id", "outstanding", "case_owed", "cautious", "court", "abstained")


@dataclass(frozen=True, slots=True)
class Ranked:
    """Courts that have a queue, and obligations of which too little is known for a score."""

    courts: int
    abstained: int


def publish_ranking(files: Sequence[Path], folder: Path) -> Ranked:
    """Write ``scores.parquet`` (slice after slice, with expected_cautious and rank) and the queue's file.

    Held at once: the numbers that rank, some 100 bytes an obligation, and one slice.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    numbers = pa.concat_tables(pq.read_table(file, columns=list(_NUMBERS)) for file in files)
    expected = _expected_cautious(numbers)
    ranks = _ranks(numbers, expected)
    write(folder, _places(files, folder / "scores.parquet", expected, ranks))
    return Ranked(
        courts=len(numbers["court"].unique()),
        abstained=int(np.count_nonzero(numbers["abstained"].to_numpy())),
    )


def _expected_cautious(numbers: pa.Table) -> Values:
    """Outstanding × cautious score, so that a case's debtors are together promised at most what it lacks."""
    owed, lacks, cautious = (numbers[name].to_numpy() for name in ("outstanding", "case_owed", "cautious"))
    _, case = np.unique(numbers["case_id"].to_numpy(), return_inverse=True)
    promised = np.bincount(case, weights=owed * cautious / 100)[case] if len(case) else owed
    cut = np.minimum(1.0, lacks / np.maximum(promised, 0.01))
    expected: Values = np.round(owed * cautious / 100 * cut, 2)
    return expected


def _ranks(numbers: pa.Table, expected: Values) -> NDArray[np.int64]:
    """Rank of each obligation in its court, from 1: most expected money first, then by case and debtor."""
    courts = numbers["court"].to_numpy(zero_copy_only=False).astype(str)
    _, court = np.unique(courts, return_inverse=True)
    order = np.lexsort((numbers["party_id"].to_numpy(), numbers["case_id"].to_numpy(), -expected, court))
    sizes = np.bincount(court)
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    ranks = np.empty(len(court), dtype=np.int64)
    ranks[order] = np.arange(len(court)) - first + 1
    return ranks


def _places(
    files: Sequence[Path], scores: Path, expected: Values, ranks: NDArray[np.int64]
) -> Iterator[tuple[int, Place]]:
    """Places slice by slice; on the way every slice is written out with what the ranking adds."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    draft = scores.with_name(f"{scores.name}.draft")
    writer, at = None, 0
    for file in files:
        table = pq.read_table(file).replace_schema_metadata(None)
        here = slice(at, at + table.num_rows)
        at += table.num_rows
        table = table.append_column("expected_cautious", pa.array(expected[here]))
        table = table.append_column("rank", pa.array(ranks[here]))
        writer = writer or pq.ParquetWriter(draft, table.schema, compression="zstd")
        writer.write_table(table)
        for row in table.to_pylist():
            yield row["rank"], _place(row)
    if writer is not None:
        writer.close()
        draft.replace(scores)


def _place(row: dict[str, Any]) -> Place:
    heard = not row["abstained"]
    return Place(
        court=str(row["court"]),
        case_id=int(row["case_id"]),
        party_id=int(row["party_id"]),
        case_number=str(row["case_number"]),
        as_of=str(row["as_of"]),
        outstanding=float(row["outstanding"]),
        score=float(row["score"]) if heard else None,
        cautious=float(row["cautious"]) if heard else None,
        expected_money=float(row["expected"]),
        expected_cautious=float(row["expected_cautious"]),
        band=str(row["band"]),
        abstained=not heard,
        reasons=str(row["reasons"]),
    )

"""From a number of cases and a seed to files: blocks drawn side by side, written in order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from records.contracts import TABLES
from simulation.answers import write_answers
from simulation.asking import asked_of, write_queries
from simulation.clock import CUT_OFF, START
from simulation.conduct import write_conduct
from simulation.corrections import correct
from simulation.courts import courts_of
from simulation.deeds import write_deeds
from simulation.dockets import write_dockets
from simulation.office import write_office
from simulation.persons import write_persons
from simulation.seals import write_seals
from simulation.sheets import Sheets, schema_of
from simulation.spending import write_spending
from simulation.titles import write_titles
from simulation.truth import write_truth
from simulation.world import World, block_sizes, world_of

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SimulationReport:
    """What was written: where, how many cases and rows a table, from which seed and code, until which day."""

    out: str
    cases: int
    seed: int
    start: str
    cut_off: str
    code: str
    rows: dict[str, int]

    @property
    def total(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())


def simulate(
    *,
    cases: int,
    seed: int,
    out: Path,
    workers: int = 1,
    truth: bool = False,
    progress: Progress | None = None,
) -> SimulationReport:
    """Write a synthetic court of so many cases over six years: one Parquet file a table, and ``about.json``.

    The same cases and seed give the same bytes whatever the number of workers. ``progress`` is called with the cases
    done and all cases. With ``truth``, `simulation.truth.write_truth` writes its file beside the folder: that counts
    out futures and takes minutes for a town. Raises ValueError for fewer than one case.
    """
    if cases < 1:
        raise ValueError(f"[{cases}] cases: at least one is needed")
    digest = code_digest()
    out.mkdir(parents=True, exist_ok=True)
    sizes = block_sizes(cases)
    rows = dict.fromkeys(TABLES, 0)
    done = 0
    with _files(out) as write:
        for size, tables in zip(sizes, _blocks(cases, seed, sizes, workers), strict=True):
            for name, table in tables.items():
                rows[name] += write(name, table)
            done += size
            if progress:
                progress(done, cases)
    report = SimulationReport(str(out), cases, seed, START.isoformat(), CUT_OFF.isoformat(), digest, rows)
    about = asdict(report) | {"total": report.total}
    del about["out"]
    (out / "about.json").write_text(json.dumps(about, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    if truth:
        write_truth(out, cases=cases, seed=seed)
    return report


def write_worked(worlds: Sequence[World], out: Path) -> None:
    """Write the files of blocks as they stand, worked up to some week. Rows that tell of no work (spending, registers)
    reach to the last day all the same: readers ask as of the day to which the blocks were worked."""
    out.mkdir(parents=True, exist_ok=True)
    with _files(out) as write:
        for world in worlds:
            for name, table in tables_of(world).items():
                write(name, table)


def code_digest() -> str:
    """SHA-256 over the source of this room."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def block_tables(cases: int, seed: int, block: int, size: int) -> dict[str, pa.Table]:
    """Every table's rows of one block."""
    courts = courts_of(cases, seed)
    return tables_of(world_of(size, seed=seed, block=block, courts=courts, total=cases))


def tables_of(world: World) -> dict[str, pa.Table]:
    """Every table's rows of a block as its journal has them."""
    asked = asked_of(world)
    sheets = Sheets()
    write_dockets(world, sheets)
    write_titles(world, sheets)
    write_persons(world, sheets)
    write_deeds(world, sheets)
    write_seals(world, sheets)
    write_office(world, sheets)
    found = write_answers(world, asked, sheets)
    found |= write_spending(world, asked, sheets)
    found |= write_conduct(world, asked, sheets)
    write_queries(world, asked, found, sheets)
    return correct(world, {name: sheets.table(name) for name in TABLES}, sheets.notes)


def _blocks(cases: int, seed: int, sizes: list[int], workers: int) -> Iterator[dict[str, pa.Table]]:
    if workers <= 1 or len(sizes) == 1:
        for block, size in enumerate(sizes):
            yield block_tables(cases, seed, block, size)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = []
        ahead = 2 * workers
        for block, size in enumerate(sizes):
            waiting.append(pool.submit(block_tables, cases, seed, block, size))
            if len(waiting) > ahead:
                yield waiting.pop(0).result()
        while waiting:
            yield waiting.pop(0).result()


@contextmanager
def _files(out: Path) -> Iterator[Callable[[str, pa.Table], int]]:
    """A way to write rows of a table to its file; it tells how many."""
    writers = {name: _writer(out / f"{name}.parquet", name) for name in TABLES}

    def write(name: str, table: pa.Table) -> int:
        if table.num_rows:
            writers[name].write_table(table, row_group_size=table.num_rows)
        return int(table.num_rows)

    try:
        yield write
    finally:
        for writer in writers.values():
            writer.close()


def _writer(path: Path, name: str) -> pq.ParquetWriter:
    return pq.ParquetWriter(path, schema_of(name), compression="zstd", store_schema=False)

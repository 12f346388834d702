"""The night engine: every feature of many obligations, one aggregate query a table, run by DuckDB in the process.

Obligations are taken in slices of neighbouring debtors, as the tables are sorted: a slice reads its own part of each
table, and what is held at once is a slice, however many obligations there are.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from features.absence import OWN_REGISTER, values_of
from features.catalogue import CATALOGUE
from features.declare import Catalogue, Feature, Standing, Values
from features.night_sql import scan_sql, selections
from records.states import states_sql
from vocabulary.families import ASKED
from vocabulary.states import QueryState

Progress = Callable[[str, int, int], None]
IDS = ("party_id", "case_id", "as_of")
SLICE = 32_768
"""Obligations of a slice: some 70 MB of values, and few enough queries that starting them costs little."""
_STEPS = np.array([float(state.step) for state in QueryState])


class Records(Protocol):
    """Whatever answers DuckDB's SQL over the stored tables, a snapshot above all."""

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """The answer; ``tables`` are joined in by their names."""
        ...


class Published(Records, Protocol):
    """Records that never change, told apart by a digest."""

    @property
    def digest(self) -> str:
        """SHA-256 of the content."""
        ...


@dataclass(frozen=True, slots=True)
class Slice:
    """Neighbouring debtors' obligations: ``number`` from 0, ``rows`` sorted by debtor, case and date."""

    number: int
    rows: pa.Table

    @property
    def digest(self) -> str:
        """SHA-256 of the obligations."""
        content = hashlib.sha256()
        for name in IDS:
            content.update(np.ascontiguousarray(self.rows[name].to_numpy()).tobytes())
        return content.hexdigest()


@dataclass(frozen=True, slots=True)
class Built:
    """The files of a build in order, and how many of them an earlier, broken run had finished."""

    files: tuple[Path, ...]
    kept: int


def build(
    snapshot: Records,
    obligations: pa.Table,
    *,
    catalogue: Catalogue = CATALOGUE,
    progress: Progress | None = None,
    rows: int = SLICE,
) -> pa.Table:
    """Feature values of obligations, each as of its own date, all in memory: 8 bytes a value.

    ``obligations``: columns party_id, case_id (int64), as_of (date32), shape (n,). Returns these three and one float64
    column a feature in the catalogue's order, rows in the order given; NaN is unknown. ``rows``: size of a slice.
    """
    order = _order(obligations)
    columns = {name: np.empty(obligations.num_rows) for name in catalogue.names}
    parts = max(1, -(-obligations.num_rows // rows))
    for part in range(parts):
        places = order[part * rows : (part + 1) * rows]
        found = _columns(
            snapshot, obligations.select(IDS).take(places), catalogue, _within(progress, part, parts)
        )
        for name in catalogue.names:
            columns[name][places] = found[name]
    return _table(obligations, columns, catalogue)


def build_to(
    snapshot: Published,
    obligations: pa.Table,
    folder: Path,
    *,
    catalogue: Catalogue = CATALOGUE,
    progress: Progress | None = None,
    rows: int = SLICE,
) -> Built:
    """The same values as Parquet files of a folder, one a slice of ``rows`` obligations, sorted by debtor.

    Every file is written beside its place and moved there whole, with the digests of the catalogue and of all that it
    was made from. A run that was killed is started again with the same call: finished files are kept. Files that
    belong to no slice of this call are removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cut = slices(obligations, rows=rows)
    parts, files, kept = max(1, -(-obligations.num_rows // rows)), [], 0
    for each in cut:
        path = folder / f"profiles-{each.number:05d}.parquet"
        files.append(path)
        inputs = hashlib.sha256(f"{snapshot.digest} {catalogue.digest} {each.digest}".encode()).hexdigest()
        if made_from(path) == inputs:
            kept += 1
            continue
        found = _columns(snapshot, each.rows, catalogue, _within(progress, each.number, parts))
        write_whole(_table(each.rows, found, catalogue), path, inputs=inputs)
    for left in set(folder.glob("profiles-*.parquet*")) - set(files):
        left.unlink()
    return Built(tuple(files), kept)


def slices(obligations: pa.Table, *, rows: int = SLICE) -> Iterator[Slice]:
    """Obligations with all their columns, sorted by debtor, case and date, in slices of at most ``rows``.

    Without obligations there is one empty slice.
    """
    order = _order(obligations)
    for number in range(max(1, -(-len(order) // rows))):
        yield Slice(number, obligations.take(order[number * rows : (number + 1) * rows]).combine_chunks())


def write_whole(table: pa.Table, path: Path, *, inputs: str, **options: object) -> None:
    """Write a Parquet file that is there whole or not at all; ``inputs``: digest of all it was made from."""
    marked = table.replace_schema_metadata({**(table.schema.metadata or {}), "inputs": inputs})
    draft = path.with_name(f"{path.name}.draft")
    pq.write_table(marked, draft, **{"compression": "zstd", **options})
    draft.replace(path)


def made_from(path: Path) -> str:
    """The digest of what a file of `write_whole` was made from; empty for none or another file."""
    try:
        metadata = pq.read_schema(path).metadata or {}
    except (OSError, pa.ArrowInvalid):
        return ""
    return str(metadata.get(b"inputs", b"").decode())


def matrix(profiles: pa.Table, catalogue: Catalogue = CATALOGUE) -> Values:
    """Feature values as an array of shape (n, features). Raises ValueError when another catalogue made the table."""
    made_by = (profiles.schema.metadata or {}).get(b"catalogue", b"").decode()
    if made_by != catalogue.digest:
        raise ValueError(
            f"profiles were made by catalogue [{made_by[:12]}], not [{catalogue.digest[:12]}]: build again"
        )
    return np.column_stack([profiles[name].to_numpy() for name in catalogue.names])


def _columns(
    snapshot: Records, obligations: pa.Table, catalogue: Catalogue, progress: Progress | None
) -> dict[str, Values]:
    """Values of a slice by the features' names, in the order of the obligations."""
    asked = obligations.select(IDS).append_column("n", pa.array(np.arange(obligations.num_rows)))
    columns = states = _states(snapshot, asked)
    steps, day = _by_scan(catalogue), _only_day(asked)
    span = None if day is None else _crowded(snapshot, asked)
    for done, (source, features) in enumerate(steps.items()):
        if progress:
            progress(source[0], done, len(steps))
        columns = columns | _scan(snapshot, asked, scan_sql(features, day=day, span=span), features, states)
    for derived in catalogue.derived:
        columns[derived.name] = derived.of(*(columns[part.name] for part in derived.parts))
    return columns


def _table(obligations: pa.Table, columns: dict[str, Values], catalogue: Catalogue) -> pa.Table:
    values = {name: pa.array(columns[name]) for name in catalogue.names}
    table = pa.table({**{name: obligations[name] for name in IDS}, **values})
    return table.replace_schema_metadata({"catalogue": catalogue.digest})


def _order(obligations: pa.Table) -> NDArray[np.int64]:
    keys = [obligations[name].to_numpy() for name in reversed(IDS)]
    return np.lexsort(keys).astype(np.int64)


def _within(progress: Progress | None, part: int, parts: int) -> Progress | None:
    """Progress of one slice told as that of the whole."""
    if progress is None:
        return None
    return lambda label, done, total: progress(label, part * total + done, parts * total)


def _scan(
    snapshot: Records, asked: pa.Table, sql: str, features: list[Feature], states: dict[str, Values]
) -> dict[str, Values]:
    found = snapshot.query(sql, asked=asked)
    at = found["n"].to_numpy()
    chosen = selections(features)
    values = {}
    for feature in features:
        raw = np.full(asked.num_rows, np.nan)
        raw[at] = found[feature.name].to_numpy(zero_copy_only=False)
        selected = np.zeros(asked.num_rows, dtype=np.int64)
        selected[at] = found[f"selected_{chosen[feature.rows]}"].to_numpy()
        state = states.get(Standing(feature.family, "state").name, np.full(asked.num_rows, OWN_REGISTER))
        values[feature.name] = values_of(
            raw, selected=selected, states=state, nothing_found=feature.if_silent
        )
    return values


def _only_day(asked: pa.Table) -> date | None:
    """The date that all obligations share."""
    days = np.unique(asked["as_of"].to_numpy())
    return days[0].astype("datetime64[D]").item() if len(days) == 1 else None


def _crowded(snapshot: Records, asked: pa.Table) -> tuple[int, int] | None:
    """First and last id of the debtors asked for, if at least half of all debtors between them are asked for."""
    parties = np.unique(asked["party_id"].to_numpy())
    if not len(parties):
        return None
    first, last = int(parties[0]), int(parties[-1])
    between = snapshot.query(
        f"SELECT count(DISTINCT party_id) AS met FROM obligors WHERE party_id BETWEEN {first} AND {last}"
    )
    return (first, last) if between["met"][0].as_py() <= 2 * len(parties) else None


def _states(snapshot: Records, asked: pa.Table) -> dict[str, Values]:
    points = "(SELECT DISTINCT party_id, as_of FROM asked)"
    sql = f"SELECT o.n, s.* FROM asked o JOIN ({states_sql(points=points, wide=True)}) s USING (party_id, as_of)"
    found = snapshot.query(sql, asked=asked).sort_by("n")
    standings = [Standing(family, of) for family in ASKED for of in ("state", "age")]
    values = {each: found[each.name].cast("float64").to_numpy() for each in standings}
    return {each.name: _STEPS[of.astype(int)] if each.of == "state" else of for each, of in values.items()}


def _by_scan(catalogue: Catalogue) -> dict[tuple[str, str], list[Feature]]:
    steps: dict[tuple[str, str], list[Feature]] = defaultdict(list)
    for feature in catalogue.made_of_rows:
        steps[feature.rows.table, feature.rows.by].append(feature)
    return dict(steps)

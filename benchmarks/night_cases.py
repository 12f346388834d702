"""The pieces of work that `benchmarks.night` times, each run in a process of its own.

``python -m benchmarks.night_cases CASE ROOT …`` prints one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.facts import timed
from benchmarks.hand_sql import BY_HAND
from benchmarks.peers import TABLES as PEERS_TABLES
from benchmarks.peers import by_pandas, by_polars
from features.catalogue import CATALOGUE
from features.declare import Feature
from features.night import build_to
from features.night_sql import scan_sql
from records.contracts import TABLES
from records.snapshot import Snapshot
from records.store import Limits

Said = Mapping[str, Any] | None
Work = Callable[[], Said]
Case = Callable[[Snapshot, Path | None], Work]


def main() -> None:
    """Time one case."""
    parser = argparse.ArgumentParser()
    parser.add_argument("case", choices=sorted(CASES))
    parser.add_argument("root", type=Path)
    parser.add_argument("--bundle", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory", default="2GB")
    asked = parser.parse_args()
    snapshot = Snapshot.current(asked.root, limits=Limits(memory=asked.memory, threads=asked.threads))
    snapshot.query("SELECT 1")
    print(json.dumps(timed(CASES[asked.case](snapshot, asked.bundle))))


def obligations(snapshot: Snapshot, *, part: int = 1) -> pa.Table:
    """Every obligation on the snapshot's last day, with a number n; ``part``: only the first 1/part of debtors."""
    return snapshot.query(
        """WITH pairs AS (SELECT DISTINCT party_id, case_id FROM obligors WHERE party_id <= $last)
        SELECT row_number() OVER (ORDER BY party_id, case_id) - 1 AS n, party_id, case_id, $day::DATE AS as_of
        FROM pairs ORDER BY n""",
        day=snapshot.newest,
        last=last_party(snapshot, part),
    )


def last_party(snapshot: Snapshot, part: int) -> int:
    """The id up to which 1/part of the debtors lie."""
    found = snapshot.query(
        "SELECT quantile_disc(party_id, $share) AS last FROM (SELECT DISTINCT party_id FROM obligors)",
        share=1.0 / part,
    )
    return int(found["last"][0].as_py())


def generated_for(table: str) -> list[Feature]:
    """The catalogue's features of a table of debtors."""
    of_rows = CATALOGUE.made_of_rows
    return [feature for feature in of_rows if (feature.rows.table, feature.rows.by) == (table, "party")]


def debtors(snapshot: Snapshot, *, part: int = 1) -> pa.Table:
    """Every debtor once, as the peers have it, in the shape of `obligations`; the case does not matter to them."""
    return snapshot.query(
        """WITH known AS (SELECT DISTINCT party_id FROM obligors WHERE party_id <= $last)
        SELECT row_number() OVER (ORDER BY party_id) - 1 AS n, party_id, 0::BIGINT AS case_id, $day::DATE AS as_of
        FROM known ORDER BY n""",
        day=snapshot.newest,
        last=last_party(snapshot, part),
    )


def _scan(snapshot: Snapshot, bundle: Path | None) -> Work:
    """Every column of every table, decoded and thrown away."""

    def work() -> Said:
        for table in TABLES:
            columns = snapshot.query(f"DESCRIBE {table}")["column_name"].to_pylist()
            snapshot.query(f"SELECT {', '.join(f'max({column})' for column in columns)} FROM {table}")
        return {"rows": sum(snapshot.rows(table) for table in TABLES)}

    return work


def _generated(snapshot: Snapshot, bundle: Path | None) -> Work:
    asked = obligations(snapshot)
    return lambda: _answered(snapshot, asked, [scan_sql(generated_for(table)) for table in BY_HAND])


def _hand(snapshot: Snapshot, bundle: Path | None) -> Work:
    asked = obligations(snapshot)
    return lambda: _answered(snapshot, asked, list(BY_HAND.values()))


def _ours_of_peers(part: int) -> Case:
    def case(snapshot: Snapshot, bundle: Path | None) -> Work:
        asked = debtors(snapshot, part=part)
        ids = asked["party_id"].to_numpy()
        span = int(ids.min()), int(ids.max())
        queries = [scan_sql(generated_for(table), day=_day(snapshot), span=span) for table in PEERS_TABLES]
        return lambda: _answered(snapshot, asked, queries)

    return case


def _answered(snapshot: Snapshot, asked: pa.Table, queries: list[str]) -> Said:
    for sql in queries:
        snapshot.query(sql, asked=asked)
    return {"asked": asked.num_rows}


def _polars(snapshot: Snapshot, bundle: Path | None) -> Work:
    import polars  # noqa: F401 - so that loading it is not timed

    def work() -> Said:
        return {"answered": by_polars(snapshot.path, _day(snapshot)).num_rows}

    return work


def _pandas(snapshot: Snapshot, bundle: Path | None) -> Work:
    import pandas  # noqa: F401 - so that loading it is not timed

    last = last_party(snapshot, 10)
    return lambda: {"answered": len(by_pandas(snapshot.path, _day(snapshot), parties=last))}


def _compared(snapshot: Snapshot, bundle: Path | None) -> Work:
    """Largest relative difference of any number between the two, and how many columns there are."""
    asked = obligations(snapshot)

    def work() -> Said:
        worst, columns = 0.0, 0
        for table, sql in BY_HAND.items():
            features = generated_for(table)
            ours, theirs = snapshot.query(scan_sql(features), asked=asked), snapshot.query(sql, asked=asked)
            for feature in features:
                one, other = (_placed(each, feature.name, asked.num_rows) for each in (ours, theirs))
                if (np.isnan(one) != np.isnan(other)).any():
                    raise SystemExit(f"[{feature.name}] is known to one only")
                apart = np.abs(one - other) / np.maximum(1.0, np.abs(one))
                worst, columns = max(worst, float(np.nanmax(apart, initial=0.0))), columns + 1
        return {"worst": worst, "columns": columns}

    return work


def _placed(found: pa.Table, name: str, size: int) -> np.ndarray[Any, Any]:
    values = np.full(size, np.nan)
    values[found["n"].to_numpy()] = found[name].to_numpy(zero_copy_only=False)
    return values


def _build(snapshot: Snapshot, bundle: Path | None) -> Work:
    """All features of all obligations to Parquet."""
    asked = obligations(snapshot)

    def work() -> Said:
        with tempfile.TemporaryDirectory() as folder:
            built = build_to(snapshot, asked, Path(folder))
            size = sum(file.stat().st_size for file in built.files)
        rows = sum(snapshot.rows(table) for table in TABLES)
        return {"obligations": asked.num_rows, "rows": rows, "bytes": size, "features": len(CATALOGUE.names)}

    return work


def _night(snapshot: Snapshot, bundle: Path | None) -> Work:
    """The whole night for all obligations: features, scores, contributions, ranking."""
    from scoring import bundle as bundles
    from triage.nightly import open_obligations, run

    assert bundle is not None
    model, day = bundles.read(bundle), _day(snapshot)

    def work() -> Said:
        asked = open_obligations(snapshot, day, closed_too=True)
        with tempfile.TemporaryDirectory() as folder:
            done = run(snapshot, model, as_of=day, root=Path(folder), obligations=asked)
            record = json.loads((done / "run.json").read_text())
            size = sum(file.stat().st_size for file in done.rglob("*.*"))
        return {"obligations": asked.num_rows, "seconds": record["seconds"], "bytes": size}

    return work


def _day(snapshot: Snapshot) -> Any:
    assert snapshot.newest is not None
    return snapshot.newest


CASES: dict[str, Case] = {
    "scan": _scan,
    "generated": _generated,
    "hand": _hand,
    "compared": _compared,
    "ours of the peers' features": _ours_of_peers(1),
    "ours of the peers' features, 1/10": _ours_of_peers(10),
    "polars": _polars,
    "pandas, 1/10": _pandas,
    "build": _build,
    "night": _night,
}

if __name__ == "__main__":
    main()

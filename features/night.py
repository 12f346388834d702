"""The night engine: every feature of many obligations, one aggregate query a table, run by DuckDB in the process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Protocol

import numpy as np
import pyarrow as pa

from features.absence import OWN_REGISTER, values_of
from features.catalogue import CATALOGUE
from features.declare import Catalogue, Feature, Standing, Values
from features.rows import Rows
from records.states import states_sql
from vocabulary.families import ASKED

Progress = Callable[[str, int, int], None]


class Records(Protocol):
    """Whatever answers DuckDB's SQL over the stored tables, a snapshot above all."""

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """The answer; ``tables`` are joined in by their names."""
        ...


def build(
    snapshot: Records,
    obligations: pa.Table,
    *,
    catalogue: Catalogue = CATALOGUE,
    progress: Progress | None = None,
) -> pa.Table:
    """Feature values of obligations, each as of its own date.

    ``obligations``: columns party_id, case_id (int64), as_of (date32), shape (n,). Returns these three and one float64
    column a feature in the catalogue's order, rows in the order given; NaN is unknown.
    """
    size = obligations.num_rows
    asked = obligations.select(["party_id", "case_id", "as_of"]).append_column("n", pa.array(np.arange(size)))
    columns: dict[str, Values] = {}
    states = _states(snapshot, asked)
    columns.update(states)
    steps = _by_scan(catalogue)
    for done, (source, features) in enumerate(steps.items()):
        if progress:
            progress(source[0], done, len(steps))
        columns.update(_scan(snapshot, asked, features, states))
    for derived in catalogue.derived:
        columns[derived.name] = derived.of(*(columns[part.name] for part in derived.parts))
    table = obligations.select(["party_id", "case_id", "as_of"])
    for name in catalogue.names:
        table = table.append_column(name, pa.array(columns[name]))
    return table.replace_schema_metadata({"catalogue": catalogue.digest})


def matrix(profiles: pa.Table, catalogue: Catalogue = CATALOGUE) -> Values:
    """Feature values as an array of shape (n, features). Raises ValueError when another catalogue made the table."""
    made_by = (profiles.schema.metadata or {}).get(b"catalogue", b"").decode()
    if made_by != catalogue.digest:
        raise ValueError(
            f"profiles were made by catalogue [{made_by[:12]}], not [{catalogue.digest[:12]}]: build again"
        )
    return np.column_stack([profiles[name].to_numpy() for name in catalogue.names])


def scan_sql(features: list[Feature]) -> str:
    """The one query of a table: visible rows of each obligation, marks of the rows chosen, then all aggregates."""
    table, by = features[0].rows.table, features[0].rows.by
    latest = sorted({feature.rows.latest for feature in features if feature.rows.latest})
    chosen = _selections(features)
    newest = "".join(f", {_rank(key)} = 1 AS newest_{place}" for place, key in enumerate(latest))
    marks = [f"{_where(rows, latest)} AS chosen_{place}" for rows, place in chosen.items()]
    outputs = [f"count(*) FILTER (chosen_{place}) AS selected_{place}" for place in chosen.values()]
    for feature in features:
        aggregate = feature.measure.sql(feature.rows, f"chosen_{chosen[feature.rows]}")
        outputs.append(f'{aggregate} AS "{feature.name}"')
    return f"""
        WITH points AS (
            SELECT n, party_id AS this_party, case_id AS this_case, as_of{_openings(features)} FROM asked
        ), visible AS (
            SELECT o.*, r.*{newest} FROM points o JOIN "{table}" r ON r.{by}_id = o.this_{by}
            WHERE r.known_at <= o.as_of AND (r.superseded_at IS NULL OR r.superseded_at > o.as_of)
              AND NOT coalesce(r.retracted, false)
        ), marked AS (SELECT *, {", ".join(marks)} FROM visible)
        SELECT n, {", ".join(outputs)} FROM marked GROUP BY n"""


def _scan(
    snapshot: Records, asked: pa.Table, features: list[Feature], states: dict[str, Values]
) -> dict[str, Values]:
    found = snapshot.query(scan_sql(features), asked=asked)
    at = found["n"].to_numpy()
    chosen = _selections(features)
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


def _states(snapshot: Records, asked: pa.Table) -> dict[str, Values]:
    points = "(SELECT DISTINCT party_id, as_of FROM asked)"
    sql = f"SELECT o.n, s.* FROM asked o JOIN ({states_sql(points=points, wide=True)}) s USING (party_id, as_of)"
    found = snapshot.query(sql, asked=asked).sort_by("n")
    standings = [Standing(family, of).name for family in ASKED for of in ("state", "age")]
    return {name: found[name].cast("float64").to_numpy() for name in standings}


def _by_scan(catalogue: Catalogue) -> dict[tuple[str, str], list[Feature]]:
    steps: dict[tuple[str, str], list[Feature]] = defaultdict(list)
    for feature in catalogue.made_of_rows:
        steps[feature.rows.table, feature.rows.by].append(feature)
    return dict(steps)


def _selections(features: list[Feature]) -> dict[Rows, int]:
    """Each different selection once: several measures stand on the same rows."""
    return {rows: place for place, rows in enumerate(dict.fromkeys(feature.rows for feature in features))}


def _openings(features: list[Feature]) -> str:
    """Where windows and their halves open, once an obligation instead of once a row."""
    months = {feature.rows.months for feature in features if feature.rows.months}
    spans = sorted(months | {span // 2 for span in months})
    return "".join(f", CAST(as_of - INTERVAL {span} MONTH AS DATE) AS after_{span}" for span in spans)


def _rank(key: tuple[str, ...]) -> str:
    keys = ", ".join(f'r."{column}"' for column in key)
    return (
        f"row_number() OVER (PARTITION BY o.n, {keys} "
        "ORDER BY r.happened_at DESC, r.known_at DESC, r.row_id DESC)"
    )


def _where(rows: Rows, latest: list[tuple[str, ...]]) -> str:
    if not rows.latest:
        return rows.condition()
    return f"newest_{latest.index(rows.latest)} AND {rows.condition()}"

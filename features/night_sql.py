"""The night engine's SQL: from declared features of one table to one aggregate query."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from features.declare import Feature
from features.rows import Rows


def scan_sql(features: list[Feature], *, day: date | None = None, span: tuple[int, int] | None = None) -> str:
    """The one query of a table: visible rows of each obligation, marks of the rows chosen, then all aggregates.

    What all selections ask for is asked once, before rows are marked and summed. ``day``: the one date of all
    obligations, if they share it: what is said of debtors is then aggregated by debtor, whose rows meet no join, and
    only the answer goes to each of their obligations. ``span``: first and last id of the debtors asked for, where they
    are many of those between: summing the others' rows too costs less than telling them apart. The numbers are the
    same.
    """
    latest = sorted({feature.rows.latest for feature in features if feature.rows.latest})
    chosen = selections(features)
    shared = None if _asks_whose(features) else day
    visible, whose = (
        _of_obligations(features, latest) if shared is None else _of_debtors(features, latest, shared, span)
    )
    common = _common(list(chosen))
    marks = [f"{_mark(rows, common, latest)} AS chosen_{place}" for rows, place in chosen.items()]
    outputs = [f"count(*) FILTER (chosen_{place}) AS selected_{place}" for place in chosen.values()]
    for feature in features:
        aggregate = feature.measure.sql(feature.rows, f"chosen_{chosen[feature.rows]}")
        outputs.append(f'{aggregate} AS "{feature.name}"')
    sql = f"""
        WITH {visible}, marked AS (SELECT *, {", ".join(marks)} FROM visible WHERE {_where(common, latest)})
        SELECT {whose}, {", ".join(outputs)} FROM marked GROUP BY {whose}"""
    if shared is None:
        return sql
    return f"SELECT a.n, f.* EXCLUDE (party_id) FROM asked a JOIN ({sql}) f ON f.party_id = a.party_id"


def selections(features: list[Feature]) -> dict[Rows, int]:
    """Each different selection once: several measures stand on the same rows."""
    return {rows: place for place, rows in enumerate(dict.fromkeys(feature.rows for feature in features))}


def _asks_whose(features: list[Feature]) -> bool:
    """Whether anything depends on more than the debtor and the day."""
    tests = {test.op for feature in features for test in feature.rows.tests}
    return features[0].rows.by != "party" or bool(tests & {"this_case", "other_case", "this_party"})


def _of_obligations(features: list[Feature], latest: list[tuple[str, ...]]) -> tuple[str, str]:
    """Visible rows of each obligation on its own date, and the column that tells whose they are."""
    table, by = features[0].rows.table, features[0].rows.by
    sql = f"""points AS (
            SELECT n, party_id AS this_party, case_id AS this_case, as_of{_openings(features, "as_of")} FROM asked
        ), visible AS (
            SELECT o.*, r.*{_newest(latest, "o.n")} FROM points o JOIN "{table}" r ON r.{by}_id = o.this_{by}
            WHERE {_seen("o.as_of")})"""
    return sql, "n"


def _of_debtors(
    features: list[Feature], latest: list[tuple[str, ...]], day: date, span: tuple[int, int] | None
) -> tuple[str, str]:
    """Rows of the debtors asked for that are visible on one date, and the column that tells whose they are."""
    at = f"DATE '{day}'"
    theirs = f"BETWEEN {span[0]} AND {span[1]}" if span else "IN (SELECT party_id FROM asked)"
    sql = f"""visible AS (
            SELECT r.*, {at} AS as_of{_openings(features, at)}{_newest(latest, "r.party_id")}
            FROM "{features[0].rows.table}" r WHERE r.party_id {theirs} AND {_seen(at)})"""
    return sql, "party_id"


def _seen(at: str) -> str:
    """Known by a date, and neither superseded nor retracted by then."""
    return (
        f"r.known_at <= {at} AND (r.superseded_at IS NULL OR r.superseded_at > {at}) "
        "AND NOT coalesce(r.retracted, false)"
    )


def _openings(features: list[Feature], at: str) -> str:
    """Where windows and their halves open, once an obligation instead of once a row."""
    months = {feature.rows.months for feature in features if feature.rows.months}
    spans = sorted(months | {span // 2 for span in months})
    return "".join(f", CAST({at} - INTERVAL {span} MONTH AS DATE) AS after_{span}" for span in spans)


def _newest(latest: list[tuple[str, ...]], whose: str) -> str:
    """A mark for each key: the newest row of those with the same."""
    return "".join(f", {_rank(key, whose)} = 1 AS newest_{place}" for place, key in enumerate(latest))


def _rank(key: tuple[str, ...], whose: str) -> str:
    keys = ", ".join(f'r."{column}"' for column in key)
    return (
        f"row_number() OVER (PARTITION BY {whose}, {keys} "
        "ORDER BY r.happened_at DESC, r.known_at DESC, r.row_id DESC)"
    )


def _common(selections: list[Rows]) -> Rows:
    """What all selections ask for: their shared tests, and the newest row a key where all keep only that."""
    first = selections[0]
    shared = (test for test in first.tests if all(test in other.tests for other in selections))
    newest = first.latest if all(other.latest == first.latest for other in selections) else ()
    return Rows(first.table, first.by, newest, tuple(shared))


def _mark(rows: Rows, common: Rows, latest: list[tuple[str, ...]]) -> str:
    """Condition of a selection beyond what all ask for."""
    left = tuple(test for test in rows.tests if test not in common.tests)
    return _where(
        replace(rows, latest=() if rows.latest == common.latest else rows.latest, tests=left), latest
    )


def _where(rows: Rows, latest: list[tuple[str, ...]]) -> str:
    if not rows.latest:
        return rows.condition()
    return f"newest_{latest.index(rows.latest)} AND {rows.condition()}"

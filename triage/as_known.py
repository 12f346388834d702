"""Rows as known on a day, as subqueries of the night's SQL: visible by then, or the newest of each key among them."""

from __future__ import annotations

from datetime import date


def visible(day: str) -> str:
    """The condition on a row: known on the day (an SQL expression), not superseded by then and not retracted."""
    return f"known_at <= {day} AND (superseded_at IS NULL OR superseded_at > {day}) AND NOT coalesce(retracted, false)"


def seen(name: str, as_of: date) -> str:
    """The rows of a table that were known on the day, not superseded by then and not retracted."""
    return f"(SELECT * FROM {name} WHERE {visible(literal(as_of))})"


def literal(day: date) -> str:
    """A day as SQL reads it."""
    return f"DATE '{day.isoformat()}'"


def newest(name: str, key: str, as_of: date) -> str:
    """Of these rows the newest of each key."""
    return (
        f"(SELECT * FROM {seen(name, as_of)} QUALIFY row_number() OVER "
        f"(PARTITION BY {key} ORDER BY happened_at DESC, known_at DESC, row_id DESC) = 1)"
    )

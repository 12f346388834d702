"""How rows become one number: a closed set of measures, each with an SQL face and a plain-Python face.

The SQL face is one aggregate with a FILTER over the night engine's visible rows, which carry as_of and the openings of
windows, ``after_<months>``; the Python face takes the selected
rows of a dossier in the order (happened_at, known_at, row_id). Both give NULL / None where there is no number.
Money comes out in yuan: sums are taken in whole fen, so that they are exact in both engines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise
from typing import Protocol

from features.rows import Rows
from records.contracts import TABLES, Kind
from records.dossier import Row
from vocabulary.dates import months_before

VERSION = 1
"""To be raised when what a measure computes changes: the catalogue's digest covers it."""

NEWEST = "row(happened_at, known_at, row_id)"


class Measure(Protocol):
    """What every measure can do; `rows` is the selection it stands on."""

    def sql(self, rows: Rows, where: str) -> str:
        """An aggregate expression over the rows that meet `where`."""
        ...

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        """The same number from the chosen rows."""
        ...


@dataclass(frozen=True, slots=True)
class Total:
    """Sum of a column; with ``times``, each amount first takes a share (missing share: the whole), to the fen."""

    column: str
    times: str | None = None

    def sql(self, rows: Rows, where: str) -> str:
        value = f'"{self.column}"'
        if self.times:
            value = f'CAST(floor({value} * coalesce("{self.times}", 1.0) + 0.5) AS BIGINT)'
        return f"CAST(sum({value}) FILTER ({where}) AS DOUBLE){_per_unit(rows, self.column)}"

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        values = [self._part(row) for row in chosen if row.get(self.column) is not None]
        return sum(values) / _unit(rows, self.column) if values else None

    def _part(self, row: Row) -> int | float:
        if not self.times:
            return row[self.column]  # type: ignore[no-any-return]
        share = row.get(self.times)
        return int((row[self.column] * (1.0 if share is None else share) + 0.5) // 1)


@dataclass(frozen=True, slots=True)
class MonthlyMean:
    """Sum of a column over the selection's window, divided by the window's months."""

    column: str

    def sql(self, rows: Rows, where: str) -> str:
        return f"{Total(self.column).sql(rows, where)} / {_window(rows)}"

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        total = Total(self.column).of(rows, chosen, as_of)
        return None if total is None else total / _window(rows)


@dataclass(frozen=True, slots=True)
class Count:
    """Number of rows."""

    def sql(self, rows: Rows, where: str) -> str:
        return f"CAST(nullif(count(*) FILTER ({where}), 0) AS DOUBLE)"

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        return float(len(chosen)) or None


@dataclass(frozen=True, slots=True)
class Exists:
    """1 when there is a row."""

    def sql(self, rows: Rows, where: str) -> str:
        return f"CASE WHEN count(*) FILTER ({where}) > 0 THEN CAST(1 AS DOUBLE) END"

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        return 1.0 if chosen else None


@dataclass(frozen=True, slots=True)
class Distinct:
    """Number of different values of a column; a bit mask where the values are declared codes."""

    column: str

    def sql(self, rows: Rows, where: str) -> str:
        codes = TABLES[rows.table].column(self.column).codes
        if not 0 < len(codes) < 63:
            return f'CAST(nullif(count(DISTINCT "{self.column}") FILTER ({where}), 0) AS DOUBLE)'
        bits = " ".join(f"WHEN '{code}' THEN {1 << place}" for place, code in enumerate(codes))
        mask = f'bit_or(CASE "{self.column}" {bits} ELSE 0 END) FILTER ({where})'
        return f"CAST(nullif(bit_count(CAST({mask} AS BIGINT)), 0) AS DOUBLE)"

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        return float(len({row[self.column] for row in chosen if row.get(self.column) is not None})) or None


@dataclass(frozen=True, slots=True)
class Largest:
    """Greatest value of a column."""

    column: str

    def sql(self, rows: Rows, where: str) -> str:
        return f'CAST(max("{self.column}") FILTER ({where}) AS DOUBLE){_per_unit(rows, self.column)}'

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        values = [row[self.column] for row in chosen if row.get(self.column) is not None]
        return max(values) / _unit(rows, self.column) if values else None


@dataclass(frozen=True, slots=True)
class Latest:
    """Value of a column in the newest row that fills it, by (happened_at, known_at, row_id)."""

    column: str

    def sql(self, rows: Rows, where: str) -> str:
        value = f'CAST(arg_max("{self.column}", {NEWEST}) FILTER ({where}) AS DOUBLE)'
        return f"{value}{_per_unit(rows, self.column)}"

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        for row in reversed(chosen):
            if row.get(self.column) is not None:
                return float(row[self.column]) / _unit(rows, self.column)
        return None


@dataclass(frozen=True, slots=True)
class DaysSince:
    """Days from the latest date in a column to the as-of date (negative when it lies ahead)."""

    column: str = "happened_at"

    def sql(self, rows: Rows, where: str) -> str:
        return f'CAST(max(as_of) FILTER ({where}) - max("{self.column}") FILTER ({where}) AS DOUBLE)'

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        dates = [row[self.column] for row in chosen if row.get(self.column) is not None]
        return float((as_of - max(dates)).days) if dates else None


@dataclass(frozen=True, slots=True)
class DaysSinceFirst:
    """Days from the earliest date in a column to the as-of date."""

    column: str = "happened_at"

    def sql(self, rows: Rows, where: str) -> str:
        return f'CAST(max(as_of) FILTER ({where}) - min("{self.column}") FILTER ({where}) AS DOUBLE)'

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        dates = [row[self.column] for row in chosen if row.get(self.column) is not None]
        return float((as_of - min(dates)).days) if dates else None


@dataclass(frozen=True, slots=True)
class LongestGap:
    """Longest stretch of days between two neighbouring rows; nothing for fewer than two days with rows."""

    def sql(self, rows: Rows, where: str) -> str:
        days = f"list_sort(list(DISTINCT happened_at) FILTER ({where}))"
        gaps = f"list_transform(list_zip({days}[2:], {days}[:-2]), pair -> pair[1] - pair[2])"
        return f"CAST(list_max({gaps}) AS DOUBLE)"

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        days = sorted({row["happened_at"] for row in chosen})
        gaps = [(later - earlier).days for earlier, later in pairwise(days)]
        return float(max(gaps)) if gaps else None


@dataclass(frozen=True, slots=True)
class ShareOf:
    """Part of a column's total that falls on rows with one of the codes named.

    Nothing when the total is not above 0.
    """

    column: str
    of_column: str
    codes: tuple[str, ...]

    def sql(self, rows: Rows, where: str) -> str:
        part = rows.where(**{self.of_column: self.codes}).tests[-1].sql()
        whole = f'sum("{self.column}") FILTER ({where})'
        some = f'coalesce(sum("{self.column}") FILTER ({where} AND {part}), 0)'
        return f"CASE WHEN {whole} > 0 THEN CAST({some} AS DOUBLE) / CAST({whole} AS DOUBLE) END"

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        filled = [row for row in chosen if row.get(self.column) is not None]
        whole = sum(row[self.column] for row in filled)
        part = sum(row[self.column] for row in filled if row.get(self.of_column) in self.codes)
        return float(part) / float(whole) if filled and whole > 0 else None


@dataclass(frozen=True, slots=True)
class Trend:
    """(recent − earlier) ÷ (recent + earlier) of totals in the two halves of the selection's window, −1 to 1.

    Nothing when both halves are empty or the sum is not above 0.
    """

    column: str

    def sql(self, rows: Rows, where: str) -> str:
        half = f"happened_at > after_{_window(rows) // 2}"
        late = f'coalesce(sum("{self.column}") FILTER ({where} AND {half}), 0)'
        early = f'coalesce(sum("{self.column}") FILTER ({where} AND NOT ({half})), 0)'
        return (
            f"CASE WHEN {late} + {early} > 0 "
            f"THEN CAST({late} - {early} AS DOUBLE) / CAST({late} + {early} AS DOUBLE) END"
        )

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        half = months_before(as_of, _window(rows) // 2)
        filled = [row for row in chosen if row.get(self.column) is not None]
        late = sum(row[self.column] for row in filled if row["happened_at"] > half)
        early = sum(row[self.column] for row in filled if row["happened_at"] <= half)
        return float(late - early) / float(late + early) if late + early > 0 else None


@dataclass(frozen=True, slots=True)
class Months:
    """Number of different calendar months with a row, at most the window's months; the window is at most 60."""

    def sql(self, rows: Rows, where: str) -> str:
        bit = "CAST(1 AS BIGINT) << CAST(datediff('month', happened_at, as_of) AS INTEGER)"
        # Rows outside the filter are computed too: bits beyond the window would overflow.
        guarded = f"CASE WHEN {where} THEN {bit} END"
        # least() skips NULL, so that there must be a row first
        found = f"least(bit_count(bit_or({guarded})), {_window(rows)})"
        return f"CAST(CASE WHEN count(*) FILTER ({where}) > 0 THEN {found} END AS DOUBLE)"

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        months = {(row["happened_at"].year, row["happened_at"].month) for row in chosen}
        return float(min(len(months), _window(rows))) or None


@dataclass(frozen=True, slots=True)
class Excess:
    """Sum of the amounts by which a column exceeds another, row by row; rows that leave either open are left out."""

    column: str
    over: str

    def sql(self, rows: Rows, where: str) -> str:
        # greatest() skips NULL, so an open column must stay NULL by itself
        part = f'CASE WHEN "{self.column}" > "{self.over}" THEN "{self.column}" - "{self.over}" ELSE 0 END'
        filled = f'"{self.column}" IS NOT NULL AND "{self.over}" IS NOT NULL'
        return f"CAST(sum({part}) FILTER ({where} AND {filled}) AS DOUBLE){_per_unit(rows, self.column)}"

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        pairs = [(row.get(self.column), row.get(self.over)) for row in chosen]
        parts = [max(value - over, 0) for value, over in pairs if value is not None and over is not None]
        return sum(parts) / _unit(rows, self.column) if parts else None


MEASURES = (
    Total,
    MonthlyMean,
    Count,
    Exists,
    Distinct,
    Largest,
    Latest,
    DaysSince,
    DaysSinceFirst,
    LongestGap,
    ShareOf,
    Trend,
    Months,
    Excess,
)


def columns_of(measure: Measure) -> tuple[str, ...]:
    """The columns that a measure reads."""
    names = ("column", "times", "of_column", "over")
    read = [getattr(measure, field.name) for field in fields(measure) if field.name in names]  # type: ignore[arg-type]
    return tuple(column for column in read if column)


def _unit(rows: Rows, column: str) -> float:
    return 100.0 if TABLES[rows.table].column(column).kind is Kind.MONEY else 1.0


def _per_unit(rows: Rows, column: str) -> str:
    return " / 100.0" if _unit(rows, column) == 100.0 else ""


def _window(rows: Rows) -> int:
    if rows.months is None:
        raise ValueError(f"a measure over a window needs rows.last_months(…); [{rows.table}] has none")
    return rows.months

"""Which rows: a selection over one table that can be looked at before it becomes a number.

Each test has two faces, SQL and Python, and both are total: a missing value never passes a test.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from records.contracts import TABLES, Kind
from records.dossier import Dossier, Row
from vocabulary.dates import months_before

By = Literal["party", "case"]
Op = Literal[
    "is",
    "more",
    "less",
    "missing",
    "present",
    "true",
    "untrue",
    "begun",
    "not_ended",
    "this_case",
    "other_case",
    "this_party",
]


@dataclass(frozen=True, slots=True)
class Test:
    """One condition on a column of a row.

    ``begun``: the date is missing or not after the as-of date. ``not_ended``: the date is missing or after it.
    ``this_case``: the reference is the obligation's case; ``other_case``: it is another one, or missing.
    ``this_party``: the reference is the debtor, or missing, for what is said of all.
    ``more`` and ``less`` are strict, in the column's inside unit (fen for money).
    """

    column: str
    op: Op
    values: tuple[str | int | float, ...] = ()

    def sql(self) -> str:
        """The condition over columns of the row and ``as_of``; NULL-safe."""
        name = f'"{self.column}"'
        first = _literal(self.values[0]) if self.values else ""
        return {
            "is": f"coalesce({name} IN ({', '.join(map(_literal, self.values))}), false)",
            "more": f"coalesce({name} > {first}, false)",
            "less": f"coalesce({name} < {first}, false)",
            "missing": f"{name} IS NULL",
            "present": f"{name} IS NOT NULL",
            "true": f"coalesce({name}, false)",
            "untrue": f"NOT coalesce({name}, false)",
            "begun": f"coalesce({name} <= as_of, true)",
            "not_ended": f"coalesce({name} > as_of, true)",
            "this_case": f"coalesce({name} = this_case, false)",
            "other_case": f"coalesce({name} <> this_case, true)",
            "this_party": f"coalesce({name} = this_party, true)",
        }[self.op]

    def holds(self, row: Row, dossier: Dossier) -> bool:
        """The same condition over one row of a dossier."""
        return _HOLDS[self.op](row.get(self.column), self.values, dossier)


_HOLDS: dict[Op, Callable[[Any, tuple[Any, ...], Dossier], bool]] = {
    "is": lambda value, codes, dossier: value is not None and value in codes,
    "more": lambda value, bound, dossier: value is not None and value > bound[0],
    "less": lambda value, bound, dossier: value is not None and value < bound[0],
    "missing": lambda value, none, dossier: value is None,
    "present": lambda value, none, dossier: value is not None,
    "true": lambda value, none, dossier: bool(value),
    "untrue": lambda value, none, dossier: not value,
    "begun": lambda value, none, dossier: value is None or value <= dossier.as_of,
    "not_ended": lambda value, none, dossier: value is None or value > dossier.as_of,
    "this_case": lambda value, none, dossier: value == dossier.case_id,
    "other_case": lambda value, none, dossier: value != dossier.case_id,
    "this_party": lambda value, none, dossier: value is None or value == dossier.party_id,
}


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table of the debtor (or of the case), narrowed step by step.

    The order is fixed: rows known on the date; of each key only the newest (``latest``); then the tests; then the
    window ``(as_of - months, as_of]`` on ``happened_at``.
    """

    table: str
    by: By
    latest: tuple[str, ...] = ()
    tests: tuple[Test, ...] = ()
    months: int | None = None

    def __post_init__(self) -> None:
        for column in (*self.latest, *(test.column for test in self.tests)):
            may_be_read(self.table, column)

    def latest_per(self, *columns: str) -> Rows:
        """Only the newest row of each key, by (happened_at, known_at, row_id)."""
        return replace(self, latest=columns)

    def where(self, **equals: str | tuple[str, ...]) -> Rows:
        """Rows whose code is one of those named."""
        tests = tuple(
            Test(self._coded(column, codes), "is", codes if isinstance(codes, tuple) else (codes,))
            for column, codes in equals.items()
        )
        return replace(self, tests=self.tests + tests)

    def more_than(self, column: str, amount: float) -> Rows:
        """Rows whose number exceeds the amount (yuan for money)."""
        return self._with(column, "more", self._inside(column, amount))

    def less_than(self, column: str, amount: float) -> Rows:
        """Rows whose number is below the amount (yuan for money)."""
        return self._with(column, "less", self._inside(column, amount))

    def missing(self, column: str) -> Rows:
        """Rows that leave the column open."""
        return self._with(column, "missing")

    def present(self, column: str) -> Rows:
        """Rows that fill the column."""
        return self._with(column, "present")

    def true(self, column: str) -> Rows:
        """Rows whose flag is set."""
        return self._with(column, "true")

    def untrue(self, column: str) -> Rows:
        """Rows whose flag is not set, or not said."""
        return self._with(column, "untrue")

    def in_force(self, begin: str | None, *ends: str) -> Rows:
        """Rows begun on the as-of date and not ended by any of the dates named; open ends stay open."""
        rows = self if begin is None else self._with(begin, "begun")
        for end in ends:
            rows = rows._with(end, "not_ended")
        return rows

    def about_debtor(self, column: str = "party_id") -> Rows:
        """Rows about this debtor, or about all; for selections by case."""
        return self._with(column, "this_party")

    def last_months(self, months: int) -> Rows:
        """Rows of the window ``(as_of - months, as_of]``, calendar months clipped at month ends."""
        return replace(self, months=months)

    def in_this_case(self, column: str = "case_id") -> Rows:
        """Rows about the obligation's own case only."""
        return self._with(column, "this_case")

    def in_other_cases(self, column: str = "case_id") -> Rows:
        """Rows about any case but the obligation's own, those that name none included."""
        return self._with(column, "other_case")

    def condition(self) -> str:
        """SQL condition over the night's visible rows, without ``latest``; ``after_<months>`` opens a window."""
        parts = [test.sql() for test in self.tests]
        if self.months is not None:
            parts.append(f"happened_at > after_{self.months} AND happened_at <= as_of")
        return " AND ".join(parts) or "true"

    def select(self, dossier: Dossier) -> list[Row]:
        """The rows of a dossier, ordered by (happened_at, known_at, row_id)."""
        as_of = dossier.as_of
        rows: list[Row] = list(dossier.rows(self.table, self.by))
        if self.latest:
            newest = {tuple(row.get(column) for column in self.latest): row for row in rows}
            rows = [row for row in rows if newest[tuple(row.get(column) for column in self.latest)] is row]
        for test in self.tests:
            rows = [row for row in rows if test.holds(row, dossier)]
        if self.months is None:
            return rows
        start = months_before(as_of, self.months)
        return [row for row in rows if start < row["happened_at"] <= as_of]

    def _with(self, column: str, op: Op, *values: str | int | float) -> Rows:
        return replace(self, tests=(*self.tests, Test(column, op, values)))

    def _coded(self, column: str, codes: str | tuple[str, ...]) -> str:
        allowed = TABLES[self.table].column(column).codes
        for code in (codes,) if isinstance(codes, str) else codes:
            if code not in allowed:
                raise KeyError(f"[{self.table}.{column}] has no code [{code}]; it has: {', '.join(allowed)}")
        return column

    def _inside(self, column: str, amount: float) -> float:
        return amount * 100 if TABLES[self.table].column(column).kind is Kind.MONEY else amount


def of_debtor(table: str) -> Rows:
    """Rows of the debtor. Raises KeyError for a table that is not kept by debtor."""
    if TABLES[table].owner != "party":
        raise KeyError(f"[{table}] is kept by {TABLES[table].owner}, not by debtor")
    return Rows(table, "party")


def of_case(table: str) -> Rows:
    """Rows of the obligation's case, whichever debtor they are about."""
    TABLES[table].column("case_id")
    return Rows(table, "case")


def may_be_read(table: str, column: str) -> None:
    """Raises KeyError for a column that the table does not have, ProtectedColumn for one that no feature may read."""
    declared = TABLES[table].column(column)
    if declared.sensitivity in ("protected", "personal"):
        raise ProtectedColumn(
            f"[{table}.{column}] is {declared.sensitivity}: it may be kept, and used to measure error by group, "
            "but no feature may read it (records.md, PIPL Art. 28). Choose another trace."
        )


class ProtectedColumn(TypeError):
    """A feature was declared over sex, birth year, marital status, a name, an address or an ID number."""


def _literal(value: str | int | float) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)

"""What a load tells: how far it is while it runs, and what became of every row when it ends."""

from __future__ import annotations

from dataclasses import dataclass

from records.rules import WORDS
from vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class LoadProgress:
    """How far a load is: ``done`` of ``total`` bytes (CSV) or rows (Parquet) of one file read."""

    table: str
    file: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class TableCounts:
    """Rows of one table: read = loaded + already_there + quarantined + refused."""

    table: str
    read: int
    loaded: int
    already_there: int
    quarantined: int
    refused: int


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule was broken in a column."""

    table: str
    column: str | None
    rule: str
    count: int

    @property
    def words(self) -> Text:
        """The rule in words."""
        return WORDS[self.rule]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The outcome of one load: counts per table, and the rules broken most."""

    load_id: int
    tables: tuple[TableCounts, ...]
    rules: tuple[RuleCount, ...]

    def of(self, table: str) -> TableCounts:
        """The counts of one table; zeros when the load had none of it."""
        return next((each for each in self.tables if each.table == table), TableCounts(table, 0, 0, 0, 0, 0))

    @property
    def read(self) -> int:
        """Rows read, of all tables."""
        return sum(each.read for each in self.tables)

    @property
    def loaded(self) -> int:
        """Rows new to the store."""
        return sum(each.loaded for each in self.tables)

    @property
    def already_there(self) -> int:
        """Rows that the store held already."""
        return sum(each.already_there for each in self.tables)

    @property
    def quarantined(self) -> int:
        """Rows with a broken rule, now in quarantine."""
        return sum(each.quarantined for each in self.tables)

    @property
    def refused(self) -> int:
        """Rows about people who are no obligors, not kept."""
        return sum(each.refused for each in self.tables)

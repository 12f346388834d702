"""A counted figure, a period, and a case that a plan works on: what counting writes and reading reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Period = tuple[str, date, date]


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure of a court ("" = all courts) in a period; money in CNY. ``rate`` is None over nothing."""

    court: str
    period: str
    code: str
    above: float
    below: float

    @property
    def rate(self) -> float | None:
        """Numerator ÷ denominator."""
        return self.above / self.below if self.below else None


@dataclass(frozen=True, slots=True)
class Planned:
    """A case that a plan works on: chance (0 to 1) that it is performed by that, and the money expected (CNY)."""

    case_id: int
    chance: float
    money: float


def months(until: date, count: int = 12) -> list[Period]:
    """The calendar months up to a day, oldest first; the last ends on the day."""
    periods: list[Period] = []
    end = until
    for _ in range(count):
        begin = end.replace(day=1)
        periods.append((begin.strftime("%Y-%m"), begin, end))
        end = date.fromordinal(begin.toordinal() - 1)
    return periods[::-1]


def year_to_date(until: date) -> list[Period]:
    """The year up to a day: courts report 结案率 and its kin by the year."""
    return [(f"{until.year}", until.replace(month=1, day=1), until)]

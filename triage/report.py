"""A court's report for a week or half a month, as it is rendered: key figures, queue, fairness, the five heads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from triage.kpis import Figure
from triage.kpis.figure import Period
from triage.queue import Place, Tally
from triage.tracks.figures import policy
from vocabulary.text import Text

Span = Literal["week", "half-month"]
LIVELIHOOD = ("wages", "alimony")
"""Whose small claims the fairness ledger follows."""


@dataclass(frozen=True, slots=True)
class Item:
    """One number under a head; ``part`` is a share of one, else a plain count."""

    name: Text
    value: float | None
    part: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A head of the third-party assessment and the numbers of it that these records can give."""

    name: Text
    numbers: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Fairness:
    """Small claims for wages and alimony: how many there are, and how many stand in the last tenth of the queue."""

    small: int
    in_last_tenth: int
    places: int
    last_tenth: int

    @property
    def share(self) -> float | None:
        """Part of the small claims that stands in the last tenth; one in ten were it blind to them."""
        return self.in_last_tenth / self.small if self.small else None


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it is rendered. ``period`` and ``year``: key figures; money CNY."""

    court: str
    as_of: date
    span: Span
    begins: date
    period: tuple[Figure, ...]
    year: tuple[Figure, ...]
    tracks: tuple[Tally, ...]
    fairness: Fairness
    heads: tuple[Head, ...]


def span_of(as_of: date, span: Span) -> Period:
    """The week (seven days) or the half month (1st to 15th, or 16th to the end) that a day lies in, up to the day."""
    if span == "week":
        begins = as_of - timedelta(days=6)
    else:
        begins = as_of.replace(day=1 if as_of.day <= 15 else 16)
    return (f"{begins.isoformat()}/{as_of.isoformat()}", begins, as_of)


def fairness(ranked: Sequence[Place], as_of: date) -> Fairness:
    """Where small claims of wages and alimony stand in a court's queue, given in order of rank."""
    most = policy().number("small_claim", as_of)
    begin = len(ranked) - len(ranked) // 10
    small = [
        number
        for number, place in enumerate(ranked)
        if place.priority in LIVELIHOOD and place.outstanding <= most
    ]
    return Fairness(len(small), sum(number >= begin for number in small), len(ranked), len(ranked) - begin)

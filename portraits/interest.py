"""Interest for delayed performance: how a claim grows, day by day, and what each payment extinguished.

法释〔2014〕8号. Added part = unpaid adjudged money other than general interest × 0.0175 % × days, from the end of the
time for performance; a payment covers the adjudged money first (costs, general interest, the rest: 民法典 Art. 561)
and the added part last (Art. 4). Time before 1 August 2014 follows 法释〔2009〕6号: twice the benchmark rate, and a
payment is shared in proportion (Art. 7). Days run from the day after the deadline to the day of payment, included.
Days before 18 May 2009, the oldest rule kept, bring no interest here; ``since`` says from which day it was computed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portraits.law import Cited, Rule
from portraits.law.claim import (
    CREDITING,
    DELAY_BASE,
    DELAY_END,
    DELAY_EXCLUDED,
    DELAY_ORDER,
    DELAY_START,
    DELAY_TRANSITION,
    DOUBLE_INTEREST,
    OLDER_RATE,
    OLDER_TOGETHER,
)
from records.parameters import Parameters

OLDEST = date(2009, 5, 17)  # the day before 法释〔2009〕6号
REFORM = date(2014, 8, 1)
RULES = (DOUBLE_INTEREST, DELAY_BASE, DELAY_START, DELAY_END, DELAY_EXCLUDED, DELAY_ORDER, CREDITING)
OLDER_RULES = (DELAY_TRANSITION, OLDER_RATE, OLDER_TOGETHER)


@dataclass(frozen=True, slots=True)
class Adjudged:
    """What one title orders, in fen. ``deadline``: last day for performance, else the day the title took effect."""

    principal: int
    general_interest: int = 0
    costs: int = 0
    penalty: int = 0
    deadline: date | None = None
    rows: tuple[Cited, ...] = ()

    @property
    def total(self) -> int:
        """All money that the title orders."""
        return self.principal + self.general_interest + self.costs + self.penalty


@dataclass(frozen=True, slots=True)
class Paid:
    """Money credited on a day: the day of payment or deduction, or of the effective ruling of a sale."""

    on: date
    amount: int
    rows: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """Days that do not count, both ends included; an open end is still running."""

    first: date
    last: date | None
    rows: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days with one base: from the day after ``after`` to ``until``, without ``excluded`` days; interest in fen."""

    after: date
    until: date
    days: int
    excluded: int
    base: int
    interest: Fraction
    rule: Rule


@dataclass(frozen=True, slots=True)
class DelayInterest:
    """A claim on a day, in fen; ``since`` is the day after which interest was computed, None when none runs."""

    adjudged_left: int
    accrued: int
    interest_paid: int
    overpaid: int
    since: date | None
    stretches: tuple[Stretch, ...]
    rules: tuple[Rule, ...]

    @property
    def interest_left(self) -> int:
        """Added interest not yet paid."""
        return max(self.accrued - self.interest_paid, 0)

    @property
    def owed(self) -> int:
        """What the claim has grown to and still lacks."""
        return self.adjudged_left + self.interest_left


def delay_interest(
    adjudged: Adjudged,
    payments: Iterable[Paid],
    *,
    on: date,
    figures: Parameters,
    excluded: Iterable[Period] = (),
) -> DelayInterest:
    """The claim of one title on a day: what is left of it and the added interest, by stretches of equal base.

    Payments after the day do not count. Without a deadline no interest runs.
    """
    out = tuple(excluded)
    account = _Account(adjudged)
    for paid in sorted((each for each in payments if each.on <= on), key=lambda each: each.on):
        account.run_to(paid.on, out, figures)
        account.credit(paid.amount, paid.on)
    account.run_to(on, out, figures)
    older = adjudged.deadline is not None and adjudged.deadline < REFORM
    return DelayInterest(
        adjudged_left=account.left,
        accrued=round(account.accrued),
        interest_paid=account.interest_paid,
        overpaid=account.over,
        since=account.since,
        stretches=tuple(account.stretches),
        rules=RULES + (OLDER_RULES if older else ()),
    )


class _Account:
    """A running claim: parts left in fen, interest so far as an exact fraction, the day it was brought up to."""

    def __init__(self, adjudged: Adjudged) -> None:
        self.costs = adjudged.costs
        self.general = adjudged.general_interest
        self.rest = adjudged.principal + adjudged.penalty
        self.since = adjudged.deadline and max(adjudged.deadline, OLDEST)
        self.day = self.since
        self.accrued = Fraction(0)
        self.interest_paid = 0
        self.over = 0
        self.stretches: list[Stretch] = []

    @property
    def left(self) -> int:
        return self.costs + self.general + self.rest

    @property
    def base(self) -> int:
        return self.costs + self.rest

    def run_to(self, until: date, excluded: tuple[Period, ...], figures: Parameters) -> None:
        if self.day is None or until <= self.day:
            return
        for last in _ends(self.day, until, figures):
            self._stretch(last, excluded, figures)

    def _stretch(self, until: date, excluded: tuple[Period, ...], figures: Parameters) -> None:
        assert self.day is not None
        out = _days_out(self.day, until, excluded)
        days = (until - self.day).days - out
        rate, rule = _rate(until, figures)
        interest = self.base * rate * days
        if days and self.base:
            self.stretches.append(Stretch(self.day, until, days, out, self.base, interest, rule))
            self.accrued += interest
        self.day = until

    def credit(self, amount: int, on: date) -> None:
        if on < REFORM and self.accrued > self.interest_paid:
            amount -= self._older_share(amount)
        for part in ("costs", "general", "rest"):
            taken = min(getattr(self, part), amount)
            setattr(self, part, getattr(self, part) - taken)
            amount -= taken
        if not self.left:
            paid = min(amount, max(round(self.accrued) - self.interest_paid, 0))
            self.interest_paid += paid
            amount -= paid
        self.over += amount

    def _older_share(self, amount: int) -> int:
        """Part of an older payment that goes to interest: in proportion to debt and interest then outstanding."""
        interest = round(self.accrued) - self.interest_paid
        share = min(amount * interest // (self.left + interest), interest)
        self.interest_paid += share
        return share


def _ends(after: date, until: date, figures: Parameters) -> list[date]:
    """Last days of the stretches between two days: a new rate counts from its first day on."""
    starts = [each.in_force_from for each in figures.dated["delay_interest_older_benchmark"]]
    cuts = {date.fromordinal(start.toordinal() - 1) for start in (*starts, REFORM) if start <= REFORM}
    return [*sorted(cut for cut in cuts if after < cut < until), until]


def _rate(day: date, figures: Parameters) -> tuple[Fraction, Rule]:
    """Rate a day in force on a day, and its rule."""
    if day >= REFORM:
        return Fraction(str(figures.number("delay_interest_rate", day))), DELAY_BASE
    year = Fraction(str(figures.number("delay_interest_older_benchmark", day)))
    times = Fraction(str(figures.number("delay_interest_older_multiple", day)))
    return year * times / int(figures.number("delay_interest_older_days_of_year", day)), OLDER_RATE


def _days_out(after: date, until: date, periods: tuple[Period, ...]) -> int:
    """Days of ``(after, until]`` that lie in one of the periods, each counted once."""
    out: set[int] = set()
    for period in periods:
        first = max(period.first.toordinal(), after.toordinal() + 1)
        last = min((period.last or until).toordinal(), until.toordinal())
        out.update(range(first, last + 1))
    return len(out)

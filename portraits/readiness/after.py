"""After the ruling: five years of six-monthly queries, which are overdue, and new facts that may revive the case.

法〔2016〕373号 Art. 9: within five years the court asks through the network every six months and tells the applicant;
when property is found, enforcement is resumed. 民诉解释 (法释〔2022〕11号) Art. 517(2): the applicant may ask again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from pathlib import Path

from portraits.law.rule import Cited, cite
from portraits.readiness.seen import Seen
from records.dossier import Row
from records.parameters import Parameters
from records.states import ANSWERED
from vocabulary.dates import months_after
from vocabulary.text import Text

FILE = Path(__file__).parent / "after.yaml"
NETWORK = ("national", "local")
"""Sources of the network system; a query by hand is none of these."""


class PeriodState(Enum):
    """What became of one of the queries that are due."""

    ASKED = "asked"
    LATE = "late"
    OVERDUE = "overdue"
    NEXT = "next"
    LATER = "later"

    @property
    def label(self) -> Text:
        """Words for the page."""
        return _STATES[self]


_STATES = {
    PeriodState.ASKED: Text(zh="已查询", en="asked"),
    PeriodState.LATE: Text(zh="逾期后补查", en="asked late"),
    PeriodState.OVERDUE: Text(zh="逾期未查", en="overdue"),
    PeriodState.NEXT: Text(zh="下一次", en="next"),
    PeriodState.LATER: Text(zh="尚未到期", en="not yet due"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """The query due on ``due``: asked in the half year (after the date before it, to this one), late, or not yet."""

    number: int
    due: date
    state: PeriodState
    on: date | None
    rows: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class NewFact:
    """Something learned about a debtor after the ruling that may revive the case."""

    debtor: int
    on: date
    says: Text
    rows: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class AfterRuling:
    """What the ruling obliges to, and what was learned since."""

    ruled_on: date
    until: date
    periods: tuple[Period, ...]
    facts: tuple[NewFact, ...]

    @property
    def next_due(self) -> date | None:
        """The next date on which to ask; None after the last."""
        return next((each.due for each in self.periods if each.state is PeriodState.NEXT), None)

    @property
    def overdue(self) -> tuple[Period, ...]:
        """Queries that were due and are still to be made."""
        return tuple(each for each in self.periods if each.state is PeriodState.OVERDUE)

    @property
    def revive(self) -> bool:
        """New facts ask for a look at resuming enforcement."""
        return bool(self.facts)


def after_ruling(seen: Sequence[Seen], ruled_on: date) -> AfterRuling:
    """What follows a ruling of ``ruled_on`` over the debtors of a case, as known on the dossiers' date.

    A query counts when every debtor was asked about through the network and the answer came.
    """
    figures, as_of = _figures(), seen[0].dossier.as_of
    months = int(figures.number("requery_months", ruled_on))
    years = int(figures.number("requery_years", ruled_on))
    dates = [months_after(ruled_on, months * number) for number in range(1, years * 12 // months + 1)]
    periods: list[Period] = []
    opened, waiting = ruled_on, True
    for number, due in enumerate(dates, start=1):
        period = _period(seen, number, opened, due, as_of, first_to_come=waiting)
        waiting = waiting and period.state is not PeriodState.NEXT
        periods.append(period)
        opened = due
    facts = sorted((fact for each in seen for fact in _facts(each, ruled_on)), key=lambda fact: fact.on)
    return AfterRuling(ruled_on, dates[-1], tuple(periods), tuple(facts))


def _period(
    seen: Sequence[Seen], number: int, opened: date, due: date, as_of: date, *, first_to_come: bool
) -> Period:
    in_time = [_asked(each, opened, min(due, as_of)) for each in seen]
    if all(in_time):
        return Period(number, due, PeriodState.ASKED, *_told(in_time))
    if due >= as_of:
        return Period(number, due, PeriodState.NEXT if first_to_come else PeriodState.LATER, None, ())
    later = [_asked(each, opened, as_of) for each in seen]
    if all(later):
        return Period(number, due, PeriodState.LATE, *_told(later))
    return Period(number, due, PeriodState.OVERDUE, None, ())


def _asked(seen: Seen, after: date, until: date) -> list[Row]:
    """Answered network queries about the debtor in (after, until]."""
    return [
        row
        for row in seen.dossier.rows("queries")
        if row["source"] in NETWORK
        and row["status"] in ANSWERED
        and after < (row.get("answered_at") or row["happened_at"]) <= until
    ]


def _told(asked: list[list[Row]]) -> tuple[date, tuple[Cited, ...]]:
    """The day on which the last debtor was first asked about, and every receipt."""
    first = [min(row.get("answered_at") or row["happened_at"] for row in rows) for rows in asked]
    return max(first), cite("queries", *(row for rows in asked for row in rows))


def _facts(seen: Seen, ruled_on: date) -> list[NewFact]:
    """Property that could be taken, clues and payments, each learned after the ruling."""
    facts = []
    debtor, dossier = seen.dossier.party_id, seen.dossier
    for asset in seen.ledger.assets:
        rows = _new(seen, {row for line in asset.lines for row in line.rows}, ruled_on)
        if asset.available.year.mid > 0 and rows:
            says = Text(zh="发现财产：{what}", en="Property: {what}").fill(what=asset.label)
            facts.append(NewFact(debtor, rows[0][0], says, tuple(cited for _, cited in rows)))
    for table, says in (("clues", _CLUE), ("payments", _PAID)):
        held = [row for row in dossier.rows(table) if row["case_id"] == dossier.case_id]
        since = [row for row in held if row["known_at"] > ruled_on and row["happened_at"] > ruled_on]
        facts += [NewFact(debtor, row["known_at"], says, cite(table, row)) for row in since]
    return facts


def _new(seen: Seen, cited: set[Cited], ruled_on: date) -> list[tuple[date, Cited]]:
    """Rows of property among those cited that became known after the ruling, with the day, in order."""
    tables = {row.table for row in cited} - {"titles", "encumbrances", "civil_status"}
    found = [
        (row["known_at"], Cited(table, row["row_id"]))
        for table in tables
        for row in seen.dossier.rows(table)
        if row["known_at"] > ruled_on and Cited(table, row["row_id"]) in cited
    ]
    return sorted(found, key=lambda each: (each[0], each[1].table, each[1].row_id))


@lru_cache(maxsize=1)
def _figures() -> Parameters:
    return Parameters.read(FILE)


_CLUE = Text(zh="收到财产线索", en="A clue came in")
_PAID = Text(zh="收到款项", en="Money came in")

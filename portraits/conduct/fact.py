"""The shapes of the conduct page: a rule that selects rows, a fact that cites them; the dates a rule turns on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from portraits.claim import newest
from portraits.law.rule import Cited, Rule
from records.dossier import Dossier, Row
from records.parameters import Parameters
from vocabulary.dates import months_before
from vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened on a day, in words filled from the rows cited. ``amount`` in fen, None where none is named."""

    rule: str
    on: date
    says: Text
    rows: tuple[Cited, ...]
    amount: int | None = None


Find = Callable[[Dossier, Parameters], Iterable[Fact]]


@dataclass(frozen=True, slots=True)
class ConductRule:
    """One kind of fact: its wording in law, the tables it reads, the figures that set its thresholds, how it finds."""

    name: str
    label: Text
    articles: tuple[Rule, ...]
    tables: tuple[str, ...]
    thresholds: tuple[str, ...]
    find: Find


def sued_on(dossier: Dossier) -> date | None:
    """When the (first) suit was brought. The law counts from the defendant's notice of it, which no table holds."""
    return _first(dossier, "sued_on")


def effective_on(dossier: Dossier) -> date | None:
    """When the (first) title took effect."""
    return _first(dossier, "effective_on")


def notified_on(dossier: Dossier) -> date | None:
    """When the debtor was given the enforcement notice: as served, else as the measure was taken."""
    roles = [row for row in dossier.rows("obligors") if row["case_id"] == dossier.case_id]
    served = [row["served_on"] for row in roles if row.get("served_on")]
    notices = [row["happened_at"] for row in measures(dossier, "notice")]
    days = served or notices
    return min(days) if days else None


def lookback(dossier: Dossier, figures: Parameters) -> date | None:
    """The first day whose changes have to be disclosed: a year before the notice (财产调查规定 Art. 6)."""
    notice = notified_on(dossier)
    return None if notice is None else months_before(notice, int(figures.number("lookback_months", notice)))


def measures(dossier: Dossier, *kinds: str) -> list[Row]:
    """Measures of these kinds taken in this case by the dossier's date."""
    return [
        row
        for row in dossier.rows("measures")
        if row["kind"] in kinds
        and row.get("case_id") == dossier.case_id
        and row["happened_at"] <= dossier.as_of
    ]


def after_suit(row: Row, dossier: Dossier) -> bool:
    """Whether a transfer came after the suit, as the register says or by its day."""
    sued = sued_on(dossier)
    return bool(row.get("after_suit")) or (sued is not None and row["happened_at"] >= sued)


def yuan(amount: int) -> str:
    """Fen as people read them."""
    return f"{amount / 100:,.2f}"


def _first(dossier: Dossier, column: str) -> date | None:
    days = [row[column] for row in newest(dossier.rows("titles", "case"), "title_id") if row.get(column)]
    return min(days) if days else None

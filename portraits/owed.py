"""What this debtor owes in the case on a day, with interest for delayed performance, from a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portraits.claim import claim_of, forgives, newest
from portraits.interest import Adjudged, DelayInterest, Paid, Period, delay_interest
from portraits.law.rule import Cited, cite
from records.dossier import Dossier, Row
from records.parameters import Parameters

_PARTS = ("principal", "general_interest", "costs", "penalty")
_MAY_NOT_COUNT = ("stay", "deferral")


@dataclass(frozen=True, slots=True)
class Owed:
    """Fen owed on ``day``. ``low`` leaves out stays and deferrals, ``high`` counts them; both within ``cap``.

    The register does not say whether a stay was for review of the title and not asked for by the debtor
    (法释〔2014〕8号 Art. 3(3)): hence two figures. ``titles`` are the accounts behind ``high``, one a title.
    """

    day: date
    low: int
    high: int
    cap: int | None
    titles: tuple[DelayInterest, ...]
    rows: tuple[Cited, ...]


def owed_on(dossier: Dossier, day: date, *, figures: Parameters, capped: bool = True) -> Owed:
    """What the debtor owes on a day not before the dossier's date, as known on that date.

    Payments and forgiven parts are shared among the titles of the case in proportion to what each orders. Not
    ``capped``: the whole case's, without this debtor's cap.
    """
    titles = newest(dossier.rows("titles", "case"), "title_id")
    orders = [_adjudged(row) for row in titles]
    credits = _credits(dossier)
    stays = [row for row in dossier.rows("suspensions", "case") if row["kind"] in _MAY_NOT_COUNT]
    out = [Period(row["from_on"], row.get("to_on"), cite("suspensions", row)) for row in stays]
    high = _accounts(orders, credits, day, (), figures)
    low = _accounts(orders, credits, day, tuple(out), figures) if out else high
    most = claim_of(dossier).most if capped else None
    return Owed(
        day=day,
        low=_within(sum(each.owed for each in low), most),
        high=_within(sum(each.owed for each in high), most),
        cap=most,
        titles=high,
        rows=cite("titles", *titles)
        + tuple(row for each in credits for row in each.rows)
        + cite("suspensions", *stays),
    )


def _within(amount: int, most: int | None) -> int:
    return amount if most is None else min(amount, most)


def _adjudged(row: Row) -> Adjudged:
    principal, general, costs, penalty = (row.get(part) or 0 for part in _PARTS)
    deadline = row.get("performance_deadline") or row.get("effective_on")
    return Adjudged(principal, general, costs, penalty, deadline, cite("titles", row))


def _credits(dossier: Dossier) -> list[Paid]:
    paid = [row for row in dossier.rows("payments", "case") if row["happened_at"] <= dossier.as_of]
    discharges = dossier.rows("discharges", "case")
    ended = [row for row in discharges if forgives(row, dossier) and row.get("amount")]
    credits = [Paid(row["happened_at"], row["amount"], cite("payments", row)) for row in paid]
    return credits + [Paid(row["happened_at"], row["amount"], cite("discharges", row)) for row in ended]


def _accounts(
    orders: list[Adjudged], credits: list[Paid], day: date, out: tuple[Period, ...], figures: Parameters
) -> tuple[DelayInterest, ...]:
    total = sum(each.total for each in orders)
    if not total:
        return ()
    shares = [_shared(each, orders, total) for each in credits]
    return tuple(
        delay_interest(order, [share[place] for share in shares], on=day, figures=figures, excluded=out)
        for place, order in enumerate(orders)
    )


def _shared(paid: Paid, orders: list[Adjudged], total: int) -> list[Paid]:
    parts = [paid.amount * order.total // total for order in orders]
    parts[0] += paid.amount - sum(parts)
    return [Paid(paid.on, part, paid.rows) for part in parts]

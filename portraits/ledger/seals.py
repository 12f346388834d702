"""Mortgages, pledges, seals and freezes on a thing as they stand on a day: lapsed ones dropped, the others dated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portraits.law.order import QUEUED_SEAL, SEAL_LAPSES, SEAL_TERM
from portraits.law.rule import Cited, cite
from records.dossier import Dossier, Row, standing
from records.parameters import Parameters
from vocabulary.dates import months_after

SECURITIES = ("mortgage", "pledge")
KEY = ("thing_id", "holder", "holder_case_id", "kind")
RULES = (SEAL_TERM, SEAL_LAPSES, QUEUED_SEAL)


@dataclass(frozen=True, slots=True)
class Lien:
    """A security or a seal in force. ``amount`` in fen, None when not in the record; ``ends`` is the day it lapses.

    ``case_id`` is the case that holds it, None for a holder without a case known.
    """

    security: bool
    case_id: int | None
    holder: str
    amount: int | None
    since: date | None
    rank: int | None
    preservation: bool
    ends: date | None
    rows: tuple[Cited, ...]


def liens_on(dossier: Dossier, thing: int, family: str, *, figures: Parameters) -> tuple[Lien, ...]:
    """Liens in force on the dossier's date, in the order of time; those without a day come first, being unknown."""
    rows = [row for row in dossier.rows("encumbrances") if row["thing_id"] == thing]
    held = (_lien(row, family, figures) for row in standing(rows, KEY) if _begun(row, dossier.as_of))
    live = [lien for lien in held if lien.ends is None or lien.ends > dossier.as_of]
    return tuple(sorted(live, key=_in_time))


def lapse(row: Row, family: str, figures: Parameters) -> date | None:
    """The day from which a seal has no effect: as recorded, else the longest term the law allows; None for securities.

    A security ends with its debt, not with the end of its registration, so only its release ends it here.
    """
    if row["kind"] in SECURITIES:
        return None
    start = row.get("effective_on") or row.get("registered_on")
    if row.get("expires_on") is not None or start is None:
        expires: date | None = row.get("expires_on")
        return expires
    return months_after(start, int(figures.number(f"seal_months_{family}", max(start, date(2015, 2, 4)))))


def before(lien: Lien, own: Iterable[Lien]) -> bool | None:
    """Whether a seal of another comes before all seals of our own case; None when the record does not say.

    By rank where both have one, else by day. Without a seal of our own every seal in force comes before.
    """
    answers = [_earlier(lien, mine) for mine in own]
    if not answers:
        return True
    if False in answers:
        return False
    return None if None in answers else True


def _earlier(lien: Lien, mine: Lien) -> bool | None:
    if lien.rank is not None and mine.rank is not None and lien.rank != mine.rank:
        return lien.rank < mine.rank
    if lien.since is None or mine.since is None or lien.since == mine.since:
        return None
    return lien.since < mine.since


def _begun(row: Row, as_of: date) -> bool:
    released, effective = row.get("released_on"), row.get("effective_on")
    return (released is None or released > as_of) and (effective is None or effective <= as_of)


def _lien(row: Row, family: str, figures: Parameters) -> Lien:
    security = row["kind"] in SECURITIES
    first = ("registered_on", "effective_on") if security else ("effective_on", "registered_on")
    return Lien(
        security=security,
        case_id=row.get("holder_case_id"),
        holder=row.get("holder") or "",
        amount=row.get("secured"),
        since=row.get(first[0]) or row.get(first[1]),
        rank=None if security else row.get("rank"),
        preservation=bool(row.get("preservation")),
        ends=lapse(row, family, figures),
        rows=cite("encumbrances", row),
    )


def _in_time(lien: Lien) -> tuple[date, int, bool, int]:
    return (lien.since or date.min, lien.rank or 0, not lien.security, lien.rows[0].row_id)

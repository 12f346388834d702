"""Whose records a promise rests on: the debtor's other open cases, and the other debtors of the case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from portraits.claim import newest
from records.dossier import Dossier

Fetch = Callable[[int, int, date], Dossier]
"""The dossier of (party, case) as known on a date, such as `Dossiers.fetch`; of a party 0 it has no rows."""


@dataclass(frozen=True, slots=True)
class Debtor:
    """One debtor as they stand in the case asked about, and the same debtor in each of their other open cases."""

    dossier: Dossier
    elsewhere: tuple[Dossier, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """The debtor asked about, and the other debtors of the case, in the order of their references."""

    debtor: Debtor
    others: tuple[Debtor, ...]


def around(dossier: Dossier, fetch: Fetch) -> Around:
    """Everything that shares this debtor's means, or this claim, as known on the dossier's date.

    Only obligors are fetched, each in a case of their own (法释〔2013〕20号 Art. 7). A function of the records and the
    date alone, so that a replay finds the same.
    """
    roles = newest(dossier.rows("obligors", "case"), "party_id")
    ids = sorted({row["party_id"] for row in roles} - {dossier.party_id})
    others = (fetch(party_id, dossier.case_id, dossier.as_of) for party_id in ids)
    return Around(_debtor(dossier, fetch), tuple(_debtor(other, fetch) for other in others))


def is_open(dossier: Dossier) -> bool:
    """Whether the dossier's case is an open case of enforcement on its date."""
    cases = newest(dossier.rows("cases", "case"), "case_id")
    return bool(cases) and cases[0].get("closed_on") is None and cases[0].get("kind") != "preservation"


def _debtor(dossier: Dossier, fetch: Fetch) -> Debtor:
    return Debtor(dossier, tuple(_elsewhere(dossier, fetch)))


def _elsewhere(dossier: Dossier, fetch: Fetch) -> Iterator[Dossier]:
    ids = {row["case_id"] for row in dossier.rows("obligors")} - {dossier.case_id}
    for case_id in sorted(ids):
        case = fetch(_NOBODY, case_id, dossier.as_of)
        if is_open(case):
            yield replace(case, party_id=dossier.party_id, party=dossier.party)


_NOBODY = 0
"""The debtor's own rows are at hand: fetched once more with each of some hundred cases they would take seconds."""

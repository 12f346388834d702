"""A court whose debtors each have a case of their own, told of by several sources: material for stories of linkage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from records.linkage.codes import organisation_check, unified_check
from records.linkage.ledger import read_links
from records.linkage.link import Known, link
from records.linkage.links import Link, clusters
from tests.records.papers import Papers
from vocabulary.identity import citizen_check

NIGHT, LATER = date(2024, 7, 1), date(2024, 8, 1)
CASE_OF = 10_000
"""The case of party n is n + CASE_OF unless the story says another."""


def organisation(serial: int) -> str:
    """A right organisation code."""
    first = f"{serial:08d}"
    return first + organisation_check(first)


def unified(serial: int) -> str:
    """The unified code around it."""
    first = f"91320200{organisation(serial)}"
    return first + unified_check(first)


def citizen(serial: int) -> str:
    """A right ID number of 18 characters; without its century and check it is the old one."""
    first = f"32020019700101{serial:03d}"
    return first + citizen_check(first)


def old_form(number: str) -> str:
    """The 15 digits of an ID number."""
    return number[:6] + number[8:17]


def tell(papers: Papers, *parties: Mapping[str, Any], cases: Mapping[int, int] | None = None) -> None:
    """Load parties, each a debtor of its own case (or of the one that ``cases`` says)."""
    own = {
        each["party_id"]: (cases or {}).get(each["party_id"], each["party_id"] + CASE_OF) for each in parties
    }
    clocks = {
        each["party_id"]: {name: each[name] for name in each if name.endswith("_at")} for each in parties
    }
    common = {"court": "3202", "kind": "first", "cause": "bank_loan", "filed_on": "2024-01-10"}
    papers.write("cases", *({"case_id": case, **common} for case in sorted(set(own.values()))))
    papers.write(
        "obligors",
        *({"case_id": case, "party_id": n, "role": "principal", **clocks[n]} for n, case in own.items()),
    )
    papers.write("parties", *parties)
    papers.load()


def firm(party: int, name: str | None = None, **said: Any) -> dict[str, Any]:
    """A row of `parties` about a firm."""
    return {"party_id": party, "kind": "organisation", "name": name, **said}


def person(party: int, name: str | None = None, **said: Any) -> dict[str, Any]:
    """A row of `parties` about a person."""
    return {"party_id": party, "kind": "natural", "name": name, **said}


def linked(papers: Papers, *, on: date = NIGHT, known: Known = "decided") -> dict[int, int]:
    """Run the linkage on a day; who belongs to whom then."""
    link(papers.store, on=on, known=known)
    return clusters(read_links(papers.store.engine), on)


def decisions(papers: Papers) -> dict[tuple[int, int], Link]:
    """The newest decision on each pair."""
    return {each.pair: each for each in read_links(papers.store.engine)}

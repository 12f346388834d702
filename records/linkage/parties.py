"""The parties as linkage sees them: what is known of each as of a day, and the numbers it can be compared by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from records.contracts import TABLES
from records.linkage.codes import Scheme
from records.versions import versions_sql

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Party:
    """What is known of a party as of a day.

    ``since`` is when the court first heard of the party, ``told_on`` when of the name and address used here.
    ``codes``: scheme → keyed hash → first day known. ``cases``: those in which the party is an obligor.
    """

    party: int
    kind: str
    since: date
    told_on: date
    name: str | None = None
    address: str | None = None
    region: str | None = None
    founded_on: date | None = None
    codes: Mapping[Scheme, Mapping[int, date]] = field(default_factory=dict)
    cases: frozenset[int] = frozenset()


def parties_on(engine: duckdb.DuckDBPyConnection, day: date) -> dict[int, Party]:
    """Every party of the store as known on a day: of each fact the newest row that states it."""
    seen = f"""
        select * from ({versions_sql(TABLES["parties"])})
        where known_at <= $day and (superseded_at is null or superseded_at > $day) and retracted is not true
    """
    newest = ", ".join(
        f"arg_max({name}, row(happened_at, known_at, row_id)) as {name}"
        for name in ("kind", "name", "address", "region", "founded_on")
    )
    facts = engine.execute(
        f"""select party_id, min(known_at) as since,
            coalesce(max(known_at) filter (name is not null or address is not null), min(known_at)) as told_on, {newest}
        from ({seen}) group by party_id order by party_id""",
        {"day": day},
    ).fetchall()
    codes = _codes(engine, seen, day)
    cases = _cases(engine, day)
    return {
        party: Party(
            party, kind, since, told_on, name, address, region, founded_on,
            codes=codes.get(party, {}), cases=frozenset(cases.get(party, ())),
        )
        for party, since, told_on, kind, name, address, region, founded_on in facts
    }  # fmt: skip


def codes_differ(ours: Iterable[Party], theirs: Iterable[Party]) -> bool:
    """Whether two sets of parties have numbers that say they are not one: of another kind, or no number in common.

    People differ unless they share an ID number. Firms differ by organisation code where both have one, else by
    business registration number where both have one.
    """
    left, right = tuple(ours), tuple(theirs)
    if len({party.kind for party in (*left, *right)}) > 1:
        return True
    if any(party.kind == "natural" for party in left):
        mine, other = _of(left, "citizen"), _of(right, "citizen")
        return mine != other or len(mine) != 1
    for scheme in ("organisation", "registration"):
        mine, other = _of(left, scheme), _of(right, scheme)
        if mine and other:
            return mine.isdisjoint(other)
    return False


def _of(parties: Iterable[Party], scheme: Scheme) -> set[int]:
    return {code for party in parties for code in party.codes.get(scheme, {})}


def _codes(
    engine: duckdb.DuckDBPyConnection, seen: str, day: date
) -> dict[int, dict[Scheme, dict[int, date]]]:
    """Numbers by party and scheme. Of a person's ID numbers the newest row's counts: a person has one."""
    rows = engine.execute(
        f"""select p.party_id, p.kind, c.scheme, c.code, min(p.known_at), max(row(p.happened_at, p.known_at, p.row_id))
        from ({seen}) p join party_codes c on c.row_id = p.row_id group by all order by all""",
        {"day": day},
    ).fetchall()
    found: dict[int, dict[Scheme, dict[int, date]]] = defaultdict(lambda: defaultdict(dict))
    newest: dict[int, tuple[object, ...]] = {}
    for party, kind, scheme, code, known, place in rows:
        if kind == "natural":
            order = tuple(place.values()) if isinstance(place, dict) else tuple(place)
            if order < newest.get(party, ()):
                continue
            newest[party] = order
            found[party][scheme] = {code: known}
        else:
            found[party][scheme][code] = known
    return {party: {scheme: dict(each) for scheme, each in by.items()} for party, by in found.items()}


def _cases(engine: duckdb.DuckDBPyConnection, day: date) -> dict[int, set[int]]:
    rows = engine.execute(
        f"""select distinct party_id, case_id from ({versions_sql(TABLES["obligors"])})
        where known_at <= $day and (superseded_at is null or superseded_at > $day) and retracted is not true""",
        {"day": day},
    ).fetchall()
    cases: dict[int, set[int]] = defaultdict(set)
    for party, case in rows:
        cases[party].add(case)
    return cases

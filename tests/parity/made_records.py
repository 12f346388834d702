"""Records made by Hypothesis from the contracts: corrections, retractions, missing values, ties, rows known later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from hypothesis import strategies as st

from features.catalogue import CATALOGUE
from features.day import profile, value
from features.declare import Declared, Derived, Feature, Standing, Values
from features.evidence import Evidence, evidence
from records.contracts import TABLES, Column, Kind
from records.dossier import Dossier, Row
from records.states import family_states
from vocabulary.dates import months_before
from vocabulary.families import ASKED

PARTIES, CASES = (1, 2, 3), (10, 11, 12)
DAYS = (date(2026, 3, 10), date(2026, 3, 31), date(2024, 2, 29))
"""As-of dates: a plain one, and two whose windows open on clipped month ends."""

Point = tuple[int, int, date]
Tables = dict[str, list[dict[str, Any]]]


def points() -> st.SearchStrategy[list[Point]]:
    """Obligations with a date of their own, some twice."""
    one = st.tuples(st.sampled_from(PARTIES), st.sampled_from(CASES), st.sampled_from(DAYS))
    return st.lists(one, min_size=1, max_size=5)


def tables(*names: str, most: int = 12) -> st.SearchStrategy[Tables]:
    """Stored versions of rows of the tables named."""
    return st.fixed_dictionaries({name: rows(name, most=most) for name in names})


def rows(table: str, *, most: int = 12) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Stored versions of one table's rows, with row ids and the days on which they were superseded."""
    facts = st.fixed_dictionaries({column.name: _cells(column) for column in TABLES[table].columns})
    if table == "queries":
        facts = facts.map(_one_family_a_receipt)
    follows = st.one_of(st.none(), st.integers(0, most - 1))
    drafts = st.lists(st.tuples(facts, follows, st.booleans()), max_size=most)
    return drafts.flatmap(
        lambda made: st.permutations(range(1, len(made) + 1)).map(lambda ids: _versions(made, ids))
    )


def dossier_of(point: Point, made: Mapping[str, Sequence[Row]]) -> Dossier:
    """The dossier of an obligation out of stored versions."""
    party, case, as_of = point
    return Dossier.assemble(
        party_id=party,
        case_id=case,
        as_of=as_of,
        party={name: [r for r in some if r.get("party_id") == party] for name, some in made.items()},
        case={name: [r for r in some if r.get("case_id") == case] for name, some in made.items()},
    )


def by_day(feature: Feature, dossier: Dossier) -> tuple[int, float | None]:
    """Number of rows chosen, and the measure over them."""
    chosen = feature.rows.select(dossier)
    return len(chosen), feature.measure.of(feature.rows, chosen, dossier.as_of)


def again(name: str, dossier: Dossier) -> float:
    """A feature's value made anew from the evidence alone that is shown for it."""
    return _value(CATALOGUE[name], only(evidence(name, dossier), dossier))


def _value(declared: Declared, dossier: Dossier) -> float:
    if isinstance(declared, Standing):
        return profile(dossier)[declared.name]
    if isinstance(declared, Derived):
        return float(declared.of(*(np.array([_value(part, dossier)]) for part in declared.parts))[0])
    return value(declared, dossier, family_states(dossier.rows("queries"), dossier.as_of))


def only(shown: Evidence, dossier: Dossier) -> Dossier:
    """A dossier that holds nothing but the evidence."""
    party: dict[str, Any] = {"queries": shown.receipts}
    case: dict[str, Any] = {}
    for part in shown.parts:
        side = party if part.feature.rows.by == "party" else case
        table = part.feature.rows.table
        held = {row["row_id"]: row for row in (*side.get(table, ()), *part.rows)}
        side[table] = tuple(held.values())
    return Dossier.assemble(
        party_id=dossier.party_id, case_id=dossier.case_id, as_of=dossier.as_of, party=party, case=case
    )


def superseded(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with ``superseded_at`` set: known_at of the next version. A correction names the root."""
    versions = defaultdict(list)
    for row in made:
        versions[row["corrects_row_id"] or row["row_id"]].append(row)
    for chain in versions.values():
        chain.sort(key=lambda row: (row["known_at"], row["row_id"]))
        for row, later in zip(chain, [*chain[1:], None], strict=True):
            row["superseded_at"] = later["known_at"] if later else None
    return made


def _one_family_a_receipt(facts: dict[str, Any]) -> dict[str, Any]:
    receipt = facts["receipt_id"] or 1
    return facts | {"receipt_id": receipt, "family": ASKED[receipt % len(ASKED)]}


def _versions(
    made: list[tuple[dict[str, Any], int | None, bool]], ids: Sequence[int]
) -> list[dict[str, Any]]:
    """Every draft becomes a row; one that follows an earlier draft corrects it, or takes it back."""
    stored: list[dict[str, Any]] = []
    for (facts, follows, taken_back), row_id in zip(made, ids, strict=True):
        corrected = stored[follows] if follows is not None and follows < len(stored) else None
        root = corrected["corrects_row_id"] or corrected["row_id"] if corrected else None
        stored.append(
            facts
            | {"row_id": row_id, "corrects_row_id": root, "retracted": taken_back if corrected else None}
        )
    return superseded(stored)


def _cells(column: Column) -> st.SearchStrategy[Any]:
    if column.name in _NAMED:
        return _NAMED[column.name]
    if column.codes:
        filled: st.SearchStrategy[Any] = st.sampled_from(column.codes)
    elif column.kind is Kind.MONEY:
        filled = _money(column)
    else:
        filled = _KINDS[column.kind]
    return filled if column.required else st.one_of(st.none(), filled, filled, filled)


def _money(column: Column) -> st.SearchStrategy[int]:
    amounts = (0, 1, 50, 99, 12_345, 1_000_000, 10**13)
    owed = () if column.least == 0 else (-1, -7_777)
    return st.one_of(st.sampled_from(amounts + owed), st.integers(0, 10**9))


def _near_edges(day: date) -> list[date]:
    edges = [months_before(day, months) for months in (0, 3, 6, 12, 24, 36)]
    return [edge + timedelta(days=days) for edge in edges for days in (-1, 0, 1)]


_ANY_DAY = st.dates(date(2022, 1, 1), date(2026, 6, 1))
_EDGES = sorted({edge for day in DAYS for edge in _near_edges(day)})
_DATES = st.one_of(st.sampled_from(_EDGES), _ANY_DAY)
_KINDS: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.KEY: st.sampled_from((1, 2, 3, 10, 11)),
    Kind.IDENTITY: st.just(5),
    Kind.DATE: _DATES,
    Kind.NUMBER: st.sampled_from((0.0, 0.1, 1 / 3, 0.5, 1.0)),
    Kind.WHOLE: st.integers(-2, 9),
    Kind.FLAG: st.booleans(),
    Kind.TEXT: st.sampled_from(("A", "B")),
    Kind.PERSONAL: st.just("李某"),
}
_NAMED: dict[str, st.SearchStrategy[Any]] = {
    "party_id": st.sampled_from(PARTIES),
    "case_id": st.sampled_from(CASES),
    "happened_at": _DATES,
    "known_at": st.one_of(st.sampled_from(DAYS), _ANY_DAY),
    "corrects_row_id": st.none(),
    "retracted": st.none(),
}


def close(one: float | None, other: float | None) -> bool:
    """Equal, both missing, or within 1e-9 of each other relatively."""
    if one is None or other is None:
        return one is other
    if one != one or other != other:
        return one != one and other != other
    return abs(one - other) <= 1e-9 * max(1.0, abs(one))


def differing(names: Sequence[str], one: Values, other: Values) -> dict[str, tuple[float, float]]:
    """The features whose values are apart, with both."""
    return {
        name: (float(a), float(b))
        for name, a, b in zip(names, one, other, strict=True)
        if not close(float(a), float(b))
    }

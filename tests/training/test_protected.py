"""Sex, age, marriage, place and name are kept to measure error by group: no way leads from them into a matrix.

Three looks, each at what the one before cannot see: what features read, by declaration; what moves when those facts
are written anew in the records; and which column tells them, whoever filled it and whatever it is called.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
import pytest

from features.catalogue import CATALOGUE
from features.catalogue.civil_status import CivilStatus
from features.catalogue.party import Party
from features.day import profile
from features.declare import Catalogue, Declared, Derived, Family, Feature, Standing
from features.evidence import leaves
from features.measures import Latest
from features.night import build, matrix
from features.rows import ProtectedColumn, Rows, of_debtor
from records.contracts import TABLES, Kind
from records.dossier import Dossier, Row
from records.dossiers import Dossiers
from records.snapshot import Snapshot
from tests.features.in_memory import InMemory, obligations
from vocabulary.text import Text

LOOKED_AT = 60
TELLING = 0.9
"""AUC from which a column alone tells a protected fact: at one, it is that fact."""
TOLD_OTHERWISE = {
    ("parties", "region"),  # where somebody comes from
    ("parties", "vulnerability"),  # says who is a minor or disabled
    ("civil_status", "spouse_is_obligor"),  # says who is married
}
"""Columns that are not marked protected, and from which a protected fact can be read off all the same."""
KEPT_OUT = {
    (table.name, column.name)
    for table in TABLES.values()
    for column in table.columns
    if column.sensitivity in ("protected", "personal")
} | TOLD_OTHERWISE
ANEW: Mapping[str, Any] = {
    "sex": {"female": "male", "male": "female", None: "female"},
    "birth_year": {None: 1931},
    "marital": {"single": "widowed", None: "divorced"},
    "region": {None: "650000"},
    "vulnerability": {"none": "minor", None: "disabled"},
    "spouse_is_obligor": {True: False, False: True, None: True},
}


@dataclass(frozen=True, slots=True)
class Told:
    """A measure as a careless author might write it: its column hides under a name that nobody checks."""

    of_whom: str
    codes: tuple[str, ...] = ()

    def sql(self, rows: Rows, where: str) -> str:
        value = f'"{self.of_whom}"' if not self.codes else f"\"{self.of_whom}\" = '{self.codes[0]}'"
        return f"CAST(max(CAST({value} AS BIGINT)) FILTER ({where}) AS DOUBLE)"

    def of(self, rows: Rows, chosen: Sequence[Row], as_of: date) -> float | None:
        known = [row[self.of_whom] for row in chosen if row.get(self.of_whom) is not None]
        told = [float(value == self.codes[0]) if self.codes else float(value) for value in known]
        return max(told) if told else None


def feature(measure: object, table: str = "parties") -> Feature:
    return Feature(
        rows=of_debtor(table), measure=measure, unit="count",  # type: ignore[arg-type]
        label=Text(zh="客户等级", en="tier"), reason=Text(zh="等级{value}", en="tier: {value}"),
    )  # fmt: skip


class Innocent(Family):
    """What a planted family might look like: nothing in it is called what it is."""

    record_family = "party"

    service_tier = feature(Told("birth_year"))
    segment = feature(Told("sex", codes=("female",)))
    tier_and_segment = Derived(
        form="sum", parts=(service_tier, segment), unit="count",
        label=Text(zh="等级与分组", en="tier and segment"), reason=Text(zh="{value}", en="{value}"),
    )  # fmt: skip


PLANTED = Catalogue(families=(CivilStatus, Party, Innocent))


@pytest.fixture(scope="module")
def dossiers(town: Snapshot) -> tuple[Dossier, ...]:
    asked = town.query(
        "SELECT o.party_id, o.case_id, max(o.known_at) AS day FROM obligors o JOIN parties p USING (party_id) "
        "WHERE p.kind = 'natural' GROUP BY ALL ORDER BY 1, 2 LIMIT $most",
        most=LOOKED_AT,
    ).to_pylist()
    held = Dossiers.open(town.path)
    found = tuple(held.fetch(row["party_id"], row["case_id"], town.newest or row["day"]) for row in asked)
    held.close()
    return found


def read_by(declared: Declared) -> set[tuple[str, str]]:
    """Every column that a feature, or any part of it, could read: each name of a column that its declaration holds."""
    return {
        (leaf.rows.table, name)
        for leaf in leaves(declared)
        for name in _words((asdict(leaf.rows), asdict(leaf.measure), leaf.shows))  # type: ignore[call-overload]
        if name in {column.name for column in TABLES[leaf.rows.table].columns}
    }


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (word for each in value.values() for word in _words(each))
    elif isinstance(value, tuple | list):
        yield from (word for each in value for word in _words(each))


def offenders(catalogue: Catalogue) -> set[str]:
    return {each.name for each in catalogue.features if read_by(each) & KEPT_OUT}


def written_anew(dossier: Dossier) -> Dossier:
    """The same debtor, were they of another sex, age, marriage, place, name and number."""
    return Dossier(
        dossier.party_id, dossier.case_id, dossier.as_of, _anew(dossier.party), _anew(dossier.case)
    )


def _anew(tables: Mapping[str, tuple[Row, ...]]) -> dict[str, tuple[Row, ...]]:
    return {
        table: tuple(
            {
                name: _other(table, name, value) if (table, name) in KEPT_OUT else value
                for name, value in row.items()
            }
            for row in rows
        )
        for table, rows in tables.items()
    }


def _other(table: str, name: str, value: Any) -> Any:
    if name in ANEW:
        return ANEW[name].get(value, ANEW[name][None])
    return "written anew" if TABLES[table].column(name).kind is Kind.PERSONAL else (value or 0) + 17


def moved(dossiers: Sequence[Dossier], catalogue: Catalogue) -> set[str]:
    """Features that the night and the day give otherwise once protected facts are written anew."""
    changed = [written_anew(each) for each in dossiers]
    assert all(before != after for before, after in zip(dossiers, changed, strict=True))
    by_day = [np.array([profile(each, catalogue).values for each in some]) for some in (dossiers, changed)]
    by_night = [_night(some, catalogue) for some in (dossiers, changed)]
    return {
        name
        for first, second in (by_day, by_night)
        for place, name in enumerate(catalogue.names)
        if not np.array_equal(first[:, place], second[:, place], equal_nan=True)
    }


def _night(dossiers: Sequence[Dossier], catalogue: Catalogue) -> np.ndarray:
    rows: dict[str, dict[int, Row]] = {}
    for dossier in dossiers:
        for tables in (dossier.party, dossier.case):
            for table, found in tables.items():
                rows.setdefault(table, {}).update({row["row_id"]: row for row in found})
    asked = obligations([(each.party_id, each.case_id, each.as_of) for each in dossiers])
    with InMemory({table: found.values() for table, found in rows.items()}) as court:
        return matrix(build(court, asked, catalogue=catalogue), catalogue)


def telling(values: np.ndarray, fact: np.ndarray) -> np.ndarray:
    """How well each column (n, features) alone tells a fact (n,) of 0 and 1: AUC, 0.5 for not at all, 1 for wholly."""
    found = []
    for column in values.T:
        known = ~np.isnan(column)
        yes, no = column[known & (fact == 1)], column[known & (fact == 0)]
        if min(len(yes), len(no)) < 5:
            found.append(0.5)
            continue
        above = (yes[:, None] > no[None, :]).mean() + (yes[:, None] == no[None, :]).mean() / 2
        found.append(max(above, 1 - above))
    return np.array(found)


def facts(dossiers: Sequence[Dossier]) -> dict[str, np.ndarray]:
    """Protected facts of debtors as 0 and 1: female, and older than half of them."""
    people = [each.rows("parties")[-1] for each in dossiers]
    born = np.array([row["birth_year"] for row in people], dtype=float)
    return {
        "female": np.array([row["sex"] == "female" for row in people], dtype=float),
        "older": (born < np.nanmedian(born)).astype(float),
    }


def test_sex_birth_year_marriage_region_and_names_are_among_what_is_kept_out() -> None:
    kept = {"sex", "birth_year", "marital", "region", "name", "address", "id_number", "former_number"}

    assert kept <= {column for _, column in KEPT_OUT}
    assert set(ANEW) <= {column for _, column in KEPT_OUT}


def test_no_feature_reads_them_nor_does_any_part_of_one() -> None:
    assert offenders(CATALOGUE) == set()
    assert all(leaves(each) for each in CATALOGUE.features if not isinstance(each, Standing))


def test_a_feature_of_another_name_over_them_is_refused_where_it_is_declared() -> None:
    with pytest.raises(ProtectedColumn, match="birth_year"):
        feature(Latest("birth_year"))


def test_a_measure_that_hides_its_column_and_what_is_composed_of_it_are_found_out() -> None:
    assert offenders(PLANTED) == {"service_tier", "segment", "tier_and_segment"}


def test_written_anew_they_move_nothing_in_either_engine(dossiers: tuple[Dossier, ...]) -> None:
    assert moved(dossiers, CATALOGUE) == set()


def test_written_anew_they_move_what_was_planted(dossiers: tuple[Dossier, ...]) -> None:
    assert moved(dossiers, PLANTED) == {"service_tier", "segment", "tier_and_segment"}


def test_no_column_alone_tells_sex_or_age(dossiers: tuple[Dossier, ...]) -> None:
    values = np.array([profile(each).values for each in dossiers])

    for fact, of_whom in facts(dossiers).items():
        assert 10 < of_whom.sum() < len(of_whom) - 10, fact
        told = telling(values, of_whom)
        assert [CATALOGUE.names[place] for place in np.flatnonzero(told >= TELLING)] == [], fact


def test_a_column_of_the_door_filled_with_a_protected_fact_tells_it(dossiers: tuple[Dossier, ...]) -> None:
    """A court's own file may map anything to a plain column: here the year of birth goes in as employees."""
    filled = [
        Dossier(
            each.party_id,
            each.case_id,
            each.as_of,
            {
                **each.party,
                "parties": tuple({**r, "employees": r["birth_year"]} for r in each.rows("parties")),
            },
            each.case,
        )
        for each in dossiers
    ]
    told = telling(np.array([profile(each).values for each in filled]), facts(filled)["older"])

    assert [CATALOGUE.names[place] for place in np.flatnonzero(told >= TELLING)] == ["employees"]

"""Every measure, over every table it fits: the SQL face and the Python face give one number."""

from __future__ import annotations

from collections import defaultdict

import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features import measures
from features.catalogue import CATALOGUE
from features.declare import Family, Feature
from features.measures import (
    Count,
    DaysSince,
    DaysSinceFirst,
    Distinct,
    Excess,
    Exists,
    Largest,
    Latest,
    LongestGap,
    Measure,
    MonthlyMean,
    Months,
    ShareOf,
    Total,
    Trend,
)
from features.night_sql import scan_sql
from features.rows import Rows, of_debtor
from tests.features.in_memory import InMemory, obligations
from tests.parity.made_records import Point, Tables, by_day, close, dossier_of, points, tables
from vocabulary.text import Text

FEW = settings(max_examples=max(settings.default.max_examples // 4, 10))
LABEL = Text(zh="测", en="made for a test")
spending = of_debtor("consumption")
roles = of_debtor("registrations").latest_per("company_id", "role")


def _feature(rows: Rows, measure: Measure) -> Feature:
    return Feature(rows=rows, measure=measure, unit="count", label=LABEL, reason=LABEL)


class Measured(Family):
    """Each measure at least once, plain, narrowed and in a window."""

    record_family = "consumption"

    total = _feature(spending, Total("amount"))
    total_of_shares = _feature(roles, Total("paid_in", times="share"))
    total_of_numbers = _feature(roles, Total("share"))
    monthly_mean = _feature(spending.last_months(6), MonthlyMean("billed"))
    count = _feature(spending.more_than("amount", 120).less_than("amount", 5000), Count())
    exists = _feature(roles.where(status=("new", "active")), Exists())
    distinct_codes = _feature(spending.last_months(24), Distinct("category"))
    distinct_keys = _feature(of_debtor("registrations"), Distinct("company_id"))
    largest = _feature(spending.missing("billed"), Largest("amount"))
    latest = _feature(spending, Latest("billed"))
    latest_flag = _feature(of_debtor("auctions").untrue("sold"), Latest("sold"))
    days_since = _feature(of_debtor("litigation").in_force("from_on", "to_on"), DaysSince("from_on"))
    days_since_first = _feature(spending, DaysSinceFirst())
    longest_gap = _feature(spending.last_months(36), LongestGap())
    share_of = _feature(spending, ShareOf("amount", of_column="category", codes=("luxury", "travel")))
    trend = _feature(spending.last_months(12), Trend("amount"))
    months = _feature(spending.last_months(12), Months())
    excess = _feature(of_debtor("transfers"), Excess("appraised_value", over="price"))


def _by_scan(features: tuple[Feature, ...]) -> dict[tuple[str, str], list[Feature]]:
    scans: dict[tuple[str, str], list[Feature]] = defaultdict(list)
    for feature in features:
        scans[feature.rows.table, feature.rows.by].append(feature)
    return dict(scans)


SCANS = _by_scan(CATALOGUE.made_of_rows)
MEASURED = _by_scan(tuple(f for f in Measured.features() if isinstance(f, Feature)))


def test_every_measure_is_tried() -> None:
    tried = {type(feature.measure) for features in MEASURED.values() for feature in features}
    assert tried == set(measures.MEASURES)


@pytest.mark.parametrize("scan", MEASURED, ids="-".join)
@FEW
@given(data=st.data())
def test_both_faces_of_a_measure_give_one_number(scan: tuple[str, str], data: st.DataObject) -> None:
    _compare(MEASURED[scan], data.draw(tables(scan[0])), data.draw(points()))


@pytest.mark.parametrize("scan", SCANS, ids="-".join)
@FEW
@given(data=st.data())
def test_day_and_night_choose_and_measure_alike_in_every_table(
    scan: tuple[str, str], data: st.DataObject
) -> None:
    _compare(SCANS[scan], data.draw(tables(scan[0])), data.draw(points()))


def _compare(features: list[Feature], made: Tables, asked: list[Point]) -> None:
    numbered = obligations(asked)
    numbered = numbered.append_column("n", [list(range(len(asked)))])
    with InMemory(made, only=made) as store:
        found = {row["n"]: row for row in store.query(scan_sql(features), asked=numbered).to_pylist()}
        for day in {as_of for _, _, as_of in asked}:
            same = numbered.filter(pc.equal(numbered["as_of"], day))
            there = {n: found[n] for n in found if asked[n][2] == day}
            for span in (None, (min(same["party_id"].to_pylist()), max(same["party_id"].to_pylist()))):
                by_debtor = store.query(scan_sql(features, day=day, span=span), asked=same).to_pylist()
                assert {row["n"]: row for row in by_debtor} == there
    for n, point in enumerate(asked):
        dossier = dossier_of(point, made)
        for feature in features:
            chosen, number = by_day(feature, dossier)
            night = found.get(n, {}).get(feature.name)
            assert close(number, night), (feature.name, point, number, night)
            assert (chosen > 0) == (_selected(found.get(n), features, feature) > 0), (feature.name, point)


def _selected(row: dict[str, int] | None, features: list[Feature], feature: Feature) -> int:
    if row is None:
        return 0
    different = list(dict.fromkeys(each.rows for each in features))
    return row[f"selected_{different.index(feature.rows)}"]

"""The catalogue itself: complete in both languages, signed only with a reason, free of protected facts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from features.catalogue import CATALOGUE
from features.catalogue.civil_status import CivilStatus
from features.declare import Catalogue, Declared, Derived, Family, Feature, Leans, Standing
from features.evidence import leaves
from features.measures import Count, Latest, ShareOf, Total, columns_of
from features.rows import ProtectedColumn, Rows, of_debtor
from features.rows import Test as Condition
from records.contracts import TABLES
from vocabulary.families import ASKED, FAMILIES
from vocabulary.text import Text

DECLARED = [feature for feature in CATALOGUE.features if not isinstance(feature, Standing)]
LABEL = Text(zh="测试", en="made for a test")
REASON = Text(zh="测试{value}", en="made for a test {value}")
every = pytest.mark.parametrize("feature", DECLARED, ids=lambda feature: feature.name)


def test_there_are_features_for_every_record_family() -> None:
    assert len(DECLARED) >= 75
    assert {feature.family for feature in DECLARED} == set(FAMILIES)


def test_a_family_holds_five_to_twelve_features() -> None:
    sizes = {
        family.__name__: len(family.features()) for family in CATALOGUE.families if family is not CivilStatus
    }
    assert {name: size for name, size in sizes.items() if not 5 <= size <= 12} == {}


def test_of_civil_status_only_dependants_are_read() -> None:
    """Marital status never enters; a spouse who is a debtor of the case would tell it."""
    read = {column for f in CivilStatus.features() for leaf in leaves(f) for column in _columns(leaf)}
    assert read == {"party_id", "dependants"}


@every
def test_a_feature_speaks_both_languages(feature: Declared) -> None:
    for text in (feature.label, feature.reason):
        assert re.search(r"[一-鿿]", text.zh)
        assert not re.search(r"[一-鿿]", text.en)
    assert set(re.findall(r"{(\w+)}", feature.reason.zh)) == set(re.findall(r"{(\w+)}", feature.reason.en))


@every
def test_a_reason_has_room_for_the_value_and_for_nothing_unknown(feature: Declared) -> None:
    places = re.findall(r"{(\w+)}", feature.reason.en)
    assert places.count("value") == 1
    assert set(places) <= {"value", "standing"}
    if "standing" in places:
        assert feature.reason.zh.endswith("，{standing}")
        assert feature.reason.en.endswith(", {standing}")


@every
def test_a_leaning_has_its_reason_and_only_a_leaning(feature: Declared) -> None:
    assert bool(feature.why) is (feature.leans is not Leans.NEITHER)


@pytest.mark.parametrize("feature", CATALOGUE.made_of_rows, ids=lambda feature: feature.name)
def test_a_name_ends_in_its_window(feature: Feature) -> None:
    told = re.search(r"_(\d+)m$", feature.name)
    assert feature.rows.months == (int(told[1]) if told else None)


@every
def test_a_feature_shows_what_it_measures(feature: Declared) -> None:
    for leaf in leaves(feature):
        clocks = {"happened_at", "known_at"}
        assert set(columns_of(leaf.measure)) - clocks <= set(leaf.shows)


@every
def test_units_fit_measures(feature: Declared) -> None:
    if not isinstance(feature, Feature):
        return
    fits = {
        "MonthlyMean": {"CNY/month"}, "Exists": {"flag"}, "DaysSince": {"days"}, "DaysSinceFirst": {"days"},
        "LongestGap": {"days"}, "ShareOf": {"share"}, "Trend": {"trend"}, "Months": {"months"}, "Excess": {"CNY"},
        "Count": {"count", "people"}, "Distinct": {"count"}, "Total": {"CNY"},
    }  # fmt: skip
    assert feature.unit in fits.get(type(feature.measure).__name__, {feature.unit})


def test_windows_of_trends_are_even() -> None:
    odd = [f.name for f in CATALOGUE.made_of_rows if f.unit == "trend" and (f.rows.months or 1) % 2]
    assert odd == []


def test_no_feature_reads_a_protected_or_personal_column() -> None:
    read = {(f.rows.table, column) for f in CATALOGUE.made_of_rows for column in _columns(f)}
    kept = {
        (t.name, c.name)
        for t in TABLES.values()
        for c in t.columns
        if c.sensitivity in ("protected", "personal")
    }
    assert ("parties", "sex") in kept
    assert ("civil_status", "marital") in kept
    assert read & kept == set()


def test_every_feature_stands_on_rows_of_its_own_record_family() -> None:
    """Receipts of the family decide what silence of the table means."""
    shared = {"encumbrances", "parties"}
    others = {
        feature.name
        for feature in CATALOGUE.made_of_rows
        if feature.rows.table not in shared and TABLES[feature.rows.table].family != feature.family
    }
    paid_with_the_claim = {"case_paid", "paid_total"}
    assert others == paid_with_the_claim


def test_the_monotone_vector_is_the_leanings() -> None:
    assert CATALOGUE.monotone == tuple(int(feature.leans) for feature in CATALOGUE.features)
    at = CATALOGUE.names.index
    assert CATALOGUE.monotone[at("deposit_available_latest")] == 1
    assert CATALOGUE.monotone[at("property_seals_before")] == -1
    assert CATALOGUE.monotone[at("claim_total")] == 0
    assert all(CATALOGUE.monotone[at(f"{code}_state")] == 0 for code in ASKED)


def test_parts_come_before_what_is_made_of_them() -> None:
    place = {name: n for n, name in enumerate(CATALOGUE.names)}
    assert all(place[part.name] < place[whole.name] for whole in CATALOGUE.derived for part in whole.parts)


def test_an_unknown_name_is_answered_with_near_ones() -> None:
    with pytest.raises(KeyError, match="deposit_accounts"):
        CATALOGUE["deposit_acounts"]


def test_a_feature_listed_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="declared twice: dependants"):
        Catalogue(families=(CivilStatus, CivilStatus))


def test_a_whole_before_its_parts_is_refused() -> None:
    class Parts(Family):
        record_family = "claim"
        part = _feature(of_debtor("payments"), Total("amount"))

    class Wholes(Family):
        record_family = "claim"
        whole = Derived(form="sum", parts=(Parts.part,), unit="CNY", label=LABEL, reason=REASON)

    with pytest.raises(ValueError, match=r"\[whole\] is made of \[part\]"):
        Catalogue(families=(Wholes, Parts))


def test_the_digest_follows_definitions_and_not_wording() -> None:
    base = _digest(_feature(of_debtor("payments"), Total("amount")))
    assert base == _digest(
        replace(_feature(of_debtor("payments"), Total("amount")), label=Text(zh="别的", en="other"))
    )
    changed = {
        _digest(_feature(of_debtor("payments").last_months(6), Total("amount"))),
        _digest(_feature(of_debtor("payments"), Count())),
        _digest(_feature(of_debtor("payments"), Total("amount"), nothing_found=0.0)),
        _digest(_feature(of_debtor("payments"), Total("amount"), leans=Leans.ABLE, why="arithmetic")),
    }
    assert len(changed | {base}) == 5


@pytest.mark.parametrize("version", ["features.absence.VERSION", "features.measures.VERSION"])
def test_the_digest_follows_the_policy_of_absence_and_the_measures(
    version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Catalogue(families=CATALOGUE.families).digest
    assert before == CATALOGUE.digest
    monkeypatch.setattr(version, 2)
    assert Catalogue(families=CATALOGUE.families).digest != before


class TestProtectedFacts:
    """Sex, birth year, marital status, name, address and ID number measure error by group and nothing else."""

    def test_cannot_select_rows(self) -> None:
        with pytest.raises(ProtectedColumn, match=r"\[parties.sex\] is protected"):
            of_debtor("parties").where(sex="female")
        with pytest.raises(ProtectedColumn):
            of_debtor("parties").more_than("birth_year", 1960)
        with pytest.raises(ProtectedColumn):
            of_debtor("civil_status").latest_per("marital")
        with pytest.raises(ProtectedColumn):
            Rows("parties", "party", tests=(Condition("id_number", "present"),))

    @pytest.mark.parametrize("column", ["birth_year", "sex", "name", "address", "id_number"])
    def test_cannot_be_measured_under_any_name(self, column: str) -> None:
        with pytest.raises(ProtectedColumn, match=column):
            _feature(of_debtor("parties"), Latest(column))

    def test_cannot_be_a_share_or_be_shown(self) -> None:
        with pytest.raises(ProtectedColumn, match="marital"):
            _feature(of_debtor("civil_status"), ShareOf("household", of_column="marital", codes=("married",)))
        with pytest.raises(ProtectedColumn, match="marital"):
            _feature(of_debtor("civil_status"), Count(), shows=("marital",))


class TestErrorsTellTheAuthorWhatToDo:
    def test_a_column_the_table_does_not_have(self) -> None:
        with pytest.raises(
            KeyError, match=r"\[vehicles\] has no column \[plate\]; it has: .*appraised_value"
        ):
            of_debtor("vehicles").present("plate")

    def test_a_code_the_column_does_not_have(self) -> None:
        with pytest.raises(KeyError, match=r"\[deposits.nature\] has no code \[savings\]; it has: ordinary"):
            of_debtor("deposits").where(nature="savings")

    def test_rows_of_the_debtor_from_a_table_of_the_case(self) -> None:
        with pytest.raises(KeyError, match=r"\[titles\] is kept by case"):
            of_debtor("titles")

    def test_a_family_without_receipts_of_its_own(self) -> None:
        with pytest.raises((TypeError, RuntimeError)) as refused:
            type("Nameless", (Family,), {"some": _feature(of_debtor("payments"), Count())})
        assert "set record_family" in str(refused.value.__cause__ or refused.value)


def test_the_windows_of_a_selection_are_part_of_it() -> None:
    narrowed = of_debtor("payments").in_this_case().last_months(6)
    assert narrowed != of_debtor("payments").in_this_case().last_months(12)
    assert of_debtor("payments").in_this_case().last_months(6) == narrowed


def _feature(rows: Rows, measure: object, **more: object) -> Feature:
    given = {"rows": rows, "measure": measure, "unit": "CNY", "label": LABEL, "reason": REASON}
    return Feature(**given | more)  # type: ignore[arg-type]


def _digest(feature: Feature) -> str:
    family = type("Made", (Family,), {"record_family": "performance", "made": feature})
    return Catalogue(families=(family,)).digest


def _columns(feature: Feature) -> set[str]:
    rows = feature.rows
    return {*rows.latest, *(test.column for test in rows.tests), *columns_of(feature.measure), *feature.shows}

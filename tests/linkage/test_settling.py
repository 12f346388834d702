"""Linkage over made-up parties: numbers rule, people never meet across ID numbers, likeness explains itself."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.linkage.by_number import by_number
from records.linkage.candidates import Candidate
from records.linkage.codes import Scheme
from records.linkage.likeness import by_likeness
from records.linkage.likeness_model import COMPARISONS, Model
from records.linkage.link import settle
from records.linkage.links import Decision, Link, LinkKind, clusters
from records.linkage.parties import Party
from records.store import Limits

DAY = date(2024, 7, 1)
ONE_THREAD = Limits(memory="512MB", threads=1)
NAMES = ("李建国", "王小红", "无锡市宏达建材有限公司", "宏达建材有限公司")


def parties() -> st.SearchStrategy[dict[int, Party]]:
    code = st.integers(1, 3)
    days = st.integers(0, 9).map(lambda days: DAY - timedelta(days=days))

    def made(kind: str, name: str, known: date, citizen: int, organisation: int, registration: int) -> Party:
        numbers: dict[Scheme, Mapping[int, date]] = {}
        if kind == "natural":
            numbers |= {"citizen": {100 + citizen: known}} if citizen else {}
        else:
            numbers |= {"organisation": {200 + organisation: known}} if organisation else {}
            numbers |= {"registration": {300 + registration: known}} if registration else {}
        return Party(0, kind, known, known, name, codes=numbers)

    maybe = st.one_of(st.just(0), code)
    one = st.builds(
        made, st.sampled_from(["natural", "organisation"]), st.sampled_from(NAMES), days, maybe, maybe, maybe
    )
    return st.lists(one, min_size=2, max_size=9).map(
        lambda rows: {
            number: Party(number, each.kind, each.since, each.told_on, each.name, codes=each.codes)
            for number, each in enumerate(rows, start=1)
        }
    )


def alike(town: dict[int, Party], pairs: list[tuple[int, int]]) -> list[Candidate]:
    """Whatever likeness might ever propose: any two firms."""
    return [
        Candidate(
            min(pair),
            max(pair),
            LinkKind.NAME_ADDRESS,
            Decision.LINKED,
            "splink:test",
            (),
            DAY,
            probability=0.99,
        )
        for pair in pairs
        if pair[0] != pair[1] and all(each in town and town[each].kind == "organisation" for each in pair)
    ]


@given(parties(), st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=12))
def test_no_cluster_holds_two_id_numbers_two_codes_or_a_person_and_a_firm(
    town: dict[int, Party], pairs: list[tuple[int, int]]
) -> None:
    proposals = by_number(town)
    proposals |= {
        (each.one, each.other): each for each in alike(town, pairs) if (each.one, each.other) not in proposals
    }
    settled = settle(proposals.values(), town, {})
    links = [
        Link(number, DAY, DAY, each.one, each.other, each.kind, each.decision, each.by, each.probability)
        for number, each in enumerate(settled.values(), start=1)
    ]
    found = clusters(links, DAY)
    for obligor in set(found.values()):
        members = [town[party] for party in found if found[party] == obligor]
        assert len({each.kind for each in members}) == 1
        if members[0].kind == "natural":
            assert len({frozenset(each.codes.get("citizen", {})) for each in members}) == 1
            assert members[0].codes["citizen"]
        else:
            assert len({code for each in members for code in each.codes.get("organisation", {})}) <= 1


@given(parties())
def test_people_are_proposed_by_an_equal_id_number_only(town: dict[int, Party]) -> None:
    for one, other in by_number(town):
        if town[one].kind == town[other].kind == "natural":
            assert town[one].codes["citizen"].keys() == town[other].codes["citizen"].keys()


def firm(party: int, name: str, address: str | None = None, founded: date | None = None) -> Party:
    return Party(party, "organisation", DAY, DAY, name, address, founded_on=founded)


TOWN = {
    each.party: each
    for each in (
        firm(1, "无锡市宏达建材有限公司", "无锡市滨湖区太湖大道1188号", date(2003, 5, 6)),
        firm(2, "宏达建材（无锡）有限责任公司", "江苏省无锡市太湖大道1188号", date(2003, 5, 6)),
        firm(3, "无锡宏远建材有限公司", "无锡市滨湖区太湖大道1188号"),
        Party(4, "natural", DAY, DAY, "无锡市宏达建材有限公司", "无锡市滨湖区太湖大道1188号"),
    )
}


def test_the_weights_of_a_waterfall_add_up_to_the_probability() -> None:
    for found in by_likeness(TOWN, model=Model.on(DAY), limits=ONE_THREAD).values():
        odds = sum(each.weight or 0.0 for each in found.evidence)
        assert found.probability == pytest.approx(1 / (1 + math.pow(2, -odds)), abs=1e-9)
        assert [each.comparison for each in found.evidence] == ["prior", *(each.name for each in COMPARISONS)]


def test_what_a_waterfall_shows_of_names_and_addresses_is_masked() -> None:
    shown = by_likeness(TOWN, model=Model.on(DAY), limits=ONE_THREAD)[1, 2].evidence
    told = {value for each in shown for value in (each.left, each.right) if each.comparison != "founded"} - {
        ""
    }
    assert told == {"无********", "宏********", "江********"}


def test_likeness_never_looks_at_people() -> None:
    assert {
        party for pair in by_likeness(TOWN, model=Model.on(DAY), limits=ONE_THREAD) for party in pair
    } <= {1, 2, 3}


def test_one_character_of_a_trade_name_is_one_character_and_not_three_bytes() -> None:
    found = by_likeness(TOWN, model=Model.on(DAY), limits=ONE_THREAD)[1, 3]
    assert next(each.level for each in found.evidence if each.comparison == "name") == "one_character"
    assert (found.decision, found.reason) == (Decision.DOUBTFUL, "a character of the trade name differs")


def test_the_same_town_gives_the_same_probabilities_and_moves_no_global_randomness() -> None:
    before = random.getstate()
    first, second = (by_likeness(TOWN, model=Model.on(DAY), limits=ONE_THREAD) for _ in range(2))
    assert first == second
    assert random.getstate() == before


def test_every_level_has_its_weights_and_they_are_probabilities() -> None:
    weights = Model.on(DAY).weights
    for each in COMPARISONS:
        assert list(weights[each.name]) == [level.name for level in each.levels]
        for side in (0, 1):
            assert sum(of[side] for of in weights[each.name].values()) == pytest.approx(1.0)

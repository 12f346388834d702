"""The nightly linkage as case files: who becomes one obligor, who is only shown, and who stays apart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from records.linkage.ledger import read_links
from records.linkage.link import decide, link
from records.linkage.links import Decision, LinkKind, clusters
from tests.linkage.registers import (
    LATER,
    NIGHT,
    citizen,
    decisions,
    firm,
    linked,
    old_form,
    organisation,
    person,
    tell,
    unified,
)
from tests.records.papers import Papers
from vocabulary.problems import PortraitError

HONGDA = "无锡市宏达建材有限公司"
LAKE = "江苏省无锡市滨湖区太湖大道1188号"
FOUNDED = "2003-05-06"


def test_an_old_and_a_new_id_number_are_one_person(papers: Papers) -> None:
    tell(
        papers, person(1, "李建国", id_number=citizen(7)), person(2, "李建国", id_number=old_form(citizen(7)))
    )
    assert linked(papers) == {1: 1, 2: 1}
    assert decisions(papers)[1, 2].kind is LinkKind.SAME_ID


def test_two_people_of_one_name_and_one_address_are_two(papers: Papers) -> None:
    """Names of people are never compared across ID numbers, however much else agrees."""
    tell(
        papers,
        person(1, "李建国", id_number=citizen(7), address=LAKE, birth_year=1970, region="320211"),
        person(2, "李建国", id_number=citizen(8), address=LAKE, birth_year=1970, region="320211"),
        person(3, "李建国", address=LAKE, birth_year=1970, region="320211"),
        person(4, "李建国", id_number="不详", address=LAKE),
        person(5, "李建国", id_number="不详", address=LAKE),
    )
    assert linked(papers) == {}
    assert decisions(papers) == {}


def test_one_id_number_under_two_strange_names_is_shown_and_not_merged(papers: Papers) -> None:
    tell(papers, person(1, "李建国", id_number=citizen(7)), person(2, "王小红", id_number=citizen(7)))
    assert linked(papers) == {}
    shown = decisions(papers)[1, 2]
    assert (shown.decision, shown.reason) == (Decision.DOUBTFUL, "the names have nothing in common")


def test_one_wrong_character_in_a_persons_name_gives_way_to_the_id_number(papers: Papers) -> None:
    tell(papers, person(1, "李建国", id_number=citizen(7)), person(2, "李健国", id_number=citizen(7)))
    assert linked(papers) == {1: 1, 2: 1}


def test_a_unified_code_and_the_old_organisation_code_are_one_firm(papers: Papers) -> None:
    tell(papers, firm(1, HONGDA, id_number=unified(5)), firm(2, "宏达建材公司", id_number=organisation(5)))
    assert linked(papers) == {1: 1, 2: 1}
    assert decisions(papers)[1, 2].kind is LinkKind.SAME_CODE


def test_a_firms_old_registration_number_finds_it_through_the_register(papers: Papers) -> None:
    tell(
        papers,
        firm(1, HONGDA, id_number=unified(5), former_number="440301103448669"),
        firm(2, HONGDA, id_number="440301103448669"),
    )
    assert linked(papers) == {1: 1, 2: 1}


def test_two_shops_under_their_owners_id_number_are_only_shown(papers: Papers) -> None:
    tell(papers, firm(1, "阿明面馆", id_number=citizen(7)), firm(2, "阿明超市", id_number=citizen(7)))
    assert linked(papers) == {}
    assert decisions(papers)[1, 2].decision is Decision.DOUBTFUL


def test_a_person_and_a_firm_under_one_number_are_only_shown(papers: Papers) -> None:
    tell(papers, person(1, "李建国", id_number=citizen(7)), firm(2, "李建国面馆", id_number=citizen(7)))
    assert linked(papers) == {}
    assert decisions(papers)[1, 2].reason == "a person and an organisation under one number"


def test_a_firm_without_a_number_is_found_by_name_and_address(papers: Papers) -> None:
    tell(
        papers,
        firm(1, HONGDA, id_number=unified(5), address=LAKE, founded_on=FOUNDED),
        firm(2, "宏达建材（无锡）有限责任公司", address="无锡市太湖大道１１８８号", founded_on=FOUNDED),
    )
    assert linked(papers) == {1: 1, 2: 1}
    found = decisions(papers)[1, 2]
    assert found.kind is LinkKind.NAME_ADDRESS
    assert found.probability is not None
    assert found.probability > 0.98


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("青海宏达建材有限公司", "青海省西宁市城关区建设路3号"),
        ("无锡市宏达贸易有限公司", LAKE),
        ("无锡市宏达建材销售有限公司", LAKE),
        ("无锡市宏达建材有限公司太湖分公司", LAKE),
        ("宏达建材有限公司", None),
    ],
)
def test_a_firm_that_only_looks_like_it_stays_apart(papers: Papers, name: str, address: str | None) -> None:
    tell(papers, firm(1, HONGDA, id_number=unified(5), address=LAKE), firm(2, name, address=address))
    assert linked(papers) == {}


def test_firms_with_different_codes_are_two_whatever_their_names(papers: Papers) -> None:
    tell(
        papers,
        firm(1, HONGDA, id_number=unified(5), address=LAKE, founded_on=FOUNDED),
        firm(2, HONGDA, id_number=unified(6), address=LAKE, founded_on=FOUNDED),
    )
    assert linked(papers) == {}
    assert decisions(papers) == {}


def test_no_chain_of_likeness_joins_two_codes(papers: Papers) -> None:
    """The firm without a number could be either: it joins the older, and the other pair is shown."""
    same: dict[str, Any] = {"address": LAKE, "founded_on": FOUNDED}
    tell(
        papers,
        firm(1, HONGDA, id_number=unified(5), **same),
        firm(2, HONGDA, **same),
        firm(3, HONGDA, id_number=unified(6), **same),
    )
    assert linked(papers) == {1: 1, 2: 1}
    assert decisions(papers)[2, 3].reason == "would join parties that are kept apart"


def test_debtors_of_one_case_are_not_linked_by_likeness(papers: Papers) -> None:
    same: dict[str, Any] = {"address": LAKE, "founded_on": FOUNDED}
    tell(papers, firm(1, HONGDA, **same), firm(2, HONGDA, **same), cases={1: 500, 2: 500})
    assert linked(papers) == {}
    assert decisions(papers)[1, 2].reason == "debtors of one case"


def test_the_second_night_adds_nothing(papers: Papers) -> None:
    tell(papers, firm(1, HONGDA, id_number=unified(5)), firm(2, HONGDA, id_number=organisation(5)))
    linked(papers)
    before = read_links(papers.store.engine)
    assert link(papers.store, on=LATER).added == ()
    assert read_links(papers.store.engine) == before


def test_a_person_parts_what_a_rule_has_linked_and_no_later_night_undoes_it(papers: Papers) -> None:
    tell(papers, firm(1, HONGDA, id_number=unified(5)), firm(2, HONGDA, id_number=organisation(5)))
    linked(papers)
    decide(
        papers.store, 2, 1, decision=Decision.APART, by="judge-3", reason="两家企业，代码登记有误", on=NIGHT
    )
    assert linked(papers, on=LATER) == {}
    assert decisions(papers)[1, 2].by == "judge-3"


def test_a_person_links_what_no_rule_would(papers: Papers) -> None:
    tell(papers, firm(1, HONGDA), firm(2, "江苏鸿运投资有限公司"))
    decide(papers.store, 1, 2, decision=Decision.LINKED, by="judge-3", reason="更名，见工商档案", on=NIGHT)
    assert linked(papers, on=LATER) == {1: 1, 2: 1}


@pytest.mark.parametrize(
    ("pair", "reason", "code"),
    [
        ((1, 2), "同名", "linkage.not_one_party"),
        ((1, 3), "同名", "linkage.not_one_party"),
        ((1, 9), "同名", "linkage.unknown_party"),
        ((1, 1), "同名", "linkage.unknown_party"),
        ((3, 4), " ", "linkage.no_reason"),
    ],
)
def test_what_a_person_cannot_decide(papers: Papers, pair: tuple[int, int], reason: str, code: str) -> None:
    tell(
        papers,
        person(1, "李建国", id_number=citizen(7)),
        person(2, "李建国", id_number=citizen(8)),
        firm(3, HONGDA),
        firm(4, HONGDA),
    )
    with pytest.raises(PortraitError) as refused:
        decide(papers.store, *pair, decision=Decision.LINKED, by="judge-3", reason=reason, on=NIGHT)
    assert refused.value.problem.code == code
    assert read_links(papers.store.engine) == ()


def test_a_corrected_id_number_takes_the_link_back_from_that_night_on(papers: Papers) -> None:
    tell(papers, person(1, "李建国", id_number=citizen(7)), person(2, "李建国", id_number=citizen(7)))
    assert linked(papers) == {1: 1, 2: 1}
    wrong = next(row["row_id"] for row in papers.rows("parties") if row["party_id"] == 2)
    right = person(2, "李建国", id_number=citizen(8), corrects_row_id=wrong, known_at="2024-06-20")
    papers.write("parties", right)
    papers.load()
    assert linked(papers, on=LATER) == {}
    links = read_links(papers.store.engine)
    assert clusters(links, NIGHT) == {1: 1, 2: 1}, "the replay of the first night is what it was"
    assert links[-1].reason == "what it rested on no longer stands"


def test_a_decision_is_never_dated_before_one_already_taken(papers: Papers) -> None:
    tell(papers, firm(1, HONGDA, id_number=unified(5)), firm(2, HONGDA, id_number=organisation(5)))
    linked(papers, on=LATER)
    with pytest.raises(PortraitError) as refused:
        link(papers.store, on=NIGHT)
    assert refused.value.problem.code == "linkage.earlier_run"


def test_a_history_laid_in_at_once_is_linked_from_the_day_both_sides_were_known(papers: Papers) -> None:
    tell(
        papers,
        firm(1, HONGDA, id_number=unified(5), known_at="2024-02-01"),
        firm(2, HONGDA, id_number=organisation(5), known_at="2024-05-02"),
    )
    linked(papers, known="records")
    found = decisions(papers)[1, 2]
    assert (found.decided_at, found.known_at) == (NIGHT, date(2024, 5, 2))


def test_the_obligor_is_the_party_the_court_has_known_longer(papers: Papers) -> None:
    tell(
        papers,
        firm(8, HONGDA, id_number=unified(5), known_at="2024-02-01", happened_at="2024-02-01"),
        firm(2, HONGDA, id_number=organisation(5), known_at="2024-05-02", happened_at="2024-05-02"),
    )
    assert linked(papers) == {2: 8, 8: 8}


def test_the_day_before_a_party_was_known_it_is_not_linked(papers: Papers) -> None:
    tell(
        papers,
        firm(1, HONGDA, id_number=unified(5)),
        firm(2, HONGDA, id_number=organisation(5), known_at="2024-06-30"),
    )
    assert linked(papers, on=date(2024, 6, 29)) == {}

"""Links as dated facts: what stands on a date, which parties are one, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from records.linkage.links import Decision, Link, LinkKind, clusters, doubtful, obligor_of, spans, standing

FIRST = date(2024, 1, 1)
LINKED, DOUBTFUL, APART = Decision.LINKED, Decision.DOUBTFUL, Decision.APART


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def said(
    number: int,
    left: int,
    right: int,
    decision: Decision = LINKED,
    *,
    day: int = 0,
    kind: LinkKind = LinkKind.SAME_CODE,
) -> Link:
    return Link(number, on(day), on(day), left, right, kind, decision, "rule:test", probability=0.9)


def ledgers() -> st.SearchStrategy[list[Link]]:
    parties = st.integers(1, 7)
    pairs = st.tuples(parties, parties).filter(lambda pair: pair[0] != pair[1])
    told = st.tuples(pairs, st.sampled_from(Decision), st.sampled_from(LinkKind), st.integers(0, 9))
    return st.lists(told, max_size=14).map(
        lambda rows: [
            said(number, *pair, decision, day=day, kind=kind)
            for number, (pair, decision, kind, day) in enumerate(rows, start=1)
        ]
    )


def test_two_linked_parties_have_one_obligor_from_the_day_the_link_is_known() -> None:
    links = [said(1, 10, 20, day=5)]
    assert clusters(links, on(4)) == {}
    assert clusters(links, on(5)) == {10: 10, 20: 10}


def test_a_doubtful_pair_is_shown_and_stays_apart() -> None:
    links = [said(1, 10, 20, DOUBTFUL)]
    assert clusters(links, on(9)) == {}
    assert doubtful(links, on(9)) == (links[0],)


def test_a_persons_decision_stands_over_a_newer_one_by_rule() -> None:
    person = said(1, 10, 20, APART, day=1, kind=LinkKind.PERSON)
    links = [person, said(2, 10, 20, LINKED, day=8)]
    assert standing(links, on(9))[10, 20] == person
    assert clusters(links, on(9)) == {}


def test_a_persons_newer_decision_stands_over_their_older() -> None:
    links = [
        said(1, 10, 20, APART, day=1, kind=LinkKind.PERSON),
        said(2, 20, 10, LINKED, day=2, kind=LinkKind.PERSON),
    ]
    assert clusters(links, on(1)) == {}
    assert obligor_of(10, clusters(links, on(2))) == 20


def test_parties_set_apart_by_a_person_are_not_joined_through_a_third() -> None:
    links = [
        said(1, 1, 2, kind=LinkKind.SAME_ID),
        said(2, 2, 3, kind=LinkKind.NAME_ADDRESS),
        said(3, 1, 3, APART, kind=LinkKind.PERSON),
    ]
    assert clusters(links, on(1)) == {1: 1, 2: 1}


def test_an_obligor_keeps_its_id_when_parties_join_later() -> None:
    links = [said(1, 50, 60, day=1), said(2, 7, 60, day=3)]
    assert set(clusters(links, on(3)).values()) == {50}


def test_a_link_taken_back_parts_the_rows_again_from_that_day() -> None:
    links = [said(1, 10, 20, day=2), said(2, 10, 20, APART, day=6)]
    assert [(span.obligor, span.from_on, span.until_on) for span in spans(links) if span.party == 20] == [
        (20, None, on(2)),
        (10, on(2), on(6)),
        (20, on(6), None),
    ]


@given(ledgers(), st.integers(0, 10))
def test_clusters_are_an_equivalence(links: Sequence[Link], day: int) -> None:
    found = clusters(links, on(day))
    for party, obligor in found.items():
        assert found[obligor] == obligor, "an obligor is one of its own parties"
        assert sum(each == obligor for each in found.values()) >= 2, "nobody is linked alone"
        assert party in {each for link in links for each in link.pair}


@given(ledgers(), st.integers(0, 10))
def test_linked_pairs_are_one_unless_a_person_keeps_their_cluster_apart(
    links: Sequence[Link], day: int
) -> None:
    found = clusters(links, on(day))
    stand = standing(links, on(day)).values()
    kept_apart = [link.pair for link in stand if link.kind is LinkKind.PERSON and link.decision is APART]
    for one, other in kept_apart:
        assert obligor_of(one, found) != obligor_of(other, found)
    if not kept_apart:
        assert all(found[link.left] == found[link.right] for link in stand if link.decision is LINKED)


@given(ledgers(), st.integers(0, 10))
def test_a_replay_never_sees_a_later_decision(links: Sequence[Link], day: int) -> None:
    known = [link for link in links if link.known_at <= on(day)]
    assert clusters(links, on(day)) == clusters(known, on(day))
    assert doubtful(links, on(day)) == doubtful(known, on(day))


@given(ledgers(), st.randoms(use_true_random=False))
def test_the_order_of_the_ledger_does_not_matter(links: list[Link], shuffle: object) -> None:
    mixed = list(links)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert clusters(mixed, on(9)) == clusters(links, on(9))


@given(ledgers())
def test_spans_say_of_every_day_what_clusters_say(links: Sequence[Link]) -> None:
    found = spans(links)
    for day in range(-1, 11):
        now = clusters(links, on(day))
        held = {
            span.party: span.obligor
            for span in found
            if (span.from_on is None or span.from_on <= on(day))
            and (span.until_on is None or span.until_on > on(day))
        }
        assert all(obligor_of(party, now) == held.get(party, party) for party in {*now, *held})


@given(ledgers())
def test_the_spans_of_a_party_follow_each_other_without_gap_or_overlap(links: Sequence[Link]) -> None:
    found = spans(links)
    for party in {span.party for span in found}:
        own = [span for span in found if span.party == party]
        assert own[0].from_on is None
        assert own[-1].until_on is None
        assert all(
            one.until_on == other.from_on and one.obligor != other.obligor for one, other in pairwise(own)
        )

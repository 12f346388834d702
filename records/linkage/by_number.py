"""Linkage by number: parties that carry the same ID number, organisation code or business registration number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from records.linkage.candidates import Candidate
from records.linkage.codes import SCHEMES, Scheme
from records.linkage.firm_names import plain, read_name
from records.linkage.links import Decision, Evidence, LinkKind
from records.linkage.parties import Party, codes_differ
from vocabulary.identity import masked

BY_RULE = "rule:number-1"
_MOST_PAIRED = 12
_ALIKE = 0.5


def by_number(parties: Mapping[int, Party]) -> dict[tuple[int, int], Candidate]:
    """What equal numbers say of pairs of parties: linked, or doubtful where something speaks against it.

    Doubtful are: names with nothing in common, a person and a firm, two firms under their owner's ID number, and a
    registration number in common where the organisation codes differ. People without an equal ID number are no pair.
    """
    found: dict[tuple[int, int], Candidate] = {}
    for scheme in SCHEMES:
        for group in _sharing(parties, scheme):
            for pair in _pairs(group):
                if pair not in found:
                    found[pair] = _candidate(parties[pair[0]], parties[pair[1]], scheme)
    return found


def names_agree(one: Party, other: Party) -> bool:
    """Whether two names may be one party's: alike in part, or one of them not known."""
    if not one.name or not other.name:
        return True
    if one.kind == "natural":
        return _people_agree(plain(one.name), plain(other.name))
    ours, theirs = read_name(one.name), read_name(other.name)
    if ours is None or theirs is None:
        return True
    return _overlap(ours.core, theirs.core) >= _ALIKE


def _sharing(parties: Mapping[int, Party], scheme: Scheme) -> Iterator[tuple[int, ...]]:
    """Parties by number, the first known of each first."""
    groups: dict[int, list[int]] = defaultdict(list)
    for party in sorted(parties.values(), key=lambda each: (each.since, each.party)):
        for code in party.codes.get(scheme, {}):
            groups[code].append(party.party)
    return (tuple(group) for group in groups.values() if len(group) > 1)


def _pairs(group: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """All pairs of a small group; of a large one each member with the first: enough to join them."""
    wanted = (
        combinations(group, 2) if len(group) <= _MOST_PAIRED else ((group[0], each) for each in group[1:])
    )
    return ((min(pair), max(pair)) for pair in wanted)


def _candidate(one: Party, other: Party, scheme: Scheme) -> Candidate:
    agree = names_agree(one, other)
    against = _against(one, other, scheme, agree)
    kind = LinkKind.SAME_ID if scheme in ("citizen", "unified") else LinkKind.SAME_CODE
    shared = one.codes[scheme].keys() & other.codes[scheme].keys()
    known = min(max(one.codes[scheme][code], other.codes[scheme][code]) for code in shared)
    evidence = (
        Evidence(scheme, "equal"),
        Evidence("name", "agree" if agree else "differ", masked(one.name), masked(other.name)),
    )
    decision = Decision.DOUBTFUL if against else Decision.LINKED
    return Candidate(one.party, other.party, kind, decision, BY_RULE, evidence, known, None, against)


def _against(one: Party, other: Party, scheme: Scheme, agree: bool) -> str:
    """Why an equal number does not decide; empty when it does."""
    if one.kind != other.kind:
        return "a person and an organisation under one number"
    if scheme == "citizen" and one.kind != "natural":
        return "two organisations under one person's ID number"
    if codes_differ([one], [other]):
        return "other numbers of the two differ"
    return "" if agree or scheme == "unified" else "the names have nothing in common"


def _people_agree(one: str, other: str) -> bool:
    """One name, or one with a single wrong character in three or more."""
    if one == other:
        return True
    wrong = sum(ours != theirs for ours, theirs in zip(one, other, strict=False))
    return len(one) == len(other) >= 3 and wrong == 1


def _overlap(one: str, other: str) -> float:
    """Characters in common, as a part of the shorter text."""
    return len(set(one) & set(other)) / max(1, min(len(set(one)), len(set(other))))

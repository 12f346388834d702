"""Links: dated decisions on whether two parties are one obligor, and the clusters that follow from them on a date.

A link is a fact like any other: it has the day on which it was decided and the day from which the court knows it, and
it is never changed, only followed by a newer decision on the same pair. Standard library only: serving may read this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum


class LinkKind(Enum):
    """What a decision rests on, the strongest first."""

    PERSON = "person"
    SAME_ID = "same_id"
    SAME_CODE = "same_code"
    NAME_ADDRESS = "name_address"


class Decision(Enum):
    """What was decided of a pair. A doubtful pair is shown and stays apart."""

    LINKED = "linked"
    DOUBTFUL = "doubtful"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One comparison: what was compared, how alike it was, the weight (log2 odds) it added, both values masked.

    The weights of a decision by likeness, the prior's among them, add up to the log2 odds of its probability.
    Decisions by number carry no weights.
    """

    comparison: str
    level: str
    left: str = ""
    right: str = ""
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A decision on a pair of parties. ``left`` is the one whose id the obligor takes.

    ``by`` names the rule or model, or the person; ``reason`` is in the person's words, or the rule's.
    """

    link_id: int
    decided_at: date
    known_at: date
    left: int
    right: int
    kind: LinkKind
    decision: Decision
    by: str
    probability: float | None = None
    reason: str = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def pair(self) -> tuple[int, int]:
        """The two parties, the smaller id first: the same for either order."""
        return (self.left, self.right) if self.left < self.right else (self.right, self.left)


@dataclass(frozen=True, slots=True)
class Span:
    """A party belongs to an obligor in ``[from_on, until_on)``; an open end is None."""

    party: int
    obligor: int
    from_on: date | None
    until_on: date | None


def standing(links: Iterable[Link], as_of: date) -> dict[tuple[int, int], Link]:
    """The decision that stands on each pair as of a date: a person's newest, else the newest of all."""
    newest: dict[tuple[int, int], Link] = {}
    for link in sorted(links, key=_age):
        if link.known_at > as_of:
            continue
        before = newest.get(link.pair)
        if before is None or link.kind is LinkKind.PERSON or before.kind is not LinkKind.PERSON:
            newest[link.pair] = link
    return newest


def clusters(links: Iterable[Link], as_of: date) -> dict[int, int]:
    """Party → obligor as of a date, for every party that is linked to another; all others are their own obligor.

    An equivalence: parties with one obligor are one. The obligor's id is that of the left party of the oldest link in
    the cluster, so that it stays when parties join later. Two parties whom a person has set apart are never in one
    cluster, whatever chain of links lies between them: the weakest link that would join them does not count.
    """
    stand = standing(links, as_of).values()
    joined = sorted((link for link in stand if link.decision is Decision.LINKED), key=_strength)
    apart = [link.pair for link in stand if link.decision is Decision.APART and link.kind is LinkKind.PERSON]
    groups = Groups(apart)
    counted = [link for link in joined if groups.join(link.left, link.right)]
    obligors: dict[int, int] = {}
    for link in sorted(counted, key=_age):
        obligors.setdefault(groups.root(link.left), link.left)
    return {party: obligors[groups.root(party)] for party in groups.parties()}


def doubtful(links: Iterable[Link], as_of: date) -> tuple[Link, ...]:
    """The doubtful decisions that stand as of a date, likeliest first."""
    stand = [link for link in standing(links, as_of).values() if link.decision is Decision.DOUBTFUL]
    return tuple(sorted(stand, key=lambda link: (-(link.probability or 0.0), link.link_id)))


def obligor_of(party: int, cluster: Mapping[int, int]) -> int:
    """The obligor that a party belongs to."""
    return cluster.get(party, party)


def spans(links: Iterable[Link]) -> tuple[Span, ...]:
    """To whom every party that ever was linked belonged, from when until when; ordered, without gaps or overlaps."""
    found: list[Span] = []
    for family in _ever_linked(tuple(links)):
        found += _family_spans(family)
    return tuple(sorted(found, key=lambda span: (span.party, span.from_on or date.min)))


class Groups:
    """Parties joined step by step, except where that would put into one group what has been set apart."""

    def __init__(self, apart: Iterable[tuple[int, int]] = ()) -> None:
        self._parent: dict[int, int] = {}
        self._members: dict[int, set[int]] = {}
        self._apart: dict[int, set[int]] = {}
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def root(self, party: int) -> int:
        """The party that stands for a group."""
        while (parent := self._parent.get(party, party)) != party:
            party = parent
        return party

    def members(self, party: int) -> set[int]:
        """All parties of a party's group, itself among them."""
        return self._members.get(self.root(party), {party})

    def join(self, one: int, other: int) -> bool:
        """Join two groups; False when they must stay apart."""
        if self.root(one) == self.root(other):
            return True
        left, right = self.members(one), self.members(other)
        small, large = sorted((left, right), key=len)
        if any(not self._apart.get(member, set()).isdisjoint(large) for member in small):
            return False
        top, below = self.root(next(iter(large))), self.root(next(iter(small)))
        self._members[top] = large | small
        self._members.pop(below, None)
        self._parent[below] = top
        self._parent.setdefault(top, top)
        return True

    def parties(self) -> list[int]:
        """Every party that was joined to another, in order."""
        return sorted(self._parent)


def _age(link: Link) -> tuple[date, date, int]:
    return (link.known_at, link.decided_at, link.link_id)


def _strength(link: Link) -> tuple[int, float, date, int]:
    """Strongest first: by what the decision rests on, then by probability, then the older."""
    return (_RANK[link.kind], -(link.probability or 0.0), link.known_at, link.link_id)


_RANK = {kind: rank for rank, kind in enumerate(LinkKind)}


def _ever_linked(links: tuple[Link, ...]) -> list[list[Link]]:
    """Decisions grouped by the parties that any of them ever joined: each group can be replayed alone."""
    groups = Groups()
    for link in links:
        if link.decision is Decision.LINKED:
            groups.join(link.left, link.right)
    families: dict[int, list[Link]] = {}
    for link in links:
        if groups.root(link.left) == groups.root(link.right):
            families.setdefault(groups.root(link.left), []).append(link)
    return list(families.values())


def _family_spans(links: list[Link]) -> list[Span]:
    parties = sorted({party for link in links for party in link.pair})
    obligors = {party: party for party in parties}
    opened: dict[int, date | None] = dict.fromkeys(parties)
    done: list[Span] = []
    for day in sorted({link.known_at for link in links}):
        now = clusters(links, day)
        for party in parties:
            obligor = obligor_of(party, now)
            if obligor != obligors[party]:
                done.append(Span(party, obligors[party], opened[party], day))
                obligors[party], opened[party] = obligor, day
    return done + [Span(party, obligors[party], opened[party], None) for party in parties]

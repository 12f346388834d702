"""The nightly linkage of a store, and a person's decision over it. Both only add to the ledger of links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from records.linkage import problems
from records.linkage.by_number import by_number
from records.linkage.candidates import Candidate
from records.linkage.ledger import add_links, read_links
from records.linkage.likeness import by_likeness
from records.linkage.likeness_model import Model
from records.linkage.links import Decision, Groups, Link, LinkKind, standing
from records.linkage.parties import Party, codes_differ, parties_on
from records.store import Limits, Store
from vocabulary.identity import shown_key

Known = Literal["decided", "records"]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What a run did: parties looked at, proposals by kind and decision, and the decisions added."""

    parties: int
    proposed: Mapping[tuple[LinkKind, Decision], int]
    added: tuple[Link, ...]


def link(
    store: Store,
    *,
    on: date,
    known: Known = "decided",
    limits: Limits | None = None,
    progress: Callable[[str], None] | None = None,
) -> LinkReport:
    """Decide which parties are one obligor, from what the court knew on a day; add what is new to the ledger.

    A decision is added only where the one that stands says something else; a person's is never gone over. A link
    whose evidence is gone is taken back (apart). Runs go forward: raises PortraitError `linkage.earlier_run` when
    the ledger holds a later decision. With ``known="records"`` links count from the day on which all that they rest
    on was known, not from the day of the run: for laying in a history from which nobody has been served yet.
    """
    ledger = read_links(store.engine)
    _refuse_earlier(ledger, on)
    tell = progress or _silent
    tell("numbers")
    parties = parties_on(store.engine, on)
    proposals = by_number(parties)
    tell("names")
    alike = by_likeness(parties, model=Model.on(on), limits=limits)
    proposals |= {pair: each for pair, each in alike.items() if pair not in proposals}
    stand = standing(ledger, date.max)
    settled = settle(proposals.values(), parties, stand)
    new = [*_changed(settled, stand, parties, on, known), *_withdrawn(settled, stand, on)]
    tell("ledger")
    with store.transaction():
        added = add_links(store.engine, new)
    return LinkReport(len(parties), Counter((each.kind, each.decision) for each in settled.values()), added)


def decide(store: Store, one: int, other: int, *, decision: Decision, by: str, reason: str, on: date) -> Link:
    """A person's decision on a pair, which stands over every rule until a person decides again.

    Raises PortraitError: `linkage.no_reason`, `linkage.unknown_party`, `linkage.earlier_run`, and
    `linkage.not_one_party` for linking people whose ID numbers differ, or a person and a firm.
    """
    ledger = read_links(store.engine)
    _refuse_earlier(ledger, on)
    if not reason.strip() or not by.strip():
        raise problems.no_reason()
    parties = parties_on(store.engine, on)
    for party in (one, other):
        if party not in parties or one == other:
            raise problems.unknown_party(shown_key(party))
    left, right = _in_order(parties[one], parties[other])
    if decision is Decision.LINKED and _never_one(left, right):
        raise problems.not_one_party(shown_key(one), shown_key(other))
    made = Link(0, on, on, left.party, right.party, LinkKind.PERSON, decision, by, reason=reason)
    with store.transaction():
        return add_links(store.engine, [made])[0]


def settle(
    proposals: Iterable[Candidate], parties: Mapping[int, Party], stand: Mapping[Pair, Link]
) -> dict[Pair, Candidate]:
    """Proposals weighed together, strongest first: one that would join what numbers or a person keep apart is doubtful.

    So no chain of links puts two ID numbers, or two organisation codes, into one cluster.
    """
    people = [each for each in stand.values() if each.kind is LinkKind.PERSON]
    groups = Groups(each.pair for each in people if each.decision is Decision.APART)
    for each in sorted(people, key=lambda each: each.link_id):
        if each.decision is Decision.LINKED:
            groups.join(*each.pair)
    settled: dict[Pair, Candidate] = {}
    for proposal in sorted(proposals, key=_strength):
        pair = (min(proposal.one, proposal.other), max(proposal.one, proposal.other))
        linked = proposal.decision is Decision.LINKED
        if linked and not (_may_join(*pair, groups, parties) and groups.join(*pair)):
            proposal = _doubted(proposal)
        settled[pair] = proposal
    return settled


def _may_join(one: int, other: int, groups: Groups, parties: Mapping[int, Party]) -> bool:
    if groups.root(one) == groups.root(other):
        return True
    ours = [parties[each] for each in groups.members(one) if each in parties]
    theirs = [parties[each] for each in groups.members(other) if each in parties]
    return not codes_differ(ours, theirs)


def _doubted(proposal: Candidate) -> Candidate:
    return replace(proposal, decision=Decision.DOUBTFUL, reason="would join parties that are kept apart")


def _changed(
    settled: Mapping[Pair, Candidate],
    stand: Mapping[Pair, Link],
    parties: Mapping[int, Party],
    on: date,
    known: Known,
) -> list[Link]:
    new: list[Link] = []
    for pair, proposal in sorted(settled.items()):
        before = stand.get(pair)
        if before is not None and not _says_else(proposal, before):
            continue
        left, right = _in_order(parties[proposal.one], parties[proposal.other])
        since = on if known == "decided" or before else max(proposal.known_on, left.since, right.since)
        new.append(_decided(proposal, left.party, right.party, on, since))
    return new


def _says_else(proposal: Candidate, before: Link) -> bool:
    if before.kind is LinkKind.PERSON:
        return False
    was = (before.kind, before.decision, before.reason)
    return was != (proposal.kind, proposal.decision, proposal.reason)


def _decided(proposal: Candidate, left: int, right: int, on: date, since: date) -> Link:
    evidence = proposal.evidence
    if left != proposal.one:
        evidence = tuple(replace(each, left=each.right, right=each.left) for each in evidence)
    return Link(
        link_id=0,
        decided_at=on,
        known_at=since,
        left=left,
        right=right,
        kind=proposal.kind,
        decision=proposal.decision,
        by=proposal.by,
        probability=proposal.probability,
        reason=proposal.reason,
        evidence=evidence,
    )


def _withdrawn(settled: Mapping[Pair, Candidate], stand: Mapping[Pair, Link], on: date) -> list[Link]:
    """Rules' decisions that nothing speaks for any more."""
    return [
        replace(
            before,
            decided_at=on,
            known_at=on,
            decision=Decision.APART,
            probability=None,
            reason="what it rested on no longer stands",
            evidence=(),
        )
        for pair, before in sorted(stand.items())
        if pair not in settled
        and before.kind is not LinkKind.PERSON
        and before.decision is not Decision.APART
    ]


def _in_order(one: Party, other: Party) -> tuple[Party, Party]:
    """The party that the court has known longer first: its id is the obligor's."""
    return (one, other) if (one.since, one.party) <= (other.since, other.party) else (other, one)


def _never_one(one: Party, other: Party) -> bool:
    return one.kind != other.kind or (one.kind == "natural" and codes_differ([one], [other]))


def _strength(proposal: Candidate) -> tuple[int, float, date, int, int]:
    rank = list(LinkKind).index(proposal.kind)
    return (rank, -(proposal.probability or 0.0), proposal.known_on, proposal.one, proposal.other)


def _refuse_earlier(ledger: Iterable[Link], on: date) -> None:
    latest = max((each.decided_at for each in ledger), default=on)
    if on < latest:
        raise problems.earlier_run(on, latest)


def _silent(step: str) -> None:
    """Tell nobody."""

"""A court's queue as people work it: the night's proposal with what people chose against it.

An obligation that a person moved stands in the track chosen, before the proposals; ``first`` and ``last`` put it before
or after all others of its track. Whatever else was chosen is shown beside it with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from serving.queues import Published, Queues
from serving.state.overrides import Override, Overrides
from triage import queue
from triage.queue import Place, Tally
from triage.queue_choice import EVERYTHING, Choice
from vocabulary.identity import read_key, shown_key
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Listed:
    """A place of the queue with its rank by the proposal, and the override that holds for it."""

    rank: int
    place: Place
    override: Override | None = None

    @property
    def track(self) -> str:
        """The track in which it is worked."""
        chosen = self.override.track if self.override else None
        return chosen or self.place.track


@dataclass(frozen=True, slots=True)
class DocketPage:
    """A page of a court's docket: how many were chosen in all, and those from ``first`` on."""

    published: Published
    count: int
    first: int
    listed: tuple[Listed, ...]
    tallies: tuple[Tally, ...]


class Docket:
    """One court's docket, of the queue in use."""

    def __init__(self, queues: Queues, overrides: Overrides, court: str) -> None:
        self.court = court
        self._published = queues.current()
        self._folder = self._published.folder
        chosen = {_ids(each): each for each in overrides.standing(court)}
        places = queue.find(self._folder, tuple(chosen))
        self._moved = {
            ids: Listed(rank, place, chosen[ids])
            for ids, (rank, place) in places.items()
            if place.court == court
        }

    def page(self, choice: Choice = EVERYTHING, *, first: int = 0, most: int = 50) -> DocketPage:
        """The places chosen from ``first`` on, at most ``most``."""
        top, rest, bottom = self._parts(choice)
        start, left = max(first - len(top), 0), max(most - len(top[first : first + most]), 0)
        count, ranked = queue.read(self._folder, court=self.court, first=start, most=left, choice=rest)
        listed = [*top[first : first + most], *(self._listed(*each) for each in ranked)]
        after = max(first - len(top) - count, 0)
        listed += bottom[after : after + most - len(listed)] if len(listed) < most else []
        return DocketPage(
            published=self._published,
            count=len(top) + count + len(bottom),
            first=first,
            listed=tuple(listed),
            tallies=self._tallies(),
        )

    def all(self, choice: Choice = EVERYTHING) -> Iterator[Listed]:
        """All places chosen, one after the other."""
        top, rest, bottom = self._parts(choice)
        yield from top
        for each in queue.walk(self._folder, court=self.court, choice=rest):
            yield self._listed(*each)
        yield from bottom

    def one(self, case_id: int, party_id: int) -> Listed:
        """One obligation's place. Raises PortraitError (``not_in_queue``, 404) when the court's queue has it not."""
        found = queue.find(self._folder, ((case_id, party_id),)).get((case_id, party_id))
        if found is None or found[1].court != self.court:
            raise _not_in_queue()
        return self._listed(*found)

    @property
    def published(self) -> Published:
        """The queue in use."""
        return self._published

    def _parts(self, choice: Choice) -> tuple[list[Listed], Choice, list[Listed]]:
        """What people put first, the choice for the rest, and what they put last."""
        mine = [
            each
            for each in self._moved.values()
            if choice.admits(each.place) and choice.track in (None, each.track)
        ]
        placed = [each for each in mine if _place(each) or (choice.track and each.place.track != each.track)]
        top = [each for each in placed if _place(each) != "last"]
        bottom = [each for each in placed if _place(each) == "last"]
        gone = [ids for ids, each in self._moved.items() if choice.track and each.track != choice.track] + [
            (each.place.case_id, each.place.party_id) for each in placed
        ]
        return top, replace(choice, without=tuple(sorted(set(gone)))), bottom

    def _listed(self, rank: int, place: Place) -> Listed:
        held = self._moved.get((place.case_id, place.party_id))
        return Listed(rank, place, held.override if held else None)

    def _tallies(self) -> tuple[Tally, ...]:
        """Sums by track as people chose: a place that was moved counts where it went."""
        sums = {each.track: each for each in queue.tallies(self._folder, self.court)}
        for each in self._moved.values():
            if each.track != each.place.track:
                for track, sign in ((each.place.track, -1), (each.track, 1)):
                    sums[track] = sums.get(track, Tally.nothing(track)).with_place(each.place, sign)
        return tuple(each for each in sums.values() if each.places)


def _place(listed: Listed) -> str | None:
    return listed.override.place if listed.override else None


def _ids(override: Override) -> tuple[int, int]:
    return read_key(override.case_key), read_key(override.debtor)


def keys_of(place: Place) -> tuple[str, str]:
    """The shown keys of a place's case and debtor."""
    return shown_key(place.case_id), shown_key(place.party_id)


def _not_in_queue() -> PortraitError:
    return PortraitError(
        Problem(
            code="not_in_queue",
            title=Text(zh="不在执行队列中", en="Not in the queue"),
            detail=Text(
                zh="该案件与被执行人不在本院当前队列中。",
                en="The obligation is not in the court's queue as it is now.",
            ),
            next_step=Text(
                zh="请核对编号；已结案件不在队列中。",
                en="Check the references; closed cases are not in the queue.",
            ),
            status=404,
        )
    )

"""Orders of work: who comes first when there are more occasions than hours. All work from the same occasions.

The first inquiry about a new debtor is the system's own (law asks for it within days): it goes first under every order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from benchmarks.backtest.town import Obligation
from simulation.occasions import Occasion
from triage.queue import Place

Places = Mapping[Obligation, Place]
Weigh = Callable[[Occasion, Places], tuple[float, ...]]
SUBJECT, FIRST_IN, BY_CLAIM, BY_SCORE, ORACLE = (
    "queue", "first-in-first-out", "by claim size", "score alone", "oracle",
)  # fmt: skip


@dataclass(frozen=True)
class Policy:
    """A name and the weight of an occasion, least first; ``reads_queue``: it needs the nightly queue."""

    name: str
    weigh: Weigh
    reads_queue: bool = False

    def order(self, occasions: Sequence[Occasion], places: Places) -> list[Occasion]:
        """Occasions, most urgent first; equal ones by case, debtor and kind."""
        return sorted(occasions, key=lambda each: (not each.first, self.weigh(each, places), _name(each)))


def _name(each: Occasion) -> tuple[int, int, str]:
    return each.item.case_id, each.item.party_id, each.item.kind


def _oldest(each: Occasion, _: Places) -> tuple[float, ...]:
    return (each.opened,)


def _largest(each: Occasion, _: Places) -> tuple[float, ...]:
    return (-each.outstanding,)


def _truest(each: Occasion, _: Places) -> tuple[float, ...]:
    return (-each.true_money / each.hours,)


def _likeliest(each: Occasion, places: Places) -> tuple[float, ...]:
    """The published commercial habit: by score; who has none stands in the middle."""
    place = places.get((each.item.case_id, each.item.party_id))
    if place is not None and place.score is not None:
        return (-place.score,)
    return (-_middle(tuple(known.score for known in places.values() if known.score is not None)),)


@lru_cache(maxsize=4)
def _middle(values: tuple[float, ...]) -> float:
    return sorted(values)[len(values) // 2] if values else 0.0


@lru_cache(maxsize=4)
def _floor(values: tuple[float, ...]) -> float:
    return sorted(values)[3 * len(values) // 4] if values else 0.0


def _queued(each: Occasion, places: Places) -> tuple[float, ...]:
    """The queue's own order: the lot of the week, then money an hour.

    Who is not in it yet is weighed by what is owed, times what the queue's places are worth for each yuan owed; a claim
    of livelihood by at least the worth that a quarter of the places exceed, as in the queue's own floor.

    Of one obligation's work the steps that its track proposes come first, in their order.
    """
    place = places.get((each.item.case_id, each.item.party_id))
    if place is None:
        each_yuan = _middle(tuple(known.worth / max(known.outstanding, 1.0) for known in places.values()))
        least = _floor(tuple(known.worth for known in places.values())) if each.vulnerable else 0.0
        return (1, -max(each_yuan * each.outstanding, least), 0)
    steps = place.steps
    step = steps.index(each.item.kind) if each.item.kind in steps else len(steps)
    return (not place.learning, -place.worth, step)


POLICIES = (
    Policy(SUBJECT, _queued, reads_queue=True),
    Policy(FIRST_IN, _oldest),
    Policy(BY_CLAIM, _largest),
    Policy(BY_SCORE, _likeliest, reads_queue=True),
    Policy(ORACLE, _truest),
)

"""Orders of work: who comes first when there are more occasions than hours. All work from the same occasions.

The first inquiry about a new debtor is the system's own (law asks for it within days): it goes first under every order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

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
    scores = [known.score for known in places.values() if known.score is not None]
    middle = sorted(scores)[len(scores) // 2] if scores else 0.0
    return (-(middle if place is None or place.score is None else place.score),)


POLICIES = (
    Policy(FIRST_IN, _oldest),
    Policy(BY_CLAIM, _largest),
    Policy(BY_SCORE, _likeliest, reads_queue=True),
    Policy(ORACLE, _truest),
)

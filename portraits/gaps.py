"""What is not known: the standing of every record family, and what to ask first.

The order of asking is fixed here and says so: the families whose answers a court may act on at once come first. A kept
portrait has this order. What each answer could do to score and track, and the order by that, which replay shows to be
better, changes with the night's donors and is told beside the portrait (`triage/asking.py`, docs/asking.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from features.day import Profile
from vocabulary.families import ASKED, FAMILIES
from vocabulary.states import QueryState
from vocabulary.text import Text

FIRST_ASKED = (
    "deposits",
    "income",
    "real_property",
    "housing_fund",
    "vehicles",
    "equity",
    "securities",
    "wealth_products",
    "insurance",
    "platform_balances",
    "registrations",
    "consumption",
    "transfers",
    "litigation",
    "civil_status",
)
FLOOR = ("deposits", "real_property", "income")
"""With none of these answered too little is known for a score."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one record family: its state, the age of the newest answer in days, the receipts behind it."""

    family: str
    label: Text
    state: QueryState
    age_days: int | None
    receipts: tuple[int, ...]


def standings(profile: Profile) -> tuple[Standing, ...]:
    """Standings of all asked families, in the order in which they are asked."""
    return tuple(
        Standing(
            family=code,
            label=FAMILIES[code].label,
            state=profile.states[code].state,
            age_days=profile.states[code].age_days,
            receipts=profile.states[code].receipts,
        )
        for code in FIRST_ASKED
    )


def to_ask(profile: Profile) -> tuple[str, ...]:
    """Families without a fresh answer, in the order in which to ask."""
    return tuple(code for code in FIRST_ASKED if not profile.states[code].state.fresh)


def too_little_known(profile: Profile) -> bool:
    """None of deposits, real property and income was ever answered: the service abstains (信息不足)."""
    return not any(profile.states[code].state.answered for code in FLOOR)


assert set(FIRST_ASKED) == set(ASKED)

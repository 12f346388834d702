"""Who is asked what, when, through which channel; and whether, when and how the source answers.

Every question is about one debtor and one record family. Nothing here is at random with regard to the outcome:
officers ask more of debtors they think can pay, and less once they are paid.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from simulation.clock import NO_DAY, day_in_week, month_of
from simulation.courts import effort_of_week
from simulation.draws import Array, stream
from simulation.keys import keys
from simulation.sheets import Sheets, code
from simulation.world import World
from vocabulary.families import ASKED

NATIONAL, LOCAL, MANUAL, DECLARED, CLUE = 0, 1, 2, 3, 4
TOLD = 600_000  # receipts of a block from this number on are filings, not answers
PENDING, EMPTY, FOUND, FAILED, REFUSED = 0, 1, 2, 3, 4
_PLAN = {
    # family: channel, chance at the first question, chance later, chance to fail, mean days to answer
    "deposits": (NATIONAL, 0.985, 0.9, 0.012, 0.7),
    "securities": (NATIONAL, 0.93, 0.25, 0.02, 1.0),
    "wealth_products": (NATIONAL, 0.93, 0.3, 0.02, 1.0),
    "insurance": (LOCAL, 0.33, 0.08, 0.06, 6.0),
    "housing_fund": (LOCAL, 0.36, 0.08, 0.05, 5.0),
    "platform_balances": (NATIONAL, 0.9, 0.35, 0.02, 1.0),
    "real_property": (NATIONAL, 0.95, 0.3, 0.03, 4.0),
    "vehicles": (NATIONAL, 0.95, 0.3, 0.02, 2.0),
    "equity": (NATIONAL, 0.9, 0.15, 0.02, 1.0),
    "income": (LOCAL, 0.64, 0.13, 0.05, 6.0),
    "consumption": (LOCAL, 0.52, 0.08, 0.06, 8.0),
    "registrations": (NATIONAL, 0.9, 0.12, 0.015, 1.0),
    "civil_status": (MANUAL, 0.19, 0.015, 0.03, 15.0),
    "transfers": (MANUAL, 0.3, 0.05, 0.05, 18.0),
    "litigation": (NATIONAL, 0.85, 0.2, 0.01, 0.5),
}
_FIGURES = np.array([_PLAN[family] for family in ASKED], float)
_BY_CHOICE = _FIGURES[:, 0] > NATIONAL
FAMILY = {family: place for place, family in enumerate(ASKED)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Arrays over receipts; ``first`` marks the first answer a debtor's family ever gave."""

    debtor: Array
    obligation: Array
    family: Array
    source: Array
    asked: Array
    answered: Array
    status: Array  # FOUND stands for any answer until the rows are known
    first: Array
    receipt: Array
    cash: Array  # yuan on accounts on the day
    near: Array  # what holdings are worth as part of what they were
    fortune: Array

    def of(self, family: str) -> Array:
        """Positions of the answered receipts of a family."""
        return np.flatnonzero((self.family == FAMILY[family]) & (self.status == FOUND))


def asked_of(world: World) -> Asked:
    """The questions of a block, from the journal's days of asking."""
    rng = stream(world.seed, world.block, "asking")
    days = _occasions(world)
    begun = _first_times(days.debtor)
    needed = _needed(world, days)
    flags = needed | (rng.random(needed.shape) < _chances(world, days, begun))
    event, family = np.nonzero(flags)
    count = len(event)
    if not count:
        return _nothing()
    must = needed[event, family]
    source = _FIGURES[family, 0].astype(int)
    source = np.where((family == FAMILY["real_property"]) & (rng.random(count) < 0.35), LOCAL, source)
    later = np.where((source > NATIONAL) & begun[event] & ~must, rng.integers(0, 25, count), 0)
    start = day_in_week(days.week, np.where(begun, 1, 2))[event] + later
    slow = np.where((source == LOCAL) & ~_BY_CHOICE[family], 2.5, 1.0)
    lag = np.floor(rng.exponential(_FIGURES[family, 4] * slow)).astype(int)
    lag = np.where(must, np.minimum(lag, 2), lag)
    luck, kind = rng.random(count), rng.random(count)
    failed = np.where(kind < 0.6, FAILED, REFUSED)
    status = np.where(luck < _FIGURES[family, 3], failed, np.where(luck > 0.988, PENDING, FOUND))
    status = np.where(must, FOUND, status)
    answered = np.where(status == PENDING, NO_DAY, start + lag)
    order = np.lexsort((event, start))
    order = order[~_same_month(days.debtor[event[order]], family[order], start[order])]
    count = len(order)
    event, family, status = event[order], family[order], status[order]
    debtor = days.debtor[event]
    held = world.arena.d_near[debtor]
    first = np.zeros(count, bool)
    good = np.flatnonzero(status == FOUND)
    first[good[np.unique((debtor * len(ASKED) + family)[good], return_index=True)[1]]] = True
    return Asked(
        debtor=debtor,
        obligation=days.who[event],
        family=family,
        source=source[order],
        asked=start[order].astype(np.int32),
        answered=answered[order].astype(np.int32),
        status=status,
        first=first,
        receipt=keys("receipt", world.block, np.arange(1, count + 1)),
        cash=(days.cash[event] + np.maximum(days.near[event] - held, 0)) / 100,
        near=np.minimum(days.near[event] / np.maximum(held, 1), 1.0),
        fortune=days.fortune[event],
    )


@dataclass(frozen=True, slots=True)
class _Occasions:
    """Arrays over the occasions on which a debtor was asked about, by debtor and week. Money in fen."""

    week: Array
    who: Array
    cash: Array
    near: Array
    fortune: Array
    debtor: Array


def _occasions(world: World) -> _Occasions:
    """One asking a debtor and fortnight, whatever the number of cases."""
    week, who, cash, near = world.journal.of("ask")
    fortune = world.journal.of("ask_fortune")[2]
    debtor = world.claims.obligation_debtor[who]
    order = np.lexsort((week, debtor))
    soon = np.zeros(len(week), bool)
    soon[1:] = (np.diff(debtor[order]) == 0) & (np.diff(week[order]) < 2)
    keep = order[~soon]
    return _Occasions(*(part[keep] for part in (week, who, cash, near, fortune, debtor)))


def write_told(
    world: World,
    sheets: Sheets,
    *,
    source: int,
    number: Array,
    debtor: Array,
    family: Array,
    day: Array,
    checked: Array,
    found: Array,
) -> Array:
    """The rows of `queries` for what debtors disclosed or others pointed to; the receipts of the filings."""
    receipt = keys("receipt", world.block, TOLD + number)
    sheets.add(
        "queries",
        happened_at=checked,
        known_at=checked,
        receipt_id=receipt,
        party_id=world.party(debtor),
        family=family,
        source=source,
        asked_at=day,
        answered_at=checked,
        status=np.where(found, FOUND, EMPTY),
    )
    return receipt


def _needed(world: World, days: _Occasions) -> Array:
    """Answers that the court acted on: before it seals a thing or freezes money, a source has told of it."""
    weeks, thing, _, _ = world.journal.of("sealed")
    frozen, who, _, _ = world.journal.of("freeze")
    kinds = np.array([FAMILY["real_property"], FAMILY["vehicles"], FAMILY["equity"]])
    week = np.concatenate([weeks, frozen])
    debtor = np.concatenate([world.things.owner[thing], world.claims.obligation_debtor[who]])
    family = np.concatenate([kinds[world.things.kind[thing]], np.full(len(who), FAMILY["deposits"])])
    place = np.searchsorted(days.debtor * 1000 + days.week, debtor * 1000 + week) - 1
    known = (place >= 0) & (days.debtor[np.maximum(place, 0)] == debtor)
    needed = np.zeros((len(days.week), len(ASKED)), bool)
    needed[place[known], family[known]] = True
    return needed


def write_queries(world: World, asked: Asked, found: Array, sheets: Sheets) -> None:
    """The rows of `queries`: the question while it waits for longer than a day, then the answer."""
    party = world.party(asked.debtor)
    common = {
        "receipt_id": asked.receipt,
        "party_id": party,
        "family": asked.family,
        "source": asked.source,
        "asked_at": asked.asked,
    }
    waits = (asked.answered == NO_DAY) | (asked.answered > asked.asked + 1)
    sheets.add(
        "queries",
        happened_at=asked.asked[waits],
        known_at=asked.asked[waits],
        status=PENDING,
        **{name: value[waits] for name, value in common.items()},
    )
    done = asked.answered != NO_DAY
    status = np.where((asked.status == FOUND) & ~found, EMPTY, asked.status)
    sheets.add(
        "queries",
        happened_at=asked.answered[done],
        known_at=asked.answered[done],
        status=status[done],
        answered_at=asked.answered[done],
        **{name: value[done] for name, value in common.items()},
    )


def _same_month(debtor: Array, family: Array, day: Array) -> Array:
    """Questions on months of income or spending that would only repeat an earlier one of the same month."""
    monthly = np.isin(family, (FAMILY["income"], FAMILY["consumption"]))
    key = (debtor * len(ASKED) + family) * 2_000 + month_of(day)
    again = np.ones(len(debtor), bool)
    again[np.unique(key, return_index=True)[1]] = False
    return np.asarray(monthly & again)


def _first_times(debtor: Array) -> Array:
    begun = np.ones(len(debtor), bool)
    begun[1:] = debtor[1:] != debtor[:-1]
    return begun


def _chances(world: World, days: _Occasions, begun: Array) -> Array:
    """The chance of every family to be asked on every occasion."""
    weeks, who, debtor = days.week, days.who, days.debtor
    claim = world.claims.obligation_claim[who]
    zeal = np.zeros(len(who))
    for week in np.unique(weeks):
        here = weeks == week
        zeal[here] = effort_of_week(world.courts, int(week))[world.claims.court[claim[here]]]
    prospect = np.clip(days.cash / np.maximum(world.arena.c_amount[claim], 1), 0, 1)
    size = np.log10(world.claims.amount[claim] / 30_000)
    choice = (zeal * np.exp(0.25 * size) * (0.75 + 0.6 * prospect)).clip(0.2, 2.2)
    chance = np.where(begun[:, None], _FIGURES[None, :, 1], _FIGURES[None, :, 2])
    chance = np.where(
        _BY_CHOICE[None, :], chance * choice[:, None], chance * np.minimum(0.9 + 0.1 * zeal, 1.0)[:, None]
    )
    natural = world.people.natural[debtor][:, None]
    only_people = np.isin(ASKED, ("housing_fund", "civil_status", "insurance"))
    only_mostly_people = np.isin(ASKED, ("consumption", "income"))
    return np.where(
        ~natural & only_people, 0.0, np.where(~natural & only_mostly_people, 0.5 * chance, chance)
    ).clip(0, 0.995)


def _nothing() -> Asked:
    none = np.zeros(0, int)
    return Asked(**dict.fromkeys((field.name for field in fields(Asked)), none))


assert code("queries", "status", "refused") == REFUSED
assert code("queries", "source", "manual") == MANUAL
assert code("queries", "source", "clue") == CLUE

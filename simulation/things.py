"""Property that can be sealed and sold: dwellings and shops, vehicles, shares; who else has a claim on it.

Some of it is gone before the court asks: moved to kin at an undervalue after the suit was brought.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.claims import Claims
from simulation.clock import FIRST_DAY, NO_DAY, WEEKS
from simulation.draws import Array, expanded, lognormal, stream, yuan
from simulation.people import People

REAL, VEHICLE, EQUITY = 0, 1, 2
FAMILIES = ("real_property", "vehicles", "equity")
RELATIONS = ("none", "kin", "linked")


@dataclass(frozen=True, slots=True)
class Things:
    """Arrays over things, in the order of their owners. Money in yuan; days from 1970-01-01."""

    owner: Array
    kind: Array
    value: Array  # of the whole
    share: Array
    spousal: Array
    acquired: Array
    registered: Array
    sole_dwelling: Array
    use: Array  # 0 dwelling, 1 commercial, 2 industrial, 3 land, 4 parking (real); 0 private, 1 commercial, 2 goods
    leased: Array
    elsewhere: Array
    listed: Array
    company: Array  # local number of the company of a share
    mortgage: Array  # money secured by a mortgage or pledge, 0 for none
    mortgage_day: Array
    mortgage_claim: Array  # the claim it secures, -1 for a bank outside
    ahead_day: Array  # a seal of another court registered first, NO_DAY for none
    ahead: Array  # money that seal stands for
    moved_day: Array  # left the debtor, NO_DAY for never
    moved_price: Array
    moved_relation: Array
    salt: Array

    @property
    def count(self) -> int:
        """How many things."""
        return len(self.owner)


def things_of(people: People, claims: Claims, *, seed: int, block: int) -> Things:
    """Draw the things of a block's debtors."""
    rng = stream(seed, block, "world").spawn(1)[0]
    owner, kind, mortgaged_for = _owned(rng, people, claims)
    order = np.argsort(owner, kind="stable")
    owner, kind, mortgaged_for = owner[order], kind[order], mortgaged_for[order]
    count = len(owner)
    first_suit, first_claim = _first_suits(people.count, claims)
    suit = first_suit[owner]
    came_of_age = np.where(
        people.natural[owner], (people.birth_year[owner] - 1970 + 19) * 365.25, people.founded[owner]
    )
    begin = np.maximum(came_of_age, FIRST_DAY - 20 * 365)
    latest = np.minimum(
        np.where(mortgaged_for >= 0, claims.sued_day[np.maximum(mortgaged_for, 0)], suit) - 200,
        FIRST_DAY + 1800,
    )
    begin = np.minimum(begin, latest - 30)
    acquired = (begin + (latest - begin) * rng.random(count) ** 0.8).astype(np.int32)
    value = _values(rng, kind, people, owner)
    backed = mortgaged_for >= 0
    owed = claims.principal[np.maximum(mortgaged_for, 0)]
    value = np.where(backed, owed / (0.35 + 0.65 * rng.random(count)), value)
    spousal = (
        (kind == REAL) & people.natural[owner] & (people.marital[owner] == 1) & (rng.random(count) < 0.6)
    )
    first_real = (kind == REAL) & (
        np.concatenate([[True], owner[1:] != owner[:-1]]) if count else np.zeros(0, bool)
    )
    use = _uses(rng, kind, people.natural[owner])
    mortgage = np.where(
        backed,
        owed * 1.1,
        np.where((kind == REAL) & (rng.random(count) < 0.42), value * (0.2 + 0.6 * rng.random(count)), 0.0),
    )
    mortgage = np.where((kind == VEHICLE) & (rng.random(count) < 0.2), value * 0.5, mortgage)
    ahead = (rng.random(count) < np.where(kind == REAL, 0.2, 0.1)) & ~backed
    moved, moved_day, relation = _moved(rng, people, owner, suit, backed | ahead, kind)
    price = np.where(
        relation > 0, value * 0.35 * rng.random(count) ** 2, value * (0.85 + 0.2 * rng.random(count))
    )
    return Things(
        owner=owner,
        kind=kind,
        value=yuan(np.round(value, -2)),
        share=np.where(
            spousal,
            1.0,
            np.where(
                (kind == EQUITY) | (rng.random(count) < 0.08), np.round(0.2 + 0.6 * rng.random(count), 2), 1.0
            ),
        ),
        spousal=spousal,
        acquired=acquired,
        registered=(acquired + rng.integers(3, 60, count)).astype(np.int32),
        sole_dwelling=first_real & people.natural[owner] & (use == 0) & (rng.random(count) < 0.62) & ~backed,
        use=use,
        leased=(kind == REAL) & (rng.random(count) < 0.14),
        elsewhere=rng.random(count) < 0.18,
        listed=(kind == EQUITY) & (rng.random(count) < 0.04),
        company=rng.integers(1, 900_000, count),
        mortgage=yuan(np.round(mortgage, -2)),
        mortgage_day=np.where(mortgage > 0, acquired + 60 + rng.integers(0, 90, count), NO_DAY).astype(
            np.int32
        ),
        mortgage_claim=mortgaged_for,
        ahead_day=np.where(ahead, suit + rng.integers(-90, 400, count), NO_DAY).astype(np.int32),
        ahead=np.where(ahead, yuan(np.round(lognormal(rng, 150_000, 1.2, count), -2)), 0.0),
        moved_day=np.where(moved, moved_day, NO_DAY).astype(np.int32),
        moved_price=np.where(moved, yuan(np.round(price, -2)), 0.0),
        moved_relation=relation,
        salt=rng.integers(0, 2**63, count).astype(np.uint64),
    )


def _owned(rng: np.random.Generator, people: People, claims: Claims) -> tuple[Array, Array, Array]:
    """(owner, kind, claim secured) of every thing: what wealth brings, and what secures a loan."""
    wealth = np.log((people.cash + 20) / (people.income * 0.5 + 300)).clip(-2, 2)
    natural = people.natural
    alive = people.status == 0
    reals = rng.poisson(np.where(natural, 0.26, np.where(alive, 0.12, 0.02)) * np.exp(0.3 * wealth)).clip(
        0, 4
    )
    vehicles = rng.poisson(np.where(natural, 0.13, np.where(alive, 0.25, 0.06)) * np.exp(0.2 * wealth)).clip(
        0, 4
    )
    shares = rng.poisson(np.where(natural, 0.055, 0.035)).clip(0, 2)
    lead = np.flatnonzero((claims.obligation_role == 0) & claims.secured[claims.obligation_claim])
    lead = lead[np.unique(claims.obligation_claim[lead], return_index=True)[1]] if len(lead) else lead
    owners = [expanded(reals)[0], expanded(vehicles)[0], expanded(shares)[0], claims.obligation_debtor[lead]]
    kinds = np.repeat([REAL, VEHICLE, EQUITY, REAL], [len(part) for part in owners])
    owner = np.concatenate(owners)
    secures = np.full(len(owner), -1)
    secures[len(owner) - len(lead) :] = claims.obligation_claim[lead]
    return owner, kinds, secures


def _first_suits(count: int, claims: Claims) -> tuple[Array, Array]:
    """The day of the first suit against each debtor, and the claim of it."""
    day = np.full(count, FIRST_DAY + WEEKS * 7)
    np.minimum.at(day, claims.obligation_debtor, claims.sued_day[claims.obligation_claim])
    claim = np.full(count, -1)
    claim[claims.obligation_debtor] = claims.obligation_claim
    return day, claim


def _values(rng: np.random.Generator, kind: Array, people: People, owner: Array) -> Array:
    count = len(owner)
    town = np.where(people.rural[owner], 230_000.0, 640_000.0)
    median = np.choose(
        kind,
        [
            np.where(people.natural[owner], town, 900_000.0),
            np.full(count, 58_000.0),
            np.full(count, 90_000.0),
        ],
    )
    return lognormal(rng, median, np.choose(kind, [0.55, 0.7, 1.4]), count).clip(3000, 9e7)


def _uses(rng: np.random.Generator, kind: Array, natural: Array) -> Array:
    u = rng.random(len(kind))
    real = np.where(
        natural,
        np.where(u < 0.82, 0, np.where(u < 0.92, 1, np.where(u < 0.96, 4, 3))),
        np.where(u < 0.3, 1, np.where(u < 0.8, 2, 3)),
    )
    vehicle = np.where(natural, np.where(u < 0.85, 0, 2), np.where(u < 0.4, 1, 2))
    return np.where(kind == REAL, real, np.where(kind == VEHICLE, vehicle, 0))


def _moved(
    rng: np.random.Generator, people: People, owner: Array, suit: Array, held: Array, kind: Array
) -> tuple[Array, Array, Array]:
    """What left the debtor around the suit: concealers move a third of free things, mostly to kin."""
    conceal = people.conceal[owner]
    count = len(owner)
    moved = ~held & (rng.random(count) < np.where(conceal > 0.3, 0.4 * conceal, 0.03))
    day = suit + np.where(conceal > 0.3, rng.integers(-60, 200, count), rng.integers(-500, 30, count))
    kin = np.where(people.natural[owner], 1, 2)
    relation = np.where(moved & (conceal > 0.3) & (rng.random(count) < 0.85), kin, 0)
    return moved, day, relation

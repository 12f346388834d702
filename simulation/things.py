"""Property that can be sealed and sold: dwellings and shops, vehicles, shares; who else has a claim on it.

Some of it is gone before the court asks: moved to kin at an undervalue after the suit was brought.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.claims import Claims
from simulation.clock import FIRST_DAY, NO_DAY, WEEKS
from simulation.draws import Array, expanded, lognormal, stream
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
    owner, kind, behind = _owned(rng, people, claims)
    count = len(owner)
    backs = behind >= 0
    claim = np.maximum(behind, 0)
    suit = first_suits(people.count, claims)[owner]
    acquired = _acquired(rng, people, owner, suit, kind)
    value = np.where(
        backs, claims.principal[claim] / (0.25 + 0.65 * rng.random(count)), _values(rng, kind, people, owner)
    ).round(-2)
    free = _chance(rng, np.where(people.natural[owner], 0.6, 0.0) * (people.marital[owner] == 1))
    spousal = (kind == REAL) & free & ~backs
    use = _uses(rng, kind, people.natural[owner])
    first_home = (kind == REAL) & people.natural[owner] & (use == 0) & _firsts(owner)
    home = (kind == REAL) & (use == 0)
    sole = first_home & _chance(rng, np.where(backs, 0.03, 0.62)) & (_homes(people, owner[home]) == 1)[owner]
    mortgage, secures = _mortgages(rng, claims, kind, value, behind)
    ahead = _chance(rng, np.where(backs, 0.03, np.where(kind == REAL, 0.2, 0.1)))
    moved, moved_day, relation = _moved(rng, people, owner, suit, backs | ahead)
    low = value * 0.35 * rng.random(count) ** 2
    fair = value * (0.85 + 0.2 * rng.random(count))
    return Things(
        owner=owner,
        kind=kind,
        value=value,
        share=np.where(
            (kind == EQUITY) | (_chance(rng, 0.08, count) & ~backs & ~spousal), _parts(rng, count), 1.0
        ),
        spousal=spousal,
        acquired=acquired,
        registered=(acquired + rng.integers(3, 60, count)).astype(np.int32),
        sole_dwelling=sole,
        use=use,
        leased=(kind == REAL) & ~sole & _chance(rng, 0.18, count),
        elsewhere=_chance(rng, np.where(backs, 0.02, 0.18)),
        listed=(kind == EQUITY) & _chance(rng, 0.04, count),
        company=rng.integers(1, 900_000, count),
        mortgage=mortgage,
        mortgage_day=np.where(mortgage > 0, acquired + 60 + rng.integers(0, 90, count), NO_DAY).astype(
            np.int32
        ),
        mortgage_claim=secures,
        ahead_day=np.where(ahead, suit + rng.integers(-90, 400, count), NO_DAY).astype(np.int32),
        ahead=np.where(ahead, lognormal(rng, 150_000, 1.2, count).round(-2), 0.0),
        moved_day=np.where(moved, np.maximum(moved_day, acquired + 90), NO_DAY).astype(np.int32),
        moved_price=np.where(moved, np.where(relation > 0, low, fair).round(-2), 0.0),
        moved_relation=relation,
        salt=rng.integers(0, 2**63, count).astype(np.uint64),
    )


def first_suits(count: int, claims: Claims) -> Array:
    """The day of the first suit against each of so many debtors."""
    day = np.full(count, FIRST_DAY + WEEKS * 7)
    np.minimum.at(day, claims.obligation_debtor, claims.sued_day[claims.obligation_claim])
    return day


def _chance(rng: np.random.Generator, chance: Array | float, count: int | None = None) -> Array:
    return np.asarray(rng.random(len(chance) if isinstance(chance, np.ndarray) else count) < chance)


def _parts(rng: np.random.Generator, count: int) -> Array:
    return np.round(0.2 + 0.6 * rng.random(count), 2)


def _firsts(owner: Array) -> Array:
    """The first thing of each owner, owners being in order."""
    first = np.ones(len(owner), bool)
    first[1:] = owner[1:] != owner[:-1]
    return first


def _owned(rng: np.random.Generator, people: People, claims: Claims) -> tuple[Array, Array, Array]:
    """(owner, kind, claim behind which it stands or -1) of every thing, by owner."""
    wealth = np.log((people.cash + 20) / (people.income * 0.5 + 300)).clip(-2, 2)
    natural, alive = people.natural, people.status == 0
    means = {
        REAL: np.where(natural, 0.19, np.where(alive, 0.08, 0.02)) * np.exp(0.3 * wealth),
        VEHICLE: np.where(natural, 0.085, np.where(alive, 0.18, 0.04)) * np.exp(0.2 * wealth),
        EQUITY: np.where(natural, 0.03, 0.02),
    }
    owners = [expanded(rng.poisson(mean).clip(0, 4))[0] for mean in means.values()]
    lead = np.flatnonzero((claims.obligation_role == 0) & claims.backed[claims.obligation_claim])
    lead = lead[np.unique(claims.obligation_claim[lead], return_index=True)[1]] if len(lead) else lead
    owners.append(claims.obligation_debtor[lead])
    owner = np.concatenate(owners)
    kind = np.repeat([REAL, VEHICLE, EQUITY, REAL], [len(part) for part in owners])
    behind = np.concatenate([np.full(len(owner) - len(lead), -1), claims.obligation_claim[lead]])
    order = np.argsort(owner, kind="stable")
    return owner[order], kind[order], behind[order]


def _homes(people: People, owner: Array) -> Array:
    """How many dwellings each debtor's household has, those of a spouse who is a debtor too among them."""
    own = np.bincount(owner, minlength=people.count)
    return np.asarray(own + np.where(people.spouse >= 0, own[np.maximum(people.spouse, 0)], 0))


def _acquired(rng: np.random.Generator, people: People, owner: Array, suit: Array, kind: Array) -> Array:
    """Between coming of age (or founding) and half a year before the first suit; vehicles in its last seven years."""
    grown = np.where(
        people.natural[owner], (people.birth_year[owner] - 1970 + 19) * 365.25, people.founded[owner]
    )
    latest = np.minimum(suit - 200, FIRST_DAY + 1800)
    oldest = np.where(kind == VEHICLE, latest - 7 * 365, FIRST_DAY - 20 * 365)
    begin = np.minimum(np.maximum(grown, oldest), latest - 30)
    return np.asarray((begin + (latest - begin) * rng.random(len(owner)) ** 0.8).astype(np.int32))


def _mortgages(
    rng: np.random.Generator, claims: Claims, kind: Array, value: Array, behind: Array
) -> tuple[Array, Array]:
    """(money secured, claim that it secures or -1): the claim it stands behind, or a bank outside."""
    claim = np.maximum(behind, 0)
    own = (behind >= 0) & claims.secured[claim]
    chance = np.where(behind >= 0, 0.15, np.where(kind == REAL, 0.42, np.where(kind == VEHICLE, 0.2, 0.05)))
    bank = ~own & _chance(rng, chance)
    part = 0.2 + np.where(behind >= 0, 0.2, 0.6) * rng.random(len(value))
    money = np.where(own, claims.principal[claim] * 1.1, np.where(bank, value * part, 0.0))
    return money.round(-2), np.where(own, behind, -1)


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
    rng: np.random.Generator, people: People, owner: Array, suit: Array, held: Array
) -> tuple[Array, Array, Array]:
    """What left the debtor around the suit: concealers move a third of free things, mostly to kin."""
    conceal = people.conceal[owner]
    count = len(owner)
    moved = ~held & (rng.random(count) < np.where(conceal > 0.3, 0.4 * conceal, 0.03))
    day = suit + np.where(conceal > 0.3, rng.integers(-60, 200, count), rng.integers(-500, 30, count))
    kin = np.where(people.natural[owner], 1, 2)
    relation = np.where(moved & (conceal > 0.3) & (rng.random(count) < 0.85), kin, 0)
    return moved, day, relation

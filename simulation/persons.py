"""The registers of debtors: who they are, in which cases they answer, how and since when they were served."""

from __future__ import annotations

import numpy as np

from simulation.claims import filed_day
from simulation.clock import NO_DAY, day_in_week
from simulation.draws import Array, expanded, stream
from simulation.sheets import Sheets, Words
from simulation.world import World
from vocabulary.identity import citizen_check

_GROUNDS = [
    "变更追加规定第十七条",
    "变更追加规定第二十四条",
]  # unpaid capital of a firm; a promise to perform for anyone
_NOWHERE = "99"  # no administrative division has this number: the ID numbers belong to nobody


def write_persons(world: World, sheets: Sheets) -> None:
    """Write obligors and parties."""
    rng = stream(world.seed, world.block, "registers").spawn(1)[0]
    _obligors(world, rng, sheets)
    _parties(world, rng, sheets)


def _obligors(world: World, rng: np.random.Generator, sheets: Sheets) -> None:
    """A debtor's place in a case on filing, and again when the notice has been served."""
    claims = world.claims
    weeks, again, chain, _ = world.resumed
    firms = np.zeros(claims.count, bool)
    firms[
        claims.obligation_claim[
            (claims.obligation_role == 0) & ~world.people.natural[claims.obligation_debtor]
        ]
    ] = True
    grounds = np.where(firms[claims.obligation_claim], 0, 1)
    place = np.arange(len(claims.obligation_claim))
    low = np.searchsorted(claims.obligation_claim, again, side="left")
    high = np.searchsorted(claims.obligation_claim, again, side="right")
    row, inner = expanded(high - low)
    every = np.concatenate([place, low[row] + inner])
    chains = np.concatenate([np.zeros(len(place), int), chain[row]])
    filed = np.concatenate([filed_day(claims)[claims.obligation_claim], day_in_week(weeks, 0)[row]])
    served = filed + rng.integers(2, 16, len(every))
    reached = rng.random(len(every)) < 0.93
    for chosen, day, told in ((slice(None), filed, None), (reached, served, served)):
        who = every[chosen]
        cap = claims.obligation_cap[who]
        sheets.add(
            "obligors",
            happened_at=day[chosen],
            known_at=day[chosen],
            party_id=world.party(claims.obligation_debtor[who]),
            case_id=world.case(claims.obligation_claim[who], chains[chosen]),
            role=claims.obligation_role[who],
            added_ground=Words(np.where(claims.obligation_role[who] == 3, grounds[who], -1), _GROUNDS),
            liability_order=claims.obligation_order[who],
            liability_cap=np.where(np.isfinite(cap), cap, np.nan),
            served_on=np.full(len(who), NO_DAY) if told is None else told[chosen],
        )


def _parties(world: World, rng: np.random.Generator, sheets: Sheets) -> None:
    people, claims = world.people, world.claims
    used = np.unique(claims.obligation_debtor)
    since = np.full(people.count, 10**7)
    np.minimum.at(since, claims.obligation_debtor, filed_day(claims)[claims.obligation_claim])
    natural = people.natural[used]
    number = world.block * 10_000 + used
    day = since[used]
    sheets.add(
        "parties",
        happened_at=day,
        known_at=day,
        party_id=world.party(used),
        kind=np.where(natural, 0, 1),
        name=_names(natural, number),
        id_number=_id_numbers(natural, number, people.birth_year[used], people.male[used]),
        address=np.array(
            [
                f"合成省虚拟市{court + 1}区模拟路{house % 997 + 1}号"
                for court, house in zip(people.court[used], number, strict=True)
            ],
            object,
        ),
        sex=np.where(natural, people.male[used] * 1, -1),
        birth_year=np.where(natural, people.birth_year[used].astype(float), np.nan),
        founded_on=np.where(natural, NO_DAY, people.founded[used]),
        industry=np.where(natural, -1, people.industry[used]),
        employees=np.where(natural, np.nan, people.employees[used].astype(float)),
        franchise=np.where(natural, -1, (rng.random(len(used)) < 0.06) * 1),
        setting=people.rural[used] * 1,
        region=Words(people.court[used], world.regions),
        vulnerability=people.vulnerability[used],
    )


def _names(natural: Array, number: Array) -> Array:
    """Names that nobody bears: 模拟人0000012, 模拟公司0000013."""
    words = [
        f"模拟{'人' if person else '公司'}{place:07d}" for person, place in zip(natural, number, strict=True)
    ]
    return np.array(words, object)


def _id_numbers(natural: Array, number: Array, born: Array, male: Array) -> Array:
    """Well-formed numbers in a division that does not exist (99), with right check characters for people."""
    words = []
    for person, place, year, man in zip(natural, number, born, male, strict=True):
        if not person:
            words.append(f"91{_NOWHERE}0000MA{place:08d}")
            continue
        run = place // 500
        division = f"{_NOWHERE}{run // 336 % 10_000:04d}"
        birth = f"{year}{run // 28 % 12 + 1:02d}{run % 28 + 1:02d}"
        first = f"{division}{birth}{place % 500 * 2 + int(man):03d}"
        words.append(first + citizen_check(first))
    return np.array(words, object)

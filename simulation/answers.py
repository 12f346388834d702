"""What sources answer about property: accounts and holdings on the day, things as the registers show them."""

from __future__ import annotations

import numpy as np

from simulation.arena import CASHABLE
from simulation.asking import LOCAL, Asked
from simulation.clock import NO_DAY
from simulation.draws import Array, expanded, mixed, stream, yuan
from simulation.keys import keys
from simulation.people import HOLDINGS
from simulation.seals import write_burdens, write_frozen
from simulation.sheets import Sheets, Words
from simulation.things import EQUITY, REAL, VEHICLE
from simulation.world import World

BANKS = [f"B{number:02d}" for number in range(1, 41)]
_ROOM_OF_ACCOUNTS = 32
_TERMS = {"securities": 0, "wealth_products": 1, "insurance": 2, "housing_fund": 3, "platform_balances": 0}
_CASHED = {
    "securities": 0.97,
    "wealth_products": 0.98,
    "insurance": 0.8,
    "housing_fund": 1.0,
    "platform_balances": 1.0,
}


def write_answers(world: World, asked: Asked, sheets: Sheets) -> Array:
    """Write what every answered receipt on property brought; a flag a receipt whether it brought anything."""
    found = np.zeros(len(asked.debtor), bool)
    rng = stream(world.seed, world.block, "answers")
    found |= _deposits(world, asked, rng, sheets)
    for column, family in enumerate(HOLDINGS):
        found |= _holding(world, asked, rng, sheets, family, column)
    for family, kind in (("real_property", REAL), ("vehicles", VEHICLE), ("equity", EQUITY)):
        found |= _things(world, asked, rng, sheets, family, kind)
    return found


def account_keys(world: World, debtor: Array, place: Array) -> Array:
    """References of a debtor's accounts."""
    return keys("account", world.block, debtor * _ROOM_OF_ACCOUNTS + place)


def _deposits(world: World, asked: Asked, rng: np.random.Generator, sheets: Sheets) -> Array:
    """The first answer lists every account; later ones those that moved."""
    receipts = asked.of("deposits")
    debtor = asked.debtor[receipts]
    row, place = expanded(world.people.accounts[debtor])
    owner = debtor[row]
    account = account_keys(world, owner, place)
    weight = _weight(account)
    total = np.bincount(row, weights=weight, minlength=len(receipts))
    balance = yuan(asked.cash[receipts][row] * weight / np.maximum(total, 1e-9)[row])
    shown = asked.first[receipts][row] | (rng.random(len(row)) < 0.06) | (place == 0)
    shown &= (balance >= 0.01) | (rng.random(len(row)) < 0.5)
    row, owner, account, balance, place = (
        row[shown],
        owner[shown],
        account[shown],
        balance[shown],
        place[shown],
    )
    receipt = receipts[row]
    frozen = (mixed(account.astype(np.uint64)) % np.uint64(100) < 10) & (balance > 100) & (place > 0)
    people = world.people
    kind = mixed(account.astype(np.uint64) + np.uint64(5)) % np.uint64(100)
    nature = np.where(
        people.natural[owner],
        np.where((place == 0) & people.employed[owner], 4, np.where(kind < 1, 3, 0)),
        np.where(kind < 3, 1, np.where(kind < 6, 2, 0)),
    )
    answered = asked.answered[receipt]
    free = yuan(np.where(frozen, balance * 0.2, balance))
    hits = np.flatnonzero(frozen)
    held = yuan(balance - free)[hits]
    write_frozen(world, asked, receipt[hits], owner[hits], account[hits], held, sheets)
    sheets.add(
        "deposits",
        happened_at=answered,
        known_at=answered,
        receipt_id=asked.receipt[receipt],
        party_id=world.party(owner),
        account_id=account,
        bank=Words((mixed(account.astype(np.uint64)) % np.uint64(40)).astype(int), BANKS),
        nature=nature,
        balance=balance,
        available=np.where(np.isin(nature, (1, 2, 3)), 0.0, free),
    )
    return _with_rows(asked, receipt)


def _weight(account: Array) -> Array:
    """A fixed, very uneven part of a debtor's money for each account."""
    u = (mixed(account.astype(np.uint64)) >> np.uint64(11)).astype(float) * 2.0**-53
    return np.exp(6 * u) - 1


def _holding(
    world: World, asked: Asked, rng: np.random.Generator, sheets: Sheets, family: str, column: int
) -> Array:
    receipts = asked.of(family)
    debtor = asked.debtor[receipts]
    held = world.people.holdings[debtor, column]
    left = 1 - CASHABLE[column] * (1 - asked.near[receipts])
    value = yuan(held * left * np.exp(rng.normal(0, 0.02, len(receipts))))
    receipts, debtor, value = receipts[value > 1], debtor[value > 1], value[value > 1]
    answered = asked.answered[receipts]
    rules = np.full(len(receipts), _TERMS[family])
    if family == "wealth_products":
        rules = (world.people.salt[debtor] % np.uint64(2)).astype(int)
    sheets.add(
        family,
        happened_at=answered,
        known_at=answered,
        receipt_id=asked.receipt[receipts],
        party_id=world.party(debtor),
        holding_id=keys("holding", world.block, debtor * 8 + column),
        value=value,
        cash_value=yuan(value * _CASHED[family]),
        rule=rules,
    )
    return _with_rows(asked, receipts)


def _things(
    world: World, asked: Asked, rng: np.random.Generator, sheets: Sheets, family: str, kind: int
) -> Array:
    """Registers show what is theirs on the day; for property elsewhere they lag, and sometimes know nothing."""
    things = world.things
    mine = np.flatnonzero(things.kind == kind)
    receipts = asked.of(family)
    first = np.searchsorted(things.owner[mine], asked.debtor[receipts], side="left")
    last = np.searchsorted(things.owner[mine], asked.debtor[receipts], side="right")
    row, place = expanded(last - first)
    thing = mine[first[row] + place]
    receipt = receipts[row]
    answered = asked.answered[receipt]
    lag = np.where(things.elsewhere[thing], rng.integers(20, 200, len(thing)), rng.integers(0, 6, len(thing)))
    stated = answered - lag
    sold = world.sold_day[thing]
    here = (things.registered[thing] <= stated) & (stated < sold)
    here &= (world.moved_day[thing] == NO_DAY) | (stated < world.moved_day[thing])
    here &= ~things.elsewhere[thing] | (
        rng.random(len(thing)) < np.where(asked.source[receipt] == LOCAL, 0.35, 0.7)
    )
    thing, receipt, answered, stated = thing[here], receipt[here], answered[here], stated[here]
    count = len(thing)
    common = {
        "happened_at": stated,
        "known_at": answered,
        "receipt_id": asked.receipt[receipt],
        "party_id": world.party(things.owner[thing]),
        "thing_id": keys("thing", world.block, thing + 1),
        "share": things.share[thing] * np.where(things.spousal[thing], 0.5, 1.0),
        "co_ownership": np.where(things.spousal[thing], 1, np.where(things.share[thing] < 1, 3, 0)),
        "appraised_value": np.round(things.value[thing] * np.exp(rng.normal(0, 0.08, count)), -2),
        "region": world.region(things.owner[thing], things.elsewhere[thing]),
        "acquired_on": things.acquired[thing],
        "registered_on": things.registered[thing],
    }
    if kind == REAL:
        sheets.add(
            family,
            **common,
            use=things.use[thing],
            sole_dwelling=things.sole_dwelling[thing] * 1,
            leased=things.leased[thing] * 1,
            possession=np.where(things.leased[thing], 1, 0),
        )
    elif kind == VEHICLE:
        sheets.add(family, **common, use=things.use[thing], located=world.located[thing] * 1)
    else:
        sheets.add(
            family,
            **common,
            company_id=keys("company", world.block, things.company[thing]),
            listed=things.listed[thing] * 1,
        )
    write_burdens(world, asked, thing, receipt, sheets)
    return _with_rows(asked, receipt)


def _with_rows(asked: Asked, receipts: Array) -> Array:
    flag = np.zeros(len(asked.debtor), bool)
    flag[receipts] = True
    return flag

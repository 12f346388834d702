"""Rights of others and seals of courts: mortgages, first seals and queued ones (首封, 轮候), freezes of accounts."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.asking import Asked
from simulation.clock import LAST_DAY, NO_DAY, day_in_week
from simulation.draws import Array, counted
from simulation.keys import keys
from simulation.ranks import ranks_of, seal_years, seals_of
from simulation.sheets import Sheets, Words, code
from simulation.things import FAMILIES
from simulation.world import World

MORTGAGE, PLEDGE, SEAL, FREEZE = 0, 1, 2, 3
_FAMILY = np.array([code("encumbrances", "on_family", family) for family in FAMILIES])
_OUTSIDE = ["bank", "other court", "applicant"]


def write_seals(world: World, sheets: Sheets) -> None:
    """Write this court's seals and freezes, the seals queued behind them, and what was released."""
    _own_seals(world, sheets)
    _own_freezes(world, sheets)


def write_burdens(world: World, asked: Asked, thing: Array, receipt: Array, sheets: Sheets) -> None:
    """Write what an answer on things shows of others' rights: mortgages and pledges, first seals of other courts."""
    things = world.things
    answered = asked.answered[receipt]
    mortgaged = np.flatnonzero((things.mortgage[thing] > 0) & (things.mortgage_day[thing] <= answered))
    which = thing[mortgaged]
    claim = things.mortgage_claim[which]
    filed = claim >= 0
    _burden(
        world,
        asked,
        which,
        receipt[mortgaged],
        sheets,
        kind=np.where(things.kind[which] == 2, PLEDGE, MORTGAGE),
        holder=np.where(filed, 2, 0),
        case=np.where(
            filed & world.filed_by(claim, answered[mortgaged]), world.case(np.maximum(claim, 0)), 0
        ),
        secured=things.mortgage[which],
        day=things.mortgage_day[which],
        expires=np.full(len(which), NO_DAY),
        rank=np.full(len(which), np.nan),
    )
    lapse = things.ahead_day + 365 * seal_years(things.kind)
    ahead = np.flatnonzero(
        (things.ahead_day[thing] != NO_DAY)
        & (things.ahead_day[thing] <= answered)
        & (lapse[thing] > answered)
    )
    which = thing[ahead]
    _burden(
        world,
        asked,
        which,
        receipt[ahead],
        sheets,
        kind=np.full(len(which), SEAL),
        holder=np.ones(len(which), int),
        case=np.zeros(len(which), np.int64),
        secured=things.ahead[which],
        day=things.ahead_day[which],
        expires=lapse[which],
        rank=seals_of(world).ahead_rank[which],
    )


def write_frozen(
    world: World, asked: Asked, receipt: Array, owner: Array, account: Array, held: Array, sheets: Sheets
) -> None:
    """Write other courts' freezes of accounts, as an answer on deposits shows them."""
    answered = asked.answered[receipt]
    begun = np.full(world.people.count, 10**7)
    np.minimum.at(begun, owner, answered)
    since = (begun[owner] - (account % 300) - 5).astype(np.int32)
    renewed = (answered - since) // 365
    sheets.add(
        "encumbrances",
        happened_at=since,
        known_at=answered,
        receipt_id=asked.receipt[receipt],
        party_id=world.party(owner),
        thing_id=account,
        on_family=code("encumbrances", "on_family", "deposits"),
        kind=FREEZE,
        holder=Words(np.ones(len(owner), int), _OUTSIDE),
        secured=held,
        registered_on=since,
        effective_on=since,
        expires_on=since + 365 * (1 + renewed),
        rank=np.ones(len(owner)),
        preservation=0,
    )


def _burden(
    world: World,
    asked: Asked,
    thing: Array,
    receipt: Array,
    sheets: Sheets,
    *,
    kind: Array,
    holder: Array,
    case: Array,
    secured: Array,
    day: Array,
    expires: Array,
    rank: Array,
) -> None:
    sheets.add(
        "encumbrances",
        happened_at=day,
        known_at=asked.answered[receipt],
        receipt_id=asked.receipt[receipt],
        party_id=world.party(world.things.owner[thing]),
        thing_id=keys("thing", world.block, thing + 1),
        on_family=_FAMILY[world.things.kind[thing]],
        kind=kind,
        holder=Words(holder, _OUTSIDE),
        holder_case_id=case,
        secured=secured,
        registered_on=day,
        effective_on=day,
        expires_on=expires,
        rank=rank,
        preservation=0,
    )


def _own_seals(world: World, sheets: Sheets) -> None:
    claims, things = world.claims, world.things
    seals = seals_of(world)
    chain = world.chain_at(seals.claim, seals.week)
    kind = things.kind[seals.thing]
    columns = {
        "party_id": world.party(claims.obligation_debtor[seals.who]),
        "thing_id": keys("thing", world.block, seals.thing + 1),
        "on_family": _FAMILY[kind],
        "kind": np.where(kind == 2, FREEZE, SEAL),
        "holder": Words(claims.court[seals.claim], list(world.courts.code)),
        "holder_case_id": world.case(seals.claim, chain),
        "secured": np.minimum(things.value[seals.thing], world.owed_in(seals.claim, chain)),
        "registered_on": seals.day,
        "effective_on": seals.day,
        "expires_on": seals.lapse,
        "rank": seals.rank,
    }
    sheets.add("encumbrances", happened_at=seals.day, known_at=seals.day, preservation=0, **columns)
    _released(sheets, columns, seals.freed, np.flatnonzero(seals.freed < np.minimum(seals.lapse, 10**6)))
    follows, later = seals.behind, seals.queued
    luck = counted(things.salt[seals.thing[follows]], 0, 81)
    sheets.add(
        "encumbrances",
        happened_at=later,
        known_at=later + 1 + (luck * 14).astype(int),
        party_id=columns["party_id"][follows],
        thing_id=columns["thing_id"][follows],
        on_family=columns["on_family"][follows],
        kind=columns["kind"][follows],
        holder=Words(np.ones(len(follows), int), _OUTSIDE),
        secured=np.round(columns["secured"][follows] * (0.3 + luck), -2),
        registered_on=later,
        effective_on=later,
        expires_on=later + 365 * seal_years(kind[follows]),
        rank=seals.queued_rank,
        preservation=0,
    )


def _released(sheets: Sheets, columns: dict[str, Any], freed: Array, ended: Array) -> None:
    """The same seals or freezes again, from the day they were lifted."""
    part = {
        name: Words(value.places[ended], value.words) if isinstance(value, Words) else value[ended]
        for name, value in columns.items()
    }
    sheets.add(
        "encumbrances",
        happened_at=freed[ended],
        known_at=freed[ended],
        released_on=freed[ended],
        preservation=0,
        **part,
    )


def _own_freezes(world: World, sheets: Sheets) -> None:
    from simulation.answers import account_keys

    claims = world.claims
    weeks, who, amount, _ = world.journal.of("freeze")
    worth = np.flatnonzero((amount > 0) & (world.people.accounts[claims.obligation_debtor[who]] > 0))
    weeks, who, amount = weeks[worth], who[worth], amount[worth]
    debtor, claim = claims.obligation_debtor[who], claims.obligation_claim[who]
    day = day_in_week(weeks, 2)
    freed = day + 1  # the money is taken on the morrow
    columns = {
        "party_id": world.party(debtor),
        "thing_id": account_keys(world, debtor, np.zeros(len(debtor), int)),
        "on_family": np.full(len(debtor), code("encumbrances", "on_family", "deposits")),
        "kind": np.full(len(debtor), FREEZE),
        "holder": Words(claims.court[claim], list(world.courts.code)),
        "holder_case_id": world.case(claim, world.chain_at(claim, weeks)),
        "secured": amount / 100,
        "registered_on": day,
        "effective_on": day,
        "expires_on": day + 365,
        "rank": ranks_of(debtor, day, freed, claim),
    }
    sheets.add("encumbrances", happened_at=day, known_at=day, preservation=0, **columns)
    _released(sheets, columns, freed, np.flatnonzero(freed <= LAST_DAY))

"""The registers of what the court did and what it brought: measures, payments, auctions."""

from __future__ import annotations

import numpy as np

from simulation.claims import filed_day
from simulation.clock import NO_DAY, day_in_week
from simulation.dockets import NODE
from simulation.draws import Array, stream, yuan
from simulation.keys import keys
from simulation.sales import COSTS, OPENING
from simulation.sheets import Sheets, code
from simulation.world import World

_MEASURES = {
    # journal: measure, node
    "restrict": ("consumption_restriction", "asset_control"),
    "list": ("dishonest_listing", "asset_control"),
    "talk": ("settlement_talk", "case_money"),
    "visit": ("field_visit", "asset_control"),
    "summon": ("summons", "asset_control"),
    "search": ("search", "asset_control"),
    "detain": ("detention", "asset_control"),
    "fine": ("fine", "asset_control"),
    "reward": ("reward_notice", "asset_query"),
    "exit_ban": ("exit_restriction", "asset_control"),
    "withhold": ("deduction", "asset_control"),
    "freeze": ("freeze", "asset_control"),
    "deducted": ("deduction", "case_money"),
}
CHANNELS = {"voluntary": 0, "deducted": 1, "withheld": 1, "auction": 2, "in_kind": 3}


def write_deeds(world: World, sheets: Sheets) -> None:
    """Write measures, payments and auctions."""
    rng = stream(world.seed, world.block, "registers").spawn(2)[1]
    _measures(world, rng, sheets)
    _payments(world, rng, sheets)
    _auctions(world, sheets)


def obligation_of(world: World, claim: Array, thing: Array) -> Array:
    """The obligation of the thing's owner in the claim."""
    people = world.people.count
    pair = world.claims.obligation_claim * people + world.claims.obligation_debtor
    order = np.argsort(pair)
    wanted = claim * people + world.things.owner[thing]
    return np.asarray(order[np.searchsorted(pair[order], wanted).clip(0, len(pair) - 1)])


def _measures(world: World, rng: np.random.Generator, sheets: Sheets) -> None:
    claims = world.claims
    everyone = np.arange(len(claims.obligation_claim))
    filed = filed_day(claims)[claims.obligation_claim]
    first = np.zeros(len(everyone), int)
    _measure(world, sheets, "notice", "service_support", everyone, filed + 1, first)
    ordered = rng.random(len(everyone)) < 0.9
    _measure(
        world,
        sheets,
        "disclosure_order",
        "service_support",
        everyone[ordered],
        filed[ordered] + 1,
        first[ordered],
    )
    for kind, (measure, node) in _MEASURES.items():
        weeks, who, money, _ = world.journal.of(kind)
        amount = money / 100 if kind in ("freeze", "deducted") else None
        day = day_in_week(weeks, 3 if kind == "deducted" else 2)
        chain = world.chain_at(claims.obligation_claim[who], weeks)
        _measure(world, sheets, measure, node, who, day, chain, amount)
    _disposals(world, sheets)


def _disposals(world: World, sheets: Sheets) -> None:
    """Seals, appraisals and the first offer of a thing."""
    claims, value = world.claims, world.things.value
    weeks, things, by, _ = world.journal.of("sealed")
    who = by.astype(int)
    claim = claims.obligation_claim[who]
    chain = world.chain_at(claim, weeks)
    amount = np.minimum(value[things], world.owed_in(claim, chain))
    _measure(
        world,
        sheets,
        "seal",
        "asset_control",
        who,
        day_in_week(weeks, 2),
        chain,
        amount,
    )
    for kind, measure in (("appraised", "appraisal"), ("offered", "auction")):
        weeks, things, first, second = world.journal.of(kind)
        claim = (first if kind == "appraised" else world.offer_claim).astype(int)
        kept = np.ones(len(weeks), bool) if kind == "appraised" else first < 20
        weeks, things, claim = weeks[kept], things[kept], claim[kept]
        who = obligation_of(world, claim, things)
        _measure(
            world,
            sheets,
            measure,
            "disposal",
            who,
            day_in_week(weeks, 2),
            world.chain_at(claim, weeks),
            value[things],
        )
        del second


def _measure(
    world: World,
    sheets: Sheets,
    kind: str,
    node: str,
    who: Array,
    day: Array,
    chain: Array,
    amount: Array | None = None,
) -> None:
    claims = world.claims
    sheets.add(
        "measures",
        happened_at=day,
        known_at=day,
        party_id=world.party(claims.obligation_debtor[who]),
        case_id=world.case(claims.obligation_claim[who], chain),
        kind=code("measures", "kind", kind),
        node=NODE[node],
        lifted_on=np.full(len(who), NO_DAY),
        amount=np.full(len(who), np.nan) if amount is None else amount,
    )


def _payments(world: World, rng: np.random.Generator, sheets: Sheets) -> None:
    claims = world.claims
    for kind, channel in CHANNELS.items():
        weeks, who, amount, chain = world.journal.of(kind)
        day = day_in_week(weeks, 3)
        luck = rng.random(len(who))
        claim = claims.obligation_claim[who]
        doubtful = np.where(world.courts.campaign[claims.court[claim]], 0.12, 0.06)
        sheets.add(
            "payments",
            happened_at=day,
            known_at=day,
            party_id=world.party(claims.obligation_debtor[who]),
            case_id=world.case(claim, chain.astype(int)),
            amount=amount / 100,
            channel=channel,
            creditor_notified_on=day,
            paid_out_on=np.full(len(who), NO_DAY),
            quality=np.where(luck < doubtful, 1, np.where(luck > 0.99, 2, 0)),
        )


def _auctions(world: World, sheets: Sheets) -> None:
    weeks, things, flags, price = world.journal.of("offered")
    rounds = flags // 10
    sold = flags % 10 == 1
    claim = world.offer_claim
    day = day_in_week(weeks, 2)
    worth = world.arena.t_worth[things] / 100
    sheets.add(
        "auctions",
        happened_at=day,
        known_at=day,
        party_id=world.party(world.things.owner[things]),
        case_id=world.case(claim, world.chain_at(claim, weeks)),
        thing_id=keys("thing", world.block, things + 1),
        kind=world.things.kind[things],
        round=rounds,
        appraised_value=yuan(worth),
        start_price=np.floor(worth * OPENING * 100 * 0.8 ** np.minimum(rounds - 1, 1)) / 100,
        sold=sold * 1,
        sold_price=np.where(sold, price / 100, np.nan),
        costs=np.where(sold, yuan(price * COSTS / 100), np.nan),
    )

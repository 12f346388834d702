"""The court's own registers, from the journal: cases, titles, parties, obligors, measures, payments, auctions."""

from __future__ import annotations

import numpy as np

from records.contracts import CAUSES, CLOSING_MODES, NODES
from simulation.claims import ALIMONY, BANK_LOAN, CREDIT_CARD, LABOUR, OTHER_INJURY, TRAFFIC, filed_day
from simulation.clock import NO_DAY, day_in_week
from simulation.draws import Array, expanded, stream, yuan
from simulation.keys import keys
from simulation.people import FIRM_STATUS
from simulation.sheets import Sheets, Words, code
from simulation.world import World

_NODE = {word: place for place, word in enumerate(NODES)}
_MODES = ("performed", "round_terminated", "terminated", "refused", "not_enforced")
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
_CHANNELS = {"voluntary": 0, "deducted": 1, "withheld": 1, "auction": 2, "in_kind": 3}


def write_registers(world: World, sheets: Sheets) -> None:
    """Write every table that the court keeps itself."""
    rng = stream(world.seed, world.block, "registers")
    write_cases(world, rng, sheets)
    _titles(world, sheets)
    _applicants(world, rng, sheets)
    _obligors(world, rng, sheets)
    _parties(world, sheets)
    _measures(world, rng, sheets)
    _payments(world, rng, sheets)
    _auctions(world, sheets)
    _discharges(world, sheets)
    _suspensions(world, sheets)


def write_cases(world: World, rng: np.random.Generator, sheets: Sheets) -> None:
    """A row when a case is filed, and one when it closes."""
    claims = world.claims
    first = np.arange(claims.count)
    weeks, again, chain, _ = world.resumed
    claim = np.concatenate([first, again])
    chains = np.concatenate([np.zeros(len(first), int), chain])
    filed = np.concatenate([filed_day(claims), day_in_week(weeks, 0)])
    applied = np.concatenate([claims.application_day, day_in_week(weeks, 0) - 5])
    before = np.concatenate([np.zeros(len(first), np.int64), world.case(again, chain - 1)])
    case = world.case(claim, chains)
    words = [
        f"（{2020 + year}）合{code_}执{'恢' if back else ''}"
        for code_ in world.courts.code
        for year in range(6)
        for back in (0, 1)
    ]
    del words
    common = {
        "case_id": case,
        "court": Words(claims.court[claim], list(world.courts.code)),
        "case_number": _numbers(world, claim, filed, chains, case),
        "kind": (chains > 0) * 1,
        "cause": claims.cause[claim],
        "application_received_on": applied,
        "filed_on": filed,
        "predecessor_case_id": before,
        "officer_id": keys("officer", 0, claims.officer[claim] + 1),
    }
    sheets.add("cases", happened_at=filed, known_at=filed, node=_NODE["filing"], petition=0, **common)
    place_of = {int(key): place for place, key in enumerate(case)}
    for mode in _MODES:
        weeks, which, chain, _ = world.journal.of(mode)
        day = day_in_week(weeks, 4)
        place = np.fromiter(
            (place_of[int(key)] for key in world.case(which, chain.astype(int))), int, len(which)
        )
        part = {name: _taken(value, place) for name, value in common.items()}
        sheets.add(
            "cases",
            happened_at=day,
            known_at=day,
            node=_NODE["closing"],
            petition=0,
            closed_on=day,
            closing_mode=CLOSING_MODES.index(mode),
            **part,
        )
    _preserved(world, rng, len(case), sheets)


def _preserved(world: World, rng: np.random.Generator, start: int, sheets: Sheets) -> None:
    """Preservation cases (保全) before some of the suits: they fill the block's number of cases."""
    claims = world.claims
    count = min(world.cases - start, claims.count)
    if count <= 0:
        return
    claim = np.sort(rng.permutation(claims.count)[:count])
    filed = claims.sued_day[claim] + rng.integers(1, 9, count)
    case = keys("case", world.block, start + np.arange(count))
    common = {
        "case_id": case,
        "court": Words(claims.court[claim], list(world.courts.code)),
        "case_number": _numbers(world, claim, filed, np.full(count, -1), case),
        "kind": code("cases", "kind", "preservation"),
        "cause": claims.cause[claim],
        "application_received_on": filed - 1,
        "filed_on": filed,
        "officer_id": keys("officer", 0, claims.officer[claim] + 1),
    }
    sheets.add("cases", happened_at=filed, known_at=filed, node=_NODE["filing"], **common)
    closed = filed + rng.integers(5, 26, count)
    sheets.add(
        "cases", happened_at=closed, known_at=closed, node=_NODE["closing"], closed_on=closed, **common
    )


def _numbers(world: World, claim: Array, filed: Array, chain: Array, case: Array) -> Words:
    years = filed.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    kinds = np.where(chain < 0, "执保", np.where(chain > 0, "执恢", "执"))
    codes = world.courts.code
    serial = case % 10**9
    words = [
        f"（{y}）{codes[c]}{k}{n}号"
        for y, c, k, n in zip(years, world.claims.court[claim], kinds, serial, strict=True)
    ]
    return Words(np.arange(len(words)), words)


def _taken(value: object, place: Array) -> object:
    if isinstance(value, Words):
        return Words(value.places[place], value.words)
    return value[place] if isinstance(value, np.ndarray) else value


def _titles(world: World, sheets: Sheets) -> None:
    claims = world.claims
    claim = np.arange(claims.count)
    day = filed_day(claims)
    joint = np.where(claims.debtor_count == 1, 0, 1)
    joint[claims.obligation_claim[claims.obligation_role == 1]] = 3
    base = {
        "principal": claims.principal,
        "general_interest": claims.general_interest,
        "costs": claims.costs,
        "penalty": claims.penalty,
    }
    guaranteed = np.zeros(claims.count)
    capped = np.isfinite(claims.obligation_cap)
    np.maximum.at(guaranteed, claims.obligation_claim[capped], claims.obligation_cap[capped])
    common = {
        "performance_deadline": claims.deadline_day,
        "sued_on": claims.sued_day,
        "effective_on": claims.effective_day,
        "liability": joint,
        "revolving": (claims.cause == CREDIT_CARD) * 1,
        "guaranteed": np.minimum(guaranteed, claims.principal),
    }
    sheets.add(
        "titles",
        happened_at=claims.effective_day,
        known_at=day,
        case_id=world.case(claim),
        title_id=keys("title", world.block, claim + 1),
        **base,
        **common,
    )
    weeks, again, chain, out = world.resumed
    left = np.minimum(out / 100, claims.amount[again])
    share = left / np.maximum(claims.amount[again], 0.01)
    parts = {
        name: np.floor(value[again] * share * 100) / 100
        for name, value in base.items()
        if name != "principal"
    }
    parts["principal"] = yuan(left - sum(parts.values()))
    sheets.add(
        "titles",
        happened_at=claims.effective_day[again],
        known_at=day_in_week(weeks, 0),
        case_id=world.case(again, chain),
        title_id=keys("title", world.block, claims.count + np.arange(len(again)) + 1),
        **parts,
        **{name: value[again] for name, value in common.items() if name != "guaranteed"},
    )


def _applicants(world: World, rng: np.random.Generator, sheets: Sheets) -> None:
    claims = world.claims
    counts = claims.applicants.copy()
    if world.club:
        counts[: world.club] = CLUB_SPLIT(world.club)
    claim, place = expanded(counts)
    cause = claims.cause[claim]
    lender = np.isin(cause, (BANK_LOAN, CREDIT_CARD))
    person = np.isin(cause, (LABOUR, ALIMONY, TRAFFIC, OTHER_INJURY, CAUSES.index("private_loan"))) | (
        place > 0
    )
    person |= claim < world.club
    share = rng.dirichlet(np.ones(1), 1)[0, 0] / counts[claim]
    sheets.add(
        "applicants",
        happened_at=filed_day(claims)[claim],
        known_at=filed_day(claims)[claim],
        case_id=world.case(claim),
        applicant_id=keys("applicant", world.block, np.arange(len(claim)) + 1),
        kind=np.where(lender, 2, np.where(person, 0, 1)),
        priority=np.where(
            cause == LABOUR,
            1,
            np.where(cause == ALIMONY, 2, np.where(np.isin(cause, (TRAFFIC, OTHER_INJURY)), 3, 0)),
        ),
        amount=yuan(np.floor(claims.amount[claim] * share * 100) / 100),
    )


def CLUB_SPLIT(count: int) -> Array:
    """278 applicants over so many cases."""
    return np.full(count, 278 // count) + (np.arange(count) < 278 % count)


def _obligors(world: World, rng: np.random.Generator, sheets: Sheets) -> None:
    claims = world.claims
    weeks, again, chain, _ = world.resumed
    place = np.arange(len(claims.obligation_claim))
    lo = np.searchsorted(claims.obligation_claim, again, side="left")
    hi = np.searchsorted(claims.obligation_claim, again, side="right")
    row, inner = expanded(hi - lo)
    every = np.concatenate([place, lo[row] + inner])
    chains = np.concatenate([np.zeros(len(place), int), chain[row]])
    filed = np.concatenate([filed_day(claims)[claims.obligation_claim], day_in_week(weeks, 0)[row]])
    served = filed + rng.integers(1, 12, len(every))
    role = claims.obligation_role[every]
    del rng
    sheets.add(
        "obligors",
        happened_at=filed,
        known_at=filed,
        party_id=world.party(claims.obligation_debtor[every]),
        case_id=world.case(claims.obligation_claim[every], chains),
        role=role,
        added_ground=Words(np.where(role == 3, 0, -1), ["变更追加规定第十七条"]),
        liability_order=claims.obligation_order[every],
        liability_cap=np.where(
            np.isfinite(claims.obligation_cap[every]), claims.obligation_cap[every], np.nan
        ),
        served_on=np.where(served <= filed, served, NO_DAY),
    )


def _parties(world: World, sheets: Sheets) -> None:
    people, claims = world.people, world.claims
    used = np.unique(claims.obligation_debtor)
    since = np.full(people.count, 10**7)
    np.minimum.at(since, claims.obligation_debtor, filed_day(claims)[claims.obligation_claim])
    day = since[used]
    natural = people.natural[used]
    number = world.block * 10_000 + used
    names = [f"模拟{'人' if n else '公司'}{k:07d}" for n, k in zip(natural, number, strict=True)]
    sheets.add(
        "parties",
        happened_at=day,
        known_at=day,
        party_id=world.party(used),
        kind=np.where(natural, 0, 1),
        name=np.array(names, object),
        address=np.array(
            [f"合成市{c + 1}区{k % 997 + 1}号" for c, k in zip(people.court[used], number, strict=True)],
            object,
        ),
        sex=np.where(natural, people.male[used] * 1, -1),
        birth_year=np.where(natural, people.birth_year[used].astype(float), np.nan),
        founded_on=np.where(natural, NO_DAY, people.founded[used]),
        industry=np.where(natural, -1, people.industry[used]),
        employees=np.where(natural, np.nan, people.employees[used].astype(float)),
        franchise=np.where(natural, -1, 0),
        setting=people.rural[used] * 1,
        region=Words(people.court[used], world.regions),
        vulnerability=people.vulnerability[used],
    )


def _measures(world: World, rng: np.random.Generator, sheets: Sheets) -> None:
    claims = world.claims
    everyone = np.arange(len(claims.obligation_claim))
    filed = filed_day(claims)[claims.obligation_claim]
    for measure, delay in (("notice", 1), ("disclosure_order", 1)):
        _measure(
            world, sheets, measure, "service_support", everyone, filed + delay, np.zeros(len(everyone), int)
        )
    del rng
    weeks_of_chain = _chain_at(world)
    for kind, (measure, node) in _MEASURES.items():
        weeks, who, first, _ = world.journal.of(kind)
        amount = first / 100 if kind in ("freeze", "deducted") else None
        chain = weeks_of_chain(claims.obligation_claim[who], weeks)
        _measure(world, sheets, measure, node, who, day_in_week(weeks, 2), chain, amount)
    weeks, things, by, _ = world.journal.of("sealed")
    by = by.astype(int)
    _measure(
        world,
        sheets,
        "seal",
        "asset_control",
        by,
        day_in_week(weeks, 2),
        weeks_of_chain(claims.obligation_claim[by], weeks),
        np.minimum(world.things.value[things], claims.amount[claims.obligation_claim[by]]),
    )
    for kind, measure in (("appraised", "appraisal"),):
        weeks, things, claim, _ = world.journal.of(kind)
        _measure(
            world,
            sheets,
            measure,
            "disposal",
            _obligation(world, claim.astype(int), things),
            day_in_week(weeks, 2),
            weeks_of_chain(claim.astype(int), weeks),
            world.things.value[things],
        )
    weeks, things, flags, _ = world.journal.of("offered")
    first = flags < 20
    claim = world.end.t_sealer[things][first]
    _measure(
        world,
        sheets,
        "auction",
        "disposal",
        _obligation(world, claim, things[first]),
        day_in_week(weeks[first], 0),
        weeks_of_chain(claim, weeks[first]),
        world.things.value[things][first],
    )


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
        node=_NODE[node],
        amount=np.full(len(who), np.nan) if amount is None else amount,
    )


def _obligation(world: World, claim: Array, thing: Array) -> Array:
    """The obligation of the thing's owner in the claim."""
    people = world.people.count
    pair = world.claims.obligation_claim * people + world.claims.obligation_debtor
    order = np.argsort(pair)
    return order[
        np.searchsorted(pair[order], claim * people + world.things.owner[thing]).clip(0, len(pair) - 1)
    ]


def _chain_at(world: World):  # type: ignore[no-untyped-def]
    """A function: which case of its chain a claim was in, in a week."""
    weeks, claim, chain, _ = world.resumed
    key = np.sort(claim * 1000 + weeks)

    def chain_of(which: Array, at: Array) -> Array:
        return np.searchsorted(key, which * 1000 + at, side="right") - np.searchsorted(
            key, which * 1000, side="left"
        )

    return chain_of


def _payments(world: World, rng: np.random.Generator, sheets: Sheets) -> None:
    claims = world.claims
    for kind, channel in _CHANNELS.items():
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
            quality=np.where(luck < doubtful, 1, np.where(luck > 0.99, 2, 0)),
        )


def _auctions(world: World, sheets: Sheets) -> None:
    weeks, things, flags, price = world.journal.of("offered")
    rounds = flags // 10
    sold = flags % 10 == 1
    claim = world.end.t_sealer[things]
    day = day_in_week(weeks, 2)
    worth = world.arena.t_worth[things] / 100
    sheets.add(
        "auctions",
        happened_at=day,
        known_at=day,
        party_id=world.party(world.things.owner[things]),
        case_id=world.case(claim, _chain_at(world)(claim, weeks)),
        thing_id=keys("thing", world.block, things + 1),
        kind=world.things.kind[things],
        round=rounds,
        appraised_value=yuan(worth),
        start_price=np.floor(worth * 70 * 0.8 ** np.minimum(rounds - 1, 1)) / 100,
        sold=sold * 1,
        sold_price=np.where(sold, price / 100, np.nan),
        costs=np.where(sold, yuan(price * 0.0003), np.nan),
    )


def _discharges(world: World, sheets: Sheets) -> None:
    for kind in ("settlement", "withdrawal", "bankruptcy", "death_without_estate"):
        weeks, claim, out, _ = world.journal.of(kind)
        day = day_in_week(weeks, 4)
        sheets.add(
            "discharges",
            happened_at=day,
            known_at=day,
            case_id=world.case(claim, _chain_at(world)(claim, weeks)),
            kind=code("discharges", "kind", kind),
            amount=out / 100,
        )


def _suspensions(world: World, sheets: Sheets) -> None:
    weeks, things, claim, _ = world.journal.of("appraised")
    claim = claim.astype(int)
    day = day_in_week(weeks, 2)
    sheets.add(
        "suspensions",
        happened_at=day,
        known_at=day,
        case_id=world.case(claim, _chain_at(world)(claim, weeks)),
        kind=code("suspensions", "kind", "appraisal"),
        from_on=day,
        to_on=np.full(len(day), NO_DAY),
    )


assert FIRM_STATUS[0] == "active"

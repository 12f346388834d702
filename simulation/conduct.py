"""What registers and people tell of conduct: firms, household, disposals, other cases, disclosure, clues, disputes."""

from __future__ import annotations

import numpy as np

from records.contracts import TABLES
from simulation.asking import CLUE, DECLARED, FAMILY, FOUND, Asked, write_told
from simulation.claims import filed_day
from simulation.clock import LAST_DAY, NO_DAY, day_in_week
from simulation.draws import Array, counted, expanded, lognormal, mixed, normal_of, stream, yuan
from simulation.keys import keys
from simulation.sheets import Sheets
from simulation.things import FAMILIES
from simulation.world import World

_ROLES = TABLES["registrations"].column("role").codes
_STATUS = TABLES["registrations"].column("status").codes
_FIRM_STATUS = np.array(
    [_STATUS.index(word) for word in ("active", "abnormal", "revoked", "dissolved", "revoked")]
)  # bankrupt only once a court has said so


def write_conduct(world: World, asked: Asked, sheets: Sheets) -> Array:
    """Write answers on conduct; a flag a receipt whether it brought anything."""
    rng = stream(world.seed, world.block, "conduct")
    found = _registrations(world, asked, rng, sheets)
    found |= _civil_status(world, asked, sheets)
    found |= _transfers(world, asked, rng, sheets)
    found |= _litigation(world, asked, rng, sheets)
    _declarations(world, asked, rng, sheets)
    _clues(world, rng, sheets)
    return found


def _registrations(world: World, asked: Asked, rng: np.random.Generator, sheets: Sheets) -> Array:
    """A firm's own entry; the firms a person heads, runs or holds: three debtors in ten, grown-ups all."""
    people = world.people
    receipts = asked.of("registrations")
    debtor = asked.debtor[receipts]
    heads = np.full(people.count, -1)
    firms = np.flatnonzero(people.owner >= 0)
    heads[people.owner[firms]] = firms
    own = ~people.natural[debtor]
    headed = heads[debtor] >= 0
    other = people.natural[debtor] & ~headed & (np.modf(people.salt[debtor].astype(float) / 1e6)[0] < 0.05)
    shown = np.flatnonzero(
        (own | headed | other) & (asked.first[receipts] | (rng.random(len(receipts)) < 0.02))
    )
    receipts, debtor = receipts[shown], debtor[shown]
    own, headed = own[shown], headed[shown]
    firm = np.where(own, debtor, heads[debtor])
    company = np.where(firm >= 0, world.party(np.maximum(firm, 0)), keys("company", world.block, debtor + 1))
    role = np.where(
        own,
        _ROLES.index("self"),
        np.where(
            headed,
            _ROLES.index("legal_representative"),
            np.array([2, 2, 3, 1])[(people.salt[debtor] % np.uint64(4)).astype(int)],
        ),
    )
    stray = (people.salt[debtor] % np.uint64(5)).astype(int)
    status = np.where(
        firm >= 0, _FIRM_STATUS[people.status[np.maximum(firm, 0)]], np.array([0, 0, 0, 2, 5])[stray]
    )
    ended = _bankrupt_since(world)
    known = (firm >= 0) & (ended[np.maximum(firm, 0)] <= asked.answered[receipts])
    status = np.where(known, _STATUS.index("bankrupt"), status)
    luck = [_chance_of(company, place) for place in range(2)]
    capital = np.round(500_000 * np.exp(normal_of(luck[0])), -4) + 10_000
    answered = asked.answered[receipts]
    since = np.where(firm >= 0, people.founded[np.maximum(firm, 0)], answered - 900)
    sheets.add(
        "registrations",
        happened_at=np.minimum(np.maximum(since, answered - 1), answered),
        known_at=answered,
        receipt_id=asked.receipt[receipts],
        party_id=world.party(debtor),
        company_id=company,
        role=role,
        share=np.where(own, np.nan, np.round(0.1 + 0.9 * _chance_of(company, 2), 2)),
        status=status,
        subscribed=capital,
        paid_in=np.round(capital * luck[1] * np.where(status == 0, 1.0, 0.2), -2),
    )
    return _flag(asked, receipts)


def _bankrupt_since(world: World) -> Array:
    """The day on which a case against each firm ended in its bankruptcy, far ahead for never."""
    claims = world.claims
    weeks, claim, _, _ = world.journal.of("bankruptcy")
    day = np.full(claims.count, 10**7)
    day[claim] = day_in_week(weeks, 4)
    since = np.full(world.people.count, 10**7)
    lead = np.unique(claims.obligation_claim, return_index=True)[1]
    np.minimum.at(since, claims.obligation_debtor[lead], day[claims.obligation_claim[lead]])
    return since


def _chance_of(company: Array, purpose: int) -> Array:
    """A number in (0, 1) that stays with a company, whoever asks about it and when."""
    return counted(mixed(company.astype(np.uint64)), 0, purpose)


def _civil_status(world: World, asked: Asked, sheets: Sheets) -> Array:
    people = world.people
    receipts = asked.of("civil_status")
    debtor = asked.debtor[receipts]
    claim = world.claims.obligation_claim[asked.obligation[receipts]]
    spouse = people.spouse[debtor]
    pairs = set((world.claims.obligation_claim * people.count + world.claims.obligation_debtor).tolist())
    together = np.fromiter(
        (
            (int(c) * people.count + int(s)) in pairs if s >= 0 else False
            for c, s in zip(claim, spouse, strict=True)
        ),
        bool,
        len(claim),
    )
    sheets.add(
        "civil_status",
        happened_at=asked.answered[receipts],
        known_at=asked.answered[receipts],
        receipt_id=asked.receipt[receipts],
        party_id=world.party(debtor),
        dependants=people.dependants[debtor],
        household=np.maximum(people.household[debtor], 1),
        marital=people.marital[debtor],
        spouse_is_obligor=together * 1,
    )
    return _flag(asked, receipts)


def _transfers(world: World, asked: Asked, rng: np.random.Generator, sheets: Sheets) -> Array:
    """Disposals on the registers: to kin at a fraction of the value after the suit, or plain sales."""
    things = world.things
    moved = np.flatnonzero(world.moved_day != NO_DAY)
    receipts = asked.of("transfers")
    first = np.searchsorted(things.owner[moved], asked.debtor[receipts], side="left")
    last = np.searchsorted(things.owner[moved], asked.debtor[receipts], side="right")
    row, place = expanded(last - first)
    thing, receipt = moved[first[row] + place], receipts[row]
    seen = world.moved_day[thing] <= asked.asked[receipt]
    thing, receipt = thing[seen], receipt[seen]
    suit = world.first_suit[things.owner[thing]]
    kinds = np.array([0, 1, 2])
    sheets.add(
        "transfers",
        happened_at=world.moved_day[thing],
        known_at=asked.answered[receipt],
        receipt_id=asked.receipt[receipt],
        party_id=world.party(things.owner[thing]),
        thing_id=keys("thing", world.block, thing + 1),
        kind=kinds[things.kind[thing]],
        price=things.moved_price[thing],
        appraised_value=things.value[thing],
        relation=things.moved_relation[thing],
        after_suit=(world.moved_day[thing] >= suit) * 1,
    )
    del rng
    return _flag(asked, receipt)


def _litigation(world: World, asked: Asked, rng: np.random.Generator, sheets: Sheets) -> Array:
    """Other cases: those before other courts, more for those who cannot pay; the debtor's cases here are known."""
    people = world.people
    receipts = asked.of("litigation")
    receipts = receipts[asked.first[receipts]]
    debtor = asked.debtor[receipts]
    bad = (
        2.6
        - np.log10(people.cash[debtor] + people.hidden[debtor] * 0.3 + 30) * 0.5
        - 0.35 * people.willing[debtor]
    ).clip(0.1, 5)
    row, place = expanded(rng.poisson(0.55 * bad).clip(0, 8))
    receipt, person = receipts[row], debtor[row]
    count = len(row)
    begun = asked.asked[receipt] - 20 - np.floor(rng.exponential(500, count))
    able_to_sue = np.where(
        people.natural[person], (people.birth_year[person] - 1970 + 19) * 365.25, people.founded[person] + 30
    )
    begun = np.maximum(begun, able_to_sue).astype(np.int32)
    kind = np.where(rng.random(count) < 0.45, 0, 1)
    role = np.where(
        kind == 0, np.where(rng.random(count) < 0.12, 0, 1), np.where(rng.random(count) < 0.06, 2, 3)
    )
    amount = yuan(lognormal(rng, 60_000, 1.3, count))
    able = rng.random(count) < np.clip(0.5 - 0.16 * (bad[row] - 1.2), 0.04, 0.9)
    open_ = asked.asked[receipt] - begun < 200
    paid = (kind == 1) & (role == 3)
    outcome = np.where(
        open_,
        0,
        np.where(
            paid,
            np.where(able, 4, np.where(rng.random(count) < 0.9, 5, 6)),
            np.where(rng.random(count) < 0.7, 2, 3),
        ),
    )
    outcome = np.where((kind == 1) & (role == 2) & ~open_, np.where(outcome == 2, 5, 4), outcome)
    won = (kind == 0) & (role == 0) & (outcome == 2) & (world.people.salt[person] % np.uint64(3) > 0)
    outcome = np.where(won, 1, outcome)
    performed = np.where(
        kind == 1, np.where(outcome == 4, amount, yuan(amount * 0.3 * rng.random(count) ** 3)), np.nan
    )
    sheets.add(
        "litigation",
        happened_at=begun,
        known_at=asked.answered[receipt],
        receipt_id=asked.receipt[receipt],
        party_id=world.party(person),
        kind=kind,
        role=role,
        other_case_id=keys("other_case", world.block, person * 10 + place + 1),
        amount=amount,
        performed=performed,
        outcome=outcome,
        from_on=begun,
    )
    listed = paid & ~able & ~open_ & (rng.random(count) < 0.5)
    since = begun[listed] + 60
    for list_kind, share in ((4, 1.0), (5, 0.8)):
        some = rng.random(len(since)) < share
        sheets.add(
            "litigation",
            happened_at=since[some],
            known_at=asked.answered[receipt][listed][some],
            receipt_id=asked.receipt[receipt][listed][some],
            party_id=world.party(person[listed][some]),
            kind=list_kind,
            role=3,
            other_case_id=keys("other_case", world.block, person * 10 + place + 1)[listed][some],
            from_on=since[some],
            to_on=since[some] + 730 if list_kind == 4 else np.full(int(some.sum()), NO_DAY),
        )
    return _flag(asked, receipt)


def _declarations(world: World, asked: Asked, rng: np.random.Generator, sheets: Sheets) -> None:
    """Four in ten disclose when ordered, honest ones what they have, concealers a part of it."""
    people, claims = world.people, world.claims
    answers = 0.15 + 0.5 / (1 + np.exp(-people.willing))
    obligations = np.flatnonzero(rng.random(len(claims.obligation_claim)) < answers[claims.obligation_debtor])
    claim, debtor = claims.obligation_claim[obligations], claims.obligation_debtor[obligations]
    day = filed_day(claims)[claim] + rng.integers(12, 40, len(obligations))
    honesty = np.clip(1 - people.conceal[debtor] * (0.5 + rng.random(len(debtor))), 0, 1)
    still = world.open_on(claim, day) & (day <= LAST_DAY)
    sources = {"deposits": people.cash, "income": people.income, "real_property": _worth(world, 0)}
    for place, (family, value) in enumerate(sources.items()):
        tells = np.flatnonzero((rng.random(len(debtor)) < np.where(value[debtor] > 0, 0.75, 0.1)) & still)
        who, when = debtor[tells], day[tells]
        declared = np.round(value[who] * honesty[tells], -1)
        receipt = write_told(
            world,
            sheets,
            source=DECLARED,
            number=3 * obligations[tells] + place,
            debtor=who,
            family=np.full(len(who), FAMILY[family]),
            day=when,
            checked=when,
            found=declared > 0,
        )
        sheets.add(
            "declarations",
            happened_at=when,
            known_at=when,
            receipt_id=receipt,
            party_id=world.party(who),
            case_id=world.case(claim[tells]),
            family=FAMILY[family],
            declared_value=declared,
            found_value=_found_by_then(world, asked, family, who, when),
        )


def _found_by_then(world: World, asked: Asked, family: str, debtor: Array, day: Array) -> Array:
    """For deposits, what the first answer showed if it was there by then; else not known."""
    if family != "deposits":
        return np.full(len(debtor), np.nan)
    value = np.full(world.people.count, np.nan)
    when = np.full(world.people.count, 10**7)
    chosen = np.flatnonzero((asked.family == FAMILY[family]) & (asked.status == FOUND) & asked.first)
    value[asked.debtor[chosen]] = asked.cash[chosen]
    when[asked.debtor[chosen]] = asked.answered[chosen]
    return np.where(when[debtor] <= day, value[debtor], np.nan)


def _worth(world: World, kind: int) -> Array:
    mine = world.things.kind == kind
    return np.bincount(
        world.things.owner[mine], weights=world.things.value[mine], minlength=world.people.count
    )


def _clues(world: World, rng: np.random.Generator, sheets: Sheets) -> None:
    """Leads: applicants know something in one case of nine; searches and rewards bring more."""
    claims = world.claims
    obligations = np.flatnonzero(
        rng.random(len(claims.obligation_claim)) < 0.09 * np.exp(0.3 * claims.eager[claims.obligation_claim])
    )
    debtor = claims.obligation_debtor[obligations]
    last = np.full(world.people.count, -1)
    last[world.things.owner] = np.arange(world.things.count)
    owns = np.where(last >= 0, np.append(world.things.kind, -1)[last], -1)
    family = np.where(
        (owns[debtor] >= 0) & (rng.random(len(debtor)) < 0.7),
        np.array([FAMILY[name] for name in FAMILIES])[owns[debtor]],
        FAMILY["deposits"],
    )
    day = filed_day(claims)[claims.obligation_claim[obligations]] + rng.integers(5, 150, len(debtor))
    still = np.flatnonzero(world.open_on(claims.obligation_claim[obligations], day))
    obligations, debtor, family, day = obligations[still], debtor[still], family[still], day[still]
    checked = day + rng.integers(2, 9, len(debtor))
    thing = np.append(world.things.value, 0.0)[last[debtor]]
    worth = np.where(family == FAMILY["deposits"], world.people.cash[debtor] + 1_000, thing)
    receipt = write_told(
        world,
        sheets,
        source=CLUE,
        number=100_000 + obligations,
        debtor=debtor,
        family=family,
        day=day,
        checked=checked,
        found=np.ones(len(debtor), bool),
    )
    sheets.add(
        "clues",
        happened_at=day,
        known_at=checked,
        receipt_id=receipt,
        party_id=world.party(debtor),
        case_id=world.case(claims.obligation_claim[obligations]),
        author=np.array([0, 0, 0, 0, 1, 2, 3, 4])[rng.integers(0, 8, len(debtor))],
        family=family,
        confidence=rng.integers(0, 3, len(debtor)),
        verified_on=checked,
        value=np.round(lognormal(rng, worth, 0.4, len(debtor)), -2),
    )


def _flag(asked: Asked, receipts: Array) -> Array:
    flag = np.zeros(len(asked.debtor), bool)
    flag[receipts] = True
    return flag

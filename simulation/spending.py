"""What sources answer about life: flows on accounts, income, spending by month and kind, spending that is forbidden."""

from __future__ import annotations

import numpy as np

from simulation.answers import account_keys
from simulation.asking import Asked
from simulation.clock import month_end, month_of
from simulation.draws import Array, expanded, stream, yuan
from simulation.sheets import Sheets, code
from simulation.world import World

MONTHS_BACK = 12
_MOST = 400_000.0  # a month: water, power and telephone of a firm do not grow with its surplus for ever
_CATEGORIES = {
    # category: chance that a person has it in the answer, part of monthly spending, spread, channel
    "utility": (0.62, 0.045, 0.5, "meter"),
    "telecom": (0.45, 0.025, 0.4, "platform"),
    "daily": (0.72, 0.34, 0.5, "platform"),
    "transport": (0.28, 0.06, 0.6, "platform"),
    "dining": (0.4, 0.13, 0.6, "platform"),
    "education": (0.12, 0.12, 0.7, "bank"),
    "medical": (0.14, 0.08, 0.9, "card"),
    "travel": (0.10, 0.09, 0.8, "platform"),
    "durable": (0.10, 0.12, 0.9, "card"),
    "luxury": (0.05, 0.20, 0.9, "card"),
    "credit_repayment": (0.22, 0.3, 0.5, "credit_line"),
}
_WORDS = tuple(_CATEGORIES)
_FIGURES = np.array([figures[:3] for figures in _CATEGORIES.values()], float)
_CODES = np.array([code("consumption", "category", word) for word in _WORDS])
_CHANNELS = np.array([code("consumption", "channel", figures[3]) for figures in _CATEGORIES.values()])
_WAGES_MOVE = (
    -1.2,
    0.7,
)  # how far a fortune moves a wage, in its own units: two answers on a month stay alike
_SCHOOL = code("restricted_consumption", "kind", "private_school")
_PREMIUM = code("restricted_consumption", "kind", "insurance_premium")
_LUXURY, _REPAYS, _UTILITY = _WORDS.index("luxury"), _WORDS.index("credit_repayment"), _WORDS.index("utility")


def write_spending(world: World, asked: Asked, sheets: Sheets) -> Array:
    """Write flows, income and consumption; a flag a receipt whether it brought anything."""
    rng = stream(world.seed, world.block, "spending")
    found = _income(world, asked, rng, sheets)
    found |= _consumption(world, asked, rng, sheets)
    _flows(world, asked, rng, sheets)
    return found


def _months(asked: Asked, receipts: Array, counts: Array) -> tuple[Array, Array]:
    """For counts of months back: the receipt of each row and the month's last day."""
    row, back = expanded(counts)
    receipt = receipts[row]
    return receipt, month_end(month_of(asked.asked[receipt]) - 1 - back)


def _told_until(asked: Asked, receipts: Array) -> Array:
    """For each receipt the last day of the months that an earlier one of the same debtor covered."""
    debtor = asked.debtor[receipts]
    order = np.lexsort((asked.asked[receipts], debtor))
    until = np.full(len(receipts), -(10**6))
    same = np.flatnonzero(np.diff(debtor[order]) == 0)
    until[order[same + 1]] = month_end(month_of(asked.asked[receipts[order[same]]]) - 1)
    return until


def _income(world: World, asked: Asked, rng: np.random.Generator, sheets: Sheets) -> Array:
    people = world.people
    receipts = asked.of("income")
    debtor = asked.debtor[receipts]
    earns = people.employed[debtor] | (people.payer[debtor] == 2)
    seen = np.where(
        people.natural[debtor], earns & (rng.random(len(debtor)) < 0.9), people.income[debtor] > 0
    )
    receipts = receipts[seen]
    steady = np.where(
        asked.first[receipts],
        rng.integers(5, MONTHS_BACK + 1, len(receipts)),
        rng.integers(2, 5, len(receipts)),
    )
    receipt, day = _months(asked, receipts, steady)
    news = day > _told_until(asked, receipts)[_place(receipts, receipt)]
    receipt, day = receipt[news], day[news]
    debtor = asked.debtor[receipt]
    kind = np.where(
        people.natural[debtor],
        np.where(
            people.payer[debtor] == 2,
            2,
            np.where(rng.random(len(receipts)) < 0.5, 0, 1)[_place(receipts, receipt)],
        ),
        4,
    )
    base = people.income[debtor] * np.exp(
        asked.fortune[receipt].clip(*_WAGES_MOVE) * 0.8 + rng.normal(0, 0.08, len(receipt))
    )
    amount = yuan(base * np.where(kind == 1, 0.25, np.where(kind == 4, 0.09, 1.0)))
    sheets.add(
        "income",
        happened_at=day,
        known_at=asked.answered[receipt],
        receipt_id=asked.receipt[receipt],
        party_id=world.party(debtor),
        kind=kind,
        monthly_amount=amount,
        payer=people.payer[debtor],
    )
    return _flag(asked, receipt)


def _consumption(world: World, asked: Asked, rng: np.random.Generator, sheets: Sheets) -> Array:
    people = world.people
    receipts = asked.of("consumption")
    debtor = asked.debtor[receipts]
    means = 0.55 * people.income[debtor] + 0.05 * people.cash[debtor] + 0.008 * people.hidden[debtor]
    means = (np.minimum(means, _MOST) + 350) * np.exp(rng.normal(0, 0.3, len(debtor)))
    rich = np.log10(means / 2500).clip(-1, 2)
    chance = _FIGURES[None, :, 0] * np.exp(rich[:, None] * np.where(_FIGURES[None, :, 0] < 0.3, 0.9, 0.15))
    chance = np.where(
        people.natural[debtor][:, None], chance, np.isin(_WORDS, ("utility", "telecom"))[None, :] * 0.5
    )
    which, category = np.nonzero(rng.random(chance.shape) < chance)
    months = np.where(asked.first[receipts[which]], MONTHS_BACK, 3)
    dense = _FIGURES[category, 0] > 0.2
    months = np.where(dense, months, np.maximum(1, months // 4))
    row, back = expanded(months)
    step = np.where(dense[row], back, back * 3)
    day = month_end(month_of(asked.asked[receipts[which[row]]]) - 1 - step)
    news = day > _told_until(asked, receipts)[which[row]]
    row, day = row[news], day[news]
    receipt, kind = receipts[which[row]], category[row]
    part = _FIGURES[kind, 1] * np.where(dense[row], 1.0, 3.0)
    person = asked.debtor[receipt]
    amount = yuan(means[which[row]] * part * np.exp(rng.normal(0, 1, len(row)) * _FIGURES[kind, 2]) + 5)
    repays = kind == _REPAYS
    resolve = people.willing[person] + 0.4 * np.log10(people.cash[person] + 10) - 1.2
    late = repays | (kind == _UTILITY)
    months_late = np.where(
        late, np.floor(np.maximum(0, rng.normal(0.4, 1.2, len(row)) - resolve)).clip(0, 24), np.nan
    )
    billed = np.where(repays, yuan(amount * (1 + 0.5 * np.nan_to_num(months_late))), np.nan)
    sheets.add(
        "consumption",
        happened_at=day,
        known_at=asked.answered[receipt],
        receipt_id=asked.receipt[receipt],
        party_id=world.party(person),
        category=_CODES[kind],
        channel=_CHANNELS[kind],
        amount=amount,
        billed=billed,
        months_late=months_late,
    )
    forbidden = _restricted(world, asked, receipts, rng, sheets)
    return np.asarray(_flag(asked, receipt) | forbidden)


def _restricted(
    world: World, asked: Asked, receipts: Array, rng: np.random.Generator, sheets: Sheets
) -> Array:
    """High spending of the last year: those with money out of sight cannot leave it alone."""
    people = world.people
    debtor = asked.debtor[receipts]
    mean = np.where(
        people.natural[debtor],
        0.12
        + 0.16 * np.log10(people.hidden[debtor] / 3000 + 1)
        + 0.1 * np.log10(people.income[debtor] / 4000 + 1),
        0.05,
    )
    row, _ = expanded(rng.poisson(mean).clip(0, 12))
    receipt = receipts[row]
    kind = np.array([0, 1, 2, 3, 7, 8, 9])[rng.integers(0, 7, len(row))]
    spender = debtor[row]
    kind = np.where((kind == _SCHOOL) & (people.dependants[spender] == 0), 0, kind)
    kind = np.where((kind == _PREMIUM) & ~people.natural[spender], 2, kind)
    typical = np.array([900, 350, 700, 1500, 0, 0, 0, 2800, 9000, 4000])[kind]
    sheets.add(
        "restricted_consumption",
        happened_at=asked.asked[receipt] - rng.integers(1, 365, len(row)),
        known_at=asked.answered[receipt],
        receipt_id=asked.receipt[receipt],
        party_id=world.party(asked.debtor[receipt]),
        kind=kind,
        amount=yuan(typical * np.exp(rng.normal(0, 0.5, len(row)))),
    )
    return _flag(asked, receipt)


def _flows(world: World, asked: Asked, rng: np.random.Generator, sheets: Sheets) -> None:
    """Half a year of an account's movements comes with one in three first answers on deposits."""
    receipts = asked.of("deposits")
    people = world.people
    receipts = receipts[
        asked.first[receipts]
        & (rng.random(len(receipts)) < 0.42)
        & (people.accounts[asked.debtor[receipts]] > 0)
    ]
    row, place = expanded(np.full(len(receipts), 12))
    receipt = receipts[row]
    debtor = asked.debtor[receipt]
    month = month_of(asked.asked[receipt]) - 1 - place // 2
    inward = place % 2 == 0
    luck = rng.normal(0, 1, len(row))
    turnover = (people.income[debtor] * 0.9 + 0.3 * people.cash[debtor] + 60) * np.exp(0.5 * luck)
    earned = people.income[debtor] * np.exp(asked.fortune[receipt].clip(*_WAGES_MOVE) * 0.8 + 0.08 * luck)
    spent = 0.95 * earned * np.exp(0.3 * luck)
    paid = (
        people.natural[debtor] & people.employed[debtor]
    )  # wages come to this account, living goes out of it
    kind = np.where(
        people.natural[debtor],
        np.where(inward, np.where(people.employed[debtor], 0, 1), np.where(rng.random(len(row)) < 0.3, 2, 3)),
        4,
    )
    sheets.add(
        "account_flows",
        happened_at=month_end(month) - rng.integers(0, 27, len(row)),
        known_at=asked.answered[receipt],
        receipt_id=asked.receipt[receipt],
        party_id=world.party(debtor),
        account_id=account_keys(world, debtor, np.zeros(len(row), int)),
        direction=np.where(inward, 0, 1),
        kind=kind,
        amount=yuan(np.where(paid, np.where(inward, earned, spent), turnover * np.where(inward, 1.0, 0.95))),
        entries=rng.integers(1, 20, len(row)),
    )


def _place(values: Array, chosen: Array) -> Array:
    return np.searchsorted(values, chosen)


def _flag(asked: Asked, receipts: Array) -> Array:
    flag = np.zeros(len(asked.debtor), bool)
    flag[receipts] = True
    return flag

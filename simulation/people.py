"""The people and firms of one block: what they are, and the hidden figures that drive everything else.

Hidden (never in a record): cash level, income stream, willingness, concealment and hidden money. Records see them
through sources that answer late, in part or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.clock import FIRST_DAY
from simulation.courts import Courts
from simulation.draws import Array, lognormal, pick, stream, yuan

NATURAL_SHARE = 0.72
SHELL_SHARE = 0.36  # firms that are empty
HOLDINGS = ("securities", "wealth_products", "insurance", "housing_fund", "platform_balances")
_HELD_BY_PEOPLE = (0.05, 0.165, 0.10, 0.26, 0.25)
_HELD_BY_FIRMS = (0.02, 0.12, 0.01, 0.0, 0.09)
_MEDIAN_HELD = (15_000.0, 9_000.0, 12_000.0, 16_000.0, 600.0)
FIRM_STATUS = ("active", "abnormal", "revoked", "dissolved", "bankrupt")


@dataclass(frozen=True, slots=True)
class People:
    """Arrays over the debtors of a block, people first marked by ``natural``. Money in yuan."""

    natural: Array
    court: Array  # the court of their home
    rural: Array
    male: Array
    birth_year: Array
    marital: Array  # 0 single, 1 married, 2 divorced, 3 widowed
    spouse: Array  # the spouse's position where the spouse is a debtor too, else -1
    household: Array
    dependants: Array
    vulnerability: Array  # 0 none, 1 minor, 2 disabled, 3 hardship
    employed: Array
    payer: Array  # 0 company, 1 public, 2 fund, 3 self
    income: Array  # a month: wages or pension of a person, surplus of a firm
    cash: Array  # level that visible accounts return to
    hidden: Array  # money out of sight
    willing: Array  # standard normal
    conceal: Array  # 0 to 1: what part of cash is moved away on notice
    holdings: Array  # cash value, one column for each of HOLDINGS
    accounts: Array
    founded: Array
    industry: Array
    employees: Array
    status: Array  # of a firm, position in FIRM_STATUS
    owner: Array  # a firm's legal representative where a debtor too, else -1
    salt: Array

    @property
    def count(self) -> int:
        """How many debtors."""
        return len(self.natural)


def people_of(count: int, *, seed: int, block: int, courts: Courts, club: bool = False) -> People:
    """Draw the debtors of a block; with ``club``, debtor 0 is a failed fitness club."""
    rng = stream(seed, block, "world")
    natural = rng.random(count) < NATURAL_SHARE
    natural[0] &= not club
    court = pick(rng, courts.share, count)
    rural = rng.random(count) < np.where(courts.rural[court], 0.6, 0.25)
    birth_year = np.clip(np.round(rng.normal(1979, 11, count)), 1946, 1996).astype(int)
    marital = _marital(rng, birth_year)
    spouse = _couples(rng, natural, marital, court)
    birth_year = np.where(
        spouse >= 0, birth_year[np.maximum(spouse, 0)] + rng.integers(-4, 5, count), birth_year
    )
    birth_year = birth_year.clip(1946, 1996)
    male = rng.random(count) < 0.66
    male = np.where(spouse > np.arange(count), True, np.where(spouse >= 0, False, male))
    dependants = _dependants(rng, natural, marital, birth_year)
    employed = natural & (rng.random(count) < np.where(rural, 0.55, 0.7))
    shell = ~natural & (rng.random(count) < SHELL_SHARE)
    shell[0] |= club
    thrift = rng.standard_normal(count)
    income, payer, employed = _income(rng, natural, employed, shell, birth_year, rural)
    cash = _cash(rng, natural, shell, income, thrift)
    concealer = rng.random(count) < 0.3
    conceal = np.where(concealer, 0.35 + 0.6 * rng.random(count), 0.08 * rng.random(count))
    earnings = np.where(natural, income + 1200, income + 4000)
    hidden = np.where(concealer, lognormal(rng, 7.0, 1.1, count) * earnings, 0.0) * np.where(shell, 0.6, 1.0)
    if club:
        cash[0], hidden[0] = 60_000.0, 150_000.0
    willing = 0.9 * rng.standard_normal(count) + 0.3 * thrift - 0.55 * concealer
    founded = (FIRM_FROM + (rng.random(count) ** 0.7) * (FIRST_DAY - 1900 - FIRM_FROM)).astype(np.int32)
    return People(
        natural=natural,
        court=court,
        rural=rural,
        male=male,
        birth_year=birth_year,
        marital=marital,
        spouse=spouse,
        household=np.where(natural, 1 + (marital == 1) + dependants, 0),
        dependants=dependants,
        vulnerability=np.where(natural & (rng.random(count) < 0.05), 2 + (rng.random(count) < 0.7), 0),
        employed=employed,
        payer=payer,
        income=yuan(income),
        cash=yuan(cash),
        hidden=yuan(hidden),
        willing=willing,
        conceal=conceal,
        holdings=_holdings(rng, natural, thrift, earnings, employed),
        accounts=_accounts(rng, natural, cash),
        founded=founded,
        industry=pick(rng, _INDUSTRIES, count),
        employees=np.where(shell, rng.integers(0, 4, count), np.round(lognormal(rng, 9, 1.1, count))).astype(
            int
        ),
        status=np.where(
            shell, pick(rng, (0.35, 0.3, 0.2, 0.08, 0.07), count), pick(rng, (0.96, 0.04), count)
        ),
        owner=_owners(rng, natural, court),
        salt=stream(seed, block, "salt").integers(0, 2**63, count).astype(np.uint64),
    )


FIRM_FROM = FIRST_DAY - 26 * 365
_INDUSTRIES = (3, 1, 22, 1, 1, 12, 24, 5, 7, 5, 1, 6, 2, 1, 4, 1, 1, 1, 1, 0)


def _marital(rng: np.random.Generator, birth_year: Array) -> Array:
    age = 2022 - birth_year
    single = np.clip(0.75 - 0.03 * (age - 22), 0.06, 0.8)
    widowed = np.clip(0.004 * (age - 50), 0.0, 0.2)
    divorced = np.where(age > 27, 0.16, 0.03)
    u = rng.random(len(age))
    return np.where(
        u < single, 0, np.where(u < single + widowed, 3, np.where(u < single + widowed + divorced, 2, 1))
    )


def _couples(rng: np.random.Generator, natural: Array, marital: Array, court: Array) -> Array:
    """Pair a sixth of the married debtors within a court."""
    spouse = np.full(len(natural), -1)
    willing = np.flatnonzero(natural & (marital == 1) & (rng.random(len(natural)) < 0.17))
    willing = willing[np.argsort(court[willing], kind="stable")]
    first, second = willing[:-1:2], willing[1::2]
    same = court[first[: len(second)]] == court[second]
    first, second = first[: len(second)][same], second[same]
    spouse[first], spouse[second] = second, first
    return spouse


def _dependants(rng: np.random.Generator, natural: Array, marital: Array, birth_year: Array) -> Array:
    age = 2022 - birth_year
    mean = np.where(marital == 0, 0.1, np.where((age > 28) & (age < 58), 1.25, 0.35))
    return np.where(natural, np.minimum(rng.poisson(mean), 5), 0)


def _income(
    rng: np.random.Generator, natural: Array, employed: Array, shell: Array, birth_year: Array, rural: Array
) -> tuple[Array, Array, Array]:
    count = len(natural)
    retired = natural & (2022 - birth_year > 61)
    wage = lognormal(rng, np.where(rural, 3800.0, 5600.0), 0.5, count)
    pension = lognormal(rng, np.where(rural, 900.0, 2700.0), 0.4, count)
    odd_jobs = lognormal(rng, 500.0, 1.0, count) * (rng.random(count) < 0.6)
    surplus = np.where(shell, 0.0, lognormal(rng, 21_000.0, 1.5, count))
    income = np.where(natural, np.where(retired, pension, np.where(employed, wage, odd_jobs)), surplus)
    payer = np.where(retired, 2, np.where(employed, (rng.random(count) < 0.17) * 1, 3))
    return income, payer, employed & ~retired


def _cash(rng: np.random.Generator, natural: Array, shell: Array, income: Array, thrift: Array) -> Array:
    count = len(natural)
    person = lognormal(rng, (150 + 0.4 * income) * np.exp(0.8 * thrift), 1.15, count)
    firm = lognormal(rng, np.where(shell, 150.0, 1800 + 0.5 * income), 1.5, count)
    drained = rng.random(count) < 0.61
    return np.where(natural, person, firm) * np.where(drained, 0.04, 1.0)


def _holdings(
    rng: np.random.Generator, natural: Array, thrift: Array, earnings: Array, employed: Array
) -> Array:
    count = len(natural)
    values = np.zeros((count, len(HOLDINGS)))
    for column in range(len(HOLDINGS)):
        chance = np.where(natural, _HELD_BY_PEOPLE[column], _HELD_BY_FIRMS[column])
        if HOLDINGS[column] == "housing_fund":
            chance = chance * np.where(employed, 1.35, 0.15)
        held = rng.random(count) < chance * np.exp(0.5 * thrift - 0.125)
        scale = np.sqrt(earnings / 5000).clip(0.2, 10)
        values[:, column] = held * yuan(lognormal(rng, _MEDIAN_HELD[column] * scale, 1.1, count))
    return values


def _accounts(rng: np.random.Generator, natural: Array, cash: Array) -> Array:
    mean = np.where(natural, 6.6, 4.6) + 0.5 * np.log10(cash + 10)
    none = (rng.random(len(natural)) < 0.05) & (cash < 500)
    return np.where(none, 0, 1 + rng.poisson(mean).clip(0, 28))


def _owners(rng: np.random.Generator, natural: Array, court: Array) -> Array:
    """Name a debtor as the legal representative of three firms in ten, one firm each, from the same court."""
    owner = np.full(len(natural), -1)
    firms = np.flatnonzero(~natural & (rng.random(len(natural)) < 0.3))
    persons = np.flatnonzero(natural)
    persons = persons[rng.permutation(len(persons))][: len(firms)]
    firms = firms[np.argsort(court[firms], kind="stable")][: len(persons)]
    owner[firms] = persons[np.argsort(court[persons], kind="stable")]
    return owner

"""The claims of one block: who owes whom what, since when, secured by what; who answers beside the principal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from records.contracts import CAUSES
from simulation.clock import FIRST_DAY, WEEKS, WORKDAYS, day_in_week, year_ends
from simulation.courts import Courts
from simulation.draws import Array, expanded, lognormal, pick, pick_rows, stream, yuan
from simulation.people import People

ROLES = ("principal", "general_guarantor", "joint_guarantor", "added")
RESUMED_ROOM = 0.11  # part of a block's cases kept for resumptions and preservations
PRESERVED_LEAST = 0.02
CLUB_CLAIM = 430_000.0  # all the fitness club's customers together (Gansu 2018)
_FIGURES = {
    # cause: weight of people, weight of firms, median claim, spread, mean number of further debtors
    "private_loan": (30, 8, 48_000, 1.35, 0.32),
    "bank_loan": (11, 11, 165_000, 1.5, 0.85),
    "credit_card": (17, 0, 24_600, 0.72, 0.0),
    "sale_contract": (10, 27, 40_000, 1.5, 0.22),
    "construction_contract": (3, 13, 100_000, 1.6, 0.22),
    "lease": (3, 7, 24_600, 0.99, 0.12),
    "property_service": (9, 3, 4_300, 0.72, 0.0),
    "service_contract": (3, 10, 12_300, 1.17, 0.05),
    "labour": (3, 15, 9_000, 0.9, 0.06),
    "alimony": (3, 0, 11_500, 0.63, 0.0),
    "traffic_injury": (6, 2, 42_600, 0.99, 0.22),
    "other_injury": (3, 2, 24_600, 0.9, 0.08),
    "recourse_of_guarantor": (3, 3, 80_000, 1.3, 0.25),
    "other": (4, 5, 27_900, 1.17, 0.12),
}
_TABLE = np.array([_FIGURES[cause] for cause in CAUSES], float)
BANK_LOAN, CREDIT_CARD, LABOUR, ALIMONY = (
    CAUSES.index(cause) for cause in ("bank_loan", "credit_card", "labour", "alimony")
)
TRAFFIC, OTHER_INJURY, PRIVATE_LOAN = (
    CAUSES.index(cause) for cause in ("traffic_injury", "other_injury", "private_loan")
)


@dataclass(frozen=True, slots=True)
class Claims:
    """Arrays over claims; ``obligation_*`` over (claim, debtor) pairs, sorted by claim. Money in yuan."""

    cause: Array
    court: Array
    officer: Array
    filed_week: Array
    application_day: Array
    sued_day: Array
    effective_day: Array
    deadline_day: Array
    principal: Array
    general_interest: Array
    costs: Array
    penalty: Array
    backed: Array  # the principal debtor holds property of the order of the claim
    secured: Array  # and has mortgaged it for this claim
    applicants: Array
    eager: Array  # how much the applicant urges, standard normal
    debtor_count: Array
    salt: Array
    obligation_claim: Array
    obligation_debtor: Array
    obligation_role: Array
    obligation_order: Array
    obligation_cap: Array  # infinite where the debtor owes all
    obligation_salt: Array

    @property
    def count(self) -> int:
        """How many claims."""
        return len(self.cause)

    @property
    def amount(self) -> Array:
        """The whole claim."""
        return yuan(self.principal + self.general_interest + self.costs + self.penalty)


def claims_of(cases: int, people: People, *, seed: int, block: int, courts: Courts, club: int = 0) -> Claims:
    """Draw the claims behind a block of so many cases; some cases are left for resumptions and preservations.

    ``club``: how many of them are against one failed fitness club, debtor 0 of the block.
    """
    rng = stream(seed, block, "claims")
    count = max(1, cases - int(cases * RESUMED_ROOM))
    debtor = _principals(rng, count, people, club)
    cause = pick_rows(rng, np.where(people.natural[debtor][:, None], _TABLE[None, :, 0], _TABLE[None, :, 1]))
    cause[:club] = CAUSES.index("service_contract")
    court = np.where(rng.random(count) < 0.88, people.court[debtor], pick(rng, courts.share, count))
    week = pick(rng, _intake(), count)
    week[:club] = WEEKS // 2 + rng.integers(0, 30, club)
    court[:club] = 0
    filed = day_in_week(week, 0)
    principal = _principal(rng, cause, people, debtor)
    principal[:club] = yuan(CLUB_CLAIM / max(club, 1) * np.exp(rng.normal(0, 0.2, club)))
    backed = rng.random(count) < _backing(principal)
    secured = backed & ((cause == BANK_LOAN) | (cause == PRIVATE_LOAN) & (rng.random(count) < 0.3))
    applied = filed - rng.integers(1, 8, count)
    deadline = applied - np.round(lognormal(rng, 60, 0.8, count)).astype(int).clip(5, 640)
    effective = deadline - rng.integers(10, 31, count)
    sued = effective - np.round(lognormal(rng, 120, 0.6, count)).astype(int).clip(30, 900)
    several = np.isin(cause, (PRIVATE_LOAN, TRAFFIC, OTHER_INJURY, CAUSES.index("other")))
    applicants = 1 + rng.poisson(np.where(cause == LABOUR, 1.4, np.where(several, 0.15, 0.0))).clip(0, 40)
    obligations = _obligations(rng, cause, debtor, people, yuan(principal * 1.1))
    return Claims(
        cause=cause,
        court=court,
        officer=courts.first_officer[court] + (rng.random(count) * courts.officers[court]).astype(int),
        filed_week=week,
        application_day=applied.astype(np.int32),
        sued_day=sued.astype(np.int32),
        effective_day=effective.astype(np.int32),
        deadline_day=deadline.astype(np.int32),
        principal=principal,
        general_interest=yuan(
            principal * np.where(_TABLE[cause, 2] > 20_000, 0.12, 0.02) * rng.random(count)
        ),
        costs=yuan((50 + 0.012 * principal).clip(50, 60_000)),
        penalty=yuan(principal * 0.1 * (rng.random(count) < 0.2)),
        backed=backed,
        secured=secured,
        applicants=applicants,
        eager=rng.standard_normal(count),
        debtor_count=np.bincount(obligations[0], minlength=count),
        salt=stream(seed, block, "salt").integers(0, 2**63, (2, count))[1].astype(np.uint64),
        obligation_claim=obligations[0],
        obligation_debtor=obligations[1],
        obligation_role=obligations[2],
        obligation_order=obligations[3],
        obligation_cap=obligations[4],
        obligation_salt=rng.integers(0, 2**63, len(obligations[0])).astype(np.uint64),
    )


def _principals(rng: np.random.Generator, count: int, people: People, club: int) -> Array:
    """Most debtors once, the rest of the claims by a heavy-tailed fame of bad payers."""
    fame = (rng.pareto(1.6, people.count) + 0.05).clip(0, np.where(people.natural, 5.0, 18.0))
    once = rng.permutation(people.count)
    if club:
        fame[0] = 0.0
        once = once[once != 0]
    once = once[: int(0.66 * count)]
    again = pick(rng, fame, count - len(once))
    debtor = np.concatenate([once, again])[rng.permutation(count)]
    debtor[:club] = 0
    return debtor


def _principal(rng: np.random.Generator, cause: Array, people: People, debtor: Array) -> Array:
    """Claims grow with the square root of the means that credit was given on."""
    means = people.cash + people.hidden + 24 * people.income + people.holdings.sum(axis=1)
    usual = np.where(people.natural, 170_000.0, 900_000.0)
    standing = ((means + 0.03 * usual) / usual)[debtor].clip(0.02, 400) ** 0.5
    return yuan(lognormal(rng, _TABLE[cause, 2] * standing, _TABLE[cause, 3], len(cause)).clip(300, 1.2e7))


def _intake() -> Array:
    """Filings by week: four per cent more a year, and few at the year's end, when courts clear their stock."""
    weeks = np.arange(WEEKS)
    season = np.array([0.35 if year_ends(int(week)) else 1.0 for week in weeks])
    return season * 1.04 ** (weeks / 52)


def _backing(principal: Array) -> Array:
    """Nobody lends millions on a bare word: the chance that property stands behind a claim grows with its size."""
    return np.asarray(np.interp(np.log10(principal), [4.3, 5.0, 5.5, 6.0, 6.5], [0.0, 0.2, 0.62, 0.92, 0.97]))


def _obligations(
    rng: np.random.Generator, cause: Array, debtor: Array, people: People, amount: Array
) -> tuple[Array, Array, Array, Array, Array]:
    """Principals and those who answer beside them: the firm's head, the spouse, guarantors of either kind."""
    further = rng.poisson(_TABLE[cause, 4]).clip(0, 4)
    claim, position = expanded(1 + further)
    who = debtor[claim]
    beside = position > 0
    head, spouse = people.owner[who], people.spouse[who]
    near = np.where(people.natural[who], spouse, head)
    linked = (position == 1) & (near >= 0)
    strangers = np.flatnonzero(beside & ~linked)
    answering = np.where(linked, near, who)
    answering[strangers] = _strangers(rng, people, debtor, who[strangers])
    role = np.where(beside, np.where(rng.random(len(claim)) < 0.2, 1, 2), 0)
    role[linked & people.natural[who]] = 0
    role = np.where(
        beside
        & (role == 2)
        & ~np.isin(cause[claim], (BANK_LOAN, PRIVATE_LOAN))
        & (rng.random(len(claim)) < 0.3),
        3,
        role,
    )
    capped = (role == 1) | (role == 2)
    cap = np.where(
        capped & (rng.random(len(claim)) < 0.25),
        yuan(amount[claim] * (0.3 + 0.5 * rng.random(len(claim)))),
        np.inf,
    )
    pair = claim.astype(np.int64) * people.count + answering
    first = np.zeros(len(pair), bool)
    first[np.unique(pair, return_index=True)[1]] = True
    order = np.where(role == 1, 2, 1)
    return claim[first], answering[first], role[first], order[first], cap[first]


def _strangers(rng: np.random.Generator, people: People, debtor: Array, who: Array) -> Array:
    """Who answers beside those who are neither heads nor spouses: debtors who owe nothing themselves come first.

    Firms of one court vouch for each other in a ring (担保链): each by the next, which is vouched for in its turn.
    """
    firms = np.flatnonzero(~people.natural[1:]) + 1
    firms = firms[np.argsort(people.court[firms], kind="stable")]
    following = rng.integers(0, people.count, people.count)
    following[firms] = np.roll(firms, -1)
    unused = rng.permutation(np.setdiff1d(np.arange(people.count), debtor))[: len(who)]
    answering = np.where(people.natural[who], rng.integers(0, people.count, len(who)), following[who])
    first = rng.permutation(len(who))[: len(unused)]
    answering[first] = unused
    return np.asarray(answering)


def filed_day(claims: Claims) -> Array:
    """Filing days of the first cases."""
    return np.asarray((FIRST_DAY + 7 * claims.filed_week + WORKDAYS[0]).astype(np.int32))

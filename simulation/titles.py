"""The registers of claims: what was adjudged, to whom, how debts ended short of payment, what time does not count."""

from __future__ import annotations

import numpy as np

from simulation.claims import (
    ALIMONY,
    BANK_LOAN,
    CREDIT_CARD,
    LABOUR,
    OTHER_INJURY,
    PRIVATE_LOAN,
    TRAFFIC,
    filed_day,
)
from simulation.clock import NO_DAY, day_in_week
from simulation.draws import Array, expanded, yuan
from simulation.keys import keys
from simulation.sheets import Sheets, code
from simulation.world import CLUB_APPLICANTS, World

ENDINGS = ("settlement", "withdrawal", "bankruptcy", "death_without_estate")


def write_titles(world: World, sheets: Sheets) -> None:
    """Write titles, applicants, discharges and suspensions."""
    _titles(world, sheets)
    _applicants(world, sheets)
    _discharges(world, sheets)
    _suspensions(world, sheets)


def _titles(world: World, sheets: Sheets) -> None:
    claims = world.claims
    claim = np.arange(claims.count)
    joint = np.where(claims.debtor_count == 1, 0, 1)
    joint[claims.obligation_claim[claims.obligation_role == 1]] = 3
    parts = {
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
    }
    sheets.add(
        "titles",
        happened_at=claims.effective_day,
        known_at=filed_day(claims),
        case_id=world.case(claim),
        title_id=keys("title", world.block, claim + 1),
        guaranteed=np.minimum(guaranteed, claims.principal),
        **parts,
        **common,
    )
    weeks, again, chain, out = world.resumed
    left = out / 100
    share = left / np.maximum(claims.amount[again], 0.01)
    rest = {
        name: np.floor(value[again] * share * 100) / 100
        for name, value in parts.items()
        if name != "principal"
    }
    sheets.add(
        "titles",
        happened_at=claims.effective_day[again],
        known_at=day_in_week(weeks, 0),
        case_id=world.case(again, chain),
        title_id=keys("title", world.block, claims.count + np.arange(len(again)) + 1),
        principal=yuan(left - sum(rest.values())),
        **rest,
        **{name: value[again] for name, value in common.items()},
    )


def _applicants(world: World, sheets: Sheets) -> None:
    """Creditors share a claim evenly; the club's customers number 278 over its cases."""
    claims = world.claims
    counts = claims.applicants.copy()
    if world.club:
        counts[: world.club] = CLUB_APPLICANTS // world.club
        counts[: CLUB_APPLICANTS % world.club] += 1
    starts = np.cumsum(counts) - counts
    weeks, again, chain, out = world.resumed
    every = np.concatenate([np.arange(claims.count), again])
    chains = np.concatenate([np.zeros(claims.count, int), chain])
    owed = np.concatenate([claims.amount, out / 100])
    day = np.concatenate([filed_day(claims), day_in_week(weeks, 0)])
    row, place = expanded(counts[every])
    claim = every[row]
    cause = claims.cause[claim]
    injured = np.isin(cause, (TRAFFIC, OTHER_INJURY))
    person = np.isin(cause, (LABOUR, ALIMONY, PRIVATE_LOAN)) | injured | (place > 0) | (claim < world.club)
    sheets.add(
        "applicants",
        happened_at=day[row],
        known_at=day[row],
        case_id=world.case(claim, chains[row]),
        applicant_id=keys("applicant", world.block, starts[claim] + place + 1),
        kind=np.where(np.isin(cause, (BANK_LOAN, CREDIT_CARD)), 2, np.where(person, 0, 1)),
        priority=np.where(cause == LABOUR, 1, np.where(cause == ALIMONY, 2, np.where(injured, 3, 0))),
        amount=np.floor(owed[row] / counts[claim] * 100 + 1e-6) / 100,
    )


def _discharges(world: World, sheets: Sheets) -> None:
    for kind in ENDINGS:
        weeks, claim, out, _ = world.journal.of(kind)
        day = day_in_week(weeks, 4)
        sheets.add(
            "discharges",
            happened_at=day,
            known_at=day,
            case_id=world.case(claim, world.chain_at(claim, weeks)),
            kind=code("discharges", "kind", kind),
            amount=out / 100,
        )


def _suspensions(world: World, sheets: Sheets) -> None:
    """Time for pricing does not count: from the commission until the first offer, written when it is over."""
    weeks, things, claim, _ = world.journal.of("appraised")
    alone = np.sort(np.unique(claim.astype(int) * 1000 + weeks, return_index=True)[1])  # one a case and day
    weeks, things, claim = weeks[alone], things[alone], claim[alone]
    offered_weeks, offered, flags, _ = world.journal.of("offered")
    first = flags < 20
    key = things * 1000 + weeks
    offers = np.sort(offered[first] * 1000 + offered_weeks[first])
    if not len(key) or not len(offers):
        return
    place = np.searchsorted(offers, key)
    follows = offers[np.minimum(place, len(offers) - 1)]
    matched = (place < len(offers)) & (follows // 1000 == things)
    begin = day_in_week(weeks, 2)[matched]
    end = day_in_week((follows % 1000)[matched], 1)
    which = claim.astype(int)[matched]
    chains: Array = world.chain_at(which, weeks[matched])
    sheets.add(
        "suspensions",
        happened_at=begin,
        known_at=begin,
        case_id=world.case(which, chains),
        kind=code("suspensions", "kind", "appraisal"),
        from_on=begin,
        to_on=np.full(len(begin), NO_DAY),
    )
    sheets.note("suspensions_end", end)

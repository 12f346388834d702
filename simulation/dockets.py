"""The register of cases: filed, moved from node to node, closed, complained of, audited, taken up again."""

from __future__ import annotations

from typing import Any

import numpy as np

from records.contracts import CLOSING_MODES, NODES
from simulation.claims import filed_day
from simulation.clock import NO_DAY, day_in_week, year_of
from simulation.courts import AUDITED_BEFORE, CAMPAIGN
from simulation.draws import Array, stream
from simulation.keys import keys
from simulation.sheets import Sheets, Words, code
from simulation.world import World

NODE = {word: place for place, word in enumerate(NODES)}
MODES = ("performed", "round_terminated", "terminated", "refused", "not_enforced")
_MISREPORTED = 0.06  # of rounds ended in a campaign, reported as performed
_WRONG = {"performed": 0.12, "round_terminated": 0.7, "terminated": 0.45, "refused": 0.3, "not_enforced": 0.3}
_FINDINGS = tuple(
    code("cases", "audit", word) for word in ("confirmed", "non_compliant", "to_be_completed", "misreported")
)


def write_dockets(world: World, sheets: Sheets) -> None:
    """Write the rows of `cases`: each a case's standing after a change; and of `petitions`."""
    rng = stream(world.seed, world.block, "registers")
    docket = _docket(world)
    _standing(sheets, docket, np.arange(len(docket["claim"])), docket["filed_on"], node="filing")
    _moves(world, docket, sheets)
    _closings(world, docket, rng, sheets)
    _petitions(world, docket, rng, sheets)
    _preserved(world, rng, len(docket["claim"]), sheets)


def _docket(world: World) -> dict[str, Any]:
    """What does not change in a case, first cases before resumed ones."""
    claims = world.claims
    first = np.arange(claims.count)
    weeks, again, chain, _ = world.resumed
    claim = np.concatenate([first, again])
    chains = np.concatenate([np.zeros(len(first), int), chain])
    filed = np.concatenate([filed_day(claims), day_in_week(weeks, 0)])
    case = world.case(claim, chains)
    before = np.concatenate([np.zeros(len(first), np.int64), world.case(again, chain - 1)])
    return {
        "claim": claim,
        "chain": chains,
        "case_id": case,
        "court": Words(claims.court[claim], list(world.courts.code)),
        "case_number": _numbers(world, claim, filed, chains, case),
        "kind": (chains > 0) * 1,
        "cause": claims.cause[claim],
        "application_received_on": np.concatenate([claims.application_day, day_in_week(weeks, 0) - 5]),
        "filed_on": filed,
        "predecessor_case_id": before,
        "officer_id": keys("officer", 0, claims.officer[claim] + 1),
    }


def _standing(
    sheets: Sheets, docket: dict[str, Any], place: Array, day: Array, *, node: str, **changes: Any
) -> None:
    common = {name: _taken(value, place) for name, value in docket.items() if name not in ("claim", "chain")}
    columns = common | {"petition": 0} | changes
    sheets.add("cases", happened_at=day, known_at=day, node=NODE[node], **columns)


def _taken(value: Any, place: Array) -> Any:
    if isinstance(value, Words):
        return Words(value.places[place], value.words)
    return value[place]


def _place(world: World, claim: Array, chain: Array) -> Array:
    """Where a case stands in the docket."""
    local = world.case(claim, chain) - keys("case", world.block, np.zeros(1, int))
    return np.asarray(local)


def _moves(world: World, docket: dict[str, Any], sheets: Sheets) -> None:
    """The first control of property and the first pricing move a case to another node."""
    claims = world.claims
    weeks, who, _, _ = world.journal.of("freeze")
    sealed_weeks, _, by, _ = world.journal.of("sealed")
    control = np.concatenate([weeks, sealed_weeks])
    claim = claims.obligation_claim[np.concatenate([who, by.astype(int)])]
    _first_move(world, docket, sheets, control, claim, "asset_control")
    weeks, _, priced, _ = world.journal.of("appraised")
    _first_move(world, docket, sheets, weeks, priced.astype(int), "disposal")


def _first_move(
    world: World, docket: dict[str, Any], sheets: Sheets, weeks: Array, claim: Array, node: str
) -> None:
    place = _place(world, claim, world.chain_at(claim, weeks))
    order = np.lexsort((weeks, place))
    kept = order[np.unique(place[order], return_index=True)[1]]
    _standing(sheets, docket, place[kept], day_in_week(weeks[kept], 2), node=node)


def _closings(world: World, docket: dict[str, Any], rng: np.random.Generator, sheets: Sheets) -> None:
    """Closings as reported: in campaigns some ended rounds go down as performed; an audit tells them apart."""
    courts, claims = world.courts, world.claims
    for mode in MODES:
        weeks, claim, chain, _ = world.journal.of(mode)
        court = claims.court[claim]
        campaign = courts.campaign[court] & (weeks >= CAMPAIGN[0]) & (weeks <= CAMPAIGN[1])
        wrong = (mode == "round_terminated") & (
            rng.random(len(claim)) < np.where(campaign, 2, 0.5) * _MISREPORTED
        )
        wrong &= weeks < AUDITED_BEFORE
        told = np.where(wrong, CLOSING_MODES.index("performed"), CLOSING_MODES.index(mode))
        place = _place(world, claim, chain)
        day = day_in_week(weeks, 4)
        _standing(sheets, docket, place, day, node="closing", closed_on=day, closing_mode=told)
        looked = courts.audited[court] & (weeks < AUDITED_BEFORE)
        found = np.where(
            rng.random(len(claim)) < _WRONG[mode], _FINDINGS[1] + (rng.random(len(claim)) < 0.4), _FINDINGS[0]
        )
        found = np.where(wrong, _FINDINGS[3], found)[looked]
        audited = day_in_week(np.full(int(looked.sum()), AUDITED_BEFORE), 0) + rng.integers(
            0, 90, int(looked.sum())
        )
        reopened = world.reopened_by(claim[looked], chain[looked].astype(int), audited)
        kept = np.flatnonzero(looked)[~reopened]
        _standing(
            sheets,
            docket,
            place[kept],
            audited[~reopened],
            node="supervision",
            closed_on=day[kept],
            closing_mode=told[kept],
            audit=found[~reopened],
        )


def _petitions(world: World, docket: dict[str, Any], rng: np.random.Generator, sheets: Sheets) -> None:
    """Complaints about open cases: more from eager applicants, and where little is done."""
    claims = world.claims
    chance = 0.045 * np.exp(0.8 * claims.eager) / world.courts.diligence[claims.court]
    claim = np.flatnonzero(rng.random(claims.count) < chance)
    day = filed_day(claims)[claim] + rng.integers(20, 220, len(claim))
    still = world.open_on(claim, day)
    claim, day = claim[still], day[still]
    sheets.add(
        "petitions",
        happened_at=day,
        known_at=day + rng.integers(0, 5, len(claim)),
        case_id=world.case(claim),
        kind=np.array([0, 0, 0, 1, 2])[rng.integers(0, 5, len(claim))],
        resolved_on=np.full(len(claim), NO_DAY),
    )
    _standing(sheets, docket, claim, day + 5, node="supervision", petition=1)


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
    sheets.add("cases", happened_at=filed, known_at=filed, node=NODE["filing"], **common)
    closed = filed + rng.integers(5, 26, count)
    sheets.add("cases", happened_at=closed, known_at=closed, node=NODE["closing"], closed_on=closed, **common)


def _numbers(world: World, claim: Array, filed: Array, chain: Array, case: Array) -> Words:
    kinds = np.where(chain < 0, "执保", np.where(chain > 0, "执恢", "执"))
    codes = world.courts.code
    serial = case % 10**9
    parts = zip(year_of(filed), world.claims.court[claim], kinds, serial, strict=True)
    words = [f"（{year}）{codes[court]}{kind}{number}号" for year, court, kind, number in parts]
    return Words(np.arange(len(words)), words)

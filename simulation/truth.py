"""The truth that no record shows: for an obligation and a day, what its future holds, counted out.

The court is taken up on the day as it stood, laid out many times side by side, and each copy meets luck of its own
under the courts' habits: measures not yet taken are integrated over. Ability is the same under reference effort.
Nothing in the project reads this but a comparison that is told to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from simulation.arena import Arena, State, laid_out, narrowed, sizes_of, with_luck
from simulation.clock import FIRST_DAY, LAST_DAY, WEEKS
from simulation.course import advance, open_cases
from simulation.courts import Courts, courts_of, effort_of_week
from simulation.draws import Array
from simulation.journal import Silence
from simulation.work import habits
from simulation.world import World, block_sizes, founded, habits_of

HORIZONS = (3, 6, 12, 24)
DRAWS = 64
_PAYDAY = 5  # days after the week's start on which payments are credited
_MANY = 10**9


@dataclass(frozen=True, slots=True)
class Moment:
    """An obligation of a block on a day."""

    obligation: Array
    day: Array

    def week(self) -> Array:
        """The last week whose payments were credited by the day."""
        return (self.day - FIRST_DAY - _PAYDAY) // 7


def usual_moments(world: World) -> Moment:
    """The days on which portraits are asked for: ten days, three months, half a year and a year after filing."""
    claims = world.claims
    filed = (FIRST_DAY + 7 * claims.filed_week)[claims.obligation_claim]
    every = np.arange(len(filed))
    days = np.concatenate([filed + days_after for days_after in (10, 91, 182, 365)])
    who = np.tile(every, 4)
    kept = days <= LAST_DAY
    return Moment(who[kept], days[kept])


def truth_of(world: World, moments: Moment, *, draws: int = DRAWS) -> dict[str, Array]:
    """What lies ahead of the obligations, from a block before its first week (`simulation.world.founded`).

    Columns: ``obligation``, ``day``, ``owed`` (yuan), ``ability``, ``means`` (latent means over all that is owed),
    ``open``; and for each horizon ``share_<h>``: sorted draws of the share, one row an obligation.
    """
    weeks = moments.week()
    parts = []
    room = world.room
    for week in range(int(weeks.max(initial=-1)) + 1):
        room = open_cases(world.arena, world.end, week, world.journal, room)
        advance(world.arena, world.end, week, habits_of(world, week), world.journal)
        here = np.flatnonzero(weeks == week)
        if len(here):
            parts.append(_ahead(world, Moment(moments.obligation[here], moments.day[here]), week, draws))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]} if parts else {}


def write_truth(
    out: Path,
    *,
    cases: int,
    seed: int,
    asked: pa.Table | None = None,
    draws: int = DRAWS,
    blocks: int | None = None,
) -> Path:
    """Write ``<out>.truth.parquet`` beside the folder of records of the same cases and seed (inside, the door would
    take it for a table).

    ``asked`` names obligations and days (party_id, case_id, as_of); without it, the usual moments of the first
    ``blocks`` blocks. Obligations that the court does not have are left out.
    """
    courts = courts_of(cases, seed)
    writer = None
    path = out.with_name(f"{out.name}.truth.parquet")
    sizes = block_sizes(cases)
    for block, size in enumerate(sizes[:blocks]):
        world = founded(size, seed=seed, block=block, courts=courts, total=cases)
        moments = usual_moments(world) if asked is None else _moments_of(world, asked)
        if not len(moments.day):
            continue
        table = _as_table(world, truth_of(world, moments, draws=draws))
        writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd")
        writer.write_table(table)
    if writer:
        writer.close()
    return path


def unable_share(*, cases: int, seed: int, blocks: int = 10) -> float:
    """Part of cases whose debtors together cannot meet the claim within 24 months of full effort."""
    courts = courts_of(cases, seed)
    poor = total = 0
    for block, size in enumerate(block_sizes(cases)[:blocks]):
        world = founded(size, seed=seed, block=block, courts=courts, total=cases)
        ratio = case_means(world.arena) / world.arena.c_amount
        poor += int((ratio < 1).sum())
        total += len(ratio)
    return poor / total


def debtor_means(arena: Arena) -> Array:
    """Fen a debtor could raise in 24 months: money in sight and out of sight, spare income, things net of what
    comes before; a sole dwelling counts nothing."""
    kept = (arena.t_gone > WEEKS) & ~arena.t_sole
    things = np.zeros(len(arena.d_salt))
    np.add.at(things, arena.t_owner[kept], np.maximum(0.9 * arena.t_worth - arena.t_prior, 0)[kept])
    spare = np.where(arena.d_natural, 0.35, 0.7) * arena.d_income * 24
    return np.asarray(arena.d_level + arena.d_near + arena.d_hidden + spare + things)


def case_means(arena: Arena) -> Array:
    """The debtors' means for each claim, spread over their claims by amount."""
    owed = arena.c_amount[arena.o_claim]
    debts = np.bincount(arena.o_debtor, weights=owed, minlength=len(arena.d_salt))
    means = np.zeros(len(arena.c_salt))
    np.add.at(means, arena.o_claim, (debtor_means(arena) / np.maximum(debts, 1))[arena.o_debtor] * owed)
    return means


def _ahead(world: World, moments: Moment, week: int, draws: int) -> dict[str, Array]:
    arena, state, place = _neighbourhood(world, moments)
    owed = _owed(arena, state)[place]
    months = np.stack([_payweek(moments.day, horizon) for horizon in HORIZONS])
    shares = _shares(arena, state, place, week, months, draws, world.courts, reference=False)
    able = _shares(arena, state, place, week, months[3:], max(draws // 2, 1), world.courts, reference=True)
    debts = np.bincount(
        world.arena.o_debtor, weights=_owed(world.arena, world.end), minlength=len(world.arena.d_salt)
    )
    debtor = world.arena.o_debtor[moments.obligation]
    means = (world.end.d_cash + world.end.d_hidden + world.end.d_near)[debtor] / np.maximum(debts[debtor], 1)
    alive = owed > 0
    columns = {
        "obligation": moments.obligation,
        "day": moments.day,
        "owed": owed / 100,
        "ability": np.where(alive, able[0].mean(axis=0), 0.0),
        "means": means,
        "open": alive,
    }
    for number, horizon in enumerate(HORIZONS):
        columns[f"share_{horizon}"] = np.sort(shares[number], axis=0).T.astype(np.float32)
    return columns


def _shares(
    arena: Arena,
    state: State,
    place: Array,
    week: int,
    ends: Array,
    draws: int,
    courts: Courts,
    *,
    reference: bool,
) -> Array:
    """(horizons, draws, moments): part of what is owed that is credited by the end weeks."""
    sizes = sizes_of(arena)
    wide = with_luck(laid_out(arena, draws, sizes), draws, 1 + week)
    now = laid_out(state, draws, sizes)
    owed = np.maximum(_owed(arena, state)[place], 1)
    before = now.o_paid.copy()
    where = place[None, :] + np.arange(draws)[:, None] * sizes["o"]
    found = np.zeros((len(ends), draws, len(place)))
    restrict, listing, diligence = _policy(courts, reference)
    if reference:
        wide = replace(wide, c_officer=np.ones_like(wide.c_officer))
    for ahead in range(week + 1, int(ends.max()) + 1):
        open_cases(wide, now, ahead, Silence(), _MANY)
        effort = diligence if reference else effort_of_week(courts, ahead)
        work = habits(wide, now, ahead, effort=effort, restrict=restrict, listing=listing)
        advance(wide, now, ahead, work, Silence())
        for number in range(len(ends)):
            due = ends[number] == ahead
            if due.any():
                paid = (now.o_paid - before)[where[:, due]] / owed[due]
                found[number][:, due] = np.clip(paid, 0, 1)
    return found


def _policy(courts: Courts, reference: bool) -> tuple[Array, Array, Array]:
    """(restrict, list, diligence) by court; for reference, the more diligent quarter everywhere."""
    if not reference:
        return courts.restrict, courts.listing, courts.diligence
    same = np.ones(courts.count)
    return (
        same * np.quantile(courts.restrict, 0.75),
        same * np.quantile(courts.listing, 0.75),
        same * np.quantile(courts.diligence, 0.75),
    )


def _payweek(day: Array, months: int) -> Array:
    """The last week whose payments are credited within the months after the day."""
    dates = day.astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    inside = (dates - month).astype(np.int64)
    then = month + months
    last = ((then + 1).astype("datetime64[D]") - then.astype("datetime64[D]")).astype(np.int64) - 1
    end = then.astype("datetime64[D]").astype(np.int64) + np.minimum(inside, last)
    return np.asarray((end - FIRST_DAY - _PAYDAY) // 7)


def _owed(arena: Arena, state: State) -> Array:
    owed = np.minimum(state.c_out[arena.o_claim], arena.o_cap - state.o_paid)
    return np.asarray(np.where(state.o_discharged, 0.0, owed).clip(0))


def _neighbourhood(world: World, moments: Moment) -> tuple[Arena, State, Array]:
    """The obligations, their debtors' other claims, and all debtors of these; and where the obligations are."""
    arena = world.arena
    of_claim = np.zeros(len(arena.c_salt), bool)
    of_claim[arena.o_claim[moments.obligation]] = True
    debtor = np.zeros(len(arena.d_salt), bool)
    debtor[arena.o_debtor[of_claim[arena.o_claim]]] = True
    claims = np.zeros(len(arena.c_salt), bool)
    claims[arena.o_claim[debtor[arena.o_debtor]]] = True
    kept = claims[arena.o_claim]
    debtors = np.zeros(len(arena.d_salt), bool)
    debtors[arena.o_debtor[kept]] = True
    keep: Mapping[str, Array] = {
        "d": np.flatnonzero(debtors),
        "c": np.flatnonzero(claims),
        "o": np.flatnonzero(kept),
        "t": np.flatnonzero(debtors[arena.t_owner]),
    }
    place = np.searchsorted(keep["o"], moments.obligation)
    return narrowed(arena, dict(keep)), narrowed(world.end, dict(keep)), place


def _moments_of(world: World, asked: pa.Table) -> Moment:
    """The obligations of this block among those asked for; cases of any place in a chain stand for their claim."""
    party = world.party(np.arange(world.people.count))
    case = asked["case_id"].to_numpy()
    claim = world.claim_of(case)
    debtor = np.searchsorted(party, asked["party_id"].to_numpy())
    inside = (claim >= 0) & (debtor < len(party))
    inside &= party[np.minimum(debtor, len(party) - 1)] == asked["party_id"].to_numpy()
    pair = world.claims.obligation_claim * world.people.count + world.claims.obligation_debtor
    order = np.argsort(pair)
    wanted = claim * world.people.count + debtor
    place = order[np.searchsorted(pair[order], wanted).clip(0, len(pair) - 1)]
    inside &= pair[place] == wanted
    day = asked["as_of"].cast(pa.int32()).to_numpy().astype(np.int64)
    return Moment(place[inside], day[inside])


def _as_table(world: World, truth: dict[str, Array]) -> pa.Table:
    obligation = truth["obligation"].astype(int)
    columns: dict[str, pa.Array] = {
        "party_id": pa.array(world.party(world.claims.obligation_debtor[obligation])),
        "case_id": pa.array(world.case(world.claims.obligation_claim[obligation])),
        "as_of": pa.array(truth["day"].astype(np.int32)).view(pa.date32()),
    }
    for name in ("owed", "ability", "means", "open"):
        columns[name] = pa.array(truth[name])
    for horizon in HORIZONS:
        draws = truth[f"share_{horizon}"]
        columns[f"mean_{horizon}"] = pa.array(draws.mean(axis=1, dtype=np.float64))
        columns[f"share_{horizon}"] = pa.FixedSizeListArray.from_arrays(
            pa.array(draws.ravel()), draws.shape[1]
        )
    return pa.table(columns)

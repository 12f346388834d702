"""What follows if the assumed effects of work are wrong: the same half year again, with each of them changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from simulation.arena import State, copied
from simulation.clock import WEEKS
from simulation.course import advance, open_cases
from simulation.courts import courts_of, effort_of_week
from simulation.draws import Array
from simulation.journal import Journal
from simulation.step import CHANNELS
from simulation.work import EFFECTS, KINDS, Effects, Work, habits
from simulation.world import World, block_sizes, founded, habits_of

HALF_YEAR = 26


@dataclass(frozen=True, slots=True)
class Variant:
    """One way the half year is run: effects changed, work left out, effort scaled."""

    name: str
    effects: Effects
    without: tuple[str, ...] = ()
    effort: float = 1.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """Money credited in the half year, in yuan, and staff hours spent."""

    name: str
    money: float
    hours: float


def variants() -> Iterator[Variant]:
    """As assumed; pressure and revealing halved, half as much again, and none; effort changed; each kind left out."""
    yield Variant("as assumed", EFFECTS)
    for factor in (0.0, 0.5, 1.5):
        yield Variant(f"pressure × {factor:g}", _scaled(pressure=factor))
    for factor in (0.0, 2.0):
        yield Variant(f"revealing × {factor:g}", _scaled(reveals=factor))
    for effort in (0.5, 1.5):
        yield Variant(f"effort × {effort:g}", EFFECTS, effort=effort)
    for kind in KINDS:
        yield Variant(f"without {kind}", EFFECTS, without=(kind,))
    yield Variant("no work at all", EFFECTS, without=KINDS)


def sensitivity(*, cases: int = 4000, seed: int = 7) -> list[Outcome]:
    """Every variant over the same half year (from the middle of the history) of a town, with the same luck."""
    courts = courts_of(cases, seed)
    outcomes: dict[str, Outcome] = {}
    begin = WEEKS // 2
    for block, size in enumerate(block_sizes(cases)):
        world = founded(size, seed=seed, block=block, courts=courts, total=cases)
        room = world.room
        for week in range(begin):
            room = open_cases(world.arena, world.end, week, world.journal, room)
            advance(world.arena, world.end, week, habits_of(world, week), world.journal)
        for variant in variants():
            money, hours = _half_year(world, copied(world.end), begin, variant)
            before = outcomes.get(variant.name, Outcome(variant.name, 0.0, 0.0))
            outcomes[variant.name] = Outcome(variant.name, before.money + money, before.hours + hours)
    return list(outcomes.values())


def as_markdown(outcomes: list[Outcome]) -> str:
    """The table as it stands in docs/simulation.md."""
    base = outcomes[0].money
    lines = ["| half year | money credited (万元) | against as assumed | hours |", "|---|---|---|---|"]
    for each in outcomes:
        lines.append(
            f"| {each.name} | {each.money / 1e4:,.0f} | {each.money / base - 1:+.1%} | {each.hours:,.0f} |"
        )
    return "\n".join(lines)


def _half_year(world: World, state: State, begin: int, variant: Variant) -> tuple[float, float]:
    journal = Journal()
    hours = 0.0
    for week in range(begin, begin + HALF_YEAR):
        open_cases(world.arena, state, week, journal, 0)
        work = _work(world, state, week, variant)
        hours += sum(float(flags.sum()) * EFFECTS[kind].hours for kind, flags in work.items())
        advance(world.arena, state, week, work, journal, effects=variant.effects)
    money = sum(float(journal.of(channel)[2].sum()) for channel in CHANNELS)
    return money / 100, hours


def _work(world: World, state: State, week: int, variant: Variant) -> Work:
    courts = world.courts
    effort: Array = effort_of_week(courts, week) * variant.effort
    work = habits(world.arena, state, week, effort=effort, restrict=courts.restrict, listing=courts.listing)
    return {kind: np.zeros_like(flags) if kind in variant.without else flags for kind, flags in work.items()}


def _scaled(*, pressure: float = 1.0, reveals: float = 1.0) -> Effects:
    return {
        kind: replace(
            effect,
            pressure=effect.pressure * pressure,
            standing=effect.standing * pressure,
            reveals=min(1.0, effect.reveals * reveals),
        )
        for kind, effect in EFFECTS.items()
    }

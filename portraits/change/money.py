"""The way of the money that may lawfully be taken: ledgers between two portraits, asset by asset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portraits.change.score import on_day
from portraits.change.shapes import Asset, MoneyMove, Stand, less
from portraits.law.rule import Cited
from portraits.ledger import Amounts, Edit, Ledger, capacity
from portraits.ledger.lines import NOTHING
from records.dossier import Dossier
from records.parameters import Parameters
from scoring.haircuts import Haircuts

_NONE = Amounts.of(NOTHING)


@dataclass(frozen=True)
class Ledgers:
    """Ledgers in order: then; on the later day; with the later figures; with new records; with the later edits."""

    then: Ledger
    moved: Ledger
    lawful: Ledger
    now: Ledger
    edited: Ledger


Edits = Sequence[Edit]
Two = tuple[Haircuts, Haircuts]


def ledgers(
    before: Dossier, after: Dossier, *, figures: Parameters, haircuts: Two, edits: tuple[Edits, Edits]
) -> Ledgers:
    """The ledgers between two portraits; haircuts, and a judge's edits, are those of the earlier and of the later."""
    of_then, shifted = in_force_by(figures, before.as_of), on_day(before, after.as_of)
    (old, new), (first, last) = haircuts, edits
    return Ledgers(
        then=capacity(before, figures=of_then, haircuts=old, edits=first),
        moved=capacity(shifted, figures=of_then, haircuts=old, edits=first),
        lawful=capacity(shifted, figures=figures, haircuts=new, edits=first),
        now=capacity(after, figures=figures, haircuts=new, edits=first),
        edited=capacity(after, figures=figures, haircuts=new, edits=last),
    )


def in_force_by(figures: Parameters, day: date) -> Parameters:
    """The figures without those that came into force after the day; a name that has only such keeps them."""
    dated = {
        name: tuple(each for each in values if each.in_force_from <= day) or values
        for name, values in figures.dated.items()
    }
    return Parameters(figures.file, dated)


def moved(one: Ledger | Stand, other: Ledger | Stand) -> tuple[MoneyMove, ...]:
    """What every asset and closing line did between two ledgers, largest first; none that stayed the same.

    Beside an answer that was kept, rows are not compared: only what it says.
    """
    before, after = _assets(one), _assets(other)
    rows = ({}, {}) if isinstance(one, Stand) or isinstance(other, Stand) else (_rows(one), _rows(other))
    found = []
    for key in dict.fromkeys((*before, *after)):
        amounts = less(_amounts(after, key), _amounts(before, key))
        if any(amounts.six):
            label = (after.get(key) or before[key]).label
            was, now = rows[0].get(key, ()), rows[1].get(key, ())
            came = tuple(each for each in now if each not in was)
            went = tuple(each for each in was if each not in now)
            found.append(MoneyMove(key, label, amounts, came, went))
    return tuple(sorted(found, key=lambda move: -abs(move.amounts.year.mid)))


def together(*several: tuple[MoneyMove, ...]) -> tuple[MoneyMove, ...]:
    """Moves of the same assets on several steps of the way as one."""
    held: dict[str, MoneyMove] = {}
    for move in (move for each in several for move in each):
        known = held.get(move.key)
        if known is None:
            held[move.key] = move
            continue
        amounts = Amounts.of([a + b for a, b in zip(known.amounts.six, move.amounts.six, strict=True)])
        held[move.key] = MoneyMove(
            move.key, move.label, amounts, known.came + move.came, known.went + move.went
        )
    return tuple(move for move in held.values() if any(move.amounts.six))


def _assets(told: Ledger | Stand) -> Mapping[str, Asset]:
    if isinstance(told, Stand):
        return told.assets
    assets = {each.key: Asset(each.label, each.available) for each in told.assets}
    return assets | {line.key: Asset(line.step.label, line.amounts) for line in told.closing}


def _rows(told: Ledger) -> dict[str, tuple[Cited, ...]]:
    rows = {each.key: tuple(row for line in each.lines for row in line.rows) for each in told.assets}
    return rows | {line.key: line.rows for line in told.closing}


def _amounts(assets: Mapping[str, Asset], key: str) -> Amounts:
    return assets[key].amounts if key in assets else _NONE

"""What may lawfully be taken from debtors of the town: the lines add up, and the score knows nothing of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portraits.figures import digest_of, figures
from portraits.ledger.lines import added
from portraits.portrait import EXAMPLES, Portrait, assemble
from records.dossier import Dossier
from records.snapshot import Snapshot
from scoring.bundle import Bundle
from scoring.haircuts import Prior, fit_haircuts
from scoring.shelf import Shelf
from serving.holdings import Held, Holdings
from tests.serving.town import Town, town
from vocabulary.identity import read_key

__all__ = ["town"]

CHEAP = fit_haircuts(
    [],
    fitted_on=date(2024, 1, 1),
    priors={key: Prior(0.01, 0.01) for key in EXAMPLES.kinds},
    source="an example",
)
TAKEN_ON_TRUST = 40
"""Debtors looked at."""


@pytest.fixture(scope="module")
def bundle(town: Town) -> Bundle:
    return Shelf(town.root / "shelf").champion()


@pytest.fixture(scope="module")
def held(town: Town) -> Held:
    return Holdings(town.root / "snapshots").current()


@pytest.fixture(scope="module")
def dossiers(town: Town, held: Held) -> tuple[Dossier, ...]:
    every = len(town.open) // TAKEN_ON_TRUST or 1
    return tuple(
        held.fetch(read_key(each.debtor), read_key(each.case), date.fromisoformat(each.as_of))
        for each in town.open[::every]
    )


@pytest.fixture(scope="module")
def portraits(dossiers: tuple[Dossier, ...], held: Held, bundle: Bundle) -> tuple[Portrait, ...]:
    return tuple(
        assemble(each, bundle=bundle, snapshot=held.digest, haircuts=held.haircuts(each.as_of))
        for each in dossiers
    )


def test_lines_add_up_to_what_is_available_and_never_above_what_is_owed(
    portraits: tuple[Portrait, ...],
) -> None:
    for portrait in portraits:
        ledger = portrait.ledger
        assert added(line.amounts for line in ledger.lines) == ledger.available
        for asset in ledger.assets:
            assert added(line.amounts for line in asset.lines) == asset.available
        for taken, owed in zip(ledger.available.six, ledger.owed.six, strict=True):
            assert 0 <= taken <= owed
    assert sum(portrait.ledger.available.year.mid > 0 for portrait in portraits) > 5


def test_neither_ledger_nor_conduct_changes_the_score(
    portraits: tuple[Portrait, ...], dossiers: tuple[Dossier, ...], bundle: Bundle, held: Held
) -> None:
    moved = 0
    for portrait, dossier in zip(portraits, dossiers, strict=True):
        other = assemble(dossier, bundle=bundle, snapshot=held.digest, haircuts=CHEAP)
        assert (other.score, other.cautious, other.groups) == (
            portrait.score,
            portrait.cautious,
            portrait.groups,
        )
        moved += other.ledger.available != portrait.ledger.available
    assert moved > 0


def test_rows_known_later_change_neither_ledger_nor_facts_nor_haircuts(
    town: Town, held: Held, bundle: Bundle
) -> None:
    seen = 0
    for each in town.open[::3]:
        day = date.fromisoformat(each.as_of) - timedelta(days=20)
        now = held.fetch(read_key(each.debtor), read_key(each.case), day)
        if not any(row["party_id"] == now.party_id for row in now.rows("obligors", "case")):
            continue
        late = _with_late_rows(now)
        told, again = (
            assemble(dossier, bundle=bundle, snapshot=held.digest, haircuts=held.haircuts(day))
            for dossier in (now, late)
        )
        assert again == told
        seen += 1
    assert seen > 3
    assert held.haircuts(date(1990, 1, 31)).lots == 0


def test_a_portrait_names_the_figures_and_the_auctions_it_used(
    portraits: tuple[Portrait, ...], held: Held
) -> None:
    for portrait in portraits:
        assert portrait.ledger.figures == digest_of(figures())
        assert portrait.ledger.haircuts == held.haircuts(portrait.as_of).digest
        assert portrait.haircuts.fitted_on == portrait.as_of.replace(day=1)
        assert portrait.haircuts.lots > 0


def test_only_auctions_known_on_the_first_of_the_month_are_counted(town: Town, held: Held) -> None:
    snapshot = Snapshot.current(town.root / "snapshots")
    known = """SELECT count(*) AS lots FROM auctions
        WHERE known_at <= $day AND (superseded_at IS NULL OR superseded_at > $day)
            AND NOT coalesce(retracted, false) AND appraised_value > 0 AND sold IS NOT NULL"""
    assert held.newest is not None
    counted = []
    for back in (0, 150, 400):
        day = held.newest - timedelta(days=back)
        lots = snapshot.query(known, day=day.replace(day=1)).to_pylist()[0]["lots"]
        assert held.haircuts(day).lots == lots
        counted.append(lots)
    snapshot.close()
    assert counted[0] > counted[-1] > 0


def test_other_haircuts_make_another_portrait(
    dossiers: tuple[Dossier, ...], bundle: Bundle, held: Held, portraits: tuple[Portrait, ...]
) -> None:
    other = assemble(dossiers[0], bundle=bundle, snapshot=held.digest, haircuts=CHEAP)
    assert other.id != portraits[0].id


def _with_late_rows(dossier: Dossier) -> Dossier:
    """The dossier from a store that has since learned of every row once more, ten times as large."""
    day = dossier.as_of + timedelta(days=1)

    def told_later(rows):  # type: ignore[no-untyped-def]
        twice = [{**row, "row_id": row["row_id"] + 1, "known_at": day} for row in rows]
        for row in twice:
            row.update({name: row[name] * 10 for name in ("balance", "available", "amount") if row.get(name)})
        return [*rows, *twice]

    return Dossier.assemble(
        party_id=dossier.party_id,
        case_id=dossier.case_id,
        as_of=dossier.as_of,
        party={name: told_later(rows) for name, rows in dossier.party.items()},
        case={name: told_later(rows) for name, rows in dossier.case.items()},
    )

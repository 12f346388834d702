"""A family taken away, whatever it answered: its state moves to not asked, its values to not known, never to zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from features.catalogue import CATALOGUE
from features.day import profile
from features.declare import Feature
from portraits.figures import figures
from portraits.ledger import capacity
from portraits.ledger.build import COUNTED
from portraits.portrait import EXAMPLES
from records.contracts import TABLES
from records.dossier import Dossier, Row
from serving.holdings import Holdings
from tests.serving.town import Town, town
from vocabulary.families import ASKED
from vocabulary.identity import read_key
from vocabulary.states import QueryState

__all__ = ["town"]

LOOKED_AT = 12
SILENT = (QueryState.NOT_ASKED, QueryState.UNKNOWN)


@pytest.fixture(scope="module")
def dossiers(town: Town) -> tuple[Dossier, ...]:
    held = Holdings(town.root / "snapshots").current()
    every = max(len(town.open) // LOOKED_AT, 1)
    return tuple(
        held.fetch(read_key(each.debtor), read_key(each.case), date.fromisoformat(each.as_of))
        for each in town.open[::every]
    )


def without_family(dossier: Dossier, family: str) -> Dossier:
    """The dossier as if the family had never been asked about: its rows and its receipts taken out."""
    return replace(dossier, party=_left(dossier.party, family), case=_left(dossier.case, family))


def _left(tables: Mapping[str, tuple[Row, ...]], family: str) -> dict[str, tuple[Row, ...]]:
    kept = {
        name: tuple(
            row
            for row in rows
            if row.get("on_family") != family and (name != "queries" or row["family"] != family)
        )
        for name, rows in tables.items()
        if TABLES[name].family != family
    }
    return {name: rows for name, rows in kept.items() if rows}


@pytest.mark.parametrize("family", ASKED)
def test_a_deleted_family_is_not_known_and_the_others_stay_as_they_are(
    dossiers: tuple[Dossier, ...], family: str
) -> None:
    moved = 0
    for dossier in dossiers:
        before, after = profile(dossier), profile(without_family(dossier, family))
        moved += before.states[family].state not in SILENT
        assert after.states[family].state in SILENT
        for feature in CATALOGUE.features:
            if not isinstance(feature, Feature):
                continue
            if feature.family == family:
                assert np.isnan(after[feature.name]), feature.name
            elif TABLES[feature.rows.table].family != family and feature.rows.table != "queries":
                same = before[feature.name] == after[feature.name]
                assert same or (np.isnan(before[feature.name]) and np.isnan(after[feature.name])), (
                    feature.name
                )
    assert moved > 0 or family in ("transfers", "civil_status")


@pytest.mark.parametrize("family", COUNTED)
def test_the_ledger_without_a_family_says_that_it_is_not_known(
    dossiers: tuple[Dossier, ...], family: str
) -> None:
    for dossier in dossiers:
        told = capacity(without_family(dossier, family), figures=figures(), haircuts=EXAMPLES)

        assert family in {each.family for each in told.not_known}
        assert all(asset.family != family for asset in told.assets)

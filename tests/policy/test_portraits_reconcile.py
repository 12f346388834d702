"""Two hundred portraits of the town: every value from its evidence rows alone, every score from its contributions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import lightgbm as lgb
import numpy as np
import pyarrow as pa
import pytest

from features.catalogue import CATALOGUE
from features.day import Profile, profile, value
from features.declare import Derived, Feature, Standing
from features.evidence import evidence
from features.night import build, matrix
from portraits.claim import claim_of
from portraits.portrait import assemble
from records.dossier import Dossier
from records.dossiers import Dossiers
from records.snapshot import Snapshot
from records.states import FamilyState, family_states
from scoring.cohort import cohort
from scoring.outcomes import outcomes
from scoring.score import score
from scoring.shelf import Shelf
from tests.serving.town import Town, town

__all__ = ["town"]

States = Mapping[str, FamilyState]

SAMPLED = 200


@pytest.fixture(scope="module")
def snapshot(town: Town) -> Iterator[Snapshot]:
    found = Snapshot.current(town.root / "snapshots")
    yield found
    found.close()


@pytest.fixture(scope="module")
def asked(snapshot: Snapshot) -> pa.Table:
    """Obligations on the dates on which portraits are asked for, drawn over all courts and years."""
    assert snapshot.newest is not None
    rows = cohort(snapshot, cutoff=snapshot.newest).select(["party_id", "case_id", "as_of"])
    chosen = np.random.default_rng(5).choice(rows.num_rows, SAMPLED, replace=False)
    return rows.take(np.sort(chosen))


@pytest.fixture(scope="module")
def dossiers(town: Town, asked: pa.Table) -> tuple[Dossier, ...]:
    held = Dossiers.current(town.root / "snapshots")
    return tuple(held.fetch(row["party_id"], row["case_id"], row["as_of"]) for row in asked.to_pylist())


def test_every_feature_follows_from_its_evidence_rows_alone(dossiers: tuple[Dossier, ...]) -> None:
    differing = [
        (name, shown, again)
        for dossier in dossiers
        for name, shown, again in _recomputed(profile(dossier), dossier)
        if not (shown == again or (np.isnan(shown) and np.isnan(again)))
    ]
    assert differing == []


def test_contributions_add_up_to_the_score(town: Town, dossiers: tuple[Dossier, ...]) -> None:
    bundle = Shelf(town.root / "shelf").champion()
    scored = 0
    for dossier in dossiers:
        portrait = assemble(dossier, bundle=bundle, snapshot="of the town")
        if portrait.score is None:
            assert portrait.groups == ()
            continue
        scored += 1
        in_groups = sum(group.contribution for group in portrait.groups)
        in_reasons = sum(reason.contribution for group in portrait.groups for reason in group.reasons)
        assert portrait.base + in_groups == pytest.approx(portrait.score, abs=1e-9)
        assert portrait.base + in_reasons == pytest.approx(portrait.score, abs=1e-9)
        assert portrait.cautious is not None
        assert portrait.cautious <= portrait.score
    assert scored > SAMPLED / 2


def test_tree_explainer_gives_the_same_contributions(town: Town, snapshot: Snapshot, asked: pa.Table) -> None:
    shap = pytest.importorskip("shap")
    bundle = Shelf(town.root / "shelf").champion()
    values = matrix(build(snapshot, asked))
    booster = lgb.Booster(model_str=(bundle.path / "share.txt").read_text())
    explainer = shap.TreeExplainer(booster)
    theirs = explainer.shap_values(values)
    assert np.abs(bundle.explain.of(values) - theirs).max() < 1e-9
    assert bundle.trees.expected == pytest.approx(float(np.ravel(explainer.expected_value)[0]), abs=1e-9)


def test_the_day_equals_the_night_on_the_towns_own_records(
    town: Town, snapshot: Snapshot, asked: pa.Table, dossiers: tuple[Dossier, ...]
) -> None:
    night = matrix(build(snapshot, asked))
    day = np.stack([profile(dossier).values for dossier in dossiers])
    apart = ~np.isclose(day, night, rtol=1e-9, atol=1e-9, equal_nan=True)
    assert [CATALOGUE.names[column] for column in np.flatnonzero(apart.any(axis=0))] == []
    bundle = Shelf(town.root / "shelf").champion()
    assert score(bundle, night).score == pytest.approx(score(bundle, day).score, abs=1e-9)


def test_what_is_owed_is_the_same_on_the_page_and_in_the_labels(
    snapshot: Snapshot, asked: pa.Table, dossiers: tuple[Dossier, ...]
) -> None:
    for row, dossier in list(zip(asked.to_pylist(), dossiers, strict=True))[::5]:
        claim = claim_of(dossier)
        known = outcomes(snapshot, asked.filter(_same(asked, row)), cutoff=row["as_of"])
        assert claim.owed / 100 == known["outstanding"][0].as_py()
        assert claim.case_owed / 100 == known["case_owed"][0].as_py()


def _recomputed(seen: Profile, dossier: Dossier) -> Iterator[tuple[str, float, float]]:
    """Each feature's value as shown, and again from a dossier that holds its evidence rows and receipts only."""
    again: dict[str, float] = {}
    states: dict[str, States] = {}
    for feature in CATALOGUE.features:
        if isinstance(feature, Derived):
            parts = [np.array([again[part.name]]) for part in feature.parts]
            again[feature.name] = float(feature.of(*parts)[0])
        else:
            again[feature.name] = _from_evidence(feature, dossier, seen, states)
        yield feature.name, seen[feature.name], again[feature.name]


def _from_evidence(
    feature: Feature | Standing, dossier: Dossier, seen: Profile, held: dict[str, States]
) -> float:
    found = evidence(feature.name, dossier)
    states = held.setdefault(feature.family, family_states(found.receipts, dossier.as_of))
    if isinstance(feature, Standing):
        # Without a receipt on this family, whether it was not asked or nothing is known rests on all the others.
        state = states[feature.family] if found.receipts else seen.states[feature.family]
        age = np.nan if state.age_days is None else float(state.age_days)
        return float(state.state.step) if feature.of == "state" else age
    part = found.parts[0]
    rows = feature.rows
    only = Dossier(
        dossier.party_id,
        dossier.case_id,
        dossier.as_of,
        party={rows.table: part.rows} if rows.by == "party" else {},
        case={rows.table: part.rows} if rows.by == "case" else {},
    )
    return value(feature, only, states)


def _same(asked: pa.Table, row: dict[str, object]) -> np.ndarray:
    return np.logical_and.reduce([np.asarray(asked[name]) == np.asarray(row[name]) for name in row])

"""Effort of courts and what it brings, on obligations whose courts differ by as much as was put in."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from features.catalogue import CATALOGUE
from scoring.ability import Reference, ability
from scoring.curve import CurveModel
from tests.scoring.made_bundle import made_curve, made_rows
from tests.training.test_curve import waiting
from training.effort import LEAST_COURTS, MOMENT, reference_of
from training.sample import Sample

PLACE = {name: number for number, name in enumerate(CATALOGUE.names)}


@pytest.fixture(scope="module")
def model() -> CurveModel:
    values = made_rows()
    return made_curve(values, np.clip(np.random.default_rng(1).random(len(values)), 0, 1)).model


def courts(model: CurveModel, brings: float, *, count: int = 20, each: int = 150) -> Sample:
    """Courts whose measures differ; where they take more, log-odds of performing are higher by ``brings``."""
    rng = np.random.default_rng(3)
    size = count * each
    court = np.repeat(np.arange(count), each)
    rows = waiting(np.full((size, 4), np.nan))
    values = rows.values.copy()
    for name in ("measures_count", "disclosure_ordered", "consumption_restricted"):
        values[:, PLACE[name]] = court / count * 4 + rng.normal(size=size)
    expected = model.shifted(model.raw(values), np.zeros(size)).mean(12)
    level = (court / count - 0.5) * 2
    chance = 1 / (1 + np.exp(-(np.log(expected / (1 - expected)) + brings * level)))
    shares = np.full((size, 4), np.nan)
    shares[:, 2] = rng.random(size) < chance
    return replace(
        rows,
        values=values,
        shares=shares,
        court=np.char.add("C", court.astype(str)),
        moment=np.full(size, MOMENT),
    )


def test_what_effort_brings_is_found_between_courts(model: CurveModel) -> None:
    found = reference_of(model, courts(model, 1.0))

    assert found.slope > 3 * found.error > 0
    assert found.courts["C19"] > found.effort - 1 > found.courts["C0"] - 1
    assert found.lift(np.array(["C0"]))[0] > found.lift(np.array(["C15"]))[0]


def test_where_effort_brings_nothing_none_is_taken_out(model: CurveModel) -> None:
    found = reference_of(model, courts(model, 0.0))

    assert found.slope < 3 * found.error


def test_too_few_courts_tell_nothing(model: CurveModel) -> None:
    assert reference_of(model, courts(model, 1.0, count=LEAST_COURTS - 1)) == Reference()


def test_a_debtor_of_a_lax_court_is_abler_than_what_it_recovers(model: CurveModel) -> None:
    reference = Reference({"lax": -1.0, "keen": 1.0}, effort=1.0, slope=0.5)
    raw = model.raw(made_rows(40, seed=4))
    tilt = np.zeros(40)

    lax, keen, unknown = (
        ability(model, raw, tilt, reference.lift(np.full(40, name))) for name in ("lax", "keen", "new")
    )

    assert (lax > unknown).all()
    assert (unknown > keen).all()
    assert keen == pytest.approx(model.shifted(raw, tilt).mean(24))

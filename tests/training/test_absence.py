"""When less is known: what each reading hides and leaves alone, what counts as kept, and what the page says of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from operations.cli import app
from records.snapshot import Snapshot
from scoring import bundle as bundles
from scoring.curve import MARKS
from scoring.likely import LikelySets
from scoring.score import score
from tests.training.conftest import QUICK
from training import absence_data
from training.absence import CHANCE, HELD, MISSED, ReadingFigures, absence, keeps, measured
from training.absence_data import Measurable, learned_once, of_champion
from training.absence_page import misses, section, write_page
from training.absence_readings import (
    AS_CAME,
    HIDDEN,
    LESS_DILIGENT,
    OLD,
    SILENT,
    UNASKED,
    Reading,
    hidden,
    least_diligent,
    less_diligent,
    readings,
    states_of,
)
from training.absence_record import keep, recorded
from training.curve import CURVE
from training.distribution import Coverage
from training.figures import Figure
from training.fit import Settings
from training.outlook_figures import below_floor
from training.sample import Sample
from training.train import TrainingReport
from vocabulary.families import ASKED
from vocabulary.states import QueryState

TINY = replace(QUICK, grid=(Settings(leaves=4, rate=0.1, rounds=15),), curve=replace(CURVE, rounds=15))
NOT_ASKED = QueryState.NOT_ASKED.step
NO_ANSWER = [
    state.step for state in (QueryState.UNKNOWN, QueryState.NOT_ASKED, QueryState.PENDING, QueryState.FAILED)
]


@pytest.fixture(scope="module")
def champion(town: Snapshot, trained: TrainingReport) -> Measurable:
    return of_champion(town, bundles.read(trained.bundle))


@pytest.fixture(scope="module")
def tested(champion: Measurable) -> Sample:
    return champion.tested


def pairs(rows: Sample) -> list[tuple[str, str]]:
    return list(zip(rows.moment.tolist(), rows.kind.tolist(), strict=True))


class TestReadings:
    def test_a_hidden_family_was_never_asked_and_the_others_stay(self, tested: Sample) -> None:
        found, names = hidden(tested, "vehicles"), tested.catalogue.names
        own = [place for place, f in enumerate(tested.catalogue.features) if f.family == "vehicles"]
        others = [
            place
            for place, f in enumerate(tested.catalogue.features)
            if f.family != "vehicles" and f not in tested.catalogue.derived
        ]
        values = [place for place in own if not names[place].endswith("_state")]

        assert set(found.values[:, names.index("vehicles_state")]) == {NOT_ASKED}
        assert np.isnan(found.values[:, values]).all()
        assert not np.isnan(tested.values[:, values]).all()
        assert np.array_equal(found.values[:, others], tested.values[:, others], equal_nan=True)
        assert np.array_equal(found.target, tested.target)

    def test_the_least_diligent_quarter_has_the_fewest_families_answered(self, tested: Sample) -> None:
        codes = np.array(["A", "B", "C", "D"])[np.arange(len(tested)) % 4]
        rows = replace(tested, court=codes, values=tested.values.copy())
        lax = codes == "C"
        rows.values[np.ix_(lax, [rows.catalogue.names.index(f"{f}_state") for f in ASKED])] = NOT_ASKED

        assert np.array_equal(least_diligent(rows), lax)

    def test_over_rows_of_other_courts_lies_the_whole_silence_of_one_like_them(self, tested: Sample) -> None:
        few = least_diligent(tested)
        given, taken = tested.take(few), tested.take(~few)
        found = less_diligent(tested, seed=1)
        silent, before, laid = (np.isin(states_of(rows), NO_ANSWER) for rows in (found, taken, given))

        assert np.array_equal(found.party, taken.party)
        assert silent.sum() > before.sum()
        sources = pairs(given)
        for row, like in enumerate(pairs(taken)):
            pool = laid[[one == like for one in sources]] if like in sources else laid
            assert (silent[row] == (before[row] | pool)).all(axis=1).any()

    def test_what_a_silence_covers_is_unknown_and_keeps_the_words_of_the_silence(
        self, tested: Sample
    ) -> None:
        found, names = less_diligent(tested, seed=1), tested.catalogue.names
        gone = np.isin(states_of(found)[:, ASKED.index("deposits")], NO_ANSWER)

        assert gone.any()
        assert np.isnan(found.values[gone, names.index("deposit_balance_latest")]).all()
        assert QueryState.PENDING.step in states_of(found)[gone][:, ASKED.index("real_property")]

    def test_the_seed_draws_whose_silence(self, tested: Sample) -> None:
        first, again, other = (less_diligent(tested, seed=seed).values for seed in (1, 1, 2))

        assert np.array_equal(first, again, equal_nan=True)
        assert not np.array_equal(first, other, equal_nan=True)

    def test_naturally_unasked_rows_are_those_of_the_records_as_they_came(self, tested: Sample) -> None:
        found = {one.which: one.rows for one in readings(tested, seed=1, least=20) if one.part == UNASKED}
        keys = {key: row for row, key in enumerate(zip(tested.case, tested.party, tested.as_of, strict=True))}

        assert {"insurance", "income", ""} <= {*found}
        for family in {*found} - {""}:
            rows = found[family]
            places = [keys[key] for key in zip(rows.case, rows.party, rows.as_of, strict=True)]
            assert len(rows) >= 20
            assert np.array_equal(rows.values, tested.values[places], equal_nan=True)
            assert set(states_of(rows)[:, ASKED.index(family)]) <= {QueryState.UNKNOWN.step, NOT_ASKED}
        assert set(found[""].bands) == {"low"}

    def test_every_row_with_a_score_stands_under_one_age_of_its_answers(self, tested: Sample) -> None:
        found = [one for one in readings(tested, seed=1, least=1) if one.part == OLD]
        rows = np.concatenate([one.places for one in found])
        ages = [tested.catalogue.names.index(f"{family}_age_days") for family in ASKED]
        oldest = found[-1].rows.values[:, ages]

        assert sorted(rows) == np.flatnonzero(~below_floor(tested.values, tested)).tolist()
        assert (np.nanmean(oldest, axis=1) >= int(found[-1].which)).all()

    def test_rows_below_the_floor_are_told_apart_in_every_reading(self, tested: Sample) -> None:
        found = list(readings(tested, seed=1, least=20))
        of_part = {part: [one for one in found if one.part == part] for part in (AS_CAME, HIDDEN, SILENT)}

        assert [one.which for one in of_part[HIDDEN]] == list(ASKED)
        assert all(len(one.rows) + one.silent == len(tested) for one in (*of_part[AS_CAME], *of_part[HIDDEN]))
        assert not any(below_floor(one.rows.values, one.rows).any() for one in found if one.part != SILENT)
        assert of_part[HIDDEN][ASKED.index("deposits")].silent > of_part[AS_CAME][0].silent


def made(tested: Sample, share: np.ndarray, *, seed: int) -> Sample:
    """Rows whose outcome, all or nothing, comes by the chance given; every row another debtor."""
    rows = tested.take(np.resize(np.arange(len(tested)), len(share)))
    outcome = (np.random.default_rng(seed).random(len(share)) < share).astype(float)
    return replace(rows, target=outcome, weight=np.ones(len(share)), party=np.arange(len(share)))


def points(rows: Sample, held: np.ndarray) -> LikelySets:
    """Sets of one point, that which came true where ``held``."""
    none = np.full(len(rows), np.nan)
    return LikelySets((rows.target == 0) == held, none, none, (rows.target >= MARKS[-1]) == held)


def reading_of(rows: Sample, part: str = HIDDEN) -> Reading:
    return Reading(part, "vehicles", rows, np.arange(len(rows)))


def figures_of(
    tested: Sample, true: np.ndarray, said: np.ndarray, *, seed: int = 1, part: str = HIDDEN
) -> ReadingFigures:
    rows = made(tested, true, seed=seed)
    held = np.random.default_rng(5).random(len(true)) < 0.9
    return measured(reading_of(rows, part), said, points(rows, held), seed=seed, draws=100)


def chances(size: int) -> np.ndarray:
    return np.random.default_rng(7).beta(1.0, 2.5, size).clip(0.01, 0.99)


def moved(share: np.ndarray, times: float) -> np.ndarray:
    odds = times * np.log(share / (1 - share))
    return 1 / (1 + np.exp(-odds))


class TestLimits:
    def test_a_score_that_comes_true_holds(self, tested: Sample) -> None:
        true = chances(20_000)
        found = figures_of(tested, true, true)

        assert (found.of_slope, found.of_ece) == (HELD, HELD)
        assert all(keeps(each) for each in found.covered.values())

    def test_a_score_twice_too_sure_misses_both(self, tested: Sample) -> None:
        true = chances(4_000)
        found = figures_of(tested, true, moved(true, 2.0))

        assert found.slope.value == pytest.approx(0.5, abs=0.06)
        assert (found.of_slope, found.of_ece) == (MISSED, MISSED)

    def test_chance_is_told_from_bias_by_how_many_were_seen(self, tested: Sample) -> None:
        """Of a few hundred the error is above its limit though nothing is wrong; twelve points off are seen."""
        true = chances(600)
        right = [figures_of(tested, true, true, seed=seed).of_ece for seed in range(20)]
        wrong = [figures_of(tested, true, np.minimum(true + 0.12, 1), seed=seed).of_ece for seed in range(20)]

        assert right.count(CHANCE) >= 10
        assert right.count(MISSED) <= 1
        assert wrong.count(MISSED) >= 18

    def test_rows_of_one_debtor_are_no_more_than_one_witness(self, tested: Sample) -> None:
        true = chances(600)
        once = made(tested, true, seed=1)
        twice = once.take(np.repeat(np.arange(600), 2))
        found = [
            measured(reading_of(rows), share, points(rows, rows.target == 0), seed=1, draws=100)
            for rows, share in ((once, true), (twice, np.repeat(true, 2)))
        ]

        assert found[1].chance == pytest.approx(found[0].chance, rel=0.02)
        assert found[1].covered[""].error == pytest.approx(found[0].covered[""].error)

    def test_groups_of_fewer_rows_are_not_judged(self, tested: Sample) -> None:
        found = figures_of(tested, chances(520), chances(520))
        counts = {group: each.rows for group, each in found.covered.items()}

        assert counts[""] == 520
        assert all(count >= 500 for count in counts.values())
        assert "organisation" not in counts


def test_a_bundle_is_read_in_every_way_and_answers_as_the_service_does(champion: Measurable) -> None:
    rows = champion.tested.take(np.arange(150))
    found = absence(champion.bundle, rows, seed=1, least=30, draws=20)
    scored = rows.take(~below_floor(rows.values, rows))
    served = score(champion.bundle, scored.values)

    assert [one.which for one in found if one.part == HIDDEN] == list(ASKED)
    assert {AS_CAME, HIDDEN, LESS_DILIGENT, UNASKED} <= {one.part for one in found}
    assert 100 * found[0].score == pytest.approx(served.score.mean(), abs=1e-9)
    assert found[0].covered[""].covered == pytest.approx(served.likely.holds(scored.target).mean())
    assert found[0].covered[""].width == pytest.approx(served.likely.width.mean(), abs=1e-9)


class TestPage:
    @pytest.fixture
    def figures(self) -> list[ReadingFigures]:
        def one(part: str, family: str, slope: float, covered: float) -> ReadingFigures:
            interval = Figure(slope, slope - 0.02, slope + 0.02)
            return ReadingFigures(
                part=part,
                which=family,
                rows=1234,
                silent=5,
                score=0.21,
                came_true=0.22,
                slope=interval,
                ece=Figure(0.012, 0.01, 0.02),
                chance=0.01,
                covered={
                    "": Coverage(1234, covered, 0.01, 0.3),
                    "low natural": Coverage(600, 0.9, 0.01, 0.3),
                },
            )

        return [
            one(AS_CAME, "", 1.00, 0.90),
            one(HIDDEN, "deposits", 1.06, 0.87),
            one(UNASKED, "income", 1.20, 0.85),
            one(OLD, "200", 1.30, 0.50),
            one(OLD, "600", 1.00, 0.90),
            one(SILENT, "", 0.30, 0.50),
        ]

    @pytest.fixture
    def record(self, champion: Measurable, figures: list[ReadingFigures]) -> dict[str, Any]:
        return recorded(figures, champion, name="court-9", title="A court", notes=["Made by hand."], seed=1)

    def test_the_page_says_what_holds_what_is_near_and_what_does_not(self, record: dict[str, Any]) -> None:
        said = section(record)

        assert misses(record["readings"]) == [
            "never asked: income and social insurance: slope 1.2000",
            "never asked: income and social insurance: coverage of all 85.0 % (± 4.0 allowed)",
        ]
        assert "Of 12 figures of 3 readings, 9 lie within their limits, 1 outside them by no more" in said
        assert "slope in 1 (1.0600 to 1.0600). The slope is above 1 in 2: outcomes" in " ".join(said.split())
        assert (
            "| hidden: deposits | 1,234 | 5 | 21.0 | 22.0 | 1.0600 [1.040, 1.080] | ≈ | 0.0120 | 0.010 | ✓ |"
            in said
        )
        assert "| 85.0 ± 4.0 ✗ |" in said

    @pytest.mark.parametrize("beside", ["no score is shown", "200 to 400 days old", "600 or more days old"])
    def test_rows_shown_beside_are_not_judged(self, record: dict[str, Any], beside: str) -> None:
        lines = [line for line in section(record).splitlines() if beside in line]

        assert len(lines) == 2
        assert not any(mark in line for line in lines for mark in "✓≈✗")

    def test_the_page_is_made_of_all_records_the_largest_first(
        self, record: dict[str, Any], tmp_path: Path
    ) -> None:
        small = {**record, "name": "court-1", "title": "A hamlet", "tested": {**record["tested"], "rows": 3}}
        for one in (small, record):
            keep(one, tmp_path / "absence")
        written = write_page(tmp_path).read_text(encoding="utf-8")

        assert written.index("## A court") < written.index("## A hamlet")
        assert "nan" not in written


def test_a_bundle_once_learned_is_found_again_and_one_learned_otherwise_is_not(
    town: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = learned_once(town, tmp_path / "bundles", plan=TINY)
    other = replace(TINY, curve=replace(TINY.curve, rounds=5))
    learned = learned_once(town, tmp_path / "bundles", plan=other)
    monkeypatch.setattr(absence_data, "learned_by", None)
    second = learned_once(town, tmp_path / "bundles", plan=TINY)

    assert second.bundle.digest == first.bundle.digest != learned.bundle.digest
    assert np.array_equal(second.tested.values, first.tested.values, equal_nan=True)
    assert np.array_equal(second.tested.target, first.tested.target)


def test_the_command_measures_the_bundle_in_use_on_the_courts_own_records(
    town: Snapshot, trained: TrainingReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, docs = tmp_path / "home", tmp_path / "docs"
    home.mkdir()
    docs.mkdir()
    (home / "snapshots").symlink_to(town.path.parent)
    (home / "bundles").symlink_to(trained.bundle.parent)
    monkeypatch.setenv("PORTRAIT_HOME", str(home))
    monkeypatch.setenv("PORTRAIT_LANGUAGE", "zh")
    said = CliRunner().invoke(app, ["absence", "--own", "--write", str(docs)])
    record = json.loads((docs / "absence" / "own.json").read_text(encoding="utf-8"))

    assert said.exit_code == 0, said.output
    assert "已写入" in said.output
    assert record["bundle"] == trained.registered.digest
    assert [one["which"] for one in record["readings"] if one["part"] == HIDDEN] == list(ASKED)
    assert "## The court's own records" in (docs / "absence.md").read_text(encoding="utf-8")

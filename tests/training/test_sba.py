"""SBA loans out of time: better than the mean, and refused when something knows the outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.catalogue import CATALOGUE
from features.declare import Catalogue, Feature
from records.adapters import sba
from training.compare import MEAN, OURS, Compared, compared
from training.compare_ours import portrait
from training.fit import Settings
from training.peers.tuning import Budget
from training.sample import Sample
from training.sba import PLAN, SECRET, out_of_time_sides, sba_data, sba_sample
from vocabulary.identity import key_of
from vocabulary.problems import PortraitError

pytestmark = pytest.mark.shared_data

QUICK = replace(
    PLAN,
    grid=(Settings(leaves=4, rate=0.1, rounds=200),),
    curve=Settings(rounds=40, leaves=7, rate=0.1),
)


@pytest.fixture(scope="module")
def loans_csv(shared_data: Callable[[str], Path]) -> Path:
    return shared_data("sba/loans.csv")


@pytest.fixture(scope="module")
def found(loans_csv: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Sample, dict[str, int]]:
    return sba_sample(loans_csv, tmp_path_factory.mktemp("sba"))


def test_every_loan_with_a_known_end_is_a_row_and_none_was_quarantined(
    found: tuple[Sample, dict[str, int]],
) -> None:
    loans, counts = found

    assert len(loans) == counts["labelled"] == 22_232
    assert counts["quarantined"] == 0
    assert loans.target.min() == 0.0
    assert loans.target.max() == 1.0
    assert loans.target.mean() == pytest.approx(0.8686, abs=1e-3)


def test_the_last_fifth_by_disbursement_is_held_out_and_its_borrowers_are_not_trained_on(
    found: tuple[Sample, dict[str, int]],
) -> None:
    loans, _ = found
    sides = out_of_time_sides(loans)

    assert len(sides["test"]) / len(loans) == pytest.approx(0.2, abs=0.01)
    assert sides["train"].as_of.max() < sides["calibrate"].as_of.min()
    assert sides["calibrate"].as_of.max() < sides["test"].as_of.min()
    assert not np.isin(sides["train"].party, sides["test"].party).any()


def test_what_can_be_known_of_a_loan_is_honest_and_more_than_nothing(
    found: tuple[Sample, dict[str, int]],
) -> None:
    figures = against_none(found[0]).on_test.of

    assert figures[OURS]["gini"].value > 0.30
    assert figures[MEAN]["r2"].value < figures[OURS]["r2"].value < 0.10
    assert figures[OURS]["crps"].value < figures[MEAN]["crps"].value


def against_none(loans: Sample) -> Compared:
    """Our model on the loans beside the mean alone."""
    return compared(
        out_of_time_sides(loans),
        lambda sides, budget, progress: portrait(sides, budget, plan=QUICK),
        budget=Budget(),
        recipes=(),
        stacked=False,
        draws=20,
    )


@pytest.mark.parametrize("leak", ["Term", "ChgOffDate"])
def test_a_feature_with_the_name_of_a_column_that_knows_the_outcome_is_refused(
    leak: str, loans_csv: Path
) -> None:
    honest = CATALOGUE["employees"]
    assert isinstance(honest, Feature)
    family = next(family for family in CATALOGUE.families if honest in family.features())
    leaky = type("Leaky", (family,), {"record_family": family.record_family, leak: replace(honest)})

    with pytest.raises(PortraitError, match=rf"leaking.*\[{leak}\]"):
        sba_data(loans_csv, catalogue=Catalogue(families=(leaky,)))


def test_no_leaking_column_is_read_by_the_catalogue() -> None:
    assert {"Term", "ChgOffDate", "ChgOffPrinGr", "MIS_Status"} <= set(sba.LEAKS)
    assert not {leak.lower() for leak in sba.LEAKS} & {name.replace("_", "") for name in CATALOGUE.names}


def test_term_smuggled_in_under_another_name_is_found_out_by_its_figure(
    found: tuple[Sample, dict[str, int]], loans_csv: Path
) -> None:
    loans, _ = found
    raw = pd.read_csv(loans_csv, usecols=["LoanNr_ChkDgt", "Term"], dtype={"LoanNr_ChkDgt": str})
    cases = [key_of(SECRET, f"sba-loan-{number}") for number in raw["LoanNr_ChkDgt"]]
    term = pd.Series(raw["Term"].to_numpy(dtype=float), index=cases)
    smuggled = loans.values.copy()
    smuggled[:, CATALOGUE.names.index("employees")] = term[loans.case].to_numpy()

    with pytest.raises(PortraitError, match=r"leak_suspected.*\[employees\]") as refused:
        against_none(replace(loans, values=smuggled))

    assert refused.value.problem.values["r2"] > 0.45

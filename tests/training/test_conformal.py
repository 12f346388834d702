"""Levels of likely sets: nine of ten later obligations are covered, and less coverage never means a lower level."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.curve import MARKS
from scoring.likely import likely_sets, room
from training.conformal import BANDS, levels, quantile


def court(size: int, seed: int) -> dict[str, np.ndarray]:
    """Distributions that are right for natural persons and too sure of organisations, in three bands."""
    rng = np.random.default_rng(seed)
    odds = rng.normal(0, 1.5, (size, 1)) - 3 * np.array(MARKS)
    exceed = 1 / (1 + np.exp(-odds))
    kind = np.where(rng.random(size) < 0.3, "organisation", "natural")
    true = np.where((kind == "organisation")[:, None], 1 / (1 + np.exp(-0.4 * odds)), exceed)
    drawn = rng.random(size)
    share = np.array(
        [
            np.interp(-u, -row, MARKS) if row[-1] < u < row[0] else float(u <= row[-1])
            for u, row in zip(drawn, true, strict=True)
        ]
    )
    return {"exceed": exceed, "share": share, "band": rng.choice(BANDS, size), "kind": kind}


def test_every_band_and_kind_is_covered_in_nine_of_ten_new_cases() -> None:
    first, then = court(12_000, 1), court(12_000, 2)
    found = levels(
        first["exceed"],
        room(first["exceed"]),
        first["share"],
        np.ones(12_000),
        band=first["band"],
        kind=first["kind"],
    )

    sets = likely_sets(then["exceed"], room(then["exceed"]), found.level(then["band"], then["kind"]))
    held = sets.holds(then["share"])

    for band in BANDS:
        for kind in ("natural", "organisation"):
            rows = (then["band"] == band) & (then["kind"] == kind)
            assert held[rows].mean() == pytest.approx(0.9, abs=0.035)


@given(seed=st.integers(0, 2**32 - 1), size=st.sampled_from([30, 300]))
def test_with_less_coverage_the_level_never_falls(seed: int, size: int) -> None:
    rows = court(size, seed)
    of = levels(
        rows["exceed"],
        room(rows["exceed"]),
        rows["share"],
        np.ones(size),
        band=rows["band"],
        kind=rows["kind"],
    ).of

    for kind in ("", "|natural", "|organisation"):
        named = [of[f"{band}{kind}"] for band in BANDS if f"{band}{kind}" in of]
        assert named == sorted(named)
    assert np.isfinite(list(of.values())).all()


def test_the_quantile_counts_the_obligation_to_come() -> None:
    found = np.arange(1.0, 10.0)

    assert quantile(found, np.ones(9)) == 9.0
    assert quantile(found, np.ones(9), covered=0.5) == 5.0
    assert quantile(found, np.array([0.0, 0, 0, 0, 1, 0, 0, 0, 0]), covered=0.5) == 5.0

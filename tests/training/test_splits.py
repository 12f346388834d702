"""Splits by time: no window crosses an edge, no debtor is on two sides."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from training.splits import SIDES, Split, out_of_time, picture, time_split
from vocabulary.dates import months_after
from vocabulary.problems import PortraitError

FIRST, CUTOFF = date(2018, 1, 1), date(2024, 1, 1)


def history(size: int = 3000, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    days = np.datetime64(FIRST) + rng.integers(0, (CUTOFF - FIRST).days, size)
    return np.sort(days), rng.integers(0, size // 2, size)


def windows(split: Split, as_of: np.ndarray, side: str) -> list[tuple[date, date]]:
    days = [date.fromisoformat(str(day)) for day in as_of[split.side(side)]]
    return [(day, months_after(day, 12)) for day in days]


def test_no_label_window_crosses_an_edge() -> None:
    as_of, debtor = history()
    split = time_split(as_of, debtor, months=12, cutoff=CUTOFF)
    before = date.min
    for side in SIDES:
        assert all(before < day and end <= split.known_on[side] for day, end in windows(split, as_of, side))
        before = split.known_on[side]

    assert split.known_on["test"] == CUTOFF


def test_a_debtor_is_on_one_side_that_of_their_first_row() -> None:
    as_of, debtor = history()
    split = time_split(as_of, debtor, months=12, cutoff=CUTOFF)
    seen = [set(debtor[split.side(side)].tolist()) for side in SIDES]

    assert not seen[0] & seen[1]
    assert not seen[0] & seen[2]
    assert not seen[1] & seen[2]
    twice = np.array([7, 7]), np.array(["2018-02-01", "2022-06-01"], dtype="datetime64[D]")
    early = time_split(np.r_[as_of, twice[1]], np.r_[debtor + 10, twice[0]], months=12, cutoff=CUTOFF)
    assert len(as_of) in early.side("train")
    assert len(as_of) + 1 not in np.concatenate([early.side(side) for side in SIDES])


def test_every_row_is_on_a_side_or_counted() -> None:
    as_of, debtor = history()
    split = time_split(as_of, debtor, months=12, cutoff=CUTOFF)

    assert sum(len(split.side(side)) for side in SIDES) + split.crossing + split.elsewhere == len(as_of)


def test_a_history_too_short_for_three_windows_is_refused_with_a_next_step() -> None:
    as_of, debtor = history()
    with pytest.raises(PortraitError) as refused:
        time_split(as_of, debtor, months=24, cutoff=CUTOFF)

    assert refused.value.problem.code == "history_too_short"
    assert "share_6" in refused.value.problem.next_step.zh


def test_the_picture_shows_each_side_and_the_day_its_labels_are_read() -> None:
    as_of, debtor = history()
    split = time_split(as_of, debtor, months=12, cutoff=CUTOFF)
    lines = picture(split, as_of).splitlines()

    assert [line.split("|")[0].strip() for line in lines] == list(SIDES)
    assert all(str(split.known_on[side]) in line for side, line in zip(SIDES, lines, strict=True))
    assert [line.index("█") for line in lines] == sorted(line.index("█") for line in lines)


def test_out_of_time_holds_back_the_last_fifth_whole_days_and_whole_debtors() -> None:
    day = np.array([f"2001-01-{n:02d}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 8, 9)], dtype="datetime64[D]")
    debtor = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 1])

    earlier, later = out_of_time(day, debtor, fraction=0.2)

    assert later.tolist() == [7, 8, 9]  # both loans of the 8th
    assert earlier.tolist() == [1, 2, 3, 4, 5, 6]  # debtor 1 comes back later


def test_a_fraction_must_leave_something_on_both_sides() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        out_of_time(np.array(["2001-01-01"], dtype="datetime64[D]"), np.array([1]), fraction=1.0)

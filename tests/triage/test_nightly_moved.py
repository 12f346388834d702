"""What is worth a prepared portrait: what is new in the queue, and what moved far enough to say something."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from triage.nightly_moved import Moved, moved

DAY = date(2026, 6, 30)


def place(
    case: int, score: float, *, rank: int | None = 1, track: str = "fine", abstained: bool = False
) -> dict[str, Any]:
    return {
        "party_id": case + 100,
        "case_id": case,
        "score": score,
        "abstained": abstained,
        "track": track,
        "rank": rank,
    }


def queue_in(folder: Path, *places: dict[str, Any]) -> Path:
    folder.mkdir()
    schema = {"party_id": pa.int64(), "case_id": pa.int64(), "score": pa.float64(), "abstained": pa.bool_()}
    fields = pa.schema([*schema.items(), ("track", pa.string()), ("rank", pa.int64())])
    pq.write_table(pa.Table.from_pylist(list(places), schema=fields), folder / "scores.parquet")
    return folder


def found(tmp_path: Path, before: list[dict[str, Any]], now: list[dict[str, Any]], most: int = 10) -> Moved:
    last = queue_in(tmp_path / "last", *before)
    return moved(queue_in(tmp_path / "now", *now), last, as_of=DAY, most=most)


def test_a_score_that_moved_by_five_points_is_told_and_one_that_moved_less_is_not(tmp_path: Path) -> None:
    told = found(tmp_path, [place(1, 40.0), place(2, 40.0, rank=2)], [place(1, 44.9), place(2, 45.1, rank=2)])
    assert told == Moved(((102, 2),), new=0, moved=1)


def test_another_track_is_told_whatever_the_score(tmp_path: Path) -> None:
    told = found(tmp_path, [place(1, 40.0)], [place(1, 40.0, track="deduct_now")])
    assert told.chosen == ((101, 1),)


def test_an_obligation_first_heard_of_or_no_longer_heard_of_is_told(tmp_path: Path) -> None:
    told = found(
        tmp_path,
        [place(1, 40.0, abstained=True), place(2, 40.0, rank=2)],
        [place(1, 40.0), place(2, 40.0, rank=2, abstained=True)],
    )
    assert told.moved == 2


def test_two_silent_debtors_have_not_moved_whatever_their_number_says(tmp_path: Path) -> None:
    told = found(tmp_path, [place(1, 10.0, abstained=True)], [place(1, 90.0, abstained=True)])
    assert told == Moved((), new=0, moved=0)


def test_what_has_no_rank_is_not_in_the_queue_and_entering_it_is_new(tmp_path: Path) -> None:
    told = found(tmp_path, [place(1, 40.0, rank=None)], [place(1, 40.0), place(2, 90.0, rank=None)])
    assert told == Moved(((101, 1),), new=1, moved=0)


def test_the_best_ranks_come_first_and_no_more_than_asked_for(tmp_path: Path) -> None:
    now = [place(case, 50.0, rank=rank) for case, rank in ((1, 3), (2, 1), (3, 2))]
    told = found(tmp_path, [], now, most=2)
    assert told == Moved(((102, 2), (103, 3)), new=3, moved=0)


def test_before_the_first_queue_all_are_new(tmp_path: Path) -> None:
    told = moved(queue_in(tmp_path / "now", place(1, 40.0)), None, as_of=DAY, most=5)
    assert told == Moved(((101, 1),), new=1, moved=0)

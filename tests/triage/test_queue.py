"""The queue's file: one choice in SQL and in Python, sums that add up, pages that need no sorting."""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path

import pytest

from records.snapshot import Snapshot
from scoring.bundle import Bundle
from triage import queue
from triage.nightly import open_obligations, run
from triage.queue import Place, Tally
from triage.queue_choice import EVERYTHING, Choice


@pytest.fixture(scope="module")
def folder(snapshot: Snapshot, bundle: Bundle, place: Path) -> Path:
    """A queue of all obligations of the town, closed ones too."""
    assert snapshot.newest is not None
    asked = open_obligations(snapshot, snapshot.newest, closed_too=True)
    return run(snapshot, bundle, as_of=snapshot.newest, root=place / "file", obligations=asked)


@pytest.fixture(scope="module")
def court(folder: Path) -> str:
    """The court with most places."""
    return max(queue.courts(folder), key=lambda each: each[1])[0]


@pytest.fixture(scope="module")
def places(folder: Path, court: str) -> list[Place]:
    """All its places by rank."""
    return [place for _, place in queue.read(folder, court=court, most=10_000)[1]]


CHOICES = (
    Choice(band="middle"),
    Choice(priority=True),
    Choice(learning=True),
    Choice(pressing=True),
    Choice(due_by="2025-12-31"),
    Choice(since="2025-06-01"),
    Choice(band="low", pressing=True),
)


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_a_choice_means_the_same_in_the_file_and_for_a_single_place(
    folder: Path, court: str, places: list[Place], choice: Choice
) -> None:
    count, found = queue.read(folder, court=court, most=10_000, choice=choice)
    assert [place for _, place in found] == [place for place in places if choice.admits(place)]
    assert count == len(found)


def test_places_left_out_are_left_out_of_count_and_pages(
    folder: Path, court: str, places: list[Place]
) -> None:
    gone = tuple((place.case_id, place.party_id) for place in places[:3])
    count, found = queue.read(folder, court=court, choice=Choice(without=gone), most=2)
    assert (count, [place for _, place in found]) == (len(places) - 3, places[3:5])


def test_the_sums_of_the_tracks_are_those_of_their_places(
    folder: Path, court: str, places: list[Place]
) -> None:
    for tally in queue.tallies(folder, court):
        added = Tally.nothing(tally.track)
        for place in places:
            if place.track == tally.track:
                added = added.with_place(place)
        assert dataclasses.astuple(tally)[:3] == dataclasses.astuple(added)[:3]
        assert tally.promised == pytest.approx(added.promised)
        assert tally.hours == pytest.approx(added.hours)


def test_a_walk_meets_every_place_once_in_order(folder: Path, court: str, places: list[Place]) -> None:
    assert [place for _, place in queue.walk(folder, court=court)] == places


def test_a_place_is_found_by_its_obligation(folder: Path, places: list[Place]) -> None:
    wanted = (places[-1].case_id, places[-1].party_id)
    assert queue.find(folder, (wanted, (1, 1))) == {wanted: (len(places), places[-1])}


@pytest.mark.parametrize(
    "choice",
    [EVERYTHING, Choice(track="fast"), Choice(sort="money"), Choice(sort="deadline"), Choice(sort="news")],
    ids=str,
)
def test_a_page_is_read_along_an_index_and_never_sorted(folder: Path, court: str, choice: Choice) -> None:
    where, values = choice.where()
    with sqlite3.connect(folder / "queue.sqlite") as db:
        plan = db.execute(
            f"EXPLAIN QUERY PLAN SELECT * FROM place WHERE court = ? {where} ORDER BY {choice.order()} LIMIT 50",
            (court, *values),
        ).fetchall()
    db.close()
    assert len(plan) == 1
    assert "USING INDEX by_" in plan[0][3]
    assert "TEMP B-TREE" not in plan[0][3]


def test_an_obligation_is_found_along_an_index(folder: Path) -> None:
    with sqlite3.connect(folder / "queue.sqlite") as db:
        plan = db.execute("EXPLAIN QUERY PLAN " + queue.FIND.format(asked="(1, 2), (3, 4)")).fetchall()
    db.close()
    assert any("SEARCH place USING INDEX by_obligation" in step[3] for step in plan)


def test_every_sentence_of_the_town_is_filled(places: list[Place]) -> None:
    for place in places:
        assert "{" not in place.why.zh + place.why.en
        assert place.steps

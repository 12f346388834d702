"""`portrait queue`: the court's queue on the terminal and as a file, what people chose included."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from operations.cli import app
from serving.permissions import Person, Role
from serving.queues import Queues
from serving.state.database import State
from serving.state.overrides import Override, Overrides
from tests.serving.town import COURT, Town
from triage import queue
from vocabulary.identity import shown_key


@pytest.fixture
def home(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The town as a court's data folder, its state new."""
    (tmp_path / "queues").symlink_to(town.root / "queues")
    monkeypatch.setenv("PORTRAIT_HOME", str(tmp_path))
    monkeypatch.setenv("PORTRAIT_LANGUAGE", "en")
    return tmp_path


def test_the_file_has_the_places_in_the_order_that_people_chose(home: Path) -> None:
    published = Queues(home / "queues").current()
    _, places = queue.read(published.folder, court=COURT, most=500)
    last = places[-1][1]
    state = State(f"sqlite:///{home / 'state.db'}")
    state.migrate()
    Overrides(state).write(
        Person("one", Role.CLERK, "a clerk"),
        Override(
            court=COURT,
            case_key=shown_key(last.case_id),
            debtor=shown_key(last.party_id),
            queue=published.name,
            proposed=last.track,
            track=None,
            place="first",
            reason="the president asks for it",
        ),
    )
    state.close()
    out = home / "out" / "queue.csv"
    done = CliRunner().invoke(app, ["queue", "export", "--court", COURT, "--out", str(out)])
    assert done.exit_code == 0, done.output
    with out.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    expected = [last, *(place for _, place in places[:-1])]
    assert [row["case"] for row in rows] == [shown_key(place.case_id) for place in expected]
    assert rows[0]["reason of the override"] == "the president asks for it"


def test_without_a_court_all_courts_are_listed_with_their_open_obligations(home: Path) -> None:
    done = CliRunner().invoke(app, ["queue", "list"])
    for court, count in Queues(home / "queues").courts():
        assert any(court in line and str(count) in line for line in done.output.splitlines())


def test_an_unknown_track_is_answered_with_those_there_are(home: Path) -> None:
    done = CliRunner().invoke(app, ["queue", "list", "--court", COURT, "--track", "slow"])
    assert done.exit_code == 2
    assert "ask_first" in done.output

"""What to ask next: whose answers are supposed, what they could do to score and track, and in which order."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from features.catalogue import CATALOGUE
from features.declare import Values
from features.night import build, matrix
from portraits.gaps import FIRST_ASKED
from records.snapshot import Snapshot
from scoring.bundle import Bundle
from scoring.hidden import masked
from scoring.score import score
from scoring.shelf import Shelf
from tests.serving.town import Town, town
from triage import queue
from triage.asking import FEWEST, Prospects, prospects, to_ask_of, with_answers
from triage.donors import Donors, donors_of
from triage.donors_kept import keep_donors
from triage.nightly import current, open_obligations, queued_obligations
from triage.tracks import TRACKS
from triage.tracks.figures import policy
from triage.tracks.whole import judged_alone
from vocabulary.families import ASKED
from vocabulary.states import QueryState

__all__ = ["town"]

DAY = date(2026, 6, 30)
EMPTY, FOUND = float(QueryState.EMPTY.step), float(QueryState.FOUND.step)
PLACE = {name: place for place, name in enumerate(CATALOGUE.names)}


def debtor(**known: float) -> Values:
    """A person of whom every family was asked and nothing was found, 200 days after filing, but for what is said."""
    values = dict.fromkeys(CATALOGUE.names, 0.0) | {"days_since_filing": 200.0, "notice_served": 1.0}
    values |= {"disclosure_ordered": 1.0, "consumption_restricted": 1.0}
    values |= {f"{family}_state": EMPTY for family in ASKED} | known
    return with_answers(np.array([[values[name] for name in CATALOGUE.names]]), *_nothing(1))[0]


def unasked(values: Values, *families: str) -> Values:
    """The same debtor, of whom some families were never asked."""
    return masked(values[None, :], np.isin(ASKED, families)[None, :])[0]


def looked_at(bundle: Bundle, values: Values, *donors: Values) -> Prospects:
    """What answers like those of the donors could do for a debt of 50,000 yuan."""
    return prospects(bundle, values, Donors(np.array(donors)), outstanding=50_000.0, as_of=DAY)


def _nothing(rows: int) -> tuple[Values, np.ndarray]:
    return np.zeros((rows, len(CATALOGUE.names))), np.zeros((rows, len(ASKED)), dtype=bool)


def test_a_flat_that_every_comparable_debtor_has_would_move_the_case_to_preservation(bundle: Bundle) -> None:
    owner = debtor(real_property_state=FOUND, property_value=800_000.0)
    found = looked_at(bundle, unasked(debtor(), "real_property"), *[owner] * 20)
    assert found.track == "ask_first"
    assert [(each.family, each.changes, each.decides) for each in found.of] == [("real_property", 1.0, 1.0)]


def test_half_of_comparable_debtors_with_a_deposit_make_a_chance_of_half(bundle: Bundle) -> None:
    rich, poor = debtor(deposits_state=FOUND, deposit_available_latest=60_000.0), debtor()
    found = looked_at(bundle, unasked(debtor(), "deposits", "vehicles"), *[rich, poor] * 15)
    assert found.of[0].family == "deposits"
    assert found.of[0].changes == pytest.approx(0.5)
    assert found.of[0].low < found.of[0].high


def test_two_answers_needed_together_change_nothing_alone_and_both_decide(bundle: Bundle) -> None:
    found = looked_at(bundle, unasked(debtor(), "vehicles", "equity"), *[debtor()] * 20)
    assert [(each.family, each.changes, each.decides) for each in found.of] == [
        ("vehicles", 0.0, 1.0),
        ("equity", 0.0, 1.0),
    ]


def test_what_no_track_reads_and_few_were_asked_about_comes_last_or_not_at_all(bundle: Bundle) -> None:
    never = unasked(debtor(), "civil_status")
    found = looked_at(
        bundle, unasked(debtor(), "civil_status", "equity"), *[debtor()] * (FEWEST - 1), *[never] * 9
    )
    assert [each.family for each in found.of] == ["equity"]


def test_a_firm_is_compared_with_firms_and_not_asked_for_wages(bundle: Bundle) -> None:
    firm = unasked(debtor(organisation=1.0), "income", "housing_fund", "equity")
    assert to_ask_of(firm) == ("equity",)
    assert looked_at(bundle, firm, *[debtor()] * 20).of == ()


def test_nothing_to_ask_leaves_score_and_track(bundle: Bundle) -> None:
    known = debtor()
    found = looked_at(bundle, known, *[debtor()] * 20)
    assert found.of == ()
    assert found.score == pytest.approx(score(bundle, known[None, :]).score[0])
    assert found.track == "ordinary", "the small model expects more than 30 points of everybody"


def test_hidden_answers_given_back_are_the_profile_again(snapshot: Snapshot) -> None:
    newest = snapshot.newest
    assert newest is not None
    values = matrix(build(snapshot, open_obligations(snapshot, newest)))
    every = np.ones((len(values), len(ASKED)), dtype=bool)
    np.testing.assert_array_equal(with_answers(masked(values, every), values, every), values)


def test_donors_are_drawn_alike_on_equal_nights_and_name_nobody(snapshot: Snapshot, tmp_path: Path) -> None:
    newest = snapshot.newest
    assert newest is not None
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        keep_donors(tmp_path / name, snapshot, as_of=newest, most=40)
    files = [next((tmp_path / name).iterdir()) for name in ("one", "two")]
    assert files[0].read_bytes() == files[1].read_bytes()
    donors = donors_of(tmp_path / "one")
    assert donors is not None
    assert donors.values.shape == (40, len(CATALOGUE.names))
    assert donors_of(tmp_path) is None


def test_alone_in_the_queue_an_obligation_stands_where_the_night_put_it(town: Town) -> None:
    """Debtors of one open case whose case has no other debtor: nothing of others bears on them."""
    snapshot = Snapshot.current(town.root / "snapshots")
    newest, folder = snapshot.newest, current(town.root / "queues")
    assert newest is not None
    assert folder is not None
    rows = open_obligations(snapshot, newest)
    every = queued_obligations(snapshot, newest)
    bundle, values = Shelf(town.root / "shelf").champion(), matrix(build(snapshot, rows))
    snapshot.close()
    tracks = judged_alone(
        values,
        score=score(bundle, values).score,
        outstanding=rows["outstanding"].to_numpy(),
        as_of=newest,
        table=policy(),
    )
    cases, parties = rows["case_id"].to_pylist(), rows["party_id"].to_pylist()
    places = queue.find(folder, list(zip(cases, parties, strict=True)))
    busy = [Counter(every[name].to_pylist()) for name in ("case_id", "party_id")]
    alone = [
        n for n, ids in enumerate(zip(cases, parties, strict=True)) if busy[0][ids[0]] == busy[1][ids[1]] == 1
    ]
    assert len(alone) >= 5
    for number in alone:
        assert TRACKS[tracks[number]].code == places[cases[number], parties[number]][1].track


def test_the_order_starts_from_the_one_that_is_fixed_where_chances_are_equal() -> None:
    assert to_ask_of(unasked(debtor(), *ASKED)) == FIRST_ASKED

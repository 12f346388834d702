"""Where every obligation stands: promised money, track, worth and rank, deadline, learning mark; all in columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from features.declare import Values
from records.parameters import Parameters
from triage.deadline_kinds import DEADLINES, WORK
from triage.deadlines import Clocks, Days, due, pressing
from triage.learning import drawn, week_cost
from triage.promised import LAYERS, Promised, promise
from triage.rank import Worth, ranks, timely, worth
from triage.ranking_figures import Docket
from triage.tracks.figures import PRIORITIES, Figures
from triage.tracks.judge import NONE, judge, told
from triage.tracks.rules import RULES
from triage.tracks.track import TRACKS
from triage.tracks.whole import with_whole
from triage.work import hours_of_rules, hours_of_work, work_of

Strings = NDArray[np.str_]


@dataclass(frozen=True)
class Standing:
    """Columns of the queue, one value an obligation. Money CNY. ``chosen``: the place of its rule in RULES, or NONE.

    ``record``: what the run's record keeps: places by track, the slice for learning and its cost, the sums of
    promises and capacities, the digest of the policy's figures.
    """

    chosen: NDArray[np.int64]
    expected_cautious: Values
    promised: Values
    capacity: Values
    timely: Values
    hours: Values
    worth: Values
    rank: NDArray[np.int64]
    track: Strings
    track_rank: NDArray[np.int64]
    rule: Strings
    told: NDArray[Any]
    work: NDArray[Any]
    deadline: Days
    deadline_kind: Strings
    pressing: NDArray[np.bool_]
    priority: Strings
    learning: NDArray[np.bool_]
    news_on: Days
    record: Mapping[str, Any]


def standing(
    held: Docket, at: Clocks, *, as_of: date, table: Parameters, weekly_hours: Mapping[str, float]
) -> Standing:
    """Judge, promise and rank all obligations of a night. ``weekly_hours`` of courts: for the learning slice's cost."""
    given = _promises(held, at, as_of, table)
    figures = whole_figures(held, at, given)
    chosen = judge(figures, held.case_id, as_of=as_of, table=table)
    queued = chosen != NONE
    days = due(at, as_of=as_of, table=table)
    boost, kind, shown = pressing(days, as_of=as_of, table=table)
    work, hours = _work(chosen, boost, kind, as_of, table)
    group, court = _groups(held.court, chosen)
    found = worth(
        group=group,
        money=timely(given.of_layer, days_left=_left(days["term"], as_of), as_of=as_of, table=table),
        hours=hours,
        priority=figures["priority"],
        boost=boost,
        as_of=as_of,
        table=table,
    )
    learning = drawn(held.case_id, held.party_id, week_of=as_of, share=table.number("learning_share", as_of))
    learning &= queued
    value = np.where(queued, found.worth, -1.0)
    rule = _named([each.code for each in RULES], chosen)
    track = _named([each.track.code for each in RULES], chosen)
    return Standing(
        chosen=chosen,
        expected_cautious=_expected_cautious(held),
        promised=given.money / 100,
        capacity=given.capacity / 100,
        timely=found.timely,
        hours=hours,
        worth=found.worth,
        rank=ranks(court, value, held.case_id, held.party_id),
        track=track,
        track_rank=ranks(group, value, held.case_id, held.party_id),
        rule=rule,
        told=np.array(told(figures, chosen), dtype=object),
        work=work,
        deadline=shown,
        deadline_kind=_named([each.code for each in DEADLINES], kind),
        pressing=boost > 0,
        priority=_named(["", *PRIORITIES], figures["priority"].astype(np.int64)),
        learning=learning,
        news_on=_before(figures["news_days"], as_of),
        record=_record(held, track, found, hours, learning, given, as_of, table, weekly_hours),
    )


def whole_figures(held: Docket, at: Clocks, given: Promised) -> Figures:
    """The figures of obligations with those that only the queue as a whole can tell."""
    debts, cases = _of_debtor(held)
    return with_whole(
        held.figures,
        given,
        outstanding=held.outstanding,
        score=held.score,
        abstained=held.abstained,
        dormant=at.dormant,
        news=at.news,
        debts=debts,
        cases=cases,
    )


def _promises(held: Docket, at: Clocks, as_of: date, table: Parameters) -> Promised:
    careful = np.isin(held.band, table.on("cautious_bands", as_of).value)
    share = np.where(careful, held.cautious, held.score) / 100
    return promise(
        party=held.party_id,
        case=held.case_id,
        owed=held.outstanding,
        lacks=held.case_owed,
        share=np.where(at.dormant & ~at.news, 0.0, share),
        layers=np.column_stack([held.figures[name] for name in LAYERS]),
        sealed=held.figures["sealed_here"],
        days_since_filing=held.figures["days_since_filing"],
        dormant=at.dormant,
    )


def _expected_cautious(held: Docket) -> Values:
    """Outstanding × cautious score, so that a case's debtors are together expected to pay at most what it lacks."""
    _, case = np.unique(held.case_id, return_inverse=True)
    money = held.outstanding * held.cautious / 100
    together = np.bincount(case, weights=money)[case] if len(case) else money
    cut = np.minimum(1.0, held.case_owed / np.maximum(together, 0.01))
    expected: Values = np.round(money * cut, 2)
    return expected


def _of_debtor(held: Docket) -> tuple[Values, Values]:
    """What the debtor owes in all obligations of the queue (CNY), and how many there are."""
    _, debtor = np.unique(held.party_id, return_inverse=True)
    owed: Values = np.bincount(debtor, weights=held.outstanding).astype(float)
    return owed[debtor], np.bincount(debtor)[debtor].astype(float)


def _work(
    chosen: NDArray[np.int64], boost: Values, kind: NDArray[np.int64], as_of: date, table: Parameters
) -> tuple[NDArray[Any], Values]:
    """The pieces of work and their hours; what a pressing deadline asks for comes first where the rule has it not."""
    work = np.array(work_of(chosen), dtype=object)
    hours = hours_of_rules(table, as_of)[chosen]
    each = hours_of_work(table, as_of)
    for number, deadline in enumerate(DEADLINES):
        extra = WORK.get(deadline.code)
        rows = np.flatnonzero((kind == number) & (boost > 0))
        if extra is None or not len(rows):
            continue
        lacking = rows[[extra not in words.split() for words in work[rows]]]
        work[lacking] = extra + " " + work[lacking]
        hours[lacking] += each[extra]
    return work, hours


def _groups(court: Strings, chosen: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Numbers for (court, track) and for court; what is left out of the queue stands in groups of its own."""
    places = {track.code: number for number, track in enumerate(TRACKS)}
    track = np.array([*(places[rule.track.code] for rule in RULES), len(TRACKS)])[chosen]
    _, of_court = np.unique(court, return_inverse=True)
    return of_court * (len(TRACKS) + 1) + track, of_court


def _named(codes: list[str], places: NDArray[np.int64]) -> Strings:
    """Codes by place, empty for -1."""
    names: Strings = np.array([*codes, ""])[places]
    return names


def _left(day: Days, as_of: date) -> Values:
    left: Values = (day - np.datetime64(as_of, "D")).astype("timedelta64[D]").astype(float)
    return np.where(np.isnat(day), np.nan, left)


def _before(days: Values, as_of: date) -> Days:
    there = ~np.isnan(days)
    shown: Days = np.datetime64(as_of, "D") - np.where(there, days, 0).astype("timedelta64[D]")
    return np.where(there, shown, np.datetime64("NaT"))


def _record(
    held: Docket,
    track: Strings,
    found: Worth,
    hours: Values,
    learning: NDArray[np.bool_],
    given: Promised,
    as_of: date,
    table: Parameters,
    weekly_hours: Mapping[str, float],
) -> dict[str, Any]:
    queued = track != ""
    cost = 0.0
    for court in np.unique(held.court):
        here = np.flatnonzero((held.court == court) & queued)
        week = weekly_hours.get(str(court)) or len(here) * table.number("weekly_hours_unknown", as_of)
        cost += week_cost(
            worth=found.worth[here],
            money=found.timely[here],
            hours=hours[here],
            learning=learning[here],
            weekly_hours=week,
        )
    codes, counts = np.unique(track[queued], return_counts=True)
    _, first = np.unique(held.party_id, return_index=True)
    return {
        "tracks": dict(zip(codes.tolist(), counts.tolist(), strict=True)),
        "left_out": int(np.count_nonzero(~queued)),
        "learning": {
            "share": table.number("learning_share", as_of),
            "places": int(np.count_nonzero(learning)),
            "hours": round(float(hours[learning].sum()), 1),
            "expected_money_forgone": round(cost, 2),
        },
        "promised": round(int(given.money[queued].sum()) / 100, 2),
        "capacity": round(int(given.capacity[first].sum()) / 100, 2),
        "policy": table.digest,
    }

"""The figures that other obligations have a say in, and the track of an obligation judged by itself."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from features.catalogue import CATALOGUE
from features.declare import Values
from portraits.gaps import FLOOR
from records.parameters import Parameters
from triage.promised import LAYERS, Promised, promise
from triage.tracks.figures import NIGHT, Figures, figures
from triage.tracks.judge import judge
from triage.tracks.rules import RULES
from triage.tracks.track import TRACKS
from vocabulary.states import ANSWERED_STEPS

_PLACE = {name: place for place, name in enumerate(CATALOGUE.names)}
_TRACK_OF_RULE = np.array([TRACKS.index(rule.track) for rule in RULES])


def with_whole(
    own: Figures,
    given: Promised,
    *,
    outstanding: Values,
    score: Values,
    abstained: NDArray[np.bool_],
    dormant: NDArray[np.bool_],
    news: NDArray[np.bool_],
    debts: Values,
    cases: Values,
) -> Figures:
    """Own figures of obligations with those that rest on what is promised, on the model and on the whole queue.

    ``outstanding`` and ``debts`` (of the debtor over all open obligations) are CNY, ``cases`` how many these are.
    """
    free, things = given.free_left / 100, given.things_left / 100
    debts = np.maximum(debts, own["debts_elsewhere"] + outstanding)
    known = given.known / 100
    return {
        **own,
        "score": score,
        "abstained": abstained.astype(float),
        "dormant": dormant.astype(float),
        "free_left": free,
        "free_share": free / np.maximum(outstanding, 0.01),
        "things_left": things,
        "news_money": np.where(news, np.minimum(outstanding, free + things), 0.0),
        "known_year": known,
        "debts": debts,
        "cases_open": np.maximum(cases, own["cases_elsewhere"] + 1),
        "debt_ratio": debts / np.maximum(known, 1.0),
    }


def judged_alone(
    values: Values, *, score: Values, outstanding: Values, as_of: date, table: Parameters
) -> NDArray[np.int64]:
    """Place in TRACKS of open obligations, each judged as if no other stood in the queue.

    ``values``: shape (n, features); ``score`` and ``outstanding`` (CNY): shape (n,). What is promised to earlier cases
    is not taken off, and rules of a whole case look at this debtor alone: the night's queue may say otherwise.
    """
    own = figures({name: values[:, _PLACE[name]] for name in NIGHT}, as_of=as_of, table=table)
    each = np.arange(len(values))
    awake = np.zeros(len(values), dtype=bool)
    given = promise(
        party=each,
        case=each,
        owed=outstanding,
        lacks=outstanding,
        share=score / 100,
        layers=np.column_stack([own[name] for name in LAYERS]),
        sealed=own["sealed_here"],
        days_since_filing=own["days_since_filing"],
        dormant=awake,
    )
    heard = np.any([np.isin(values[:, _PLACE[f"{code}_state"]], ANSWERED_STEPS) for code in FLOOR], axis=0)
    whole = with_whole(
        own,
        given,
        outstanding=outstanding,
        score=score,
        abstained=~heard,
        dormant=awake,
        news=awake,
        debts=outstanding,
        cases=np.ones(len(values)),
    )
    tracks: NDArray[np.int64] = _TRACK_OF_RULE[judge(whole, each, as_of=as_of, table=table)]
    return tracks

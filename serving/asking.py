"""What to ask next for a kept portrait: worked out when it is read, from the records, the model and the donors in use.

It is no part of the portrait: donors change every night, and a portrait read again is the same letter for letter.
"""

from __future__ import annotations

from datetime import date

from features.day import profile
from portraits.asking import organs
from portraits.claim import newest
from serving.desk import Desk
from serving.references import key_in
from serving.shapes.asking import NextShape, ProspectShape
from serving.shapes.common import Words
from serving.shapes.portrait import PortraitShape
from serving.state.archive import Answered
from triage.asking import prospects
from triage.donors import donors_of
from triage.tracks.track import BY_CODE
from vocabulary.families import FAMILIES
from vocabulary.problems import PortraitError


def next_to_ask(desk: Desk, found: Answered) -> NextShape | None:
    """What each answer could do to score and track, what settles the track soonest first.

    None where it cannot be told: nothing is owed or the case is closed, the portrait's model is no longer the one in
    use, its snapshot is gone, no queue with donors is published, or nothing is left to ask of what donors were asked.
    """
    shape = PortraitShape.model_validate_json(found.document)
    try:
        published, bundle = desk.queues.current(), desk.shelf.champion()
        held = desk.holdings.named(found.snapshot)
    except PortraitError:
        return None
    donors, ids = donors_of(published.folder), (key_in(found.debtor), key_in(found.case_key))
    if donors is None or bundle.digest != found.bundle or shape.outstanding <= 0 or None in ids:
        return None
    as_of = date.fromisoformat(found.as_of)
    dossier = held.fetch(ids[0] or 0, ids[1] or 0, as_of)
    if any(row.get("closed_on") for row in newest(dossier.rows("cases", "case"), "case_id")):
        return None
    told = prospects(bundle, profile(dossier).values, donors, outstanding=shape.outstanding, as_of=as_of)
    whom, silent = organs(as_of), shape.abstained
    if not told.of:
        return None
    return NextShape(
        track=told.track,
        track_label=Words.of(BY_CODE[told.track].name),
        donors_as_of=published.as_of,
        of=[
            ProspectShape(
                family=each.family,
                label=Words.of(FAMILIES[each.family].label),
                organ=Words.of(whom[each.family].organ),
                low=None if silent else each.low,
                high=None if silent else each.high,
                changes=each.changes,
                decides=each.decides,
                answers=each.answers,
            )
            for each in told.of
        ],
    )

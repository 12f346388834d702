"""Who a portrait's debtor is to the records: its references, and the decisions that join or part them."""

from __future__ import annotations

from datetime import date

from serving import answers
from serving.desk import Desk
from serving.reading import Reading
from serving.references import key_in
from serving.shapes.links import LinkShape, LinksShape
from vocabulary.identity import shown_key


def links(desk: Desk, portrait_id: str, reading: Reading) -> LinksShape:
    """The links of a kept portrait's debtor, from the snapshot it names, as they stood on its date.

    Raises PortraitError: as `answers.kept`, and ``snapshot_gone`` (409).
    """
    found = answers.kept(desk, portrait_id, reading)
    reading.subject = f"{portrait_id}/links"
    shelf, as_of = desk.holdings.named(found.snapshot).links, date.fromisoformat(found.as_of)
    party_id = key_in(found.debtor)
    assert party_id is not None
    return LinksShape(
        portrait=found.id,
        as_of=found.as_of,
        debtor=found.debtor,
        reported_as=[shown_key(each) for each in shelf.reported(party_id, as_of)],
        links=[LinkShape.of(each) for each in shelf.about(party_id, as_of)],
    )

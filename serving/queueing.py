"""Reading a court's queue and choosing against it: what the API and the pages both do."""

from __future__ import annotations

from serving.desk import Desk
from serving.docket import Docket, Listed
from serving.permissions import require_court
from serving.reading import Reading
from serving.references import case_number_in, debtor_key, key_in, unreadable_case
from serving.shapes.queue import OverrideQuestion, OverrideShape, OverridesShape, QueueShape
from serving.state.overrides import Override
from triage.queue_choice import Choice
from vocabulary.identity import shown_key
from vocabulary.text import Language

__all__ = ["Docket", "Language", "docket", "one", "override", "overrides", "page"]


def docket(desk: Desk, court: str, read: Reading) -> Docket:
    """The docket of a court that the reader may see. Raises PortraitError: ``other_court``, ``no_queue``."""
    require_court(read.person, court)
    found = Docket(desk.queues, desk.overrides, court)
    read.as_of = found.published.as_of
    return found


def page(desk: Desk, court: str, choice: Choice, read: Reading, *, first: int, most: int) -> QueueShape:
    """A page of a court's queue. Raises as `docket` does."""
    return QueueShape.of(docket(desk, court, read).page(choice, first=first, most=most), court=court)


def one(desk: Desk, court: str, case: str, debtor: str, read: Reading) -> Listed:
    """One place of a court's queue. Raises as `docket` does, and ``not_in_queue`` (404) or for unreadable ids (422)."""
    found = docket(desk, court, read)
    party_id = debtor_key(debtor)
    case_id = _case(case)
    read.case_key, read.debtor = shown_key(case_id), shown_key(party_id)
    return found.one(case_id, party_id)


def override(desk: Desk, wanted: OverrideQuestion, read: Reading) -> OverrideShape:
    """Keep what a person chose against the proposal. Raises as `one` does."""
    listed = one(desk, wanted.court, wanted.case, wanted.debtor, read)
    kept = desk.overrides.write(
        read.person,
        Override(
            court=wanted.court,
            case_key=read.case_key,
            debtor=read.debtor,
            queue=desk.queues.current().name,
            proposed=listed.place.track,
            track=wanted.track,
            place=wanted.place,
            reason=wanted.reason.strip(),
        ),
    )
    return OverrideShape.of(kept)


def overrides(desk: Desk, court: str, read: Reading, *, first: int, most: int) -> OverridesShape:
    """A court's overrides, newest first. Raises PortraitError ``other_court``."""
    require_court(read.person, court)
    count, found = desk.overrides.newest(court, first=first, most=most)
    return OverridesShape(court=court, count=count, overrides=[OverrideShape.of(each) for each in found])


def _case(text: str) -> int:
    """The case of a shown key: the queue names cases by it. Raises PortraitError (``unreadable_case``, 422)."""
    key = key_in(text)
    if key is None or case_number_in(text):
        raise unreadable_case()
    return key

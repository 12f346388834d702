"""``/v1/clues``: hand in what a grid worker, an informer or a lawyer's order brought up about a debtor's property."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request

from serving import handing_in
from serving.doors.who import AtDesk, Signed, reading
from serving.permissions import Act
from serving.reading import Reading, audited
from serving.references import key_in
from serving.shapes.clues import NewClue, ReceivedShape
from serving.shapes.common import problems
from vocabulary.identity import shown_key

router = APIRouter(prefix="/v1/clues", tags=["clues"])


@router.post("", status_code=202, responses=problems(401, 403, 404, 422, 503))
async def hand_in(request: Request, wanted: NewClue, person: Signed, desk: AtDesk) -> ReceivedShape:
    """Hand in a clue: it goes to the inbox of the nightly load, and becomes a record with author and confidence."""
    with audited(desk.audit, reading(request, person, Act.CLUE), said_in(wanted)) as read:
        return handing_in.hand_in(desk, wanted, read)


def said_in(wanted: NewClue) -> Callable[[Reading], None]:
    """What the clue itself says of the read: references only where they are shown keys."""

    def known(reading: Reading) -> None:
        case, debtor = key_in(wanted.case), key_in(wanted.debtor)
        reading.purpose = wanted.purpose.value
        reading.case_key = "" if case is None else shown_key(case)
        reading.debtor = "" if debtor is None else shown_key(debtor)

    return known

"""``/v1/portraits/{id}/change``: what moved since an earlier portrait of one obligation, and the rows behind it."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request

from serving import answers, changes
from serving.doors.portraits import PortraitId
from serving.doors.who import AtDesk, Signed, reading
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.change import ChangeShape, KeptShape, PartName
from serving.shapes.common import problems
from serving.shapes.evidence import RecordsShape

router = APIRouter(prefix="/v1/portraits", tags=["portraits"])
ID = r"^[0-9a-f]{24}$"
OF = r"^[a-z][0-9A-Za-z_:/-]*$"
Since = Annotated[
    str | None,
    Query(pattern=ID, description="id of an earlier kept portrait", examples=["3c9b2f6a1e0d4b7788aa01cd"]),
]
On = Annotated[
    date | None,
    Query(description="an earlier date, in place of a kept portrait", examples=["2026-03-31"]),
]


@router.get("/{portrait_id}/change", responses=problems(401, 403, 404, 409, 422, 503))
async def change(
    request: Request,
    portrait_id: PortraitId,
    person: Signed,
    desk: AtDesk,
    since: Since = None,
    on: On = None,
) -> ChangeShape:
    """What moved the score and the money: since the newest earlier portrait, another one, or a date."""
    with audited(
        desk.audit, reading(request, person, Act.PORTRAIT), answers.told_by(desk, portrait_id)
    ) as read:
        return changes.change(desk, portrait_id, read, since=since, on=on)


@router.get("/{portrait_id}/earlier", responses=problems(401, 403, 404, 422, 503))
async def earlier(request: Request, portrait_id: PortraitId, person: Signed, desk: AtDesk) -> list[KeptShape]:
    """The portraits of the same obligation that were kept for earlier dates, newest first."""
    with audited(
        desk.audit, reading(request, person, Act.PORTRAIT), answers.told_by(desk, portrait_id)
    ) as read:
        return changes.earlier_ones(desk, portrait_id, read)


@router.get("/{portrait_id}/change/records", responses=problems(401, 403, 404, 409, 422, 503))
async def records(
    request: Request,
    portrait_id: PortraitId,
    part: Annotated[PartName, Query(description="part of the change", examples=["records"])],
    of: Annotated[
        str,
        Query(
            pattern=OF,
            max_length=160,
            description="feature, key of an asset, table, or expired family of the part",
            examples=["deposits"],
        ),
    ],
    person: Signed,
    desk: AtDesk,
    since: Since = None,
    on: On = None,
) -> RecordsShape:
    """The rows of a part of the change: those that came in and those that no longer count."""
    with audited(
        desk.audit, reading(request, person, Act.EVIDENCE), answers.told_by(desk, portrait_id)
    ) as read:
        return changes.rows(desk, portrait_id, read, part=part, of=of, since=since, on=on)

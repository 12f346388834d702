"""``/v1/portraits``: ask for a portrait, read one again, open the rows behind a reason."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from serving import answers
from serving.doors.who import AtDesk, Signed, reading
from serving.permissions import Act
from serving.purposes import Purpose
from serving.reading import audited
from serving.shapes.common import problems
from serving.shapes.evidence import EvidenceShape, RecordsShape
from serving.shapes.portrait import PortraitShape, Question

router = APIRouter(prefix="/v1/portraits", tags=["portraits"])
PortraitId = Annotated[
    str,
    Path(pattern=r"^[0-9a-f]{24}$", description="id of a portrait", examples=["3c9b2f6a1e0d4b7788aa01cd"]),
]
LINE = r"^[a-z][a-z_]*[:/][0-9A-Za-z_:/-]+$"


@router.post("", response_model=PortraitShape, responses=problems(401, 403, 404, 422, 503))
async def ask(request: Request, question: Question, person: Signed, desk: AtDesk) -> Response:
    """The portrait of one debtor in one case, as known on a date. Asked twice of the same knowledge, one answer."""
    with audited(desk.audit, reading(request, person, Act.PORTRAIT), answers.said_in(question)) as read:
        found = answers.answer(desk, question, read)
    return Response(
        found.document, media_type="application/json", headers={"Location": f"/v1/portraits/{found.id}"}
    )


@router.get("/{portrait_id}", response_model=PortraitShape, responses=problems(401, 403, 404, 422, 503))
async def read_again(
    request: Request,
    portrait_id: PortraitId,
    person: Signed,
    desk: AtDesk,
    purpose: Annotated[
        Purpose | None, Query(description="what it is read for; as asked when missing", examples=["review"])
    ] = None,
) -> Response:
    """A portrait as it was answered, letter for letter."""
    with audited(
        desk.audit, reading(request, person, Act.PORTRAIT), answers.told_by(desk, portrait_id)
    ) as read:
        found = answers.kept(desk, portrait_id, read, purpose)
    return Response(found.document, media_type="application/json")


@router.get("/{portrait_id}/evidence/{feature}", responses=problems(401, 403, 404, 409, 422, 503))
async def evidence(
    request: Request,
    portrait_id: PortraitId,
    feature: Annotated[
        str,
        Path(
            pattern=r"^[a-z][a-z0-9_]{1,80}$", examples=["deposit_available_latest"], description="a feature"
        ),
    ],
    person: Signed,
    desk: AtDesk,
    first: Annotated[int, Query(ge=0, le=10**9, description="first row shown", examples=[0])] = 0,
    most: Annotated[int, Query(ge=1, le=1000, description="rows shown at most", examples=[200])] = 200,
) -> EvidenceShape:
    """The rows behind a feature of a portrait, from the records that the portrait names, as of its date."""
    with audited(
        desk.audit, reading(request, person, Act.EVIDENCE), answers.told_by(desk, portrait_id)
    ) as read:
        return answers.evidence(desk, portrait_id, feature, read, first=first, most=most)


@router.get("/{portrait_id}/records", responses=problems(401, 403, 404, 409, 422, 503))
async def records(
    request: Request,
    portrait_id: PortraitId,
    of: Annotated[
        str,
        Query(
            pattern=LINE,
            max_length=160,
            examples=["deposits:31/found"],
            description="key of a ledger line or conduct fact",
        ),
    ],
    person: Signed,
    desk: AtDesk,
    first: Annotated[int, Query(ge=0, le=10**9, description="first row shown", examples=[0])] = 0,
    most: Annotated[int, Query(ge=1, le=1000, description="rows shown at most", examples=[200])] = 200,
) -> RecordsShape:
    """The rows behind a line of the ledger or a fact of conduct, from the records that the portrait names."""
    with audited(
        desk.audit, reading(request, person, Act.EVIDENCE), answers.told_by(desk, portrait_id)
    ) as read:
        return answers.records(desk, portrait_id, of, read, first=first, most=most)

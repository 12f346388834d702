"""``/v1/audit``: who read what, for the auditor; reading it is written down too."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from serving.doors.who import AtDesk, Signed, reading
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.common import problems
from serving.shapes.service import AuditShape

router = APIRouter(prefix="/v1/audit", tags=["audit"])
_Shown = Query(max_length=32, description="shown key", examples=["100234"])


@router.get("", responses=problems(401, 403, 422, 503))
def entries(
    request: Request,
    person: Signed,
    desk: AtDesk,
    first: Annotated[int, Query(ge=0, le=10**9, description="entries to leave out", examples=[0])] = 0,
    most: Annotated[int, Query(ge=1, le=500, description="entries shown at most", examples=[50])] = 50,
    case: Annotated[str, _Shown] = "",
    debtor: Annotated[str, _Shown] = "",
) -> AuditShape:
    """Entries of the audit, newest first, of one case or debtor if asked; and whether the whole chain holds."""
    with audited(desk.audit, reading(request, person, Act.AUDIT)):
        count, kept = desk.audit.newest(first=first, most=most, case_key=case, debtor=debtor)
        check = desk.audit.check()
    return AuditShape.of(count, first, kept, check)

"""The audit page, for the auditor."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from serving.doors.who import AtDesk, reading
from serving.pages.rendering import Page, render
from serving.pages.session import Signed
from serving.pages.words import WORDS
from serving.permissions import ACT_LABELS, Act
from serving.purposes import Purpose
from serving.reading import audited
from serving.shapes.service import AuditShape

router = APIRouter(route_class=Page)
MOST = 100


@router.get("/audit")
def audit(
    request: Request,
    session: Signed,
    desk: AtDesk,
    first: Annotated[int, Query(ge=0, le=10**9)] = 0,
    case: Annotated[str, Query(max_length=32)] = "",
    debtor: Annotated[str, Query(max_length=32)] = "",
) -> Response:
    """Entries of the audit, newest first."""
    with audited(desk.audit, reading(request, session.person, Act.AUDIT)):
        count, kept = desk.audit.newest(first=first, most=MOST, case_key=case.strip(), debtor=debtor.strip())
        check = desk.audit.check()
    return render(
        request,
        "audit.html",
        session=session,
        audit=AuditShape.of(count, first, kept, check),
        acts={**ACT_LABELS, "sign_in": WORDS["sign_in"]},
        purposes={purpose.value: purpose.label for purpose in Purpose},
        case=case,
        debtor=debtor,
        earlier=max(first - MOST, 0) if first > 0 else None,
        later=first + MOST if first + MOST < count else None,
    )

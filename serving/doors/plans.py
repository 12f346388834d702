"""``/v1/plans`` and ``/v1/kpis``: a court's week within its hours, and its key figures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from serving import planning
from serving.doors.who import AtDesk, Signed, reading
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.common import problems
from serving.shapes.kpis import KpisShape
from serving.shapes.plan import PlanQuestion, PlanShape

router = APIRouter(prefix="/v1", tags=["plan"])


@router.post("/plans", responses=problems(401, 403, 422, 503))
def plan(request: Request, wanted: PlanQuestion, person: Signed, desk: AtDesk) -> PlanShape:
    """Plan a court's week: who does which next step, within hours, deadlines and floors. Nothing is kept."""
    with audited(desk.audit, reading(request, person, Act.QUEUE, subject=f"{wanted.court} plan")) as read:
        return planning.plan(desk, wanted, read)


@router.get("/kpis", responses=problems(401, 403, 422, 503))
def kpis(
    request: Request,
    person: Signed,
    desk: AtDesk,
    court: Annotated[
        str, Query(max_length=64, description="court code; empty: all courts together", examples=["SX001"])
    ] = "",
) -> KpisShape:
    """Key figures by month and for the year, as the night counted them."""
    with audited(desk.audit, reading(request, person, Act.QUEUE_TOTALS, subject=f"{court} kpis")) as read:
        return planning.kpis(desk, court, read)

"""The week's plan and the key figures of a court, as pages."""

from __future__ import annotations

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from serving import planning
from serving.doors.who import AtDesk, reading
from serving.pages.rendering import Page, render
from serving.pages.session import Signed
from serving.permissions import Act
from serving.reading import audited
from serving.shapes.plan import PlanQuestion

router = APIRouter(route_class=Page)
MONTHS_SHOWN = 4


@router.get("/plan")
def plan(
    request: Request,
    session: Signed,
    desk: AtDesk,
    court: Annotated[str, Query(min_length=1, max_length=64)],
) -> Response:
    """Next week's plan of a court, by officer."""
    with audited(desk.audit, reading(request, session.person, Act.QUEUE, subject=f"{court} plan")) as read:
        found = planning.plan(desk, PlanQuestion(court=court, seconds=10.0), read)
    tasks = sorted(found.tasks, key=lambda each: (each.team, int(each.officer), -each.money))
    by_officer = [(key, list(some)) for key, some in groupby(tasks, lambda each: (each.officer, each.team))]
    return render(request, "plan.html", session=session, plan=found, by_officer=by_officer)


@router.get("/kpis")
def kpis(
    request: Request,
    session: Signed,
    desk: AtDesk,
    court: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """Key figures of a court: the year and the last months side by side."""
    with audited(
        desk.audit, reading(request, session.person, Act.QUEUE_TOTALS, subject=f"{court} kpis")
    ) as read:
        found = planning.kpis(desk, court, read)
    years = [each for each in found.periods if len(each.period) == 4]
    months = [each for each in found.periods if len(each.period) > 4][-MONTHS_SHOWN:]
    notes = {each.note.en: each.note for each in (years[0].figures if years else ()) if each.note is not None}
    courts = [name for name, _ in desk.queues.courts() if session.person.sees(name)]
    return render(
        request,
        "kpis.html",
        session=session,
        kpis=found,
        periods=[*years, *months[::-1]],
        courts=courts,
        notes=list(notes.values()),
    )

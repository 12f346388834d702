"""The home page: what each role comes for. Courts and a search, totals and the model, or the audit."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from serving import answers
from serving.doors.who import AtDesk, reading
from serving.pages.rendering import Page, render
from serving.pages.session import Signed
from serving.permissions import Act, Person, require
from serving.purposes import Purpose
from serving.reading import audited
from serving.shapes.queue import TotalsShape
from serving.shapes.service import ModelShape
from vocabulary.dates import today
from vocabulary.problems import PortraitError, Problem

router = APIRouter(route_class=Page)


@router.get("/")
async def home(request: Request, session: Signed, desk: AtDesk) -> Response:
    """Courts and search for who reads portraits; totals for who reads totals only; the audit for who reads that."""
    person = session.person
    if person.may(Act.AUDIT):
        return RedirectResponse("/audit", status_code=303)
    if not person.may(Act.QUEUE):
        published, totals = desk.queues.totals()
        return render(request, "totals.html", session=session, totals=TotalsShape.of(published, totals))
    as_of, courts, missing = _courts(desk, person)
    return render(
        request,
        "home.html",
        session=session,
        courts=courts,
        queue_as_of=as_of,
        missing=missing,
        purposes=list(Purpose),
        today=today().isoformat(),
    )


@router.get("/cases")
async def case(
    request: Request,
    session: Signed,
    desk: AtDesk,
    case: Annotated[str, Query(max_length=64)] = "",
    as_of: Annotated[str, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$")] = "",
    purpose: Purpose = Purpose.ENFORCEMENT_MEASURE,
) -> Response:
    """The debtors of a case, to open the portrait of one."""
    with audited(desk.audit, reading(request, session.person, Act.PORTRAIT, subject="debtors")) as read:
        read.purpose = purpose.value
        key, debtors = answers.debtors(desk, case, read)
    return render(
        request,
        "case.html",
        session=session,
        case=case,
        case_key=key,
        debtors=debtors,
        as_of=as_of,
        purpose=purpose,
        purposes=list(Purpose),
    )


@router.get("/model")
async def model(request: Request, session: Signed, desk: AtDesk) -> Response:
    """The model that answers, and its card."""
    require(session.person, Act.MODELS)
    return render(request, "model.html", session=session, model=ModelShape.of(desk.shelf.champion()))


def _courts(desk: AtDesk, person: Person) -> tuple[str, list[tuple[str, int]], Problem | None]:
    """The queue's date and its courts that the person sees; the problem when there is no queue yet."""
    try:
        as_of = desk.queues.current().as_of
        return as_of, [each for each in desk.queues.courts() if person.sees(each[0])], None
    except PortraitError as error:
        return "", [], error.problem

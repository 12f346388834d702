"""``/health``, ``/ready``, ``/metrics``: whether the process runs, whether it can answer, how it does."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

from fastapi import APIRouter, Request, Response, Security
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text

from serving.desk import Desk
from serving.doors.who import KEY_HEADER, AtDesk, by_key
from serving.permissions import Act, require
from serving.problems import response
from serving.shapes.common import Words, problems
from serving.shapes.service import Health, Ready, ReadyPart
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

router = APIRouter(tags=["service"])
_LOCAL = {"127.0.0.1", "::1"}


@router.get("/health")
async def health() -> Health:
    """The process runs."""
    return Health(status="ok", version=service_version())


@router.get("/ready", responses=problems(503), response_model=Ready)
async def ready(request: Request, desk: AtDesk) -> Ready | Response:
    """Whether answers can be given: state, records, model and queue; what is missing comes with its next step."""
    parts = [_part(name, look, desk) for name, look in _PARTS.items()]
    if all(part.ready for part in parts):
        return Ready(ready=True, parts=parts)
    return response(request, _not_ready(parts), parts=[part.model_dump() for part in parts])


@router.get("/metrics", responses=problems(401, 403), response_class=Response)
async def metrics(
    request: Request, desk: AtDesk, key: Annotated[str | None, Security(KEY_HEADER)] = None
) -> Response:
    """Figures for Prometheus: to this machine, or by the key of an analyst or auditor."""
    local = request.client is not None and request.client.host in _LOCAL
    if key is not None or not (local and desk.settings.local_metrics):
        require(by_key(request, desk, key), Act.METRICS)
    return Response(desk.figures.text(), media_type=CONTENT_TYPE_LATEST)


def service_version() -> str:
    """The version of the distribution; ``0`` when it is not installed."""
    try:
        return version("debtor-portrait")
    except PackageNotFoundError:
        return "0"


def _state(desk: Desk) -> Text:
    with desk.state.reading() as connection:
        connection.execute(text("SELECT 1"))
    name = desk.state.url.get_backend_name()
    return Text(zh=f"状态数据库（{name}）", en=f"state database ({name})")


def _records(desk: Desk) -> Text:
    held = desk.holdings.current()
    return Text(zh=f"记录快照{held.digest[:12]}", en=f"snapshot {held.digest[:12]}")


def _model(desk: Desk) -> Text:
    digest = desk.shelf.champion().digest
    desk.warming.require()
    return Text(zh=f"模型包{digest[:12]}", en=f"bundle {digest[:12]}")


def _queue(desk: Desk) -> Text:
    name = desk.queues.current().name
    return Text(zh=f"队列{name}", en=name)


_PARTS: dict[str, Callable[[Desk], Text]] = {
    "state": _state,
    "records": _records,
    "model": _model,
    "queue": _queue,
}


def _part(name: str, look: Callable[[Desk], Text], desk: Desk) -> ReadyPart:
    try:
        return ReadyPart(part=name, ready=True, detail=Words.of(look(desk)), next_step=None)
    except PortraitError as error:
        problem = error.problem
        return ReadyPart(
            part=name, ready=False, detail=Words.of(problem.detail), next_step=Words.of(problem.next_step)
        )


def _not_ready(parts: list[ReadyPart]) -> Problem:
    missing = [part for part in parts if not part.ready]
    steps = [part.next_step for part in missing if part.next_step]
    names = ", ".join(f"[{part.part}]" for part in missing)
    return Problem(
        code="not_ready",
        title=Text(zh="尚未就绪", en="Not ready"),
        detail=Text(zh=f"缺少：{names}。", en=f"Missing: {names}."),
        next_step=Text(zh="".join(step.zh for step in steps), en=" ".join(step.en for step in steps)),
        status=503,
    )

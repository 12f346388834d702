"""``/v1/models``: the model that answers, and what it says of itself."""

from __future__ import annotations

from fastapi import APIRouter

from serving.doors.who import AtDesk, Signed
from serving.permissions import Act, require
from serving.shapes.common import problems
from serving.shapes.service import ModelShape

router = APIRouter(prefix="/v1/models", tags=["models"])


@router.get("/champion", responses=problems(401, 403, 503))
async def champion(person: Signed, desk: AtDesk) -> ModelShape:
    """The champion: where it was trained, how it did, what it rests on."""
    require(person, Act.MODELS)
    return ModelShape.of(desk.shelf.champion())

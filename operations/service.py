"""The service as the command line runs it: settings brought together, keys at hand, uvicorn in the process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from operations.say import language

if TYPE_CHECKING:
    from operations.settings import Settings
    from serving.desk import Desk
    from serving.settings import FixedKey, ServingSettings
    from serving.state.keys import Keys


def serving_settings(settings: Settings, fixed: tuple[FixedKey, ...] = ()) -> ServingSettings:
    """What the service is told, from the settings of this machine."""
    from pydantic import SecretStr

    from serving.settings import ServingSettings

    return ServingSettings(
        snapshots=settings.snapshots,
        shelf=settings.shelf,
        queues=settings.queues,
        inbox=settings.inbox,
        monitoring=settings.monitoring,
        figures=settings.figures,
        state_url=settings.state,
        secret=SecretStr(settings.secret("service").hex()),
        fixed_keys=fixed,
        secure_cookies=settings.secure_cookies,
        language=language(),
    )


def run(settings: Settings, *, host: str, port: int, fixed: tuple[Any, ...] = ()) -> None:
    """Serve until stopped."""
    from serving.starting import starting

    with starting():
        import uvicorn

        from serving.app import create

        settings.home.mkdir(parents=True, exist_ok=True)
        app = create(serving_settings(settings, fixed))
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)


def first_portrait(settings: Settings, *, key: FixedKey, case: str, debtor: str, as_of: date) -> str:
    """Ask the service's own desk for one portrait, audited like any other, and return its id."""
    from serving.answers import answer
    from serving.desk import Desk
    from serving.figures import Figures
    from serving.permissions import Act
    from serving.purposes import Purpose
    from serving.reading import Reading, audited
    from serving.shapes.portrait import Question

    desk = Desk.open(serving_settings(settings, (key,)), Figures())
    try:
        person = desk.keys.whose(key.key.get_secret_value())
        assert person is not None, "the key was fixed a moment ago"
        question = Question(case=case, debtor=debtor, as_of=as_of, purpose=Purpose.ENFORCEMENT_MEASURE)
        with audited(desk.audit, Reading(person, Act.PORTRAIT, request_id="demo")) as read:
            return answer(desk, question, read).id
    finally:
        desk.close()


@contextmanager
def desk_of(settings: Settings) -> Iterator[Desk]:
    """The service's desk, without a web server around it."""
    from serving.desk import Desk
    from serving.figures import Figures

    desk = Desk.open(serving_settings(settings), Figures())
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def key_ring(settings: Settings) -> Iterator[Keys]:
    """The sign-in keys of this installation."""
    from serving.state.database import State
    from serving.state.keys import Keys

    state = State(settings.state)
    try:
        state.migrate()
        yield Keys(state, settings.secret("service").hex())
    finally:
        state.close()

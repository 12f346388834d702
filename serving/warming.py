"""Loading the compiled loops beside an open port: everything but a portrait is answered meanwhile, a portrait waits.

They and numba take as long as all the rest that a start has to wait for once it can be spoken to. ``/ready`` does not
call the model ready before they are there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from serving.log import logger
from serving.starting import starting
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text


class Warming:
    """One piece of work of the start, done in a thread of its own."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None

    def begin(self, work: Callable[[], object]) -> None:
        """Do it beside what follows. What goes wrong is logged: the first who needs the work meets it again."""
        self._thread = threading.Thread(target=_done, args=(work,), name="warming", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Until it is done, if it was begun."""
        if self._thread is not None:
            self._thread.join()

    def require(self) -> None:
        """Raises PortraitError ``warming`` (503) while it is under way."""
        if self._thread is not None and self._thread.is_alive():
            raise PortraitError(_UNDER_WAY)


def _done(work: Callable[[], object]) -> None:
    try:
        with starting():
            work()
    except Exception as error:  # noqa: BLE001 - a thread's error reaches nobody
        logger().error("the start could not warm", error=type(error).__name__)


_UNDER_WAY = Problem(
    code="warming",
    title=Text(zh="服务正在启动", en="The service is starting"),
    detail=Text(zh="评分程序正在载入。", en="The loops that score are being loaded."),
    next_step=Text(zh="请等待一两秒。", en="Wait a second or two."),
    status=503,
)

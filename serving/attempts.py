"""Wrong keys are counted: after some of them an address waits before the next key of that id is looked at.

In the process, and for this process: it slows down guessing and keeps the audit from being filled. Counted are address
and key id together, so that one person's mistakes do not shut out all who come through the same gate. Keys are 256
random bits, so that a guess has no chance anyway; a restart forgets the counts.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from serving.permissions import Person
from serving.state.keys import Keys
from vocabulary.problems import PortraitError, Problem
from vocabulary.text import Text

WINDOW = 300.0
"""Seconds in which wrong keys are counted."""
_MOST_NAMES = 10_000


class Attempts:
    """Wrong keys of each name in the last minutes. ``most`` of them are answered, then a wait."""

    def __init__(self, most: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def check(self, name: str) -> None:
        """Raise PortraitError ``too_many_attempts`` (429) while the name has to wait; its values say how long."""
        with self._lock:
            wait = self._wait(name)
        if wait > 0:
            raise _too_many(int(wait) + 1)

    def failed(self, name: str) -> None:
        """Count a wrong key."""
        with self._lock:
            self._failed.setdefault(name, deque(maxlen=self._most)).append(self._clock())
            self._failed.move_to_end(name)
            while len(self._failed) > _MOST_NAMES:
                self._failed.popitem(last=False)

    def passed(self, name: str) -> None:
        """Forget the wrong keys of a name that has shown a right one."""
        with self._lock:
            self._failed.pop(name, None)

    def _wait(self, name: str) -> float:
        """Seconds until the oldest of the last ``most`` wrong keys falls out of the window."""
        times = self._failed.get(name)
        if times is None or len(times) < self._most:
            return 0.0
        return max(times[0] + WINDOW - self._clock(), 0.0)


@dataclass(frozen=True, slots=True)
class Gate:
    """What a sign-in passes: wrong keys of one id from one address, and of any id from it, twenty times as many."""

    of_a_key: Attempts
    of_an_address: Attempts

    @classmethod
    def of(cls, most: int) -> Gate:
        """A gate that lets ``most`` wrong keys of one id pass in five minutes."""
        return cls(Attempts(most), Attempts(most * 20))

    def admit(self, keys: Keys, key: str, address: str) -> Person | None:
        """Who holds the key, None for a wrong one. Raises PortraitError ``too_many_attempts`` (429).

        A right key always passes where only others were wrong; who has to wait is not written down again.
        """
        name = f"{address} {key.partition('.')[0][:32]}"
        self.of_a_key.check(name)
        person = keys.whose(key)
        if person is not None:
            self.of_a_key.passed(name)
            return person
        self.of_an_address.check(address)
        self.of_a_key.failed(name)
        self.of_an_address.failed(address)
        return None


def _too_many(seconds: int) -> PortraitError:
    return PortraitError(
        Problem(
            code="too_many_attempts",
            title=Text(zh="尝试次数过多", en="Too many attempts"),
            detail=Text(
                zh=f"该地址在五分钟内多次使用无效密钥，请{seconds}秒后再试。",
                en=f"This address sent wrong keys several times in five minutes. Try again in {seconds} seconds.",
            ),
            next_step=Text(
                zh="请核对密钥；遗失的请联系管理员重新发放。",
                en="Check the key; if it is lost, ask the administrator for a new one.",
            ),
            status=429,
            values={"retry_after": seconds},
        )
    )

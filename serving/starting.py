"""Starting without detours: while modules are loaded and the desk is opened, nothing is searched for garbage.

Loading makes hundreds of thousands of objects that stay. Python's collector would walk all of them some dozen times in
vain, a sixth of the start; and later at every full collection, in the middle of somebody's request. So it rests
until all is there, and leaves alone for good what was there by then.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@contextmanager
def starting() -> Iterator[None]:
    """Let the collector rest; after the first time in a process it looks only at what came later.

    Several threads may start things at once: the collector works again when the last of them is done.
    """
    _under_way.begin()
    try:
        yield
    finally:
        _under_way.end()


@dataclass(slots=True)
class _UnderWay:
    count: int = 0
    was_on: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> None:
        with self.lock:
            if self.count == 0:
                self.was_on = gc.isenabled()
                gc.disable()
            self.count += 1

    def end(self) -> None:
        with self.lock:
            if gc.get_freeze_count() == 0:
                gc.freeze()
            self.count -= 1
            if self.count == 0 and self.was_on:
                gc.enable()


_under_way = _UnderWay()

"""Starting without detours: while modules are loaded and the desk is opened, nothing is searched for garbage.

Loading makes hundreds of thousands of objects that stay. Python's collector would walk all of them some dozen times in
vain, a sixth of the start; and later at every full collection, in the middle of somebody's request. So it rests
until all is there, and leaves alone for good what was there by then.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def starting() -> Iterator[None]:
    """Let the collector rest; after the first time in a process it looks only at what came later."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:
            gc.freeze()
        if was_on:
            gc.enable()
